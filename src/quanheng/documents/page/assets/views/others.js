// The scheme, the dimensions, the moves, and units side by side.

/** Return the choice of a group; a view that shows all of them at once has `all`, too. */
function groupControl(model, all = false) {
  const groups = [...(all ? [["", say("all.groups")]] : []), ...model.occupied.map((group) => [model.groups[group].code, model.groupName(group)])];
  const chosen = all ? state.group : model.groups[theGroup(model)].code;
  return model.occupied.length > 1 ? choice(say("group"), groups, chosen, (group) => go({ group })) : null;
}

/** Return the group that a view of one group shows. */
function theGroup(model) {
  const chosen = model.groups.findIndex((group) => group.code === state.group);
  return chosen >= 0 ? chosen : model.occupied[0] ?? 0;
}

function treeView(model) {
  return el("section", {}, el("h2", { tabindex: "-1" }, say("view.tree")), el("div", { class: "controls" }, groupControl(model)), icicleFigure(model, theGroup(model)));
}

function dimensionsView(model) {
  const group = theGroup(model);
  const members = model.members(group);
  const chosen = members.find((unit) => model.units.codes[unit] === state.mark) ?? null;
  const options = [["", say("nobody.marked")], ...members.map((unit) => [model.units.codes[unit], model.unitName(unit)])];
  const mark = choice(say("mark.unit"), options, chosen === null ? "" : state.mark, (code) => go({ mark: code }));
  const tops = model.children("total", group);
  const block = (node) => [columnsFigure(model, node, group, chosen), ...model.children(node.code, group).flatMap((child) => block(child))];
  return el("section", {},
    el("h2", { tabindex: "-1" }, say("view.dimensions")),
    el("div", { class: "controls" }, groupControl(model), mark),
    el("div", { class: "multiples" }, tops.map((node) => columnsFigure(model, node, group, chosen))),
    tops.filter((node) => model.children(node.code, group).length).map((node) => el("details", { class: "more" },
      el("summary", {}, say("below", { name: model.nodeName(node) })),
      el("div", { class: "multiples" }, model.children(node.code, group).flatMap(block)))));
}

function movesView(model) {
  const groups = chosenGroups(model).filter((group) => model.members(group).some((unit) => model.units.last[unit] && model.units.places[unit]));
  return el("section", {},
    el("h2", { tabindex: "-1" }, say("view.moves")),
    el("div", { class: "controls" }, groupControl(model, true)),
    el("div", { class: "pair" }, groups.map((group) => slopesFigure(model, group))));
}

function compareView(model) {
  const units = (state.units.length ? state.units : model.members(theGroup(model)).slice(0, 2).map((unit) => model.units.codes[unit])).map((code) => model.index.get(code));
  const options = model.order.map((unit) => [model.units.codes[unit], model.unitName(unit)]);
  const chooser = Array.from({ length: MOST_COMPARED }, (_, index) => choice(say("unit.number", { number: index + 1 }), [["", ABSENT], ...options], units[index] === undefined ? "" : model.units.codes[units[index]], (code) => {
    const codes = units.map((unit) => model.units.codes[unit]);
    codes[index] = code;
    go({ units: [...new Set(codes.filter(Boolean))] });
  }));
  return el("section", {}, el("h2", { tabindex: "-1" }, say("view.compare")), el("div", { class: "controls" }, chooser), units.length ? compareTable(model, units) : null);
}

function compareTable(model, units) {
  const groups = units.map((unit) => model.units.groups[unit]);
  const rows = model.nodes.filter((node) => groups.some((group) => node.groups.includes(group))).map((node) => ({ node, best: bestOf(model, node, units) }));
  const most = Math.max(100, ...rows.flatMap(({ node }) => units.map((unit) => model.value("points", node.code, unit) ?? 0)));
  const columns = [
    { title: say("node"), text: (row) => `${"　".repeat(row.node.level)}${model.nodeName(row.node)}`, heads: true },
    ...units.flatMap((unit, index) => [
      { title: say("unit.score", { name: model.unitName(unit) }), number: true, text: (row) => model.score(row.node.code, unit) },
      {
        title: say("unit.points", { name: model.unitName(unit) }), number: true, className: "compared",
        text: (row) => `${shown(model.value("points", row.node.code, unit), 1)}${row.best === unit ? ` ${say("best.mark")}` : ""}`,
        cell: (row) => el("div", { class: "barred" }, el("span", {}, `${shown(model.value("points", row.node.code, unit), 1)}${row.best === unit ? ` ${say("best.mark")}` : ""}`), bar((model.value("points", row.node.code, unit) ?? 0) / most, `series-${index}`)),
      },
    ]),
  ];
  return el("div", {}, el("p", { class: "lead" }, compareSentence(model, units, rows)), dataTable({ caption: say("compare.of", { names: units.map((unit) => model.unitName(unit)).join(say("comma")) }), columns, rows, file: say("file.compare") }).node);
}

/** Return the one unit that has the most points at a node; null where several have. */
function bestOf(model, node, units) {
  const points = units.map((unit) => model.value("points", node.code, unit));
  const most = Math.max(...points.filter((value) => value !== null));
  const best = units.filter((_, index) => points[index] !== null && comparable(points[index]) === comparable(most));
  return best.length === 1 && units.length > 1 ? best[0] : null;
}

function compareSentence(model, units, rows) {
  const leaves = rows.filter((row) => !row.node.dimension);
  return units.map((unit) => say("ahead.in", { name: model.unitName(unit), count: leaves.filter((row) => row.best === unit).length, of: leaves.length })).join(say("stop"));
}
