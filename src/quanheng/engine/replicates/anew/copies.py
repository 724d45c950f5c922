"""Copies of a round of a book, scored in one pass: rows are units × copies."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import narwhals as nw
import numpy as np

from quanheng.engine.figures.for_round import scheme_for
from quanheng.engine.figures.grid import lay_out_grid
from quanheng.engine.frame import columns as c
from quanheng.engine.frame.engines import polars_engine
from quanheng.engine.frame.holding import run_once
from quanheng.engine.frame.tables import table_of
from quanheng.engine.replicates.base import Base, base_of
from quanheng.engine.results.rounds import POOL
from quanheng.engine.results.score import taking_part
from quanheng.engine.stages.places.history import with_history
from quanheng.engine.stages.reviews.part import is_review, review_part
from quanheng.engine.stages.run import staged
from quanheng.findings.errors import UsageError
from quanheng.findings.value import Value
from quanheng.periods.stretch import stretch_of
from quanheng.scheme.tree.scheme import Scheme

if TYPE_CHECKING:
    from quanheng.data.book.book import Book

Figures: TypeAlias = Callable[[nw.DataFrame[Any], nw.DataFrame[Any]], nw.DataFrame[Any]]
"""Takes the rows of all copies, and the grid that each of them is; returns the rows with other figures."""


class Laid(Value):
    """A round of a book as its grid, sorted by unit, with what else counts in it.

    It is the same whatever the nodes of the scheme weigh.
    """

    round: str
    grid: nw.DataFrame[Any]
    adjustments: nw.DataFrame[Any]
    history: nw.DataFrame[Any]


def laid_out(book: Book, round: str) -> Laid:  # noqa: A002 - the word of the language
    """Return a round of `book`, or a review, laid out for copies."""
    part, _ = taking_part(book, round)
    # what formulas look at of reviews stays as it is (reviews §4)
    part = replace(part, scheme=scheme_for(part.scheme, stretch_of(round)), reviewed=book.reviewed)
    plan = run_once(lay_out_grid(part, round=round), rows=len(part.units))
    return Laid(
        round=round,
        grid=_ENGINE.collect(_ENGINE.lift(plan)).sort(c.UNIT),
        adjustments=part.adjustments,
        history=book.history,
    )


_ENGINE: Final = polars_engine(streaming=False)


def copies_of(laid: Laid, scheme: Scheme, count: int, figures: Figures) -> Base:
    """Return `count` copies, scored by the `scheme` of a book, with such figures.

    Raises:
        FindingsError: the scheme cannot be scored.
        UsageError: with such figures a copy cannot be scored.
    """
    part = review_part(scheme).scheme if is_review(scheme, laid.round) else scheme
    part = scheme_for(part, stretch_of(laid.round))
    numbers = table_of({c.ROUND: np.arange(count)})
    rows = figures(numbers.join(laid.grid, how="cross"), laid.grid)
    adjustments = numbers.join(laid.adjustments, how="cross")
    scored = staged(_ENGINE.lift(rows), part, _ENGINE, rows=adjustments, pool=POOL)
    plan = with_history(scored.plan, part, laid.history, round=laid.round, engine=_ENGINE)
    wide = _ENGINE.collect(plan).sort(c.ROUND, c.UNIT)
    wrong = int(wide.filter(nw.col(c.PROBLEM).fill_null(value=False))[c.ROUND].n_unique())
    if wrong:
        raise UsageError(
            f"{wrong} of {count} copies of {laid.round} cannot be scored: a figure comes where a formula or "
            "rule takes none; give smaller errors, or weights that vary less",
            f"{laid.round}的{count}份副本中有{wrong}份无法计分：数值落在公式或规则不能接受之处；"
            "请减小误差，或缩小权重的变动幅度",
        )
    return base_of(wide, scored.weighing.table, part, copies=count)
