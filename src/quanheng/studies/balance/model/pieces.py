"""Points as a function of a measure in pieces: straight stretches, and steps between them, exactly."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Final

from quanheng.findings.value import Value

_SLIT: Final = 1e-9
"""So much, in parts of the stretch, lies between what is just short of a threshold and the threshold."""
_CLOSE: Final = 1e-9


class Piece(Value, kw_only=False):
    """A stretch of a measure from `low` to `high`, with both: points are `at + slope * (x - low)`."""

    low: float
    high: float
    at: float
    slope: float

    def points(self, value: float) -> float:
        """Return the points of a measure in the stretch."""
        return self.at + self.slope * (value - self.low)


def pieces_of(
    points: Callable[[float], float], knots: Sequence[float], low: float, high: float
) -> tuple[Piece, ...]:
    """Return `points` from `low` to `high` in pieces: straight between `knots`, at which they may jump.

    Neighbours that continue each other are one piece.

    Examples:
        >>> pieces_of(lambda x: 100.0 if x >= 8 else 60.0, [8.0], 0.0, 10.0)
        (Piece(low=0.0, high=7.99999999, at=60.0, slope=0.0), Piece(low=8.0, high=10.0, at=100.0, slope=0.0))
        >>> pieces = pieces_of(lambda x: min(10 * x, 100.0), [10.0], 5.0, 20.0)
        >>> [(piece.low, piece.high, round(piece.slope, 9)) for piece in pieces]
        [(5.0, 10.0, 10.0), (10.0, 20.0, 0.0)]
    """
    if high <= low:
        return (Piece(low, low, points(low), 0.0),)
    inner = sorted({knot for knot in knots if low < knot < high})
    ends = [low, *inner, high]
    slit = _SLIT * (high - low)
    found: list[Piece] = []
    for left, right in pairwise(ends):
        third = (right - left) / 3
        one, two = points(left + third), points(right - third)
        slope = (two - one) / (right - left - 2 * third)
        slope = 0.0 if abs(two - one) <= _CLOSE * max(1.0, abs(one)) else slope
        start, end = one - slope * third, two + slope * third
        starts, stops = _same(points(left), start), _same(points(right), end)
        if not starts:
            found.append(Piece(left, left, points(left), 0.0))
        shift = 0.0 if starts else slit
        found.append(Piece(left + shift, right if stops else right - slit, start + slope * shift, slope))
        if right == high and not stops:
            found.append(Piece(right, right, points(right), 0.0))
    return _joined(found)


def _joined(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    """Return `pieces` without points that a neighbour has too, and with straight neighbours as one."""
    found: list[Piece] = []
    for piece in pieces:
        last = found[-1] if found else None
        if last is not None and last.high == piece.low and _same(last.points(last.high), piece.at):
            if piece.high == piece.low:
                continue
            if last.high == last.low:
                found[-1] = piece
                continue
            if _straight_on(last, piece):
                found[-1] = Piece(last.low, piece.high, last.at, last.slope)
                continue
        if piece.high >= piece.low:
            found.append(piece)
    return tuple(found)


def _straight_on(one: Piece, other: Piece) -> bool:
    """Return whether the line of `one` goes on in `other`, by what it would miss at the far end of it."""
    missed = abs(one.slope - other.slope) * (other.high - other.low)
    return missed <= _CLOSE * max(1.0, abs(other.points(other.high)))


def points_at(pieces: Sequence[Piece], value: float) -> float:
    """Return the points of a measure; in the slit before a threshold, those of the nearer piece."""
    best = min(pieces, key=lambda piece: max(piece.low - value, value - piece.high, 0.0))
    return best.points(min(max(value, best.low), best.high))


def is_flat(pieces: Sequence[Piece]) -> bool:
    """Return whether the points are the same all along."""
    return all(piece.slope == 0.0 and _same(piece.at, pieces[0].at) for piece in pieces)


def _same(one: float, other: float) -> bool:
    return abs(one - other) <= _CLOSE * max(1.0, abs(one), abs(other))
