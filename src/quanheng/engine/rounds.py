"""Many rounds of a book scored together: the rows of the wide frame are units × rounds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

import narwhals as nw

from quanheng.engine import columns as c
from quanheng.engine.adjust import rows_between
from quanheng.engine.engines import Engine, polars_engine
from quanheng.engine.grid import lay_out_grid
from quanheng.engine.holding import MANY, held
from quanheng.engine.stages import staged
from quanheng.engine.stretches import Stretch
from quanheng.scheme.gaps import MissingRedistributed
from quanheng.scheme.model import ROOT, Dimension, Indicator, Node, Scheme

if TYPE_CHECKING:
    from quanheng.data.book import Book
    from quanheng.data.frames import Frame

TOTALS: Final = ("unit", "name", "group", "round", "score", "place", "tier", "available", "vetoed")
INDICATORS: Final = (
    *("unit", "name", "group", "round", "indicator"),
    *("measure", "value", "absence", "points", "marks", "score"),
)


@dataclass(frozen=True, kw_only=True)
class Rounds:
    """Scores and places of several rounds: in each, every unit is compared with the others of that round.

    `plan` is the wide frame (`columns.py`) with a row for each unit and round, lazy on `engine`; its column
    `round` has the keys of `rounds`. `scheme` is the one it was scored by (`lenient_scheme` of the book's,
    if it was scored so). The tables below are taken from the plan when first asked for.
    """

    scheme: Scheme
    rounds: Mapping[str, Stretch]
    engine: Engine
    plan: nw.LazyFrame[Any]
    book: Book

    @cached_property
    def wide(self) -> nw.DataFrame[Any]:
        """The wide frame itself, sorted by round, in the order of `rounds`, and unit."""
        return self._sorted(self.engine.collect(self.plan))

    @cached_property
    def totals(self) -> nw.DataFrame[Any]:
        """unit, name, group, round, score, place, tier, available, vetoed: a row for each unit and round.

        `available` is the part of the unit's weight that has a measure of its own (absence §7).
        """
        return self.wide.with_columns(nw.col(c.score(ROOT)).alias("score")).select(*TOTALS)

    @cached_property
    def indicators(self) -> nw.DataFrame[Any]:
        """unit, name, group, round, indicator, measure, value, absence, points, marks, score.

        A row for each unit, round and indicator that applies to its group, in the order of the scheme.
        `value` is what a target is stated of: the measure, or e where that is `completion(e)`. `absence` is
        one of the codes of `columns.py`.
        """
        parts = [self._of(indicator) for indicator in self.scheme.indicators]
        return nw.concat(parts, how="vertical")

    def _of(self, indicator: Indicator) -> nw.DataFrame[Any]:
        code = indicator.code
        value = c.value(code) if c.value(code) in self.wide.columns else c.measure(code)
        return self.wide.filter(nw.col(c.GROUP).is_in(list(indicator.groups))).select(
            *(c.UNIT, c.NAME, c.GROUP, c.ROUND),
            nw.lit(code).alias("indicator"),
            nw.col(c.measure(code)).alias("measure"),
            nw.col(value).alias("value"),
            nw.col(c.absence(code)).cast(nw.Int8()).alias("absence"),
            nw.col(c.points(code)).alias("points"),
            nw.col(c.marks(code)).alias("marks"),
            nw.col(c.score(code)).alias("score"),
        )

    def _sorted(self, frame: nw.DataFrame[Any]) -> nw.DataFrame[Any]:
        names = list(self.rounds)
        order = nw.col(c.ROUND).replace_strict(names, list(range(len(names))), return_dtype=nw.Int64())
        return frame.with_columns(order.alias("round_order")).sort("round_order", c.UNIT).drop("round_order")


def score_rounds(
    book: Book,
    rounds: Mapping[str, Stretch],
    *,
    due: Frame | None = None,
    engine: Engine | None = None,
    lenient: bool = True,
) -> Rounds:
    """Return the scores of `book` in each of `rounds`, by name the months it is of, in one pass.

    `due` has the targets: unit, round, indicator, due (null where there is none), as `due_targets` gives
    them. Without it they are those of `score`: stated for the round, else what is due where the indicator
    has a pace.

    With `lenient`, what is missing is never an error: its weight is shared out, whatever the scheme's gaps
    say, every unit with a total is ranked, and an indicator without a pace is taken to have an even one.
    Without it each round is what `score` makes of it.

    Raises:
        FindingsError: a figure cannot be had from the book, as an attribute that is no number; without
            `lenient` whatever `score` raises for one of the rounds.
    """
    engine = engine or polars_engine(streaming=len(book.units) * len(rounds) > MANY)
    scheme = lenient_scheme(book.scheme) if lenient else book.scheme
    book = replace(book, scheme=scheme)
    plans = []
    for name, stretch in rounds.items():
        grid = engine.lift(held(lay_out_grid(book, round=stretch, lenient=lenient), rows=len(book.units)))
        if due is not None:
            grid = grid.drop(*[n for n in grid.collect_schema().names() if n.startswith("target")])
            grid = grid.join(engine.lift(_wide(due.filter(nw.col("round") == name))), on=c.UNIT, how="left")
        rows = rows_between(book.adjustments, stretch.start, stretch.end)
        plan = staged(grid, scheme, engine, rows=rows).plan
        if c.AVAILABLE not in plan.collect_schema().names():
            plan = plan.with_columns(nw.lit(None, dtype=nw.Float64()).alias(c.AVAILABLE))
        plans.append(plan.with_columns(nw.lit(name).alias(c.ROUND)))
    return Rounds(
        scheme=scheme,
        rounds=dict(rounds),
        engine=engine,
        plan=nw.concat(plans, how="diagonal"),
        book=book,
    )


def _wide(due: Frame) -> nw.DataFrame[Any]:
    """Return the targets of one round, one row a unit."""
    codes = sorted(due["indicator"].unique().to_list())
    return due.group_by(c.UNIT).agg(
        *[
            nw.when(nw.col("indicator") == code).then(nw.col("due")).max().alias(c.target(code))
            for code in codes
        ]
    )


def lenient_scheme(scheme: Scheme) -> Scheme:
    """Return `scheme` for a year that is still running: what is missing has its weight shared out."""
    root = _lenient(scheme.root)
    assert isinstance(root, Dimension)  # noqa: S101 - narrows the type: a root is a dimension
    return replace(scheme, root=root, at_least=0.0)


def _lenient(node: Node) -> Node:
    if isinstance(node, Dimension):
        return replace(node, children=tuple(_lenient(child) for child in node.children))
    return replace(node, gaps=replace(node.gaps, missing=MissingRedistributed()))
