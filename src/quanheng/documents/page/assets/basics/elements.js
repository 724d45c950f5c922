// Elements by small functions. Texts become text nodes, never markup: what stands in them appears as typed.

const SVG = "http://www.w3.org/2000/svg";

function make(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(name, String(value));
  }
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

function el(tag, attributes, ...children) {
  return make(document.createElement(tag), attributes, children);
}

function svg(tag, attributes, ...children) {
  return make(document.createElementNS(SVG, tag), attributes, children);
}

/** Return a label with a select; `options` are [value, text] pairs. */
function choice(label, options, value, chosen) {
  const id = `choice-${(choice.count = (choice.count ?? 0) + 1)}`;
  const select = el("select", { id, onchange: (event) => chosen(event.target.value) });
  for (const [code, text] of options) select.append(el("option", { value: code, selected: code === value }, text));
  return el("div", { class: "field" }, el("label", { for: id }, label), select);
}

function button(text, onclick, attributes = {}) {
  return el("button", { type: "button", onclick, ...attributes }, text);
}

/** Tell people who listen what changed. */
function announce(text) {
  document.getElementById("live").textContent = text;
}
