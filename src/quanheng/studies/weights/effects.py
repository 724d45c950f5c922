"""What a method does to the places of a group, against the scheme's own weights."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from quanheng.findings.value import Value
from quanheng.scheme.tree.scheme import Group
from quanheng.studies.statistics.ranks import mean_ranks, spearman
from quanheng.studies.weights.weighed import SCHEME, Weighed


class GroupPlaces(Value):
    """The units of a group that have a place under the scheme's weights and each method there is.

    `places` are columns over `units`, by method, the scheme's first; `left_out` those that cannot be had.
    """

    group: Group
    units: tuple[str, ...]
    names: tuple[str, ...]
    places: dict[str, NDArray[np.int64]]
    methods: dict[str, Weighed]
    left_out: tuple[str, ...]

    @property
    def others(self) -> tuple[str, ...]:
        """The methods beside the scheme."""
        return tuple(name for name in self.places if name != SCHEME)

    def shift(self, name: str) -> NDArray[np.int64]:
        """Return by how many places each unit stands lower than in the scheme."""
        shift: NDArray[np.int64] = self.places[name] - self.places[SCHEME]
        return shift

    @property
    def spread(self) -> NDArray[np.int64]:
        """The places between each unit's best and worst."""
        every = np.stack(list(self.places.values()))
        spread: NDArray[np.int64] = every.max(axis=0) - every.min(axis=0)
        return spread

    def correlation(self, one: str, two: str) -> float | None:
        """Return Spearman's correlation of two orders."""
        return spearman(*[mean_ranks(-self.places[name].astype(np.float64)) for name in (one, two)])

    def farthest(self, name: str) -> int | None:
        """Return the position of the unit that moves farthest, of equal ones the first; None if none does."""
        far = np.abs(self.shift(name))
        return int(np.argmax(far)) if far.size and far.max() > 0 else None


def places_in(group: Group, weighed: Sequence[Weighed], names: dict[str, str]) -> GroupPlaces | None:
    """Return the places of a group by method; None where nobody has one.

    `names` are those of the units of the group, in the order of the ranking. A unit that some method does not
    rank is left out.
    """
    there = [each for each in weighed if group.code not in each.out]
    units = tuple(unit for unit in names if all(each.places.get(unit) is not None for each in there))
    if not units:
        return None
    return GroupPlaces(
        group=group,
        units=units,
        names=tuple(names[unit] for unit in units),
        places={each.name: np.array([each.places[unit] for unit in units], dtype=np.int64) for each in there},
        methods={each.name: each for each in there},
        left_out=tuple(each.name for each in weighed if group.code in each.out),
    )
