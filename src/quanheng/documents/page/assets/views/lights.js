// The board of lights: units by indicators, each light a mark with its word, and why those are not green.

function lightsView(model) {
  const groups = chosenGroups(model);
  return el("section", {},
    el("h2", { tabindex: "-1" }, say("view.lights")),
    el("p", { class: "lead" }, lightsSentence(model)),
    el("div", { class: "controls" }, groupControl(model, true)),
    groups.map((group) => lightsTable(model, group)),
    reasonsTable(model, groups));
}

function lightsSentence(model) {
  const count = (light) => model.lights.rows.filter((row) => row.light === light).length;
  return say("lights.said", { at: model.lights.at, green: count("green"), yellow: count("yellow"), red: count("red") });
}

function lightText(model, light) {
  const look = model.lights.looks[light];
  return `${look.mark} ${both(look.word)}`;
}

function lightsTable(model, group) {
  const members = model.members(group);
  const own = model.lights.rows.filter((row) => model.units.groups[row.unit] === group);
  const nodes = model.leaves(group).filter((node) => own.some((row) => row.node === node.code));
  if (!nodes.length) return null;
  const at = new Map(own.map((row) => [`${row.unit} ${row.node}`, row.light]));
  const text = (row, node) => (at.has(`${row.unit} ${node.code}`) ? lightText(model, at.get(`${row.unit} ${node.code}`)) : ABSENT);
  return dataTable({
    caption: say("lights.of", { group: model.groupName(group), at: model.lights.at }),
    columns: [
      { title: say("unit"), text: (row) => model.unitName(row.unit), cell: (row) => unitLink(model, row.unit), heads: true },
      ...nodes.map((node) => ({
        title: model.longName(node), text: (row) => text(row, node), className: "short",
        cell: (row) => el("span", { class: `light light-${at.get(`${row.unit} ${node.code}`) ?? "none"}` }, text(row, node)),
      })),
    ],
    rows: members.map((unit) => ({ unit })),
    file: `${say("file.lights")}-${model.groups[group].code}`,
  }).node;
}

function reasonsTable(model, groups) {
  const order = { red: 0, yellow: 1, missing: 2 };
  const rows = model.lights.rows.filter((row) => row.light in order && groups.includes(model.units.groups[row.unit]))
    .sort((one, other) => order[one.light] - order[other.light]);
  if (!rows.length) return el("p", {}, say("lights.none"));
  return dataTable({
    caption: say("lights.why"),
    columns: [
      { title: say("unit"), text: (row) => model.unitName(row.unit), cell: (row) => unitLink(model, row.unit), heads: true },
      { title: say("indicator"), text: (row) => model.longName(model.byCode.get(row.node)) },
      { title: say("light"), text: (row) => lightText(model, row.light), cell: (row) => el("span", { class: `light light-${row.light}` }, lightText(model, row.light)), className: "short" },
      { title: say("reason"), text: (row) => both(row.why) },
    ],
    rows,
    file: say("file.reasons"),
  }).node;
}
