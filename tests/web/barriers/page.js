// What a walk asks of a page; it stands in every page before the page itself does.
"use strict";

globalThis.barriers = {};

// What stands in the way of somebody on this page: pairs of a point and what was found.
barriers.faults = (lang) => {
  const found = [];
  const add = (point, one) => found.push([point, typeof one === "string" ? one : one.outerHTML.slice(0, 200)]);
  const every = (selector) => [...document.querySelectorAll(selector)];
  const seen = (one) => one.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: true });
  const texts = (one) => one.textContent.trim().replace(/\s+/g, " ");

  for (const one of every("audio, video, object, embed, canvas, iframe, marquee, blink, meta[http-equiv=refresh]")) add("media", one);
  for (const one of document.getAnimations()) add("moving", String(one.effect.target.outerHTML));
  for (const one of every("img:not([alt]), svg:not([aria-hidden=true], [aria-label], [aria-labelledby])"))
    if (!one.closest("[role=img][aria-label]")) add("pictures", one);
  // A chart is a picture by its nature; its figures stand beside it, or on the page that it leads to.
  for (const one of every("img")) if (!one.closest("figure")?.querySelector("table, p a")) add("letters in pictures", one);
  for (const one of every("table")) {
    const named = one.caption || one.closest("[aria-label]") || one.getAttribute("aria-labelledby");
    if (!named || !one.querySelector("th") || [...one.querySelectorAll("th")].some((head) => !head.scope)) add("tables", one);
  }
  for (const one of every("body *")) {
    const style = getComputedStyle(one);
    if (one.tabIndex > 0 || style.order !== "0" || /reverse/.test(style.flexDirection)) add("order", one);
    if (one.draggable && !["A", "IMG"].includes(one.tagName)) add("dragging", one);
  }
  const senses = /红色|绿色|黄色|蓝色|左侧|右侧|左边|右边|圆形|\b(red|green|yellow|blue|round button|on the (left|right))\b/i;
  if (senses.test(document.querySelector("main").innerText)) add("senses", document.querySelector("main").innerText.match(senses)[0]);
  for (const one of every("main p a, main li a, main td a"))
    if (seen(one) && !one.matches(".button") && !getComputedStyle(one).textDecorationLine.includes("underline")) add("colour", one);
  const purposes = { password: ["current-password", "new-password"], email: ["email", "off"] };
  for (const one of every("input"))
    if (purposes[one.type] && !purposes[one.type].includes(one.autocomplete)) add("purpose", one);
  for (const one of every("input[name=login]")) if (one.autocomplete !== "username") add("purpose", one);
  for (const one of every("form[action*=second-factor] input[name=code]")) if (one.autocomplete !== "one-time-code") add("purpose", one);
  for (const one of every("[title], [popover]")) add("hovering", one);
  for (const one of every("[accesskey]")) add("shortcuts", one);
  for (const one of every("a[aria-label], button[aria-label]"))
    if (!one.getAttribute("aria-label").includes(texts(one))) add("spoken names", one);
  if (document.documentElement.lang !== lang) add("language", document.documentElement.lang);
  if (document.querySelector("button[name=language]").lang === lang) add("language", "the button of the other language");
  const ids = every("[id]").map((one) => one.id);
  for (const id of ids) if (ids.indexOf(id) !== ids.lastIndexOf(id)) add("ids", id);

  // A link says where it leads, by its name or by the words of the row, item or paragraph around it.
  const named = (one) => one.getAttribute("aria-label") ?? texts(one);
  const addresses = new Map();
  for (const one of every("main a")) addresses.set(named(one), (addresses.get(named(one)) ?? new Set()).add(one.href));
  for (const one of every("main a")) {
    const around = one.closest("tr, li, p, dd, nav");
    if (/^(点击|这里|此处|更多|here|more|click here)$/i.test(named(one))) add("links", one);
    if (addresses.get(named(one)).size > 1 && (!around || texts(around) === texts(one))) add("links", one);
  }

  // The edge of a field or button can be told from what is around it, 3 to 1.
  const numbers = (colour) => colour.match(/[\d.]+/g).map(Number);
  const light = (colour) => {
    const [r, g, b] = numbers(colour).slice(0, 3).map((part) => (part / 255 <= 0.04045 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ratio = (one, other) => (Math.max(light(one), light(other)) + 0.05) / (Math.min(light(one), light(other)) + 0.05);
  const ground = (one) => {
    for (let each = one; each; each = each.parentElement) {
      const colour = getComputedStyle(each).backgroundColor;
      if ((numbers(colour)[3] ?? 1) === 1) return colour;
    }
    return "rgb(255, 255, 255)";
  };
  for (const one of every("button, .button, select, textarea, input:not([type=hidden], [type=checkbox], [type=radio], [type=file])")) {
    if (!seen(one) || one.disabled) continue;
    const around = ground(one.parentElement);
    if (ratio(getComputedStyle(one).borderTopColor, around) < 3 && ratio(ground(one), around) < 3) add("edges", one);
  }
  return found;
};

barriers.things = () => [...document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex='0']")].filter((one) => !one.disabled && one.type !== "hidden" && one.checkVisibility({ visibilityProperty: true }));

// What Tab should reach; of several radio buttons it is one.
barriers.reached = () => barriers.things().map((one) => {
  const first = document.querySelector(`input[type=radio][name="${one.name}"]:checked`) ?? document.querySelector(`input[type=radio][name="${one.name}"]`);
  return one.type === "radio" && one !== first ? "" : one.outerHTML.slice(0, 160);
});

// Where the focus is now: which of the things that can be reached, whether it is seen, and whether it is covered.
barriers.focus = () => {
  const one = document.activeElement;
  if (!one || one === document.body) return null;
  const style = getComputedStyle(one);
  const box = one.getBoundingClientRect();
  const [left, top] = [Math.max(box.left, 0), Math.max(box.top, 0)];
  const points = [[0.5, 0.5], [0.1, 0.5], [0.9, 0.5], [0.5, 0.1], [0.5, 0.9]].map(([x, y]) => [left + x * (Math.min(box.right, innerWidth) - left), top + y * (Math.min(box.bottom, innerHeight) - top)]);
  const hit = points.some(([x, y]) => {
    const there = document.elementFromPoint(x, y);
    return there && (one.contains(there) || there.contains(one) && there.matches("label, td"));
  });
  return { at: barriers.things().indexOf(one), html: one.outerHTML.slice(0, 160), marked: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2, covered: !hit };
};

// Letters that are larger or further apart, by rules of the reader's own.
barriers.style = (rules) => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(rules);
  document.adoptedStyleSheets = [sheet];
};

barriers.cutOff = () => [
  ...(document.documentElement.scrollWidth > innerWidth ? ["the page is wider than the window"] : []),
  ...[...document.querySelectorAll("body *:not(.unseen, script, option, input, textarea)")].filter((one) => ["hidden", "clip"].includes(getComputedStyle(one).overflowX) && one.checkVisibility() && one.scrollWidth > one.clientWidth + 1).map((one) => one.outerHTML.slice(0, 160)),
];

// Choose something else in every list and box of the page; return whether that sent a form.
barriers.choose = () => {
  let sent = "";
  const stop = (event) => {
    sent = "a form was sent";
    event.preventDefault();
  };
  document.addEventListener("submit", stop, true);
  for (const one of document.querySelectorAll("main select, main input[type=checkbox], main input[type=radio]")) {
    if (one.tagName === "SELECT") one.selectedIndex = one.options.length - 1;
    else one.checked = !one.checked;
    for (const kind of ["input", "change"]) one.dispatchEvent(new Event(kind, { bubbles: true }));
  }
  return sent;
};

barriers.frame = () => [...document.querySelectorAll("body > header nav > a, body > footer a")].map((one) => [one.textContent.trim(), one.pathname]);
