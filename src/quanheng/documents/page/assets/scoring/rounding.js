// Rounding half-up (四舍五入) as the engine does it (rounding §1): engine/frame/rounding.py in doubles.

const NOISE = 8 * 2 ** -52;
const MOST_NOISE = 0.25;
const MOST_NOISE_FROM = MOST_NOISE / NOISE;
const WHOLE = 2 ** 52;
const COMPARED_DECIMALS = 9;

/** Return `value` rounded to `decimals` places, halves away from zero; NaN stays NaN, 0 is never -0. */
function halfUp(value, decimals) {
  if (Number.isNaN(value)) return NaN;
  const power = 10 ** Math.abs(decimals);
  const size = decimals < 0 ? Math.abs(value) * (1 / power) : Math.abs(value) * power;
  if (size >= WHOLE) return value;
  const noise = size < MOST_NOISE_FROM ? size * NOISE : MOST_NOISE;
  const whole = Math.floor(size + noise + 0.5);
  const signed = value < 0 && whole > 0 ? -whole : whole;
  return decimals > 0 ? signed / power : signed * power;
}

/** Return `value` as places compare it: without the noise beyond nine decimals. */
function comparable(value) {
  return halfUp(value, COMPARED_DECIMALS);
}

/** Round all of `values` in place, unless nothing is said of decimals; return them. */
function roundAll(values, decimals) {
  if (decimals === null || decimals === undefined) return values;
  if (decimals <= 0) {
    for (let i = 0; i < values.length; i += 1) values[i] = halfUp(values[i], decimals);
    return values;
  }
  // the same as halfUp, its power of ten known: this is what a page does most
  const power = 10 ** decimals;
  for (let i = 0; i < values.length; i += 1) {
    const value = values[i];
    const size = Math.abs(value) * power;
    if (size < WHOLE) {
      const whole = Math.floor(size + (size < MOST_NOISE_FROM ? size * NOISE : MOST_NOISE) + 0.5);
      values[i] = (value < 0 && whole > 0 ? -whole : whole) / power;
    }
  }
  return values;
}
