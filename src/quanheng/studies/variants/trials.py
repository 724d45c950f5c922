"""Trials: a round scored again with some figures changed, many such changes in one pass of the engine.

The grid of the round is laid out once. Each trial is a copy of it in which some figures are other ones, and
all stages run over all copies together, in each of which every unit is compared with the others of the same
copy. Reviews that are folded into the year stay as they were held.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import narwhals as nw
import polars as pl

from quanheng.engine.figures.grid import lay_out_grid
from quanheng.engine.frame import columns as c
from quanheng.engine.frame.engines import polars_engine
from quanheng.engine.frame.holding import MANY
from quanheng.engine.stages.run import staged

if TYPE_CHECKING:
    from quanheng.data.book.frames import Frame
    from quanheng.engine.results.result import Result

Changes: TypeAlias = Mapping[tuple[str, str], float]
"""By unit and item, the figure of the round that stands in place of what was reported."""

POOL = (c.GROUP, c.ROUND)
_MOST_ROWS = 40_000
"""So many units times trials go through the engine at once."""


@dataclass(frozen=True, kw_only=True)
class Trials:
    """A scored round whose figures can be changed: `grid` has a row a unit, as the engine lays it out."""

    result: Result
    grid: pl.DataFrame

    def scored(self, trials: Sequence[Changes]) -> Frame:
        """Return the wide frame (`columns.py`) of each trial; its column `round` is the number of the trial.

        Sorted by trial and unit.

        Raises:
            KeyError: a unit or an item is not in the grid.
        """
        size = max(1, _MOST_ROWS // max(1, self.grid.height))
        parts = [self._pass(trials[start : start + size], start) for start in range(0, len(trials), size)]
        return nw.concat(parts, how="diagonal")

    def figure(self, unit: str, item: str) -> float | None:
        """Return the figure of the round as it was reported, None where there is none."""
        if c.item(item) not in self.grid.columns:
            return None
        value = self.grid.filter(pl.col(c.UNIT) == unit)[c.item(item)].item()
        return None if value is None else float(value)

    def _pass(self, trials: Sequence[Changes], start: int) -> Frame:
        result = self.result
        assert result.book is not None  # noqa: S101 - narrows the type: trials are made of books
        names = [f"{start + number:06d}" for number in range(len(trials))]
        copies = [self._changed(changes, name) for changes, name in zip(trials, names, strict=True)]
        engine = polars_engine(streaming=self.grid.height * len(trials) > MANY)
        rows = [result.book.adjustments.with_columns(nw.lit(name).alias(c.ROUND)) for name in names]
        scored = staged(
            engine.lift(pl.concat(copies)),
            result.scheme,
            engine,
            rows=nw.concat(rows, how="vertical"),
            reviews=result.held,
            pool=POOL,
        )
        frame = engine.collect(scored.plan).sort(c.ROUND, c.UNIT)
        return nw.from_native(frame.to_native(), eager_only=True)

    def _changed(self, changes: Changes, name: str) -> pl.DataFrame:
        own = self.grid.with_columns(pl.lit(name).alias(c.ROUND))
        row = {unit: number for number, unit in enumerate(self.grid[c.UNIT])}
        by_item: dict[str, dict[int, float]] = {}
        for (unit, item), value in changes.items():
            by_item.setdefault(c.item(item), {})[row[unit]] = value
        columns = []
        for column, values in by_item.items():
            figures = own[column].cast(pl.Float64).to_list()
            for at, value in values.items():
                figures[at] = value
            columns.append(pl.Series(column, figures, dtype=pl.Float64))
        return own.with_columns(columns)


def trials_of(result: Result) -> Trials:
    """Return the round of `result`, a result of a book, ready to be scored with other figures."""
    assert result.book is not None  # noqa: S101 - narrows the type: results of frames are not asked
    grid = lay_out_grid(result.book, round=result.round).to_native().collect()
    return Trials(result=result, grid=grid.sort(c.UNIT))
