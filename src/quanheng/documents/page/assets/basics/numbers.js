// Numbers as they are shown: rounded half-up, as the engine rounds, with as many decimals as their column has.

const ABSENT = "—";
const MINUS = "−";

function shown(value, decimals) {
  if (value === null || value === undefined || Number.isNaN(value)) return ABSENT;
  return halfUp(value, decimals).toFixed(decimals).replace("-", MINUS);
}

function signed(value, decimals) {
  const text = shown(value, decimals);
  return value > 0 && Number(halfUp(value, decimals)) !== 0 ? `+${text}` : text;
}

/** Return `value` with at most `decimals`, no zeros at the end. */
function brief(value, decimals = 4) {
  return value === null || value === undefined ? ABSENT : String(Number(halfUp(value, decimals))).replace("-", MINUS);
}

function percent(part) {
  return `${brief(100 * part, 1)}%`;
}

/** Return the mean of the numbers among `values`. */
function meanOfKnown(values) {
  const known = values.filter((value) => value !== null && !Number.isNaN(value));
  return known.length ? known.reduce((sum, value) => sum + value, 0) / known.length : null;
}
