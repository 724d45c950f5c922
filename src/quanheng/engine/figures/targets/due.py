"""What is due of a target by the end of a round (序时进度)."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any, Final

import narwhals as nw

from quanheng.data.book.book import Book
from quanheng.data.book.frames import Frame
from quanheng.engine.figures.layout import lay_out
from quanheng.engine.figures.targets.targets import Goal, Paced, with_goals
from quanheng.engine.frame import columns as c
from quanheng.engine.frame.engines import polars_engine
from quanheng.engine.frame.holding import MANY
from quanheng.engine.frame.tables import small_table
from quanheng.periods.stretch import Stretch

DUE: Final = (
    *("unit", "round", "indicator"),
    *("target", "floor", "stretch", "share", "due", "nature", "basis"),
)


def due_targets(
    book: Book, rounds: Mapping[str, Stretch], *, indicators: Collection[str] | None = None
) -> Frame:
    """Return what is due in each of `rounds`: a row for each unit and indicator that has a target.

    Of all indicators, or only of those named. The columns:

    unit, round (a key of `rounds`), indicator, target, floor, stretch (of the year in which the round ends;
    null if only parts of it have one), share (of the target, due by then; null where parts are stated and the
    year has none), due (in the target's own measure), nature, basis (`shares.Basis`).

    The target of a round of the year to date (`Stretch.from_january`) is what is due by its end. A round that
    begins later in the year has its own part of what is summed (flows, counts of ledgers). If the scheme
    states no pace at all, an even one is taken; an indicator whose pace is `none` has rows only where a
    target is stated for the round itself.

    The rows stand by round and indicator, in the order of `rounds` and of the scheme, then by unit.
    """
    layout = lay_out(book, (), rounds)
    lazy, goals = with_goals(layout, book.scheme, every=True, only=indicators)
    frame = polars_engine(streaming=len(book.units) > MANY).collect(lazy).sort(c.UNIT)
    parts: list[nw.DataFrame[Any]] = [_NO_ROWS]
    for code, paced in goals.paced.items():
        if any(of == code for of, _ in goals.cells.values):
            years = {stretch.year for stretch in rounds.values()}
            own = {
                year: frame.join(_of_year(book, code, year), on=c.UNIT, how="left") for year in sorted(years)
            }
            for name, stretch in rounds.items():
                goal = goals.of_round(code, stretch)
                if goal is not None:
                    rows = _rows(name, paced, goal, goals.of_year(code, stretch.year))
                    told = ~nw.col("due").is_null() | (nw.col("basis") == "not_applicable")
                    parts.append(own[stretch.year].select(*rows).filter(told))
    return _in_order(nw.concat(parts, how="vertical"), rounds)


def _of_year(book: Book, code: str, year: int) -> nw.DataFrame[Any]:
    here = (nw.col("indicator") == code) & (nw.col("period") == str(year))
    return book.targets.filter(here).select(c.UNIT, "floor", "stretch")


def _rows(name: str, paced: Paced, goal: Goal, year: Goal | None) -> Iterator[nw.Expr]:
    target = nw.lit(None, dtype=nw.Float64()) if year is None else year.due.value
    share = nw.coalesce(goal.share, goal.due.value / nw.when(target != 0.0).then(target))
    basis = goal.basis
    if goal.due.flag is not None:
        basis = nw.when(goal.due.flag).then(nw.lit("not_applicable")).otherwise(basis)
        share = nw.when(~goal.due.flag).then(share)
    yield nw.col(c.UNIT)
    yield nw.lit(name).alias("round")
    yield nw.lit(paced.indicator.code).alias("indicator")
    yield target.alias("target")
    yield nw.col("floor")
    yield nw.col("stretch")
    yield share.alias("share")
    yield goal.due.value.alias("due")
    yield nw.lit(paced.nature).alias("nature")
    yield basis.alias("basis")


def _in_order(rows: nw.DataFrame[Any], rounds: Mapping[str, Stretch]) -> Frame:
    """Return rows that stand by indicator and unit in the order of the rounds first."""
    return nw.concat([rows.filter(nw.col("round") == name) for name in rounds] or [rows], how="vertical")


_TEXTS: Final = frozenset({"unit", "round", "indicator", "nature", "basis"})
_NO_ROWS: Final = small_table(
    {name: [] for name in DUE}, {name: nw.String() if name in _TEXTS else nw.Float64() for name in DUE}
)
