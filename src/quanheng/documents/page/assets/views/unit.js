// One unit: where it stands, from the group's mean to its score, beside its group, and why, down to the cells.

function unitView(model) {
  const unit = model.index.get(state.unit);
  const hasScore = model.value("scores", "total", unit) !== null && model.stats?.[model.units.groups[unit]].total;
  return el("section", {},
    el("h2", { tabindex: "-1" }, model.unitName(unit)),
    model.units.codes.length > 1 ? unitControls(model) : null,
    unitFacts(model, unit),
    el("div", { class: "pair" },
      hasScore ? waterfallFigure(model, unit) : null,
      hasScore && profileRows(model, unit).length ? profileFigure(model, unit) : null),
    causesFigure(model, unit),
    model.spreads ? spreadNote(model, unit) : null,
    model.traces ? explanations(model, unit) : el("p", { class: "note" }, model.left ? both(model.left) : say("no.traces")));
}

function unitControls(model) {
  const options = model.order.map((unit) => [model.units.codes[unit], `${model.units.places[unit] || ABSENT} · ${model.unitName(unit)}`]);
  const near = neighbours(model, model.index.get(state.unit)).map((unit) => model.units.codes[unit]);
  return el("div", { class: "controls" },
    choice(say("unit"), options, state.unit, (unit) => go({ unit })),
    viewsOf(model).includes("compare") ? el("a", { class: "button", href: address({ view: "compare", units: [state.unit, ...near] }) }, say("compare.near")) : null);
}

/** Return the units just above and below in the group. */
function neighbours(model, unit) {
  const members = model.members(model.units.groups[unit]);
  const at = members.indexOf(unit);
  return [members[at - 1], members[at + 1]].filter((each) => each !== undefined);
}

function unitFacts(model, unit) {
  const { units } = model;
  const group = units.groups[unit];
  const facts = [
    ...(units.hasTotal ? [[say("total"), model.score("total", unit), say("of.marks", { marks: brief(model.groups[group].marks) })]] : []),
    [say("place"), units.places[unit] ? String(units.places[unit]) : ABSENT, placeText(model, unit)],
    ...(units.intervals?.[unit] ? [[say("interval"), intervalText(model, unit), certaintyText(model, unit)]] : []),
    ...(units.tiers ? [[say("tier"), units.tiers[unit] ?? ABSENT, units.vetoed?.[unit] ? say("vetoed") : ""]] : []),
    [say("group"), model.groupName(group), say("units.in", { count: model.groups[group].units })],
  ];
  const awards = awardsOf(model, unit);
  if (awards.length) facts.push([say("awards"), awards.join(say("comma")), ""]);
  return el("dl", { class: "facts" }, facts.map(([name, value, more]) => el("div", {}, el("dt", {}, name), el("dd", {}, el("strong", {}, value), more ? el("span", {}, more) : null))));
}

/** Return the distribution of the group without names, where the page holds one unit only. */
function spreadNote(model, unit) {
  const { decimals } = model.root;
  const spread = model.spreads[model.units.groups[unit]];
  if (spread.low === undefined) return el("p", { class: "note" }, say("spread.kept", { count: spread.count }));
  return el("p", { class: "lead" }, say("spread", { count: spread.count, low: shown(spread.low, decimals), q1: shown(spread.q1, decimals), median: shown(spread.median, decimals), q3: shown(spread.q3, decimals), high: shown(spread.high, decimals) }));
}

function explanations(model, unit) {
  const own = model.traces[unit] ?? {};
  const part = (node) => {
    const trace = own[node.code];
    if (!trace) return null;
    const children = model.children(node.code, model.units.groups[unit]).map(part);
    const lines = trace[state.language === "zh" ? 0 : 1];
    return el("details", { open: node.level === 0, class: "why" },
      el("summary", {}, lines[0]),
      el("ul", {}, lines.slice(1).map((line) => el("li", { class: line.startsWith("    ") ? "deeper" : null }, line.trim()))),
      children.length ? el("div", { class: "below" }, children) : null);
  };
  const all = el("div", { class: "whys" }, part(model.root));
  const open = (isOpen) => () => all.querySelectorAll("details").forEach((each) => { each.open = isOpen || each.parentElement === all; });
  return el("section", { class: "explanation" },
    el("h3", {}, say("why")), el("p", { class: "note" }, say("why.note")),
    el("div", { class: "tools" }, button(say("open.all"), open(true), { class: "quiet" }), button(say("close.all"), open(false), { class: "quiet" })), all);
}
