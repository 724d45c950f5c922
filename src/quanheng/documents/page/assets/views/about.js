// Methods and findings: how it was scored, from which figures, what was found on the way, what this page is.

function aboutView(model) {
  return el("section", {},
    el("h2", { tabindex: "-1" }, say("view.about")),
    model.scoringOff ? el("p", { class: "note" }, say("trial.off", { why: both(model.scoringOff) })) : el("p", { class: "note" }, say("trial.checked")),
    model.left ? el("p", { class: "note" }, both(model.left)) : null,
    model.methods.map((part) => el("section", {}, el("h3", {}, both(part.title)), part.rows
      ? dataTable({ caption: both(part.title), columns: part.columns.map((title, index) => ({ title: both(title), text: (row) => both(row[index]) || ABSENT, heads: index === 0 })), rows: part.rows, file: part.file }).node
      : el("ul", {}, part.lines.map((line) => el("li", {}, both(line)))))));
}
