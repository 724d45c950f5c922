// Moves: a line from each unit's place in the round before to its place now, 1 on top.

function slopesFigure(model, group) {
  const rows = model.members(group)
    .filter((unit) => model.units.places[unit] && model.units.last[unit])
    .map((unit) => ({ unit, name: model.unitName(unit), before: model.units.last[unit], now: model.units.places[unit] }));
  const decimals = model.root.decimals;
  const totals = [
    { title: say("total.before"), text: (row) => shown(model.units.lastScores[row.unit], decimals), number: true },
    { title: say("total.now"), text: (row) => model.score("total", row.unit), number: true },
  ];
  return figure({
    title: say("moves.in", { group: model.groupName(group) }),
    sentence: movesSentence(rows),
    draw: (width) => drawSlopes(rows, width),
    columns: [
      { title: say("unit"), text: (row) => row.name, cell: (row) => unitLink(model, row.unit), heads: true },
      { title: say("place.before"), text: (row) => String(row.before), number: true },
      { title: say("place.now"), text: (row) => String(row.now), number: true },
      { title: say("move"), text: (row) => movedText(row.before - row.now), cell: (row) => moved(row.before - row.now) },
      ...(model.units.lastScores ? totals : []),
    ],
    rows,
    file: `${say("file.moves")}-${model.groups[group].code}`,
  });
}

function movesSentence(rows) {
  const [up, down] = [rows.filter((row) => row.before > row.now), rows.filter((row) => row.before < row.now)];
  const most = [...up].sort((one, other) => other.before - other.now - (one.before - one.now))[0];
  const words = say("moves.counted", { up: up.length, down: down.length, same: rows.length - up.length - down.length });
  return most ? `${words}${say("moves.most", { name: most.name, by: most.before - most.now })}` : words;
}

function drawSlopes(rows, width) {
  const size = letter();
  const line = size * 1.5;
  const slots = (key) => spread(rows.map((row) => row[key]));
  const [left, right] = [slots("before"), slots("now")];
  const most = Math.max(...left, ...right, 0);
  const side = Math.min(width * 0.36, Math.max(...rows.map((row) => widthOf(row.name))) + widthOf("000 "));
  const top = line * 1.6;
  const y = (slot) => top + slot * line + line / 2;
  const [from, to] = [side + 8, width - side - 8];
  const parts = rows.flatMap((row, index) => {
    const by = row.before - row.now;
    const colour = by > 0 ? BLUE : by < 0 ? ORANGE : SOFT;
    const [start, end] = [y(left[index]), y(right[index])];
    const told = `${row.name}: ${row.before} → ${row.now}`;
    return [
      svg("line", { x1: from, y1: start, x2: to, y2: end, stroke: colour, "stroke-width": by === 0 ? 1.5 : 2.5, "stroke-dasharray": by < 0 ? "6 4" : null }, hint(told)),
      svg("circle", { cx: from, cy: start, r: 4, fill: colour }),
      svg("circle", { cx: to, cy: end, r: 4, fill: colour }),
      label(side, start + size * 0.36, `${cut(row.name, side - widthOf("000 "))} ${row.before}`, { "text-anchor": "end" }),
      label(width - side, end + size * 0.36, `${row.now} ${cut(row.name, side - widthOf("000 "))}`),
    ];
  });
  const heads = [label(side, size, say("before"), { "text-anchor": "end", "font-weight": "bold" }), label(width - side, size, say("now"), { "font-weight": "bold" })];
  return canvas(width, y(most) + line, ...heads, ...parts);
}

/** Return a row for each place: equal places stand below each other. */
function spread(places) {
  const order = places.map((place, index) => [place, index]).sort((one, other) => one[0] - other[0] || one[1] - other[1]);
  const slots = new Array(places.length);
  order.forEach(([, index], slot) => { slots[index] = slot; });
  return slots;
}
