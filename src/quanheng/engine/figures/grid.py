"""The grid: all units, and every figure the scheme looks at in a column (absence §2, time §1-§3)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

import narwhals as nw

from quanheng.data.book.book import Book
from quanheng.engine.figures.for_round import scheme_for
from quanheng.engine.figures.grid_laws import HeldCells, check_rounds
from quanheng.engine.figures.layout import Layout, lay_out
from quanheng.engine.figures.looked_up.fetches import fetches_of
from quanheng.engine.figures.looked_up.lookups import lookups_of
from quanheng.engine.figures.targets.targets import with_goals
from quanheng.engine.frame import columns as c
from quanheng.engine.frame.holding import run_once
from quanheng.findings.finding import require_no_errors
from quanheng.periods.stretch import Stretch, stretch_of


def lay_out_grid(book: Book, *, round: str | Stretch) -> nw.LazyFrame[Any]:  # noqa: A002  the word of the language
    """Return all units of `book` with the figures its scheme looks at in `round`, a text or its months.

    Polars-lazy, one row a unit: `unit`, `name`, `group`, `attribute|…`; `item|…` for every figure, by the
    time rules; `item_na|…` where a cell that was used says that it does not apply; `target|…` and
    `target_na|…` for every indicator that has a target: one for exactly this round, else, where the indicator
    has a pace, what is due of the year's.

    Raises:
        FindingsError: a figure cannot be had from the book: a condition that cannot be asked of a ledger,
            an attribute that is no number.
        DataError: `round` is no period, or the scheme looks back beyond the calendar.
    """
    stretch = stretch_of(round)
    _require_figures(book, [stretch], lenient=False)
    layout = lay_out(book, fetches_of(scheme_for(book.scheme, stretch)), {"": stretch})
    frame, goals = with_goals(layout, book.scheme)
    return replace(layout, frame=frame).stacked(lambda _: goals.columns(stretch)).drop(c.ROUND)


def lay_out_rounds(
    book: Book, rounds: Mapping[str, Stretch], *, lenient: bool = False, targets: bool = True
) -> nw.LazyFrame[Any]:
    """Return the grids of several rounds below each other, their columns `round` having the keys of `rounds`.

    The formulas of the scheme are written out for these rounds, of which they ask the same.

    With `lenient` a round without any figure is no error, and a scheme without any pace has an even one. The
    columns of targets are left out if no `targets` are wanted.

    Raises:
        FindingsError: a figure cannot be had from the book.
        DataError: the scheme looks back beyond the calendar.
    """
    _require_figures(book, rounds.values(), lenient=lenient)
    layout = lay_out(book, fetches_of(book.scheme), rounds)
    if targets:
        frame, goals = with_goals(layout, book.scheme, every=lenient)
        return _held(layout, frame).stacked(lambda name: goals.columns(rounds[name]))
    return _held(layout, layout.frame).stacked(lambda _: ((), {}))


def lay_out_panel(book: Book, rounds: Mapping[str, Stretch]) -> tuple[nw.LazyFrame[Any], HeldCells]:
    """Return what `lay_out_rounds` does for rounds whose figures can be had, and the cells they come from."""
    layout = lay_out(book, fetches_of(book.scheme), rounds)
    frame, goals = with_goals(layout, book.scheme)
    held = _held(layout, frame)
    return held.stacked(lambda name: goals.columns(rounds[name])), HeldCells(
        frame=held.frame, cells=held.cells
    )


def _held(layout: Layout, frame: nw.LazyFrame[Any]) -> Layout:
    """Return `layout` on `frame`, which every round looks at: so it is read once."""
    return replace(layout, frame=run_once(frame, rows=len(layout.book.units)))


def _require_figures(book: Book, rounds: Iterable[Stretch], *, lenient: bool) -> None:
    lookups = (lookups_of(book.scheme, stretch) for stretch in rounds)
    require_no_errors(check_rounds(book, lookups, lenient=lenient))
