// The parts that all views are made of: a table that can be sorted, and a figure that can be a table instead.

/** Return a table in a box that scrolls; rows are made anew by `update(rows)`.
 *
 * A column has a title, `text(row)` for the file and, where more is shown, `cell(row)`; `number` sets it right.
 * `sort` of a column is the code of the node it sorts by.
 */
function dataTable({ caption, columns, rows, file, className = "" }) {
  const body = el("tbody", {});
  const head = el("tr", {}, columns.map((column) => heading(column)));
  const title = el("caption", {}, caption);
  const table = el("table", { class: className }, title, el("thead", {}, head), body);
  const box = el("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": caption }, table);
  let current = rows;
  const update = (next) => {
    current = next;
    body.replaceChildren(...current.map((row) => el("tr", { class: row.marked ? "marked" : null }, columns.map((column) => dataCell(column, row)))));
  };
  update(rows);
  const save = () => download(fileName(file, "csv"), csvText(columns, current), "text/csv;charset=utf-8");
  const tools = el("div", { class: "tools" }, button(say("download.csv"), save, { class: "quiet" }));
  return { node: el("div", { class: "table" }, box, tools), update, table, box };
}

function heading(column) {
  const attributes = { scope: "col", class: column.number ? "number" : null };
  if (!column.sort) return el("th", attributes, column.title);
  const isSorted = state.sort === column.sort;
  const sorted = { ...attributes, "aria-sort": isSorted ? "descending" : "none" };
  const sort = () => go({ sort: column.sort });
  return el("th", sorted, button(column.title, sort, { class: "sort" }), isSorted ? el("span", { "aria-hidden": "true" }, " ▾") : null);
}

function dataCell(column, row) {
  const content = column.cell ? column.cell(row) : column.text(row);
  const attributes = { class: [column.number ? "number" : "", column.className ?? ""].join(" ").trim() || null };
  return column.heads ? el("th", { ...attributes, scope: "row" }, content) : el("td", attributes, content);
}

/** Return a figure: a sentence that says what there is to see, the picture, and its data as a table.
 *
 * `draw(width)` returns the picture in so many pixels; it is drawn again when the width changes.
 */
function figure({ title, sentence, draw, columns, rows, file }) {
  const drawing = el("div", { class: "drawing" });
  const data = dataTable({ caption: title, columns, rows, file });
  data.node.hidden = true;
  const swap = button(say("as.table"), () => {
    data.node.hidden = !data.node.hidden;
    drawing.hidden = !drawing.hidden;
    swap.textContent = drawing.hidden ? say("as.chart") : say("as.table");
    save.hidden = drawing.hidden;
  }, { class: "quiet" });
  const save = button(say("download.svg"), () => {
    download(fileName(file, "svg"), svgText(drawing.querySelector("svg")), "image/svg+xml");
  }, { class: "quiet" });
  const node = el("figure", {}, el("figcaption", {}, el("strong", {}, title), el("p", {}, sentence)), drawing, data.node, el("div", { class: "tools" }, swap, save));
  watched.set(node, () => {
    const width = Math.floor(drawing.clientWidth || node.clientWidth);
    if (width > 0 && width !== Number(drawing.dataset.width)) {
      drawing.dataset.width = String(width);
      const picture = draw(width);
      picture.setAttribute("role", "img");
      picture.setAttribute("aria-label", `${title}: ${sentence}`);
      drawing.replaceChildren(picture);
    }
  });
  return node;
}

const watched = new Map();

/** Draw the figures that stand on the page at the width they have. */
function drawFigures() {
  for (const [node, draw] of watched) {
    if (node.isConnected) draw();
    else watched.delete(node);
  }
}

/** Return a bar as long as `part` of its cell; the number beside it says how much. */
function bar(part, className = "") {
  const width = Math.max(0, Math.min(100, 100 * part));
  return svg("svg", { class: `bar ${className}`, viewBox: "0 0 100 10", preserveAspectRatio: "none", "aria-hidden": "true", focusable: "false" },
    svg("rect", { class: "track", x: 0, y: 0, width: 100, height: 10 }), svg("rect", { class: "filled", x: 0, y: 0, width, height: 10 }));
}

/** Return how a place changed, with a sign that needs no colour. */
function moved(by) {
  if (by === null || by === undefined) return el("span", { class: "same" }, ABSENT);
  if (by === 0) return el("span", { class: "same" }, say("same"));
  return el("span", { class: by > 0 ? "up" : "down" }, movedText(by));
}

function movedText(by) {
  if (by === null || by === undefined) return ABSENT;
  if (by === 0) return say("same");
  return `${by > 0 ? "▲" : "▼"} ${Math.abs(by)}`;
}
