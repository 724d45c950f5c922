// Trial weights: sliders for the weights of a group, and what they would make of the ranking. Never a result.

/** Return what the ranking would be with the weights of the state; null where none is changed. */
function trialOf(model) {
  return model.scoring && Object.keys(state.weights).length ? scored(model.scoring, state.weights) : null;
}

/** Return where the page's own scoring differs from the engine's with the given weights; "" where nowhere. */
function selfCheck(model) {
  const found = scored(model.scoring, {});
  for (const [unit, code] of model.units.codes.entries()) {
    const [engine, own] = [model.value("scores", "total", unit), found.total[unit]];
    const isSame = engine === null ? Number.isNaN(own) : Math.abs(engine - own) <= 1e-9;
    if (!isSame || (model.units.places[unit] ?? 0) !== found.places[unit]) return code;
  }
  return "";
}

function trialPanel(model, changed) {
  const groups = model.occupied;
  const group = Math.max(groups.findIndex((each) => model.groups[each].code === state.group), 0);
  const body = el("div", {});
  const fill = (chosen) => body.replaceChildren(...sliders(model, chosen, "total", changed), button(say("reset"), () => {
    note({ weights: {} });
    fill(chosen);
    changed();
    announce(say("reset.done"));
  }, { class: "reset" }));
  fill(groups[group]);
  const choose = groups.length > 1
    ? choice(say("weights.of"), groups.map((each) => [String(each), model.groupName(each)]), String(groups[group]), (value) => fill(Number(value)))
    : null;
  return el("details", { class: "trial-panel", open: Object.keys(state.weights).length > 0 },
    el("summary", {}, say("trial")), el("p", { class: "note" }, say("trial.note")), choose, body);
}

/** Return a slider for each child of a dimension, those of the dimensions below folded away. */
function sliders(model, group, parent, changed) {
  const children = model.children(parent, group);
  const whole = children.reduce((sum, node) => sum + (model.weights[node.code][group] ?? 0), 0) || 1;
  const shares = children.map(() => el("span", { class: "share" }));
  const weights = () => children.map((node) => weightOf(model, node.code, group));
  const tell = () => {
    const total = weights().reduce((sum, weight) => sum + weight, 0);
    weights().forEach((weight, index) => { shares[index].textContent = total > 0 ? percent(weight / total) : ABSENT; });
  };
  const rows = children.map((node, index) => {
    const below = node.dimension && model.children(node.code, group).length > 1
      ? el("details", {}, el("summary", {}, say("below", { name: model.nodeName(node) })), sliders(model, group, node.code, changed))
      : null;
    return el("div", { class: "slider" }, slider(model, group, node, Math.max(whole, 1e-9), shares[index], () => {
      tell();
      changed();
    }), below);
  });
  tell();
  return rows;
}

function slider(model, group, node, most, told, changed) {
  const id = `weight-${group}-${node.code}`;
  const value = weightOf(model, node.code, group);
  const range = el("input", { type: "range", id, min: 0, max: most, step: "any", value, "aria-valuetext": brief(value, 3) });
  const number = el("input", { type: "number", min: 0, step: "any", value: Number(halfUp(value, 4)), "aria-label": say("weight.of", { name: model.nodeName(node) }) });
  let waiting = false;
  const set = (weight, from) => {
    if (!Number.isFinite(weight) || weight < 0) return;
    setWeight(model, node.code, group, weight);
    range.setAttribute("aria-valuetext", brief(weight, 3));
    if (from !== number) number.value = String(Number(halfUp(weight, 4)));
    if (from !== range) range.value = String(weight);
    if (!waiting) {
      waiting = true;
      requestAnimationFrame(() => {
        waiting = false;
        note({});
        changed();
      });
    }
  };
  range.addEventListener("input", () => set(Number(halfUp(Number(range.value), 4)), range));
  range.addEventListener("change", () => announce(movedSentence(model, trialOf(model))));
  number.addEventListener("input", () => number.value !== "" && set(Number(number.value), number));
  return el("div", { class: "weight" }, el("label", { for: id }, model.nodeName(node)), range, number, told);
}

function weightOf(model, code, group) {
  return state.weights[code]?.[group] ?? model.weights[code][group] ?? 0;
}

function setWeight(model, code, group, weight) {
  const own = state.weights[code] ?? model.groups.map(() => null);
  own[group] = weight === model.weights[code][group] ? null : weight;
  const next = { ...state.weights, [code]: own };
  if (own.every((value) => value === null)) delete next[code];
  state.weights = next;
}

function trialBanner(model, found) {
  return el("div", { class: "banner" }, el("strong", {}, say("trial.mark")), " ", movedSentence(model, found));
}

/** Return who moved most, and how many. */
function movedSentence(model, found) {
  if (!found) return say("nobody.moved");
  const moves = model.units.codes.map((_, unit) => ({ unit, by: found.places[unit] && model.units.places[unit] ? model.units.places[unit] - found.places[unit] : 0 })).filter((move) => move.by !== 0);
  if (!moves.length) return say("nobody.moved");
  moves.sort((one, other) => Math.abs(other.by) - Math.abs(one.by));
  const told = moves.slice(0, 5).map(({ unit, by }) => `${model.unitName(unit)} ${movedText(by)}`).join(say("comma"));
  return say("moved.are", { count: moves.length, told: moves.length > 5 ? `${told}…` : told });
}

function trialColumns(model, group, found) {
  const most = Math.max(...model.members(group).map((unit) => found.total[unit] || 0), 0);
  const by = (row) => (row.official && row.trial ? row.official - row.trial : null);
  return [
    { title: say("place.trial"), text: (row) => String(row.trial || ABSENT), number: true, className: "place" },
    { title: say("unit"), text: (row) => model.unitName(row.unit), cell: (row) => unitLink(model, row.unit), heads: true },
    ...totalColumns(model, (row) => found.total[row.unit], most),
    { title: say("move.trial"), text: (row) => movedText(by(row)), cell: (row) => moved(by(row)), className: "short" },
    { title: say("place.official"), text: (row) => String(row.official || ABSENT), number: true },
    { title: say("total.official"), text: (row) => model.score("total", row.unit), number: true },
    ...model.children("total", group).map((node) => ({
      title: model.nodeName(node), sort: node.code, number: true, text: (row) => shown(found.tree.scores.get(node.code)[row.unit], node.decimals),
    })),
    { title: say("mark"), text: () => say("trial.mark"), className: "short" },
  ];
}
