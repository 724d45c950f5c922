"""A unit's tree of points with what levers move in it; everything else is frozen as it stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, TypeAlias, assert_never

from quanheng.findings.value import Value
from quanheng.scheme.weights.aggregation import Aggregation
from quanheng.studies.balance.model.means import mean_of
from quanheng.studies.balance.model.pieces import Piece, points_at

_NOISE: Final = 1e-12


class Fixed(Value):
    """A node that nothing moves."""

    points: float


class Moved(Value):
    """An indicator whose measure is `start` and, by `slopes`, so much more for each 1 of a lever's amount."""

    code: str
    pieces: tuple[Piece, ...]
    start: float
    slopes: Mapping[int, float]
    coefficient: float = 1.0

    def measure(self, amounts: Sequence[float]) -> float:
        """Return the measure where the levers are moved by `amounts`."""
        return self.start + sum(slope * amounts[lever] for lever, slope in self.slopes.items())


class Joined(Value):
    """A dimension: its children with their shares, and points `added` beside them (adjustments).

    `gated` are further points that come when a gate opens, by the number of the gate.
    """

    code: str
    method: Aggregation
    parts: tuple[tuple[float, Part], ...]
    coefficient: float = 1.0
    added: float = 0.0
    gated: float = 0.0


Part: TypeAlias = Fixed | Moved | Joined


class Bound(Value):
    """A condition of a gate: `start` and so much more for each 1 of the amounts is at least 0."""

    start: float
    slopes: Mapping[int, float]
    strict: bool = False

    def holds(self, amounts: Sequence[float]) -> bool:
        """Return whether the condition holds."""
        left = self.start + sum(slope * amounts[lever] for lever, slope in self.slopes.items())
        return left > _NOISE if self.strict else left >= -_NOISE


class UnitTree(Value):
    """A unit: its total is `constant` and `factor` times the points of `root`.

    `gate` are the conditions under which gated bonus marks count, None where no lever moves a gate. `nodes`
    has every part by its code, `slack` how far roundings may take the total from what the tree says.
    """

    unit: str
    root: Part
    factor: float
    constant: float
    slack: float
    nodes: Mapping[str, Part]
    gate: tuple[Bound, ...] | None = None

    def total(self, amounts: Sequence[float]) -> float:
        """Return the total where the levers are moved by `amounts`."""
        return self.constant + self.factor * self.points(self.root, amounts)

    def points(self, part: Part, amounts: Sequence[float]) -> float:
        """Return the points of a part of the tree where the levers are moved by `amounts`."""
        match part:
            case Fixed(points=points):
                return points
            case Moved():
                return part.coefficient * points_at(part.pieces, part.measure(amounts))
            case Joined():
                children = [(share, self.points(child, amounts)) for share, child in part.parts]
                mean = part.coefficient * mean_of(part.method, children)
                opened = self.gate is not None and all(bound.holds(amounts) for bound in self.gate)
                return mean + part.added + (part.gated if opened else 0.0)
            case _:
                assert_never(part)
