"""What studies of a result say of its units, for documents: how sure places are, what more would take.

A document takes from a study what that found; nothing is computed of it here. Studies lie beside the result
that they are of (`usecase/documents/studies.py`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Literal, TypeAlias

from quanheng.findings.text import Text
from quanheng.findings.value import Value, field

StudyName: TypeAlias = Literal["robustness", "balance"]
"""The studies that documents use."""


class Certainty(Value):
    """How sure the place of one unit is.

    `low` to `high` are the places of its interval, `joint_low` to `joint_high` those that hold for all units
    of its group together; None for a unit without a place. Units with the same `level_with` in a group
    cannot be told apart. `tiers` is the share of replicates in each tier, "" that of none; `awards` that in
    which it got an award.
    """

    place: int | None
    low: int | None
    high: int | None
    joint_low: int | None = None
    joint_high: int | None = None
    level_with: int | None = None
    tiers: Mapping[str, float] = field(default_factory=dict)
    awards: Mapping[str, float] = field(default_factory=dict)


class Robustness(Value):
    """What the study says of replicates: `varied` was otherwise, `level` of them are inside."""

    level: float
    replicates: int
    varied: Text
    units: Mapping[str, Certainty]

    def level_sets(self, units: Sequence[str]) -> Iterator[tuple[str, ...]]:
        """Yield which of the `units` of a group cannot be told apart, where there are two or more.

        Examples:
            >>> one = Certainty(place=1, low=1, high=2, level_with=1)
            >>> units = {"A": one, "B": one, "C": Certainty(place=3, low=3, high=3, level_with=2)}
            >>> study = Robustness(level=0.9, replicates=8, varied=Text(en="weights"), units=units)
            >>> list(study.level_sets(["A", "B", "C"]))
            [('A', 'B')]
        """
        sets: dict[int, list[str]] = {}
        for unit in units:
            known = self.units.get(unit)
            if known is not None and known.level_with is not None:
                sets.setdefault(known.level_with, []).append(unit)
        for together in sets.values():
            if len(together) > 1:
                yield tuple(together)


class Need(Value):
    """What a figure of a unit alone would have to be for its next place or tier (`goal`, `wanted`).

    `after` is None where it alone does not do it; `seen` says whether a unit of the group has as much today.
    `score`, `place` and `tier` are those of a full scoring with it.
    """

    goal: Literal["place", "tier"]
    wanted: str
    item: str
    indicators: tuple[str, ...]
    before: float
    after: float | None
    in_spreads: float | None
    seen: bool | None
    score: float | None
    place: int | None
    tier: str | None


class Studies(Value):
    """The studies of a result that documents use, None where there is no such study.

    `needs` are of the units that were asked about, by code.
    """

    robustness: Robustness | None = None
    needs: Mapping[str, tuple[Need, ...]] | None = None


NO_STUDIES = Studies()
