// The tree of a scheme over columns of units (points §1-§3, absence §3-§4): the three walks of
// engine/replicates/trees.py. What is absent is NaN. `given` has other weights: by code, one a group or null.

/** Return points, scores and marks of every node, by code. */
function grown(base, given) {
  const tree = new Tree(base, given);
  tree.count();
  tree.mark();
  const adjusted = tree.adjustments();
  for (const node of base.nodes) {
    if (!node.children) {
      tree.score(node);
      tree.adjust(node, adjusted);
      tree.bound(node);
    }
  }
  for (const node of upwards(base.nodes)) {
    tree.join(node);
    tree.finish(node);
    tree.adjust(node, adjusted);
    tree.bound(node);
  }
  roundAll(tree.scores.get(ROOT), base.rounding.total);
  return tree;
}

const ROOT = "total";

/** Return the dimensions, children before parents; nodes come with each parent before its children. */
function upwards(nodes) {
  const order = [];
  const byCode = new Map(nodes.map((node) => [node.code, node]));
  const walk = (node) => {
    for (const code of node.children) {
      const child = byCode.get(code);
      if (child.children) walk(child);
    }
    order.push(node);
  };
  walk(byCode.get(ROOT));
  return order;
}

class Tree {
  constructor(base, given) {
    this.base = base;
    this.given = given;
    this.units = base.group.length;
    this.nodes = new Map(base.nodes.map((node) => [node.code, node]));
    this.weights = new Map();
    for (const node of base.nodes) {
      if (node.code !== ROOT) this.weights.set(node.code, this.byUnit(settled(node.weights, given[node.code])));
    }
    this.points = new Map();
    for (const node of base.nodes) if (!node.children) this.points.set(node.code, pointsOf(base).get(node.code).slice());
    this.counted = new Map();
    this.marks = new Map();
    this.scores = new Map();
  }

  byUnit(ofGroups) {
    const { group } = this.base;
    const own = this.empty();
    for (let u = 0; u < own.length; u += 1) own[u] = ofGroups[group[u]];
    return own;
  }

  empty() {
    return new Float64Array(this.units);
  }

  /** Return where a node has points, as 1 or 0: a dimension those of a child that counts. */
  presence(node) {
    const own = new Uint8Array(this.units);
    const [counted, points] = [this.counted.get(node.code), this.points.get(node.code)];
    for (let u = 0; u < own.length; u += 1) own[u] = (node.children ? counted[u] > 0 : points[u] === points[u]) ? 1 : 0;
    return own;
  }

  count() {
    for (const node of upwards(this.base.nodes)) {
      const total = this.empty();
      for (const code of node.children) {
        const child = this.nodes.get(code);
        const [weight, has] = [this.weights.get(code), this.presence(child)];
        for (let u = 0; u < total.length; u += 1) if (has[u] && weight[u] === weight[u]) total[u] += weight[u];
      }
      if (node.least) {
        const there = this.enough(node);
        for (let u = 0; u < total.length; u += 1) if (!there[u]) total[u] = 0;
      }
      this.counted.set(node.code, total);
    }
  }

  /** Return where enough of the children have values of their own, as 1 or 0 (absence §8). */
  enough(node) {
    const { count, share, required } = node.least;
    const [own, every, lacks] = [this.empty(), this.empty(), this.empty()];
    for (const code of node.children) {
      const child = this.nodes.get(code);
      const [weight, has, absence] = [this.weights.get(code), this.presence(child), this.base.absence[code]];
      for (let u = 0; u < own.length; u += 1) {
        const part = weight[u] === weight[u] ? weight[u] : 0;
        const present = child.children || absence[u] === PRESENT;
        if (has[u] && part > 0 && present) own[u] += count === null ? part : 1;
        // the weight of a group that a child is not for is null
        const applies = weight[u] === weight[u] && (child.children || absence[u] !== NOT_APPLICABLE);
        if (required.includes(code) && applies && !(has[u] && present)) lacks[u] = 1;
        if (child.children || (absence[u] >= 0 && absence[u] !== NOT_APPLICABLE)) every[u] += part;
      }
    }
    return own.map((there, u) => {
      if (lacks[u] || (node.stands && !node.stands[u])) return 0;
      if (count === null && share === null) return 1;
      return (count === null ? comparable(every[u] > 0 ? there / every[u] : 0) >= share : there >= count) ? 1 : 0;
    });
  }

  mark() {
    const root = this.nodes.get(ROOT);
    const own = this.byUnit(this.base.full);
    const has = this.presence(root);
    for (let u = 0; u < own.length; u += 1) if (!has[u]) own[u] = NaN;
    this.marks.set(ROOT, own);
    for (const node of this.base.nodes) if (node.children) for (const code of node.children) this.markChild(node, code);
  }

  markChild(parent, code) {
    const has = this.presence(this.nodes.get(code));
    const [above, whole, weight] = [this.marks.get(parent.code), this.counted.get(parent.code), this.weights.get(code)];
    const own = this.empty();
    for (let u = 0; u < own.length; u += 1) {
      const part = weight[u] === weight[u] ? weight[u] : 0;
      const share = parent.shares ? part / whole[u] : part > 0 ? 1 : 0;
      own[u] = has[u] && whole[u] > 0 ? above[u] * share : NaN;
    }
    this.marks.set(code, own);
  }

  /** Set the score of a node that has points: their part of the marks it is worth. */
  score(node) {
    const [marks, points] = [this.marks.get(node.code), this.points.get(node.code)];
    const own = this.empty();
    for (let u = 0; u < this.units; u += 1) own[u] = marks[u] * points[u] * HUNDREDTH + 0;
    this.scores.set(node.code, roundAll(own, node.rounding.scores));
  }

  join(node) {
    const children = node.children.map((code) => [this.points.get(code), this.weights.get(code)]);
    if (node.join === "arithmetic") {
      this.points.set(node.code, roundAll(arithmetic(children, this.empty()), node.mean));
      return;
    }
    const mean = MEANS[node.join];
    const [p, w] = [new Float64Array(children.length), new Float64Array(children.length)];
    const own = this.empty();
    for (let u = 0; u < this.units; u += 1) {
      for (let k = 0; k < children.length; k += 1) {
        p[k] = children[k][0][u];
        w[k] = children[k][1][u];
      }
      own[u] = counting(p, w, children.length) > 0 ? mean(p, w, children.length, node.number) : NaN;
    }
    this.points.set(node.code, roundAll(own, node.mean));
  }

  finish(node) {
    const { rounding } = node;
    if (node.least) {
      const [counted, own] = [this.counted.get(node.code), this.points.get(node.code)];
      for (let u = 0; u < own.length; u += 1) if (!(counted[u] > 0)) own[u] = NaN;
    }
    const coefficient = this.base.coefficients[node.code];
    const points = this.points.get(node.code);
    if (coefficient) multiply(points, coefficient);
    roundAll(points, rounding.points);
    if (!node.sums) {
      this.score(node);
      return;
    }
    const marks = this.marks.get(node.code);
    const own = this.empty();
    for (const code of node.children) {
      const part = this.scores.get(code);
      for (let u = 0; u < this.units; u += 1) if (!Number.isNaN(part[u])) own[u] += part[u];
    }
    for (let u = 0; u < this.units; u += 1) if (Number.isNaN(marks[u])) own[u] = NaN;
    if (coefficient) multiply(own, coefficient);
    roundAll(own, rounding.scores);
    this.scores.set(node.code, own);
    // a node worth no marks, shown beside the total, keeps its own points
    for (let u = 0; u < this.units; u += 1) if (marks[u] !== 0) points[u] = (FULL * own[u]) / marks[u];
  }

  /** Return what counts of what is asked for at each node: gates, caps, losses (adjustments §2, §3). */
  adjustments() {
    const found = new Map();
    for (const kind of ["bonus", "penalty"]) {
      const gate = this.base.gates[kind];
      for (const { node, marks } of this.capped(this.kept(kind), this.base.caps[kind])) {
        found.set(`${kind} ${node}`, Float64Array.from(marks, (counted, u) => (gate && !gate[u] ? 0 : counted)));
      }
    }
    return found;
  }

  /** Return what is asked for of a kind at each node, after the caps of nodes and of its categories. */
  kept(kind) {
    const caps = this.base.capsIn[kind];
    if (!caps) return this.base.claims.filter((claim) => claim.kind === kind);
    const found = new Map();
    let left = this.base.claimsIn.filter((claim) => claim.kind === kind);
    for (const { nodes, category, cap } of this.base.capsAt[kind]) {
      const isUnder = (claim) => nodes.includes(claim.node) && (category === null || claim.category === category);
      left = [...left.filter((claim) => !isUnder(claim)), ...this.capped(left.filter(isUnder), cap)];
    }
    for (const category of ["", ...Object.keys(caps)]) {
      const claims = left.filter((claim) => claim.category === category);
      for (const { node, marks } of this.capped(claims, category === "" ? null : caps[category])) {
        const before = found.get(node);
        found.set(node, before ? marks.map((own, u) => before[u] + own) : Float64Array.from(marks));
      }
    }
    return [...found].map(([node, marks]) => ({ node, marks }));
  }

  /** Return claims with what a cap on their sum leaves; what is lost at a node uses up none of it. */
  capped(claims, cap) {
    if (cap === null) return claims;
    const every = this.empty();
    for (const claim of claims) {
      const marks = this.marks.get(claim.node);
      for (let u = 0; u < this.units; u += 1) if (marks[u] > 0) every[u] += claim.marks[u];
    }
    return claims.map((claim) => ({
      ...claim,
      marks: Float64Array.from(claim.marks, (asked, u) => {
        if (!(every[u] > cap)) return asked;
        return asked === every[u] ? cap : (asked * cap) / every[u];
      }),
    }));
  }

  /** Add what was given and take what was taken; points then follow from scores (adjustments §1). */
  adjust(node, adjusted) {
    const here = [
      [adjusted.get(`bonus ${node.code}`), 1],
      [adjusted.get(`penalty ${node.code}`), -1],
    ].filter(([amounts]) => amounts);
    if (!here.length) return;
    const [marks, scores, points] = [this.marks.get(node.code), this.scores.get(node.code), this.points.get(node.code)];
    const { rounding } = node;
    for (let u = 0; u < this.units; u += 1) {
      const isWorth = !Number.isNaN(marks[u]) && marks[u] !== 0;
      const moved = isWorth && here.some(([amounts]) => amounts[u] > 0);
      if (moved) {
        let own = scores[u];
        for (const [amounts, sign] of here) own += sign * amounts[u];
        scores[u] = rounding.scores === null ? own : halfUp(own, rounding.scores);
        points[u] = (FULL * scores[u]) / marks[u];
      }
    }
  }

  /** Keep the score between the floor and the cap of the unit's group; points then follow (points §8). */
  bound(node) {
    if (!node.floor && !node.cap && !node.ceilings) return;
    const [marks, scores, points] = [this.marks.get(node.code), this.scores.get(node.code), this.points.get(node.code)];
    const { group } = this.base;
    const [none, own] = [[], (ends, u) => ends[group[u]]];
    for (let u = 0; u < this.units; u += 1) {
      const [low, high] = [own(node.floor || none, u) ?? -Infinity, own(node.cap || none, u) ?? Infinity];
      let kept = Math.min(Math.max(scores[u], low), high);
      for (const { marks: most, share, holds } of node.ceilings || []) {
        const end = share === null ? (most[group[u]] ?? Infinity) : marks[u] * share;
        if (holds[u] && kept > end) kept = end;
      }
      if (!Number.isNaN(marks[u]) && marks[u] !== 0 && Math.abs(kept - scores[u]) > POINTS_NOISE) {
        scores[u] = kept;
        points[u] = (FULL * kept) / marks[u];
      }
    }
  }
}

/** Return the points of the indicators as columns; they are the same for all weights. */
function pointsOf(base) {
  if (!COLUMNS.has(base)) COLUMNS.set(base, new Map(Object.entries(base.points).map(([code, values]) => [code, column(values)])));
  return COLUMNS.get(base);
}

const COLUMNS = new WeakMap();

/** Return the weights that are given, the own ones where none are, NaN where the child does not apply. */
function settled(own, given) {
  return own.map((weight, group) => {
    if (weight === null) return NaN;
    return given && given[group] !== null && given[group] !== undefined ? given[group] : weight;
  });
}

function column(values) {
  return Float64Array.from(values, (value) => (value === null ? NaN : value));
}

function multiply(values, factors) {
  for (let u = 0; u < values.length; u += 1) values[u] *= factors[u] === null ? NaN : factors[u];
}
