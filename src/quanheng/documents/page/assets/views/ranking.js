// The ranking: a table a group with bars, searched, filtered and sorted by any node; with trial weights beside it.

function rankingView(model) {
  const trial = model.scoring ? trialPanel(model, () => update()) : null;
  const tables = el("div", { class: "tables" });
  const update = () => {
    const found = trialOf(model);
    tables.replaceChildren(found ? trialBanner(model, found) : "", ...chosenGroups(model).map((group) => rankingTable(model, group, found)));
  };
  update();
  return el("section", {},
    el("h2", { tabindex: "-1" }, say("view.ranking")),
    el("p", { class: "lead" }, rankingSentence(model)),
    rankingControls(model, update),
    el("div", { class: "ranking-body" }, trial, tables),
    el("p", { class: "note" }, say("ranking.note")),
    model.units.intervals ? el("p", { class: "note" }, say("interval.note", { share: percent(model.units.share), varied: both(model.units.varied) })) : null);
}

function chosenGroups(model) {
  const chosen = model.groups.findIndex((group) => group.code === state.group);
  return chosen >= 0 ? [chosen] : model.occupied;
}

function rankingSentence(model) {
  return model.occupied.filter((group) => !model.ranksAll || model.members(group).some((unit) => model.units.places[unit] === 1)).map((group) => {
    const first = model.members(group).filter((unit) => model.units.places[unit] === 1);
    const names = first.slice(0, 3).map((unit) => model.unitName(unit)).join(say("comma"));
    if (!first.length || !model.units.hasTotal) return say("nobody.placed", { group: model.groupName(group) });
    return say("first.is", { group: model.groupName(group), names: first.length > 3 ? `${names}…` : names, score: model.score("total", first[0]), of: model.placed(group) });
  }).join(say("stop"));
}

function rankingControls(model, update) {
  const groups = [["", say("all.groups")], ...model.occupied.map((group) => [model.groups[group].code, model.groupName(group)])];
  const nodes = model.nodes.map((node) => [node.code, `${"　".repeat(node.level)}${model.nodeName(node)}`]);
  const id = "search";
  const search = el("input", { id, type: "search", value: state.query, autocomplete: "off", oninput: (event) => {
    note({ query: event.target.value });
    update();
    announce(say("found", { count: chosenGroups(model).flatMap((group) => rankingRows(model, group, null)).length }));
  } });
  return el("div", { class: "controls" },
    groups.length > 2 ? choice(say("group"), groups, state.group, (group) => go({ group })) : null,
    nodes.length > 1 ? choice(say("sort.by"), nodes, state.sort, (sort) => go({ sort })) : null,
    el("div", { class: "field" }, el("label", { for: id }, say("search")), search));
}

/** Return the rows of a group as they are shown: who is searched for, in the order asked for. */
function rankingRows(model, group, found) {
  const wanted = state.query.trim().toLowerCase();
  const places = model.placesOn(state.sort);
  const value = (unit) => (found ? (state.sort === "total" ? found.total[unit] : found.tree.scores.get(state.sort)[unit]) : model.value("scores", state.sort, unit) ?? NaN);
  const rows = model.members(group)
    .filter((unit) => !wanted || `${model.unitName(unit)} ${model.units.codes[unit]}`.toLowerCase().includes(wanted))
    .map((unit) => ({ unit, placeOn: places[unit], official: model.units.places[unit], trial: found ? found.places[unit] : null, value: value(unit) }));
  const rank = (row) => (state.sort === "total" ? (found ? row.trial : row.official) || Infinity : Number.isNaN(row.value) ? Infinity : -row.value);
  return rows.sort((one, other) => {
    const [left, right] = [rank(one), rank(other)];
    return left === right ? 0 : left - right;
  });
}

function rankingTable(model, group, found) {
  const rows = rankingRows(model, group, found);
  const title = say(found ? "ranking.trial" : "ranking.of", { group: model.groupName(group), units: model.members(group).length });
  const table = dataTable({
    caption: title, columns: found ? trialColumns(model, group, found) : rankingColumns(model, group), rows,
    file: `${found ? say("file.trial") : say("file.ranking")}-${model.groups[group].code}`, className: found ? "ranking trial" : "ranking",
  });
  return rows.length ? table.node : el("p", {}, say("nobody.found", { group: model.groupName(group) }));
}

function rankingColumns(model, group) {
  const { units } = model;
  const most = Math.max(...model.members(group).map((unit) => model.value("scores", "total", unit) ?? 0), 0);
  const parts = model.children("total", group);
  return [
    { title: say("place"), text: (row) => String(row.official || ABSENT), cell: (row) => medal(row.official), number: true, className: "place" },
    { title: say("unit"), text: (row) => model.unitName(row.unit), cell: (row) => (model.nodes.length > 1 ? unitLink(model, row.unit) : model.unitName(row.unit)), heads: true },
    ...(units.hasTotal ? totalColumns(model, (row) => model.value("scores", "total", row.unit), most) : []),
    ...(units.tiers ? [{ title: say("tier"), text: (row) => units.tiers[row.unit] ?? (units.vetoed?.[row.unit] ? say("vetoed") : ABSENT), className: "short" }] : []),
    ...(units.last ? [{ title: say("move"), text: (row) => movedText(moveOf(model, row.unit)), cell: (row) => moved(moveOf(model, row.unit)), className: "short" }] : []),
    ...(units.intervals ? [{ title: say("interval"), text: (row) => intervalText(model, row.unit), className: "short" }] : []),
    ...sortedColumns(model, group, parts),
    ...parts.map((node) => nodeColumn(model, node, group)),
    ...(model.awards.length ? [{ title: say("awards"), text: (row) => awardsOf(model, row.unit).join(say("comma")) || ABSENT, className: "wide" }] : []),
  ];
}

/** Return a place; the first three stand in a ring. */
function medal(place) {
  return place && place <= 3 ? el("span", { class: `medal medal-${place}` }, String(place)) : String(place || ABSENT);
}

function totalColumns(model, value, most) {
  return [{
    title: model.nodeName(model.root), sort: "total", number: true, className: "total",
    text: (row) => shown(value(row), model.root.decimals),
    cell: (row) => el("div", { class: "barred" }, el("span", {}, shown(value(row), model.root.decimals)), bar(most > 0 ? (value(row) ?? 0) / most : 0)),
  }];
}

/** Return the columns of the node that is sorted by, where the table has none for it. */
function sortedColumns(model, group, parts) {
  if (state.sort === "total" || parts.some((node) => node.code === state.sort)) return [];
  return [nodeColumn(model, model.byCode.get(state.sort), group), { title: say("place.there"), text: (row) => String(row.placeOn || ABSENT), number: true }];
}

/** Return the column of a node's scores, each over a thin bar: its part of the most that the group has there. */
function nodeColumn(model, node, group) {
  const most = Math.max(...model.members(group).map((unit) => model.value("scores", node.code, unit) ?? 0), 0);
  return {
    title: model.nodeName(node), sort: node.code, number: true, text: (row) => model.score(node.code, row.unit),
    cell: (row) => el("div", { class: "under" }, el("span", {}, model.score(node.code, row.unit)), bar(most > 0 ? (model.value("scores", node.code, row.unit) ?? 0) / most : 0)),
  };
}

function moveOf(model, unit) {
  const [last, place] = [model.units.last[unit], model.units.places[unit]];
  return last && place ? last - place : null;
}

function awardsOf(model, unit) {
  return model.awards.filter((award) => award.unit === unit).map((award) => award.name);
}
