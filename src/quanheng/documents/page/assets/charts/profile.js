// A unit beside its group: for each indicator its points, the group's mean, and the line between them.

function profileRows(model, unit) {
  const group = model.units.groups[unit];
  return model.leaves(group).filter((node) => model.value("points", node.code, unit) !== null && model.stats[group][node.code]?.points !== undefined)
    .map((node) => {
      const [own, mean] = [model.value("points", node.code, unit), model.stats[group][node.code].points];
      return { node, name: model.longName(node), own, mean, by: own - mean };
    })
    .sort((one, other) => other.by - one.by);
}

function profileFigure(model, unit) {
  const rows = profileRows(model, unit);
  const name = model.unitName(unit);
  return figure({
    title: say("profile"),
    sentence: rows.length ? say("profile.said", { best: rows[0].name, up: signed(rows[0].by, 1), worst: rows[rows.length - 1].name, down: signed(rows[rows.length - 1].by, 1) }) : say("nobody"),
    draw: (width) => drawProfile(rows, name, width),
    columns: [
      { title: say("indicator"), text: (row) => row.name, heads: true },
      { title: name, text: (row) => shown(row.own, 2), number: true },
      { title: say("group.mean"), text: (row) => shown(row.mean, 2), number: true },
      { title: say("difference"), text: (row) => signed(row.by, 2), number: true },
    ],
    rows,
    file: `${model.units.codes[unit]}-${say("file.profile")}`,
  });
}

function drawProfile(rows, name, width) {
  const size = letter();
  const names = width >= 560 ? Math.min(width * 0.4, Math.max(...rows.map((row) => widthOf(row.name))) + size) : 0;
  const step = names ? size * 1.9 : size * 2.9;
  const values = rows.flatMap((row) => [row.own, row.mean]);
  const [low, high] = [Math.min(0, ...values), Math.max(100, ...values)];
  const pad = size;
  const x = (value) => names + pad + ((value - low) / (high - low)) * (width - names - 2 * pad - widthOf("+000.0"));
  const top = size * 2;
  const legend = [
    svg("circle", { cx: pad, cy: size * 0.7, r: 6, fill: BLUE }),
    label(pad + 12, size, cut(name, width * 0.5)),
    svg("rect", { x: pad + 30 + widthOf(cut(name, width * 0.5)), y: size * 0.7 - 6, width: 4, height: 12, fill: INK }),
    label(pad + 40 + widthOf(cut(name, width * 0.5)), size, say("group.mean")),
  ];
  const parts = rows.flatMap((row, index) => {
    const y = top + index * step;
    const colour = row.by >= 0 ? BLUE : ORANGE;
    const at = names ? y + size * 0.7 : y + size * 1.9;
    return [
      label(0, y + size, cut(row.name, (names || width) - 6)),
      rule(x(low), at, x(high), at),
      svg("line", { x1: x(row.mean), y1: at, x2: x(row.own), y2: at, stroke: colour, "stroke-width": 4 }),
      svg("rect", { x: x(row.mean) - 2, y: at - 6, width: 4, height: 12, fill: INK }),
      svg("circle", { cx: x(row.own), cy: at, r: 6, fill: colour }),
      label(width, at + size * 0.36, signed(row.by, 1), { "text-anchor": "end", fill: colour, "font-weight": "bold" }),
    ];
  });
  return canvas(width, top + rows.length * step + 6, ...legend, ...parts);
}
