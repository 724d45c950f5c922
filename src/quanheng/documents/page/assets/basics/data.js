// What the page holds: data as JSON, packed where they are large, and the words in both languages.

/** Return the value held by the element `id`. */
async function read(id) {
  const element = document.getElementById(id);
  if (element.type !== "application/gzip") return JSON.parse(element.textContent);
  const packed = Uint8Array.from(atob(element.textContent), (letter) => letter.charCodeAt(0));
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
  return JSON.parse(await new Response(stream).text());
}

let WORDS = {};

/** Return a text held as [zh, en] in the page's language. */
function both(pair) {
  return pair ? pair[state.language === "zh" ? 0 : 1] : "";
}

/** Return the wording `key`, its gaps {name} filled with `facts`. */
function say(key, facts = {}) {
  return both(WORDS[key]).replace(/\{(\w+)\}/g, (_, name) => String(facts[name]));
}
