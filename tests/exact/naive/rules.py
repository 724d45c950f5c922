"""Rules: the points of one unit for one value, a function for each page of docs/reference/rules."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Final, TypeAlias

from tests.exact.naive.numerals import (
    Absent,
    Truth,
    Value,
    completion,
    half_up,
    mean,
    median,
    number,
    power,
    quantile,
    root,
    variance,
)

Form: TypeAlias = Mapping[str, Any]
FULL: Final = Fraction(100)


class FindingError(Exception):
    """A finding of error level, by its code."""


@dataclass(frozen=True, kw_only=True)
class Case:
    """One unit's value and all that a rule may look at beside it."""

    x: Fraction
    pool: Sequence[Fraction]
    less: bool
    target: Value
    ratio: int | None
    unit: Callable[[str], Value]
    formula: Callable[[str], Value]
    condition: Callable[[str], Truth]
    edges: set[str]


@dataclass(frozen=True)
class Rated:
    """The points of a rule, or why there are none; and whether the rule told nobody apart."""

    points: Value
    alike: bool = False


def rate(rule: str | Form, case: Case) -> Rated:
    """Return the points that `rule` gives."""
    name, form = (rule, {}) if isinstance(rule, str) else next(iter(rule.items()))
    given = RULES[name](form, case)
    return given if isinstance(given, Rated) else Rated(given)


def _scale(form: Form, case: Case) -> Rated:
    worst = _anchor(form.get("worst", "observed"), case, best=False)
    best = _anchor(form.get("best", "observed"), case, best=True)
    for anchor in (worst, best):
        if anchor is Absent.NOT_APPLICABLE:
            return Rated(anchor)
    if isinstance(worst, Absent):
        return Rated(worst)
    if isinstance(best, Absent):
        return Rated(best)
    if worst == best:
        return Rated(FULL, alike=True)
    if (best < worst) != case.less and any(
        _is_of_the_pool(form.get(end, "observed")) for end in ("worst", "best")
    ):
        raise FindingError("QH559")
    ratio = (case.x - worst) / (best - worst)
    decimals = form.get("round_ratio", case.ratio)
    if decimals is not None:
        ratio = half_up(ratio, decimals)
    clamp = form.get("clamp", "both")
    if clamp in {"both", "below"}:
        ratio = max(ratio, Fraction(0))
    if clamp in {"both", "above"}:
        ratio = min(ratio, Fraction(1))
    base = number(form.get("base", 0))
    if form.get("curve") == "exponential":
        return Rated(base * power(FULL / base, ratio))
    return Rated(base + (FULL - base) * ratio)


def _is_of_the_pool(anchor: str | float | Form) -> bool:
    """Whether an end is observed or a quantile: the direction says then which end is best (observed §2 b)."""
    return isinstance(anchor, str) and (anchor == "observed" or anchor.startswith("q"))


def _anchor(written: str | float | Form, case: Case, *, best: bool) -> Value:
    if isinstance(written, Mapping):
        if "unit" not in written:
            return case.formula(written["item"])
        value = case.unit(written["unit"])
        return Absent.MISSING if isinstance(value, Absent) else value  # absence §3 d
    text = str(written)
    if text == "observed":
        return min(case.pool) if best == case.less else max(case.pool)
    if text == "target":
        return case.target
    if text.startswith("q") and text[1:].isdigit():
        return quantile(case.pool, Fraction(int(text[1:]), 100))
    return case.formula(text)


def _target(form: Form, case: Case) -> Value:
    if isinstance(case.target, Absent):
        return case.target
    over = case.target - case.x if case.less else case.x - case.target
    only = form.get("met_only", False)
    if form.get("compare") != "difference" and not (only and (case.target == 0 or case.ratio is None)):
        over = _completion(case, case.target) - 1
    if only:
        return FULL if over >= 0 else Fraction(0)
    if "base" in form:
        return _sloped(form, over)
    floor, cap = number(form.get("floor", 0)), number(form.get("cap", 100))
    return min(max(100 * (over + 1), floor), cap)


def _completion(case: Case, target: Fraction) -> Fraction:
    """Return the completion of a target (points §5), rounded if ratios are; a target of 0 is a finding."""
    if target == 0:
        raise FindingError("QH556")
    part = completion(case.x, target, less=case.less)
    return part if case.ratio is None else half_up(part, case.ratio)


def _sloped(form: Form, over: Fraction) -> Fraction:
    base = number(form["base"])
    side = form.get("over" if over > 0 else "short")
    if side is None or over == 0:
        return base
    steps = abs(over) / number(side["per"])
    if side.get("whole", False):
        steps = Fraction(steps.__floor__())
    if over > 0:
        return min(base + number(side["add"]) * steps, number(side["up_to"]))
    return max(base - number(side["take"]) * steps, number(side.get("down_to", 0)))


def _bands(form: Sequence[Sequence[Any]], case: Case) -> Fraction:
    corners = [(number(x), number(points)) for x, points in form]
    # who reaches an x that stands twice is on its better side
    passed = sum(x < case.x if case.less else x <= case.x for x, _ in corners)
    if passed in {0, len(corners)}:
        return corners[min(passed, len(corners) - 1)][1]
    (left, low), (right, high) = corners[passed - 1 : passed + 1]
    return low + (high - low) * (case.x - left) / (right - left)


def _steps(form: Form | Sequence[Sequence[Any]], case: Case) -> Fraction:
    written = form["table"] if isinstance(form, Mapping) else form
    otherwise = form.get("otherwise", 0) if isinstance(form, Mapping) else 0
    table = [(number(threshold), number(points)) for threshold, points in written]
    strict = isinstance(form, Mapping) and form.get("strict", False)
    reached = [row for row in table if _better(case.x, row[0], case) or (case.x == row[0] and not strict)]
    if not reached:
        return number(otherwise)
    return reached[0 if case.less else -1][1]


def _place(form: Form, case: Case) -> Fraction:
    place = 1 + sum(_better(other, case.x, case) for other in case.pool)
    first = number(form.get("first", 100))
    if "table" in form:
        return _tabled(form, place)
    if "step" in form:
        return max(number(form.get("floor", 0)), first - number(form["step"]) * (place - 1))
    if len(case.pool) == 1:
        return first
    last = number(form.get("last", 0))
    return first - (first - last) * (place - 1) / (len(case.pool) - 1)


def _tabled(form: Form, place: int) -> Fraction:
    for places, points in form["table"].items():
        low, _, high = str(places).partition("-")
        if int(low) <= place <= int(high or low):
            return number(points)
    return number(form.get("otherwise", 0))


def _percentile(form: Form, case: Case) -> Fraction:
    pool, among = case.pool, form.get("among", "others")
    if form.get("zeros") == "apart":
        pool = [value for value in pool if value != 0]
        if case.x == 0:
            return Fraction(0)
    counted = sum(_better(case.x, other, case) for other in pool)
    if not form.get("strict", True):
        counted = len(pool) - sum(_better(other, case.x, case) for other in pool)
        counted -= among == "others"  # the unit itself is no other
    elif among == "exclusive":
        counted += 1
    of = len(pool) + {"others": -1, "all": 0, "exclusive": 1}[among]
    return Fraction(100 * counted, of) if of else FULL


def _better(one: Fraction, other: Fraction, case: Case) -> bool:
    return one < other if case.less else one > other


def _ratio(form: Form, case: Case) -> Value:
    reference = _reference(form["ref"], case)
    if isinstance(reference, Absent):
        return reference
    if isinstance(form["ref"], Mapping) and reference == case.x == 0:
        return Absent.NOT_APPLICABLE
    if reference <= 0 or (case.less and case.x < 0):
        raise FindingError("QH554")
    if case.less and case.x == 0:
        if "cap" not in form:
            raise FindingError("QH555")
        return number(form["cap"])
    part = reference / case.x if case.less else case.x / reference
    points = max(100 * part, Fraction(0))
    return min(points, number(form["cap"])) if "cap" in form else points


def _reference(written: str | float | Form, case: Case) -> Value:
    if isinstance(written, Mapping):
        return case.formula(written["item"])
    if written == "best":
        return min(case.pool) if case.less else max(case.pool)
    if written in {"mean", "median"}:
        return mean(case.pool) if written == "mean" else median(case.pool)
    return case.formula(str(written))


def _zscore(form: Form, case: Case) -> Rated:
    if len(set(case.pool)) == 1:
        return Rated(FULL, alike=True)
    deviation = root(variance(case.pool, form.get("ddof", 1)))
    away = (case.x - mean(case.pool)) / deviation
    cap = form.get("cap")
    if isinstance(cap, Mapping):
        cap = cap["at"] if "where" not in cap or case.condition(cap["where"]) is True else None
    if cap is not None:
        away = min(max(away, -number(cap)), number(cap))
    return Rated(
        number(form.get("center", 50)) + number(form.get("spread", 10)) * (-away if case.less else away)
    )


def _deduct(form: Form, case: Case) -> Fraction:
    over = max(Fraction(0), case.x - number(form.get("free", 0)))
    return max(number(form.get("floor", 0)), number(form.get("from", 100)) - number(form["each"]) * over)


def _ideal(form: Form, case: Case) -> Fraction:
    low, high = (number(bound) for bound in form["between"])
    distance = max(low - case.x, case.x - high)
    if distance <= 0:
        return FULL
    width = number(form["width"]) if "width" in form else max(low - min(case.pool), max(case.pool) - high)
    return max(100 * (1 - distance / width), Fraction(0))


def _met(form: str, case: Case) -> Value:
    holds = case.condition(form)
    if isinstance(holds, Absent):
        return holds
    return FULL if holds else Fraction(0)


def _given(form: Form, case: Case) -> Fraction:
    low, high = (number(bound) for bound in form.get("range", [0, 100]))
    if not low <= case.x <= high:
        raise FindingError("QH543")
    return case.x


RULES: Final[dict[str, Callable[[Any, Case], Value | Rated]]] = {
    "scale": _scale,
    "target": _target,
    "bands": _bands,
    "steps": _steps,
    "place": _place,
    "percentile": _percentile,
    "ratio": _ratio,
    "zscore": _zscore,
    "deduct": _deduct,
    "ideal": _ideal,
    "met": _met,
    "given": _given,
}
