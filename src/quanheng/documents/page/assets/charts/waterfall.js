// From the group's mean to the unit's score: steps that add up exactly as they are printed.

/** Return the steps: name, amount, start and end, in numbers of `decimals`; the last one takes what is left. */
function waterfallSteps(model, unit) {
  const group = model.units.groups[unit];
  const { decimals } = model.root;
  const amounts = [];
  for (const node of model.children("total", group)) {
    const [own, usual] = [model.value("scores", node.code, unit), model.stats[group][node.code]?.mean];
    if (usual !== null && usual !== undefined) amounts.push([model.nodeName(node), (own ?? 0) - usual]);
  }
  const found = stepsBetween(model.stats[group].total.mean, model.value("scores", "total", unit), amounts, decimals, say("rest"));
  return { ...found, first: say("group.mean"), last: model.unitName(unit) };
}

/** Return the steps from one number to another as they are printed; what is left over is one named `rest`. */
function stepsBetween(from, to, amounts, decimals, rest) {
  const ratio = 10 ** decimals;
  const whole = (value) => Math.round(halfUp(value, decimals) * ratio);
  const [mean, total] = [whole(from), whole(to)];
  let at = mean;
  const steps = [];
  for (const [name, value] of amounts) {
    const amount = whole(value);
    steps.push({ name, amount: amount / ratio, start: at / ratio, end: (at + amount) / ratio });
    at += amount;
  }
  if (total !== at) steps.push({ name: rest, amount: (total - at) / ratio, start: at / ratio, end: total / ratio });
  return { mean: mean / ratio, total: total / ratio, steps, decimals };
}

function waterfallFigure(model, unit) {
  const found = waterfallSteps(model, unit);
  return stepsFigure(found, { title: say("waterfall"), sentence: waterfallSentence(found), file: `${model.units.codes[unit]}-${say("file.waterfall")}` });
}

/** Return what moved a unit since the round before: all causes in the table, the greatest in the picture. */
function causesFigure(model, unit) {
  if (!model.moves) return null;
  const own = model.moves.units[unit];
  if (!own) return Object.keys(model.moves.units).length ? null : el("p", { class: "note" }, say("causes.unknown"));
  const { decimals } = model.root;
  const amounts = own.causes.map(([name, change]) => [both(model.moves.names[name]), change]);
  const [before, after] = own.totals;
  const greatest = new Set([...amounts].sort((one, other) => Math.abs(other[1]) - Math.abs(one[1])).slice(0, MOST_CAUSES));
  const others = amounts.filter((each) => !greatest.has(each));
  const few = others.length > 1 ? [...amounts.filter((each) => greatest.has(each)), [say("other.causes", { count: others.length }), others.reduce((sum, each) => sum + each[1], 0)]] : amounts;
  const ends = { first: `${both(model.moves.before)} · ${say("total")}`, last: `${both(model.moves.after)} · ${say("total")}` };
  const found = { ...stepsBetween(before, after, few, decimals, say("rounding.shown")), ...ends };
  const all = { ...stepsBetween(before, after, amounts, decimals, say("rounding.shown")), ...ends };
  return stepsFigure(found, { title: say("causes"), sentence: causesSentence(found, amounts, decimals), file: `${model.units.codes[unit]}-${say("file.causes")}` }, all);
}

const MOST_CAUSES = 10;

function causesSentence({ mean, total }, amounts, decimals) {
  const by = halfUp(total - mean, decimals);
  const [most, least] = [1, -1].map((sign) => [...amounts].sort((one, other) => sign * (other[1] - one[1]))[0]);
  const words = say(by > 0 ? "causes.up" : by < 0 ? "causes.down" : "causes.same", { by: shown(Math.abs(by), decimals) });
  const up = most && most[1] > 0 ? say("causes.gain", { name: most[0], amount: signed(most[1], decimals) }) : "";
  const down = least && least[1] < 0 ? say("causes.loss", { name: least[0], amount: signed(least[1], decimals) }) : "";
  return `${words}${up}${down}`;
}

/** Return a figure of steps; the table shows those of `all`. */
function stepsFigure(found, { title, sentence, file }, all = found) {
  const { mean, total, steps, decimals } = all;
  const rows = [
    { name: all.first, amount: "", level: shown(mean, decimals) },
    ...steps.map((step) => ({ name: step.name, amount: signed(step.amount, decimals), level: shown(step.end, decimals) })),
    { name: all.last, amount: "", level: shown(total, decimals) },
  ];
  return figure({
    title,
    sentence,
    draw: (width) => drawWaterfall(found, width),
    columns: [
      { title: say("step"), text: (row) => row.name, heads: true },
      { title: say("amount"), text: (row) => row.amount, number: true },
      { title: say("level"), text: (row) => row.level, number: true },
    ],
    rows,
    file,
  });
}

function waterfallSentence({ mean, total, steps, decimals }) {
  const by = halfUp(total - mean, decimals);
  const most = [...steps].sort((one, other) => Math.abs(other.amount) - Math.abs(one.amount))[0];
  const words = say(by >= 0 ? "above.mean" : "below.mean", { by: shown(Math.abs(by), decimals), mean: shown(mean, decimals) });
  return most ? `${words}${say("most.by", { name: most.name, amount: signed(most.amount, decimals) })}` : words;
}

function drawWaterfall({ first, last, mean, total, steps, decimals }, width) {
  const bars = [
    { name: first, start: null, end: mean },
    ...steps,
    { name: last, start: null, end: total },
  ];
  const size = letter();
  const [row, bands] = [size * 1.35, Math.max(12, size)];
  const step = row + bands + 10;
  const ends = bars.flatMap((each) => [each.start ?? each.end, each.end]);
  let [low, high] = [Math.min(...ends), Math.max(...ends)];
  const room = (high - low || Math.abs(high) || 1) * 0.15;
  [low, high] = [low - room, high + room];
  const pad = widthOf("+000.00") + 8;
  const x = (value) => ((value - low) / (high - low)) * (width - pad);
  const parts = bars.flatMap((each, index) => {
    const top = index * step;
    const isWhole = each.start === null;
    const [from, to] = isWhole ? [x(each.end), x(each.end)] : [Math.min(x(each.start), x(each.end)), Math.max(x(each.start), x(each.end))];
    const up = !isWhole && each.amount >= 0;
    const colour = isWhole ? INK : up ? BLUE : ORANGE;
    const said = isWhole ? shown(each.end, decimals) : `${up ? "▲" : "▼"} ${signed(each.amount, decimals)}`;
    const next = bars[index + 1];
    const mark = isWhole
      ? svg("circle", { cx: to, cy: top + row + bands / 2, r: bands / 2, fill: colour })
      : svg("rect", { x: from, y: top + row, width: Math.max(2, to - from), height: bands, fill: colour, rx: 2 });
    return [
      label(0, top + size, cut(each.name, width), { fill: INK, "font-weight": isWhole ? "bold" : "normal" }),
      mark,
      label(Math.min(to + (isWhole ? bands : 6), width - widthOf(said)), top + row + bands - 1, said, { fill: colour, "font-weight": "bold" }),
      next ? rule(x(each.end), top + row + bands, x(each.end), top + step + row, { "stroke-dasharray": "3 3", stroke: SOFT }) : null,
    ];
  });
  return canvas(width, bars.length * step, ...parts);
}
