// Totals with the reviews folded in, who is ranked (absence §7), and places 1 2 2 4 inside the group (places §1, §2).

/** Return scores, points and marks by node, the totals and the places of all units; 0 where one has no place. */
function scored(model, given) {
  const tree = grown(model.year, given);
  const own = tree.scores.get(ROOT);
  const isRanked = ranked(tree, model.atLeast);
  const total = model.fold ? folded(own, model, given) : own;
  const keys = [total, ...model.ties.map((tie) => tiedOn(tie, tree, model.year.group))].map((values) => roundAll(values.slice(), COMPARED_DECIMALS));
  if (model.lowestFirst) for (const key of keys) for (let u = 0; u < key.length; u += 1) key[u] = -key[u];
  const ranking = model.ranksAll ? model.year.group.map(() => 0) : model.year.group;
  return { tree, total, own, places: placesOf(keys, isRanked, ranking) };
}

/** Return what a tie is broken by: the scores of a node, or of one for each group, whose number `tie` maps to its code. */
function tiedOn(tie, tree, group) {
  if (typeof tie === "string") return tree.scores.get(tie);
  return Float64Array.from(group, (number, u) => (tie[number] ? tree.scores.get(tie[number])[u] : NaN));
}

function ranked(tree, least) {
  const own = tree.scores.get(ROOT);
  const available = least > 0 ? availableOf(tree) : null;
  return Array.from(own, (total, u) => !Number.isNaN(total) && (!available || comparable(available[u]) >= least));
}

/** Return how much of each unit's weight has a value of its own, before anything is redistributed. */
function availableOf(tree) {
  const { base, units } = tree;
  const parts = partsOf(tree);
  const [every, apart, own] = [tree.empty(), tree.empty(), tree.empty()];
  for (const node of base.nodes) {
    if (!node.children) {
      for (let u = 0; u < units; u += 1) {
        const weight = parts.get(node.code)[base.group[u]];
        const state = base.absence[node.code][u];
        if (!Number.isNaN(weight) && state >= PRESENT) {
          every[u] += weight;
          if (state === NOT_APPLICABLE) apart[u] += weight;
          if (state === PRESENT) own[u] += weight;
        }
      }
    }
  }
  return own.map((value, u) => (every[u] - apart[u] > 0 ? value / (every[u] - apart[u]) : 0));
}

const PRESENT = 0;
const NOT_APPLICABLE = 2;

/** Return the part of the whole that each node is in each group. */
function partsOf(tree) {
  const groups = tree.base.full.length;
  const parts = new Map();
  for (const node of tree.base.nodes) {
    if (node.children) {
      const above = parts.get(node.code);
      const weights = node.children.map((code) => settled(tree.nodes.get(code).weights, tree.given[code]));
      for (const [k, code] of node.children.entries()) {
        parts.set(
          code,
          Array.from({ length: groups }, (_, group) => {
            let whole = 0;
            for (const weight of weights) if (!Number.isNaN(weight[group])) whole += weight[group];
            if (Number.isNaN(weights[k][group])) return NaN;
            const part = whole > 0 ? weights[k][group] / whole : 0;
            return above && !Number.isNaN(above[group]) ? above[group] * part : part;
          }),
        );
      }
    }
  }
  return parts;
}

/** Return the totals of the year with its reviews folded in (reviews §2). */
function folded(own, model, given) {
  const { fold } = model;
  if (!fold.rounds.length) return own;
  const totals = {};
  for (const round of fold.rounds) {
    totals[round] = fold.published[round]
      ? column(fold.published[round])
      : grown(fold.reviews[round], given).scores.get(ROOT);
  }
  const steps = fold.steps.map((rounds) => meanOf(rounds.map((round) => totals[round])));
  const mean = steps.length
    ? meanOf(steps)
    : meanOf(fold.rounds.map((round) => totals[round]), fold.weights);
  return own.map((value, u) => {
    if (Number.isNaN(mean[u])) return value;
    const both = fold.year === 0 ? mean[u] : fold.share * mean[u] + fold.year * value;
    return model.year.rounding.total === null ? both : halfUp(both, model.year.rounding.total);
  });
}

function meanOf(columns, weights = columns.map(() => 1)) {
  return columns[0].map((_, u) => {
    let [total, count] = [0, 0];
    columns.forEach((values, at) => {
      if (!Number.isNaN(values[u])) {
        total += weights[at] * values[u];
        count += weights[at];
      }
    });
    return count > 0 ? total / count : NaN;
  });
}

/** Return the place of each unit in its group; `keys`, in order, are its own to change: who has none comes last. */
function placesOf(keys, isRanked, group) {
  const places = new Array(group.length).fill(0);
  const members = new Map();
  for (let u = 0; u < group.length; u += 1) {
    if (isRanked[u]) {
      if (!members.has(group[u])) members.set(group[u], []);
      members.get(group[u]).push(u);
    }
  }
  for (const key of keys) for (let u = 0; u < key.length; u += 1) if (Number.isNaN(key[u])) key[u] = -Infinity;
  const ahead = (one, other) => {
    for (const key of keys) if (key[one] !== key[other]) return key[one] > key[other] ? -1 : 1;
    return 0;
  };
  for (const units of members.values()) {
    units.sort(ahead);
    units.forEach((unit, index) => {
      places[unit] = index > 0 && ahead(units[index - 1], unit) === 0 ? places[units[index - 1]] : index + 1;
    });
  }
  return places;
}
