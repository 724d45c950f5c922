// The search's window has styles of its own, which site.css does not reach: here they are made readable.
const READABLE = new CSSStyleSheet();
READABLE.replaceSync("mark { color: #2b3fb0 !important } [id$='-path'] { color: #4a4a4a !important }");

const mended = new WeakSet();

function mend(host) {
  const root = host.shadowRoot;
  if (!root || mended.has(host)) return;
  mended.add(host);
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, READABLE];
  const reach = () => {
    // results are scrolled by keys, too
    for (const part of root.querySelectorAll("div[tabindex='-1']")) part.tabIndex = 0;
  };
  new MutationObserver(reach).observe(root, { childList: true, subtree: true });
  reach();
}

function mendAll() {
  for (const host of document.body.children) mend(host);
}

new MutationObserver(mendAll).observe(document.body, { childList: true });
mendAll();
