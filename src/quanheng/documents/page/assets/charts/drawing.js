// What all charts share: colours that tell apart and contrast with white, letters, and lines of text.

const INK = "#1b2733";
const SOFT = "#51606f";
const LINE = "#c9d3dd";
const BLUE = "#0b5cad";
const ORANGE = "#a84300";
const GREEN = "#00694d";
const PALE = "#d7e6f5";
const SERIES = ["#0b5cad", "#a84300", "#00694d", "#7a3f8c", "#6b5a00", "#8c2f4b", "#20606e", "#56524e"];
const FONT = '"Noto Sans CJK SC","Source Han Sans SC","PingFang SC","Microsoft YaHei",system-ui,sans-serif';

/** Return the size of letters in charts: 24 pixels in care mode. */
function letter() {
  return state.care ? 24 : 13;
}

function canvas(width, height, ...parts) {
  return svg("svg", { viewBox: `0 0 ${width} ${height}`, width, height, "font-family": FONT, "font-size": letter(), fill: INK }, ...parts);
}

function label(x, y, text, attributes = {}) {
  return svg("text", { x, y, ...attributes }, text);
}

function rule(x1, y1, x2, y2, attributes = {}) {
  return svg("line", { x1, y1, x2, y2, stroke: LINE, ...attributes });
}

/** Return how wide a text is drawn, about: a Chinese letter is square, others half as wide. */
function widthOf(text) {
  let width = 0;
  for (const each of text) width += each.codePointAt(0) > 0x2e7f ? 1 : 0.56;
  return width * letter();
}

/** Return a text cut to `width` pixels, with dots where it was cut. */
function cut(text, width) {
  if (widthOf(text) <= width) return text;
  let short = text;
  while (short && widthOf(`${short}…`) > width) short = [...short].slice(0, -1).join("");
  return `${short}…`;
}

/** Return a picture's own text for who points at a part of it. */
function hint(text) {
  return svg("title", {}, text);
}
