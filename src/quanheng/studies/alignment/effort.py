"""What the district would score above at its units' targets, and whose effort is worth most there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import polars as pl

from quanheng.engine.frame import columns as c
from quanheng.engine.results.score import score
from quanheng.findings.value import Value
from quanheng.scheme.fields.codes import ROOT
from quanheng.studies.alignment.district import Above, Total, with_district
from quanheng.studies.alignment.weights import Shares
from quanheng.studies.variants.trials import Trials, trials_of


class Effort(Value):
    """A figure of a unit at its target, and what that alone adds to the district's total above."""

    unit: str
    item: str
    before: float
    after: float
    gain: float


class Outlook(Value):
    """The district above: total and place today and with all units at their targets; whose effort adds most.

    `share` is the part of the weight above that could be scored, None where that is not known. `points` has,
    by indicator above, the points today and then.
    """

    now: float
    then: float
    place_now: int | None
    place_then: int | None
    share: float | None
    points: Mapping[str, tuple[float, float]]
    efforts: tuple[Effort, ...]


def outlook_of(
    above: Above,
    totals: Sequence[Total],
    grid: pl.DataFrame,
    hit: Mapping[tuple[str, str], float],
    shares: Shares,
    own: Mapping[str, float],
) -> Outlook | None:
    """Return how the district would score above; None where nothing can be scored.

    `grid` has the units' figures, `hit` those they would have at their targets, `own` figures of the district
    that its units do not have.
    """
    start = {**_figures(totals, grid), **own}
    if above.has_peers:
        # the level above has figures of its own; ours say how they would change
        reported = trials_of(score(above.book))
        start = {item: _or(reported.figure(above.unit, item), value) for item, value in start.items()}
    trials = trials_of(score(with_district(above, start)))
    base = _figures(totals, grid)

    def changed(figures: Mapping[tuple[str, str], float]) -> dict[tuple[str, str], float]:
        then = _figures(totals, _with(grid, figures))
        return {
            (above.unit, item): start[item] + then[item] - base[item]
            for item in then
            if item not in own and c.item(item) in trials.grid.columns
        }

    single = list(hit)
    rows = _rows(trials, above.unit, [{}, changed(hit), *(changed({key: hit[key]}) for key in single)])
    totals_then = rows[c.score(ROOT)].to_list()
    now, then = totals_then[0], totals_then[1]
    if now is None or then is None:
        return None
    efforts = tuple(
        Effort(
            unit=unit, item=item, before=_figure(grid, unit, item), after=hit[unit, item], gain=total - now
        )
        for (unit, item), total in zip(single, totals_then[2:], strict=True)
        if total is not None
    )
    points = {
        indicator.code: (float(before), float(after))
        for indicator in trials.result.scheme.indicators
        if None not in (pair := rows[c.points(indicator.code)].to_list()[:2])
        for before, after in [pair]
    }
    known = [shares.get(code) for code in points]
    return Outlook(
        now=now,
        then=then,
        place_now=rows[c.PLACE].to_list()[0] if above.has_peers else None,
        place_then=rows[c.PLACE].to_list()[1] if above.has_peers else None,
        share=None if None in known else sum(part for part in known if part is not None),
        points=points,
        efforts=tuple(sorted(efforts, key=lambda effort: (-effort.gain, effort.unit, effort.item))),
    )


def _rows(trials: Trials, unit: str, changes: Sequence[Mapping[tuple[str, str], float]]) -> pl.DataFrame:
    wide = trials.scored(changes).to_native()
    return wide.filter(pl.col(c.UNIT) == unit).sort(c.ROUND)


def _figures(totals: Sequence[Total], grid: pl.DataFrame) -> dict[str, float]:
    figures = {total.item: total.figure(grid) for total in totals}
    return {item: figure for item, figure in figures.items() if figure is not None}


def _with(grid: pl.DataFrame, figures: Mapping[tuple[str, str], float]) -> pl.DataFrame:
    number = {unit: at for at, unit in enumerate(grid[c.UNIT])}
    changed = grid
    for item in dict.fromkeys(item for _, item in figures):
        values = changed[c.item(item)].to_list()
        for (unit, of), value in figures.items():
            if of == item:
                values[number[unit]] = value
        changed = changed.with_columns(pl.Series(c.item(item), values, dtype=pl.Float64))
    return changed


def _figure(grid: pl.DataFrame, unit: str, item: str) -> float:
    return float(grid.filter(pl.col(c.UNIT) == unit)[c.item(item)].item())


def _or(reported: float | None, otherwise: float) -> float:
    return otherwise if reported is None else reported
