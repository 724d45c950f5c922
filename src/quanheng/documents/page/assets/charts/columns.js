// Small multiples: of each dimension the units of a group as columns, best first, and where one unit stands.

function columnsFigure(model, node, group, chosen) {
  const units = model.members(group)
    .filter((unit) => model.value("points", node.code, unit) !== null)
    .sort((one, other) => model.value("points", node.code, other) - model.value("points", node.code, one));
  const places = model.placesOn(node.code);
  const rows = units.map((unit) => ({ unit, marked: unit === chosen, points: model.value("points", node.code, unit) }));
  return figure({
    title: model.nodeName(node),
    sentence: columnsSentence(model, node, rows, chosen, places),
    draw: (width) => drawColumns(model, rows, width),
    columns: [
      { title: say("unit"), text: (row) => model.unitName(row.unit), cell: (row) => unitLink(model, row.unit), heads: true },
      { title: say("points"), text: (row) => shown(row.points, 2), number: true },
      { title: say("score"), text: (row) => model.score(node.code, row.unit), number: true },
      { title: say("place"), text: (row) => String(places[row.unit] || ABSENT), number: true },
    ],
    rows,
    file: `${node.code}-${model.groups[group].code}`,
  });
}

function columnsSentence(model, node, rows, chosen, places) {
  if (!rows.length) return say("nobody");
  const [best, worst] = [rows[0], rows[rows.length - 1]];
  const words = say("best.worst", {
    best: model.unitName(best.unit), high: shown(best.points, 1), worst: model.unitName(worst.unit), low: shown(worst.points, 1),
  });
  const own = rows.find((row) => row.unit === chosen);
  if (!own) return words;
  return `${words}${say("own.here", { name: model.unitName(chosen), points: shown(own.points, 1), place: places[chosen] || ABSENT })}`;
}

function drawColumns(model, rows, width) {
  const size = letter();
  const [top, height] = [size * 1.5, 110];
  const values = rows.map((row) => row.points);
  const high = Math.max(100, ...values);
  const low = Math.min(0, ...values);
  const y = (value) => top + ((high - value) / (high - low)) * height;
  const step = (width - 1) / Math.max(1, rows.length);
  const mean = meanOfKnown(values);
  const parts = rows.map((row, index) => {
    const [at, zero] = [y(row.points), y(0)];
    const told = `${model.unitName(row.unit)}: ${shown(row.points, 2)}`;
    return svg("rect", {
      x: index * step, y: Math.min(at, zero), width: Math.max(row.marked ? 3 : 1, step - Math.min(3, step * 0.25)), height: Math.max(1, Math.abs(at - zero)),
      fill: row.marked ? ORANGE : BLUE, "fill-opacity": row.marked ? 1 : 0.72,
    }, hint(told));
  });
  const marked = rows.findIndex((row) => row.marked);
  if (marked >= 0) {
    const [x, value] = [marked * step + step / 2, y(rows[marked].points)];
    const anchor = x < width * 0.25 ? "start" : x > width * 0.75 ? "end" : "middle";
    parts.push(label(x, value - 4, shown(rows[marked].points, 1), { fill: ORANGE, "text-anchor": anchor, "font-weight": "bold" }));
  }
  if (mean !== null) {
    parts.push(rule(0, y(mean), width, y(mean), { stroke: INK, "stroke-dasharray": "4 3" }));
    parts.push(label(width, top + height + size * 1.25, say("mean.is", { mean: shown(mean, 1) }), { "text-anchor": "end", fill: SOFT }));
  }
  parts.push(rule(0, y(0), width, y(0), { stroke: SOFT }));
  return canvas(width, top + height + size * 1.7, ...parts);
}
