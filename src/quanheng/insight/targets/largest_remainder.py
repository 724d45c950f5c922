"""Splitting whole numbers into whole parts that add up exactly (largest remainder, Hamilton's method)."""

from __future__ import annotations

from fractions import Fraction
from typing import Final

import numpy as np
import numpy.typing as npt

from quanheng.findings.errors import DataError

_SLACK: Final = 1e-14
"""Of its own size, some roundings of a float: 100 × 0.29 is 29, but the product of the floats falls short."""
_MOST_DECIMALS: Final = 6
_LARGEST: Final = 10.0**12
"""So many steps the slack is a hundredth of one: far from a step too many. More are split in fractions."""
MOST_STEPS: Final = 10.0**15
"""So many steps are whole numbers that a double tells apart, and their sums with them."""
_AS_WRITTEN: Final = 1e-9

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]


def split_by_remainder(wholes: Integers, shares: Floats) -> Integers:
    """Return `wholes` (n) split by `shares` (n × k, not negative): whole parts, each row adding up exactly.

    Every part gets its share rounded towards 0; what is left goes, one by one, to the parts that were cut
    most, of equal ones to the first. A negative whole is split like its size. (Hamilton's method, 1792.)

    Raises:
        DataError: the shares of a row are negative, not finite or all 0, or a whole is too large for floats.

    Examples:
        >>> split_by_remainder(np.array([100, -7]), np.array([[1.0, 1, 1], [2, 1, 1]])).tolist()
        [[34, 33, 33], [-3, -2, -2]]
    """
    total = shares.sum(axis=1, keepdims=True)
    if shares.size and not (np.isfinite(shares).all() and (shares >= 0).all() and (total > 0).all()):
        raise DataError("shares must not be negative, and not all of them 0", "比例不能为负，也不能全为 0")
    if wholes.size and np.abs(wholes).max() >= MOST_STEPS:
        raise DataError(
            f"{MOST_STEPS:.0f} steps or more cannot be split exactly; use fewer decimals",
            f"达到或超过 {MOST_STEPS:.0f} 个最小单位时无法精确分解；请减少小数位数",
        )
    large = np.abs(wholes) > _LARGEST
    if large.any():
        parts = np.zeros(shares.shape, dtype=np.int64)
        parts[~large] = split_by_remainder(wholes[~large], shares[~large])
        for row in np.flatnonzero(large).tolist():
            parts[row] = _split_exactly(int(wholes[row]), shares[row].tolist())
        return parts
    sizes = np.abs(wholes)[:, None]
    exact = sizes * (shares / total)
    parts = np.floor(exact * (1 + _SLACK)).astype(np.int64)
    cut = exact - parts
    order = np.argsort(-np.round(cut, 9), axis=1, kind="stable")
    left = sizes - parts.sum(axis=1, keepdims=True)
    ranks = np.argsort(order, axis=1, kind="stable")
    parts = parts + (ranks < left)
    return np.asarray(parts * np.sign(wholes)[:, None], dtype=np.int64)


def _split_exactly(whole: int, shares: list[float]) -> list[int]:
    """Return `whole` split by `shares` in fractions of the decimals that they are written as."""
    written = [Fraction(repr(share)) for share in shares]
    total = sum(written)
    exact = [abs(whole) * share / total for share in written]
    parts = [int(part) for part in exact]
    order = sorted(range(len(parts)), key=lambda at: parts[at] - exact[at])
    for at in order[: abs(whole) - sum(parts)]:
        parts[at] += 1
    return parts if whole >= 0 else [-part for part in parts]


def decimals_of(values: Floats) -> int:
    """Return the decimals that `values` are written with, at most 6; NaN is passed over.

    Examples:
        >>> decimals_of(np.array([12.5, 3.0, np.nan])), decimals_of(np.array([1200.0]))
        (1, 0)
    """
    known = values[np.isfinite(values)]
    for decimals in range(_MOST_DECIMALS):
        if _same(np.round(known, decimals), known):
            return decimals
    return _MOST_DECIMALS


def in_steps(values: Floats, decimals: int) -> tuple[Integers, npt.NDArray[np.bool_]]:
    """Return `values` counted in steps of the last decimal, and which of them have more decimals than that.

    NaN counts as 0. More than `MOST_STEPS` are not told apart.

    Examples:
        >>> steps, finer = in_steps(np.array([12.5, 0.25]), 1)
        >>> steps.tolist(), finer.tolist()
        ([125, 2], [False, True])
    """
    known = np.nan_to_num(values) * 10.0**decimals
    rounded = np.round(known)
    finer = np.abs(rounded - known) > _AS_WRITTEN * np.maximum(1.0, np.abs(rounded))
    rounded = np.clip(rounded, -MOST_STEPS, MOST_STEPS)
    return rounded.astype(np.int64), finer


def _same(left: Floats, right: Floats) -> bool:
    return bool((np.abs(left - right) <= _AS_WRITTEN * np.maximum(1.0, np.abs(right))).all())
