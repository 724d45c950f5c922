"""Many rounds of a book scored together: the rows of the wide frame are units × rounds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

import narwhals as nw

from quanheng.engine.figures.for_round import rounds_by_scheme, scheme_for
from quanheng.engine.figures.grid import lay_out_rounds
from quanheng.engine.formulas.measures import value_measures, with_measures
from quanheng.engine.frame import columns as c
from quanheng.engine.frame.again.replays import Origin, made_once
from quanheng.engine.frame.engines import Engine, polars_engine
from quanheng.engine.frame.holding import MANY, run_once
from quanheng.engine.stages.adjustments.adjust import rows_between
from quanheng.engine.stages.problems import findings_of
from quanheng.engine.stages.run import Scored, staged
from quanheng.findings.finding import require_no_errors
from quanheng.periods.stretch import Stretch
from quanheng.scheme.fields.codes import ROOT
from quanheng.scheme.gaps.policies import MissingRedistributed
from quanheng.scheme.tree.natures import value_formula
from quanheng.scheme.tree.pools import Over
from quanheng.scheme.tree.scheme import Dimension, Indicator, Node, Scheme

if TYPE_CHECKING:
    from quanheng.data.book.book import Book
    from quanheng.data.book.frames import Frame

POOL: Final = (c.GROUP, c.ROUND)
"""The units compared with each other are those of one group in one round."""
TOTALS: Final = ("unit", "name", "group", "round", "score", "place", "tier", "available", "vetoed")


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
    weights: nw.DataFrame[Any]
    """Group, node, parent, method, weight, share; what is computed in each round stands in the plan."""

    @cached_property
    def wide(self) -> nw.DataFrame[Any]:
        """The wide frame itself, sorted by round, in the order of `rounds`, and unit."""
        return self._sorted(self.engine.collect(self.plan))

    @cached_property
    def totals(self) -> nw.DataFrame[Any]:
        """unit, name, group, round, score, place, tier, available, vetoed: a row for each unit and round.

        `available` is the part of the unit's weight that has a measure of its own (absence §7).
        """
        total = nw.col(c.score(ROOT)).alias("score")
        columns = [total if name == "score" else nw.col(name) for name in TOTALS]
        return self._sorted(self.engine.collect(self.plan.select(*columns)))

    @cached_property
    def indicators(self) -> nw.DataFrame[Any]:
        """unit, name, group, round, indicator, measure, value, absence, points, marks, score.

        A row for each unit, round and indicator that applies to its group, in the order of the scheme.
        `value` is what a target is stated of: the measure, or e where that is `completion(e)`. `absence` is
        one of the codes of `columns.py`.
        """
        names = set(self.plan.collect_schema().names())
        of_each = (c.measure, c.value, c.absence, c.points, c.marks, c.score)
        columns = [name(each.code) for each in self.scheme.indicators for name in of_each]
        who = (c.UNIT, c.NAME, c.GROUP, c.ROUND)
        wanted = self.plan.select(*who, *[name for name in columns if name in names])
        wide = self._sorted(self.engine.collect(wanted))
        parts = [_rows_of(indicator, wide) for indicator in self.scheme.indicators]
        return nw.concat(parts, how="vertical")

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

    `due` has the targets: unit, round, indicator, due, basis, as `due_targets` gives them. Without it they
    are those of `score`: stated for the round, else what is due where the indicator has a pace.

    With `lenient`, what is missing is never an error: its weight is shared out, whatever the scheme's gaps
    say, every unit with a total is ranked, and a scheme without any pace is taken to have an even one.
    Without it each round is what `score` makes of it.

    Raises:
        FindingsError: a figure cannot be had from the book, as an attribute that is no number; without
            `lenient` whatever `score` raises for one of the rounds.
    """
    parts = [
        (whole, each)
        for whole, own in _by_mergers(book, rounds)
        for each in rounds_by_scheme(book.scheme, own)
    ]
    if len(parts) == 1:
        ((book, _),) = parts
    if len(parts) > 1:
        apart = [score_rounds(of, each, due=due, engine=engine, lenient=lenient) for of, each in parts]
        plan = nw.concat([each.plan for each in apart], how="diagonal")
        return replace(apart[0], rounds=dict(rounds), plan=plan)
    count = len(book.units) * len(rounds)
    engine = engine or polars_engine(streaming=count > MANY)
    own = scheme = scheme_for(book.scheme, next(iter(rounds.values()))) if rounds else book.scheme
    if lenient:
        # the same object each time, so that its stages are compiled once
        scheme = made_once(Origin("lenient", own), lambda: lenient_scheme(own))
    whole, book = book, replace(book, scheme=scheme)
    grid = lay_out_rounds(book, rounds, lenient=lenient, targets=due is None)
    frame = engine.lift(run_once(grid, rows=count))
    if due is not None:
        frame = _with_due(frame, due, scheme, engine)
    if any(isinstance(each.within, Over) for each in scheme.all_rated):
        from quanheng.engine.results.over_rounds import with_rounds_looked_over  # noqa: PLC0415  in few schemes

        frame, _, _ = with_rounds_looked_over(frame, whole, scheme, rounds, engine)
    frame = _with_values(frame, scheme, engine)
    scored = staged(frame, scheme, engine, rows=_adjustments(book, rounds), pool=POOL, available=True)
    if not lenient:
        _require_sound(scored, rounds, engine)
    require_no_errors(scored.notes)
    return Rounds(
        scheme=scheme,
        rounds=dict(rounds),
        engine=engine,
        plan=scored.plan,
        book=book,
        weights=scored.weighing.table,
    )


def _by_mergers(book: Book, rounds: Mapping[str, Stretch]) -> list[tuple[Book, Mapping[str, Stretch]]]:
    """Return `rounds` with the book they are of, those apart before and after a unit went into another."""
    if book.spells is None:
        return [(book, rounds)]
    from quanheng.data.book.mergers import absorbed_on, merged_on  # noqa: PLC0415  in most books no unit comes or goes

    spells = book.spells
    found: dict[frozenset[tuple[str, str]], dict[str, Stretch]] = {}
    for name, stretch in rounds.items():
        found.setdefault(frozenset(absorbed_on(spells, stretch.end).items()), {})[name] = stretch
    return [(merged_on(book, next(iter(own.values())).end), own) for own in found.values()]


def _with_due(frame: nw.LazyFrame[Any], due: Frame, scheme: Scheme, engine: Engine) -> nw.LazyFrame[Any]:
    """Join the targets that a table has for each unit and round."""
    present = set(due["indicator"].unique().to_list())
    for code in (indicator.code for indicator in scheme.indicators if indicator.code in present):
        own = due.filter(nw.col("indicator") == code)
        none = nw.col("basis") == "not_applicable"
        columns = [nw.col("due").alias(c.target(code))]
        if bool(own.select(none.any().alias("any")).item()):
            columns.append(none.alias(c.target_na(code)))
        own = own.select(c.UNIT, c.ROUND, *columns)
        frame = frame.join(engine.lift(own.lazy()), on=[c.UNIT, c.ROUND], how="left")
    return frame


def _with_values(frame: nw.LazyFrame[Any], scheme: Scheme, engine: Engine) -> nw.LazyFrame[Any]:
    """Add `value|…` of the indicators whose measure is the completion of it."""
    completions = [each for each in scheme.indicators if value_formula(each) != each.measure]
    if not completions:
        return frame
    codes = [each.code for each in completions]
    valued = with_measures(frame, value_measures(completions), scheme, engine, pool=POOL)
    return valued.rename({c.measure(code): c.value(code) for code in codes}).drop(
        *[c.absence(code) for code in codes]
    )


def _adjustments(book: Book, rounds: Mapping[str, Stretch]) -> nw.DataFrame[Any]:
    """Return the adjustments that count in each of the rounds."""
    parts = [
        rows_between(book.adjustments, stretch.start, stretch.end).with_columns(nw.lit(name).alias(c.ROUND))
        for name, stretch in rounds.items()
    ]
    return nw.concat(parts, how="vertical")


def _require_sound(scored: Scored, rounds: Mapping[str, Stretch], engine: Engine) -> None:
    """Raise what is wrong with the first of the rounds that has something wrong."""
    problems = scored.plan.filter(nw.col(c.PROBLEM)).select(c.ROUND).unique()
    wrong = set(engine.collect(problems)[c.ROUND].to_list())
    for name in rounds:
        if name in wrong:
            rows = scored.plan.filter(nw.col(c.ROUND) == name)
            require_no_errors((*scored.notes, *findings_of(rows, scored.conditions, engine)))


def _rows_of(indicator: Indicator, wide: nw.DataFrame[Any]) -> nw.DataFrame[Any]:
    """Return the rows of one indicator, for the units it applies to."""
    code = indicator.code
    value = c.value(code) if c.value(code) in wide.columns else c.measure(code)
    return wide.filter(nw.col(c.GROUP).is_in(list(indicator.groups))).select(
        *(c.UNIT, c.NAME, c.GROUP, c.ROUND),
        nw.lit(code).alias("indicator"),
        nw.col(c.measure(code)).alias("measure"),
        nw.col(value).alias("value"),
        nw.col(c.absence(code)).cast(nw.Int8()).alias("absence"),
        nw.col(c.points(code)).alias("points"),
        nw.col(c.marks(code)).alias("marks"),
        nw.col(c.score(code)).alias("score"),
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
