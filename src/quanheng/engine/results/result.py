"""A result: what the engine found out about every unit, as one wide frame and the tables made from it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from os import PathLike, fspath
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, assert_never

import narwhals as nw

from quanheng.engine.frame import columns as c
from quanheng.engine.frame.again.replays import Rerun
from quanheng.engine.frame.engines import Engine
from quanheng.engine.results.missing import Missing, missing_of
from quanheng.engine.results.tables import (
    reviews_of,
    scores_in_parts,
    scores_of,
    scores_plan,
    source_texts,
    tiers_of,
)
from quanheng.engine.stages.condition import Condition
from quanheng.engine.stages.places.awards import awards_given
from quanheng.engine.stages.places.places import in_order, sorted_plan
from quanheng.engine.stages.problems import findings_of
from quanheng.engine.stages.reviews.fold import HeldReviews
from quanheng.findings.finding import Finding
from quanheng.findings.showing import Shows
from quanheng.scheme.fields.codes import ROOT
from quanheng.scheme.tree.scheme import Scheme

if TYPE_CHECKING:
    from quanheng.data.book.book import Book
    from quanheng.engine.results.explanation.explained import Explained
    from quanheng.engine.results.explanation.reader import Evidence

Written: TypeAlias = Literal["ranking", "scores"]
"""The tables that an engine writes where its rows are."""


@dataclass(frozen=True, kw_only=True)
class Result(Shows):
    """Scores, places, tiers, awards and the trace of one round.

    `made` is the wide frame (`columns.py`), lazy on `engine`, or the steps that make it; every table below is
    taken from it when first asked for. `ranked` is the ranking, where it was computed at once. `weights`
    (group, node, parent, method, weight, share) is what the scheme states or what a method computed. `book`
    is None for a result of a frame. `held` are the reviews folded into the totals, None where none are.
    `over` are the values of several rounds, where the scheme compares with those.
    """

    scheme: Scheme
    round: str
    engine: Engine
    made: nw.LazyFrame[Any] | Rerun
    ranked: nw.DataFrame[Any] | None
    weights: nw.DataFrame[Any]
    findings: tuple[Finding, ...]
    conditions: tuple[Condition, ...] = ()
    book: Book | None = None
    held: HeldReviews | None = None
    over: nw.LazyFrame[Any] | None = None

    @property
    def plan(self) -> nw.LazyFrame[Any]:
        """The wide frame itself, lazy on `engine`."""
        return self.made.whole if isinstance(self.made, Rerun) else self.made

    @cached_property
    def ranking(self) -> nw.DataFrame[Any]:
        """unit, name, group, score, place, tier; by group in the scheme's order, best first."""
        if self.ranked is not None:
            return self.ranked
        return in_order(self.engine.collect(ranking_of(self.made)), self.scheme)

    @cached_property
    def wide(self) -> nw.DataFrame[Any]:
        """The wide frame itself, all stages of all units, sorted by unit."""
        return self.engine.collect(self.plan).sort(c.UNIT)

    @cached_property
    def all_findings(self) -> tuple[Finding, ...]:
        """The findings of the book and of the engine; those of a frame's result are looked for when asked."""
        return (*self.findings, *findings_of(self.plan, self.conditions, self.engine))

    @cached_property
    def missing(self) -> Missing:
        """What was not reported and whose weight was moved or filled."""
        return missing_of(self.plan, self.scheme, self.weights, self.engine)

    @cached_property
    def scores(self) -> nw.DataFrame[Any]:
        """unit, name, group, node, parent, level, marks, points, score, place: one row a unit and node.

        `place` is the unit's place in its group on the node's score; for the root it is the place of the
        ranking. Units stand in the order of the ranking, nodes in the order of the scheme.
        """
        return scores_of(self.wide, self.ranking, self.scheme)

    def scores_in_parts(self) -> Iterator[nw.DataFrame[Any]]:
        """Yield `scores` in their order, some units after others; nothing of them is kept."""
        from quanheng.engine.results.parts import PART  # noqa: PLC0415  a ranking needs no trace

        units = max(1, PART // len(self.scheme.nodes))
        return scores_in_parts(self.wide, self.ranking, self.scheme, units=units)

    @cached_property
    def tiers(self) -> nw.DataFrame[Any]:
        """unit, name, group, score, place, tier, vetoed."""
        vetoed = self.engine.collect(self.plan.select(c.UNIT, c.VETOED))
        return tiers_of(vetoed, self.ranking)

    @cached_property
    def awards(self) -> nw.DataFrame[Any]:
        """award, group, unit, name, recipient, place, score; in the order of the scheme, best first."""
        return awards_given(self.plan, self.scheme, round=self.round, engine=self.engine)

    @cached_property
    def reviews(self) -> nw.DataFrame[Any] | None:
        """unit, round, score, place of the reviews folded into the totals; None where none are folded.

        Units stand in the order of the ranking, rounds in that of the year.
        """
        return None if self.held is None else reviews_of(self.held, self.ranking)

    @cached_property
    def trace(self) -> nw.LazyFrame[Any]:
        """unit, node, step, stage, value, text: every step of every score, in no order (`trace.py`)."""
        from quanheng.engine.results.trace import trace_of  # noqa: PLC0415  the same

        return trace_of(self.plan, self.scheme, self.engine, self.source_texts)

    def trace_in_parts(self) -> Iterator[nw.DataFrame[Any]]:
        """Yield the trace some units after others, in the order of its columns, values at 12 digits."""
        from quanheng.engine.results.parts import parts_of_trace  # noqa: PLC0415  the same

        return parts_of_trace(self.wide, self.scheme, self.book, round=self.round)

    @cached_property
    def sources(self) -> nw.DataFrame[Any]:
        """unit, item, months_before, value, state, period, file, sheet, cell of every figure used."""
        return self._evidence.sources

    def write(self, table: Written, target: str | PathLike[str]) -> None:
        """Write the `ranking` or the `scores`, in their order, as Parquet to a new `target`.

        Polars writes one file. Spark's executors write a folder of files, whose names are in the order of the
        rows; no row comes through the driver, and `target` may be any address that Spark writes to.

        Raises:
            EngineError: `target` is there already, or cannot be written.
        """
        match table:
            case "ranking":
                known = None if self.ranked is None else self.ranked.lazy()
                rows = sorted_plan(ranking_of(self.made), self.scheme) if known is None else known
            case "scores":
                rows = scores_plan(self.plan, self.scheme)
            case _:
                assert_never(table)
        self.engine.write(rows, fspath(target))

    @property
    def source_texts(self) -> nw.LazyFrame[Any] | None:
        """unit, variable (a column of the wide frame), text: the cells of each figure in one text."""
        return None if self.book is None else self.engine.lift(source_texts(self.sources))

    def explain(self, unit: str, node: str = ROOT) -> Explained:
        """Return why `unit` (a code or a name) has its score at `node`; it prints well.

        Raises:
            UsageError: there is no such unit or node.
        """
        from quanheng.engine.results.explanation.explain import explain  # noqa: PLC0415  only who asks waits for it

        return explain(self._evidence, unit, node)

    @cached_property
    def _evidence(self) -> Evidence:
        from quanheng.engine.results.explanation.reader import Evidence  # noqa: PLC0415  the same

        return Evidence(
            scheme=self.scheme,
            round=self.round,
            engine=self.engine,
            plan=self.plan,
            ranking=self.ranking,
            book=self.book,
            held=self.held,
            over=self.over,
        )


def ranking_of(made: nw.LazyFrame[Any] | Rerun, *further: str) -> nw.LazyFrame[Any]:
    """Return the columns of a ranking, in no order; of known stages only what these need is taken."""
    names = (c.UNIT, c.NAME, c.GROUP, c.score(ROOT), c.PLACE, c.TIER, *further)
    plan = made.only(names) if isinstance(made, Rerun) else made.select(*names)
    return plan.rename({c.score(ROOT): "score"})
