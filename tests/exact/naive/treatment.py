"""Outliers: what is done to the values of a pool before they are rated (observed values §3)."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any, Final

from tests.exact.naive.numerals import Absent, Value, logarithm, mean, number, quantile, root

FEWEST: Final = 4
LIMIT: Final = Fraction(1, 10**9)
"""Skewness and kurtosis reach their limits within this (comparing §4)."""


def treated(values: Mapping[str, Fraction], how: str | Mapping[str, Any] | None) -> dict[str, Value]:
    """Return the values of a pool, by unit, after the treatment."""
    if how is None or how == "none" or not values:
        return dict(values)
    if how == "log":
        return {unit: logarithm(x) if x > 0 else Absent.UNDEFINED for unit, x in values.items()}
    assert isinstance(how, Mapping)
    if "quantiles" in how:
        low, high = (quantile(list(values.values()), number(part)) for part in how["quantiles"])
        return {unit: min(max(x, low), high) for unit, x in values.items()}
    return dict(_winsorised(values, how))


def _winsorised(values: Mapping[str, Fraction], how: Mapping[str, Any]) -> dict[str, Fraction]:
    now = dict(values)
    moved: set[str] = set()
    while _is_outlying(now, how):
        steep = _third_moment(now) >= 0
        end = max(now.values()) if steep else min(now.values())
        rest = [x for x in now.values() if x != end]
        tied = {unit for unit, x in now.items() if x == end}
        # the last step may move more than were left, none makes all values equal (observed §3 a)
        if len(moved) >= how["winsorise"] or len(set(rest)) == 1:
            return _logged(values) if how.get("then", "log") == "log" else now
        moved |= tied
        now.update(dict.fromkeys(tied, max(rest) if steep else min(rest)))
    return now


def _logged(values: Mapping[str, Fraction]) -> dict[str, Fraction]:
    low, high = min(values.values()), max(values.values())
    return {unit: logarithm(x - low + (high - low) / 100) for unit, x in values.items()}


def _is_outlying(values: Mapping[str, Fraction], how: Mapping[str, Any]) -> bool:
    """Whether skewness and kurtosis both reach their limits."""
    count = len(values)
    second = _moment(values, 2)
    if count < FEWEST or second == 0:
        return False
    square = Fraction(count * (count - 1), (count - 2) ** 2) * _third_moment(values) ** 2 / second**3
    steep = Fraction(count - 1, (count - 2) * (count - 3)) * (
        (count + 1) * (_moment(values, 4) / second**2 - 3) + 6
    )
    skewness, kurtosis = number(how.get("skewness", 2)), number(how.get("kurtosis", "3.5"))
    return root(square) >= skewness - LIMIT and steep >= kurtosis - LIMIT


def _third_moment(values: Mapping[str, Fraction]) -> Fraction:
    return _moment(values, 3)


def _moment(values: Mapping[str, Fraction], order: int) -> Fraction:
    center = mean(list(values.values()))
    return mean([(x - center) ** order for x in values.values()])
