// From the group's mean to the unit's score: steps that add up exactly as they are printed.

/** Return the steps: name, amount, start and end, in numbers of `decimals`; the last one takes what is left. */
function waterfallSteps(model, unit) {
  const group = model.units.groups[unit];
  const { decimals } = model.root;
  const ratio = 10 ** decimals;
  const whole = (value) => Math.round(halfUp(value, decimals) * ratio);
  const mean = whole(model.stats[group].total.mean);
  const total = whole(model.value("scores", "total", unit));
  let at = mean;
  const steps = [];
  for (const node of model.children("total", group)) {
    const [own, usual] = [model.value("scores", node.code, unit), model.stats[group][node.code]?.mean];
    if (usual !== null && usual !== undefined) {
      const amount = whole((own ?? 0) - usual);
      steps.push({ name: model.nodeName(node), amount: amount / ratio, start: at / ratio, end: (at + amount) / ratio });
      at += amount;
    }
  }
  if (total !== at) steps.push({ name: say("rest"), amount: (total - at) / ratio, start: at / ratio, end: total / ratio });
  return { mean: mean / ratio, total: total / ratio, steps, decimals };
}

function waterfallFigure(model, unit) {
  const found = waterfallSteps(model, unit);
  const { mean, total, steps, decimals } = found;
  const rows = [
    { name: say("group.mean"), amount: "", level: shown(mean, decimals) },
    ...steps.map((step) => ({ name: step.name, amount: signed(step.amount, decimals), level: shown(step.end, decimals) })),
    { name: model.unitName(unit), amount: "", level: shown(total, decimals) },
  ];
  return figure({
    title: say("waterfall"),
    sentence: waterfallSentence(found),
    draw: (width) => drawWaterfall(model, unit, found, width),
    columns: [
      { title: say("step"), text: (row) => row.name, heads: true },
      { title: say("amount"), text: (row) => row.amount, number: true },
      { title: say("level"), text: (row) => row.level, number: true },
    ],
    rows,
    file: `${model.units.codes[unit]}-${say("file.waterfall")}`,
  });
}

function waterfallSentence({ mean, total, steps, decimals }) {
  const by = halfUp(total - mean, decimals);
  const most = [...steps].sort((one, other) => Math.abs(other.amount) - Math.abs(one.amount))[0];
  const words = say(by >= 0 ? "above.mean" : "below.mean", { by: shown(Math.abs(by), decimals), mean: shown(mean, decimals) });
  return most ? `${words}${say("most.by", { name: most.name, amount: signed(most.amount, decimals) })}` : words;
}

function drawWaterfall(model, unit, { mean, total, steps, decimals }, width) {
  const bars = [
    { name: say("group.mean"), start: null, end: mean },
    ...steps,
    { name: model.unitName(unit), start: null, end: total },
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
