// How the points of children become those of their parent (points §1, §4): engine/replicates/trees.py for one set
// of weights. A child counts for a unit where it has points and a weight above 0.

const POINTS_NOISE = 0.5e-9;
const FULL = 100;
const HUNDREDTH = 1 / 100;

/** Return the arithmetic mean of `children`, each points and weights by unit, in `mean`; column by column. */
function arithmetic(children, mean) {
  const total = new Float64Array(mean.length);
  for (const [points, weights] of children) {
    for (let u = 0; u < mean.length; u += 1) {
      const [p, w] = [points[u], weights[u]];
      const term = w * p;
      if (term === term) mean[u] += term;
      if (w > 0 && p === p) total[u] += w;
    }
  }
  for (let u = 0; u < mean.length; u += 1) mean[u] = total[u] > 0 ? mean[u] / total[u] : NaN;
  return mean;
}

/** The other means by name. Each looks at one unit: points p and weights w of its children, count of them. */
const MEANS = {
  geometric: (p, w, count) => {
    let top = 0;
    for (let k = 0; k < count; k += 1) if (counts(p, w, k) && p[k] > POINTS_NOISE) top += w[k] * Math.log(p[k]);
    return ofPositive(p, w, count, Math.exp(top / counting(p, w, count)), true);
  },
  harmonic: (p, w, count) => {
    let top = 0;
    for (let k = 0; k < count; k += 1) if (counts(p, w, k) && p[k] > POINTS_NOISE) top += w[k] / p[k];
    return ofPositive(p, w, count, counting(p, w, count) / top, true);
  },
  power: (p, w, count, exponent) => {
    let top = 0;
    for (let k = 0; k < count; k += 1) {
      if (counts(p, w, k) && p[k] > POINTS_NOISE) top += w[k] * (p[k] * HUNDREDTH) ** exponent;
    }
    const mean = FULL * (top / counting(p, w, count)) ** (1 / exponent);
    return ofPositive(p, w, count, mean, exponent < 0);
  },
  min: (p, w, count) => {
    let least = NaN;
    for (let k = 0; k < count; k += 1) if (counts(p, w, k) && !(p[k] >= least)) least = p[k];
    return least;
  },
  max: (p, w, count) => {
    let greatest = NaN;
    for (let k = 0; k < count; k += 1) if (counts(p, w, k) && !(p[k] <= greatest)) greatest = p[k];
    return greatest;
  },
  best: (p, w, count, number) => chosen(p, w, count, number, 1),
  last: (p, w, count, number) => chosen(p, w, count, number, -1),
  product: (p, w, count) => {
    let product = FULL;
    for (let k = 0; k < count; k += 1) if (counts(p, w, k) && p[k] > POINTS_NOISE) product = (product * p[k]) / FULL;
    return ofPositive(p, w, count, product, true);
  },
  sum: (p, w, count) => {
    let sum = 0;
    for (let k = 0; k < count; k += 1) if (counts(p, w, k)) sum += p[k];
    return sum;
  },
};

function counts(p, w, k) {
  return w[k] > 0 && !Number.isNaN(p[k]);
}

/** Return the mean of the `number` children with the most points, or with a `sign` of -1 the fewest. */
function chosen(p, w, count, number, sign) {
  const order = [];
  for (let k = 0; k < count; k += 1) if (counts(p, w, k)) order.push(k);
  const compared = order.map((k) => sign * halfUp(p[k], COMPARED_DECIMALS));
  const ranked = order.map((k, place) => place).sort((a, b) => compared[b] - compared[a] || a - b);
  const [taken, points, weights] = [new Set(ranked.slice(0, number)), [0], [0]];
  order.forEach((k, place) => {
    if (!taken.has(place)) return;
    points[0] += w[k] * p[k];
    weights[0] += w[k];
  });
  return points[0] / weights[0];
}

/** Return the weight of the children that count. */
function counting(p, w, count) {
  let total = 0;
  for (let k = 0; k < count; k += 1) if (counts(p, w, k)) total += w[k];
  return total;
}

/** Return `mean`, 0 where a child at 0 makes it so, NaN where a child is below 0. */
function ofPositive(p, w, count, mean, zeroMakesZero) {
  let zero = false;
  for (let k = 0; k < count; k += 1) {
    if (counts(p, w, k)) {
      if (p[k] < -POINTS_NOISE) return NaN;
      zero = zero || Math.abs(p[k]) <= POINTS_NOISE;
    }
  }
  return zero && zeroMakesZero ? 0 : mean;
}
