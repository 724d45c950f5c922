// What is looked at, and its address: everything stands behind # and can be sent.

const state = {
  view: "ranking",
  group: "",
  sort: "total",
  query: "",
  unit: "",
  units: [],
  mark: "",
  language: "zh",
  care: false,
  weights: {},
};

/** Read the address into the state; what it does not say is as it was at first. */
function readAddress(model) {
  const said = new URLSearchParams(location.hash.slice(1));
  const known = (value, values, otherwise) => (values.includes(value) ? value : otherwise);
  const codes = model.units.codes;
  const views = viewsOf(model);
  state.view = known(said.get("view"), views, model.alone && views.includes("unit") ? "unit" : views[0]);
  state.group = known(said.get("group"), model.groups.map((group) => group.code), "");
  state.sort = known(said.get("sort"), model.nodes.map((node) => node.code), "total");
  state.query = said.get("q") ?? "";
  state.unit = known(said.get("unit"), codes, codes[model.order[0]] ?? "");
  state.mark = known(said.get("mark"), codes, "");
  state.units = said.getAll("units").filter((code) => codes.includes(code)).slice(0, MOST_COMPARED);
  state.language = known(said.get("lang"), ["zh", "en"], model.language);
  state.care = said.get("care") === "1" || (said.get("care") === null && kept("care") === "1");
  state.weights = model.scoring ? weightsIn(said.get("w") ?? "", model) : {};
}

const MOST_COMPARED = 4;

/** Return the address of the state with `changes`. */
function address(changes = {}) {
  const next = { ...state, ...changes };
  const said = new URLSearchParams({ view: next.view });
  if (next.group) said.set("group", next.group);
  if (next.sort !== "total") said.set("sort", next.sort);
  if (next.query) said.set("q", next.query);
  if (next.view === "unit") said.set("unit", next.unit);
  if (next.view === "compare") next.units.forEach((code) => said.append("units", code));
  if (next.view === "dimensions" && next.mark) said.set("mark", next.mark);
  if (next.language !== page.model.language) said.set("lang", next.language);
  if (next.care) said.set("care", "1");
  const weights = weightsText(next.weights, page.model);
  if (weights) said.set("w", weights);
  return `#${said}`;
}

/** Go where `changes` lead. */
function go(changes) {
  location.hash = address(changes);
}

/** Note `changes` in the address without leaving a step behind. */
function note(changes) {
  Object.assign(state, changes);
  history.replaceState(null, "", address());
}

/** Return weights written as group.node.weight, several with ~ between; what is no weight is left out. */
function weightsIn(text, model) {
  const found = {};
  for (const part of text.split("~").slice(0, MOST_WEIGHTS)) {
    const [group, node, weight] = part.split(":");
    const index = model.groups.findIndex((each) => each.code === group);
    const own = model.weights[node];
    const value = Number(weight);
    if (index >= 0 && own && own[index] !== null && weight && Number.isFinite(value) && value >= 0) {
      found[node] = found[node] ?? model.groups.map(() => null);
      found[node][index] = value;
    }
  }
  return found;
}

const MOST_WEIGHTS = 5000;

function weightsText(weights, model) {
  const parts = [];
  for (const [node, values] of Object.entries(weights)) {
    values.forEach((value, index) => {
      if (value !== null) parts.push(`${model.groups[index].code}:${node}:${value}`);
    });
  }
  return parts.join("~");
}

/** Return what the browser kept under `name`; nothing where it keeps nothing for files. */
function kept(name) {
  try {
    return localStorage.getItem(`quanheng.${name}`);
  } catch {
    return null;
  }
}

function keep(name, value) {
  try {
    localStorage.setItem(`quanheng.${name}`, value);
  } catch {
    // a browser that keeps nothing: the address has it
  }
}
