"""What moving a figure does to measures: asked of the engine, by moving each a little."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from quanheng.engine.frame import columns as c
from quanheng.findings.value import Value
from quanheng.studies.balance.levers import Lever
from quanheng.studies.balance.model.formulas import uses
from quanheng.studies.balance.model.frozen import Pool
from quanheng.studies.variants.trials import Trials

_PART = 0.01
"""So much of a figure it is moved by, or by 1 where it is 0: of a straight line any part tells all."""
_DECIMALS = 12


class Effects(Value, kw_only=False):
    """What a little more of a figure does.

    `slopes`, by indicator, unit and item: how much the measure rises for each 1 of the figure. `totals`, by
    unit and item: how much the unit's total rose for the little it was moved.
    """

    slopes: Mapping[tuple[str, str, str], float]
    totals: Mapping[tuple[str, str], float]

    def slope(self, indicator: str, unit: str, item: str) -> float:
        """Return how much a measure rises for each 1 of a figure; 0 where it does not move it."""
        return self.slopes.get((indicator, unit, item), 0.0)

    def of_levers(self, levers: Sequence[Lever]) -> Mapping[tuple[str, int], float]:
        """Return, by indicator and number of the lever, how much a measure rises for each 1 of its amount."""
        return {
            (indicator, number): slope * lever.per
            for number, lever in enumerate(levers)
            for (indicator, unit, item), slope in self.slopes.items()
            if unit == lever.unit and item == lever.item
        }


def effects_of(trials: Trials, pool: Pool, figures: Sequence[tuple[str, str]]) -> Effects:
    """Return what each of `figures`, pairs of a unit and an item, does to the measures that use it.

    Measures look at the unit's own figures, so one trial moves one figure of each unit.
    """
    by_unit: dict[str, list[str]] = {}
    for unit, item in figures:
        by_unit.setdefault(unit, []).append(item)
    most = max((len(items) for items in by_unit.values()), default=0)
    moves: list[dict[tuple[str, str], float]] = []
    for number in range(most):
        own = {(unit, items[number]) for unit, items in by_unit.items() if number < len(items)}
        moves.append({key: _moved(trials.figure(*key) or 0.0) for key in own})
    if not moves:
        return Effects({}, {})
    wide = trials.scored(moves)
    slopes: dict[tuple[str, str, str], float] = {}
    totals: dict[tuple[str, str], float] = {}
    for number, changes in enumerate(moves):
        moved = Pool(pool.scheme, wide.filter(wide[c.ROUND] == f"{number:06d}"))
        for (unit, item), to in changes.items():
            totals[unit, item] = (moved.total(unit) or 0.0) - (pool.total(unit) or 0.0)
            by = to - (trials.figure(unit, item) or 0.0)
            for indicator in pool.scheme.indicators:
                if uses(indicator.measure.tree, {item}):
                    before = pool.number(unit, c.measure(indicator.code))
                    after = moved.number(unit, c.measure(indicator.code))
                    if before is not None and after is not None:
                        slopes[indicator.code, unit, item] = _settled((after - before) / by)
    return Effects(slopes, totals)


def _moved(figure: float) -> float:
    return figure + (abs(figure) * _PART or 1.0)


def _settled(slope: float) -> float:
    """Return a slope without the noise of the difference it was found by."""
    return float(f"{slope:.{_DECIMALS}g}")
