// The tree of a scheme: each node as high as its part of the whole, its children to its right.

function icicleFigure(model, group) {
  const rows = treeRows(model, group);
  const dimensions = model.children("total", group);
  const heaviest = [...dimensions].sort((one, other) => share(model, other, group) - share(model, one, group))[0];
  return figure({
    title: say("tree.of", { group: model.groupName(group) }),
    sentence: heaviest ? say("tree.said", { count: dimensions.length, leaves: model.leaves(group).length, name: model.nodeName(heaviest), part: percent(share(model, heaviest, group)) }) : say("nobody"),
    draw: (width) => drawIcicle(model, group, width),
    columns: [
      { title: say("node"), text: (row) => `${"　".repeat(row.level)}${row.name}`, heads: true },
      { title: say("weight"), text: (row) => row.weight, number: true },
      { title: say("part.of.whole"), text: (row) => row.part, number: true },
      { title: say("joined.or.rated"), text: (row) => row.how },
    ],
    rows,
    file: `${say("file.tree")}-${model.groups[group].code}`,
  });
}

/** Return what part of the whole a node is in a group. */
function share(model, node, group) {
  let [part, at] = [1, node];
  while (at && at.parent) {
    part *= model.shares[at.code]?.[group] ?? 0;
    at = model.byCode.get(at.parent);
  }
  return part;
}

function treeRows(model, group) {
  return model.nodes.filter((node) => node.groups.includes(group)).map((node) => ({
    level: node.level,
    name: model.nodeName(node),
    weight: node.parent ? brief(model.weights[node.code]?.[group] ?? null) : brief(model.groups[group].marks),
    part: percent(share(model, node, group)),
    how: both(node.how),
  }));
}

function drawIcicle(model, group, width) {
  const size = letter();
  const levels = Math.max(...model.nodes.filter((node) => node.groups.includes(group)).map((node) => node.level));
  const leaves = model.leaves(group).length;
  const height = Math.max(240, leaves * size * 1.7);
  const column = width / Math.max(1, levels);
  const parts = [];
  const place = (node, top, tall, colour, depth) => {
    const left = (node.level - 1) * column;
    const right = node.dimension ? left + column : width;
    const name = `${model.nodeName(node)} ${percent(share(model, node, group))}`;
    parts.push(svg("rect", { x: left + 1, y: top + 1, width: right - left - 2, height: Math.max(1, tall - 2), fill: colour, "fill-opacity": Math.max(0.12, 0.34 - 0.08 * depth), rx: 3 }, hint(name)));
    parts.push(svg("rect", { x: left + 1, y: top + 1, width: 4, height: Math.max(1, tall - 2), fill: colour }));
    if (tall >= size * 1.15) parts.push(label(left + 12, top + tall / 2 + size * 0.36, cut(name, right - left - 18)));
    let at = top;
    for (const child of model.children(node.code, group)) {
      const part = tall * (model.shares[child.code]?.[group] ?? 0);
      place(child, at, part, colour, depth + 1);
      at += part;
    }
  };
  let at = 0;
  model.children("total", group).forEach((node, index) => {
    const tall = height * (model.shares[node.code]?.[group] ?? 0);
    place(node, at, tall, SERIES[index % SERIES.length], 0);
    at += tall;
  });
  return canvas(width, height, ...parts);
}
