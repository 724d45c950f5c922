// "Download what I see": a table as csv that Excel and WPS open as it is meant, a chart as svg.

const BOM = "\ufeff";

/** Return the csv of columns and rows: the texts that the table shows. */
function csvText(columns, rows) {
  const cell = (column, row) => csvCell(column.number ? column.text(row).replaceAll(MINUS, "-") : column.text(row));
  const lines = [columns.map((column) => csvCell(column.title)), ...rows.map((row) => columns.map((column) => cell(column, row)))];
  return BOM + lines.map((line) => line.join(",")).join("\r\n") + "\r\n";
}

// as data/cells/formulas.py has them
const BEGINS = /^\s*[-=@+＝＠＋－]/;
const NUMBER_OR_DASH = /^\s*[-+＋－]\s*([0-9][0-9.,\s]*[%‰]?|\.[0-9]+[%‰]?|[-+]*)\s*$/;

/** Return a cell that no spreadsheet runs: what would act has an apostrophe in front. */
function csvCell(value) {
  const text = String(value);
  const inert = BEGINS.test(text) && !NUMBER_OR_DASH.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(inert) || inert !== inert.trim() ? `"${inert.replaceAll('"', '""')}"` : inert;
}

function svgText(picture) {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(picture)}\n`;
}

function download(name, text, type) {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = el("a", { href: url, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
  announce(say("downloaded", { name }));
}

/** Return the name of a file: the scheme, the round and what it shows. */
function fileName(what, ending) {
  return `${page.model.id}-${page.model.round}-${what}.${ending}`.replace(/[^\p{L}\p{N}._-]+/gu, "-");
}
