"""排序赋分: points by place, evenly, by a step, or from a table."""

from __future__ import annotations

from dataclasses import dataclass

from quanheng.scheme.rules.pool import COUNT, Rank
from quanheng.scheme.rules.rule import Answers, Rule


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceEvenly(Rule):
    """排序赋分: `first` points for place 1, `last` for place n, evenly between; n is the number placed.

    p = first - (first - last)·(place - 1)/(n - 1); n = 1 gives `first`.
    """

    first: float = 100.0
    last: float = 0.0

    def _answers(self) -> Answers:
        return Answers(
            name="place",
            roles=(),
            formulas=(),
            statistics=(COUNT, Rank()),
            shown=(Rank(), COUNT),
            completes=False,
            divides_by_target=False,
            base_points=0.0,
            fewest_points=min(self.first, self.last),
            thresholds=(),
            allowed=None,
            ends=None,
        )

    def _in_chinese(self) -> str:
        return f"排序赋分：第1名{self.first:g}分，末名{self.last:g}分，其间等距"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceByStep(Rule):
    """排序赋分: `first` points for place 1, `step` fewer for each further place, not under `floor`."""

    first: float = 100.0
    step: float
    floor: float = 0.0

    def _answers(self) -> Answers:
        return Answers(
            name="place",
            roles=(),
            formulas=(),
            statistics=(Rank(),),
            shown=(Rank(),),
            completes=False,
            divides_by_target=False,
            base_points=0.0,
            fewest_points=min(self.first, self.floor),
            thresholds=(),
            allowed=None,
            ends=None,
        )

    def _in_chinese(self) -> str:
        return f"排序赋分：第1名{self.first:g}分，每退1名减{self.step:g}分，不低于{self.floor:g}分"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceTable(Rule):
    """排序赋分: a table of (from place, to place, points); other places get `otherwise`."""

    table: tuple[tuple[int, int, float], ...]
    otherwise: float = 0.0

    def _answers(self) -> Answers:
        return Answers(
            name="place",
            roles=(),
            formulas=(),
            statistics=(Rank(),),
            shown=(Rank(),),
            completes=False,
            divides_by_target=False,
            base_points=0.0,
            fewest_points=min(self.otherwise, *(points for _, _, points in self.table)),
            thresholds=(),
            allowed=None,
            ends=None,
        )

    def _in_chinese(self) -> str:
        rows = (
            f"第{top}{'' if top == bottom else f'至{bottom}'}名{earned:g}分"
            for top, bottom, earned in self.table
        )
        return f"排序赋分：{'，'.join(rows)}，其余{self.otherwise:g}分"
