"""A panel: several rounds of a book scored in one plan, each with the result it has when scored alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

import narwhals as nw

from quanheng.engine.figures.grid import lay_out_panel
from quanheng.engine.figures.grid_laws import check_figures, check_lookups, check_sources
from quanheng.engine.figures.looked_up.lookups import Lookups, lookups_of
from quanheng.engine.figures.targets.laws import check_goals
from quanheng.engine.frame import columns as c
from quanheng.engine.frame.engines import Engine, polars_engine
from quanheng.engine.frame.holding import MANY, run_once
from quanheng.engine.frame.rounding import comparable
from quanheng.engine.results.result import Result
from quanheng.engine.results.rounds import POOL
from quanheng.engine.results.score import (
    asked,
    beside_published,
    conditions_of,
    looked_over,
    result_of,
    score,
)
from quanheng.engine.stages.problems import counts_by_round
from quanheng.engine.stages.reviews.part import is_review
from quanheng.engine.stages.run import staged
from quanheng.findings.collector import each_once
from quanheng.findings.finding import Finding, FindingsError, Kind, has_errors, require_no_errors
from quanheng.findings.value import Value
from quanheng.periods.period import parse_period
from quanheng.periods.stretch import stretch_of
from quanheng.scheme.tree.scheme import Scheme
from quanheng.scheme.tree.uses import reviews_looked_at

if TYPE_CHECKING:
    from quanheng.data.book.book import Book

RANKING: Final = (
    *("round", "unit", "name", "group", "score", "place", "tier"),
    *("score_change", "places_gained"),
)
_BEFORE: Final = "|before"


@dataclass(frozen=True, kw_only=True)
class Panel:
    """The results of several rounds, by round in the order of time."""

    results: Mapping[str, Result]

    @cached_property
    def ranking(self) -> nw.DataFrame[Any]:
        """round, unit, name, group, score, place, tier, score_change, places_gained: the rankings in one.

        What a unit gained is against the round before in the panel; nothing is said of a unit that was not
        in that, and no places are compared between two groups.
        """
        parts: list[nw.DataFrame[Any]] = []
        before: nw.DataFrame[Any] | None = None
        for name, result in self.results.items():
            own = _typed(result.ranking, name)
            parts.append(_compared(own, own.head(0) if before is None else before))
            before = own
        return nw.concat(parts, how="vertical")

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What was found in the rounds, each once."""
        return tuple(each_once(finding for result in self.results.values() for finding in result.findings))


def _typed(ranking: nw.DataFrame[Any], name: str) -> nw.DataFrame[Any]:
    return ranking.select(
        nw.lit(name).alias("round"),
        *(nw.col(column).cast(nw.String()) for column in (c.UNIT, c.NAME, c.GROUP)),
        nw.col("score").cast(nw.Float64()),
        nw.col(c.PLACE).cast(nw.Int64()),
        nw.col(c.TIER).cast(nw.String()),
    )


def _compared(own: nw.DataFrame[Any], before: nw.DataFrame[Any]) -> nw.DataFrame[Any]:
    """Return the ranking of a round, in its order, with what changed since the one before."""
    columns = (c.GROUP, "score", c.PLACE)
    earlier = before.select(c.UNIT, *(nw.col(name).alias(f"{name}{_BEFORE}") for name in columns))
    both = own.with_row_index("order").join(earlier, on=c.UNIT, how="left").sort("order")
    alike = nw.col(f"{c.GROUP}{_BEFORE}") == nw.col(c.GROUP)
    return both.with_columns(
        comparable(nw.col("score") - nw.col(f"score{_BEFORE}")).alias("score_change"),
        nw.when(alike).then(nw.col(f"{c.PLACE}{_BEFORE}") - nw.col(c.PLACE)).alias("places_gained"),
    ).select(*RANKING)


ROUND_FAILS: Final = Kind(
    code="QH598",
    severity="error",
    en="{round} cannot be scored; its errors follow ({count})",
    zh="{round}无法计分：有{count}个错误，列于其后",
    hint_en="mend them, or leave this round out of those that are named",
    hint_zh="请更正，或在所列考核期中去掉这一期",
)


def score_panel(book: Book, rounds: Sequence[str], *, engine: Engine | None = None) -> Panel:
    """Return the results of `rounds` (canonical texts), scored in as few plans as the scheme allows.

    Each is the very result that `score` gives of this round alone: units are compared with those of the same
    round, and what was published before it is its history. Rounds of which the scheme asks the same are one
    plan; a round into which reviews are folded, and one of a scheme that treats outliers or computes weights
    from the points, is a plan of its own, as is each where units times rounds are more than 100,000.

    Raises:
        FindingsError: rounds have errors; those of all of them together.
    """
    results: dict[str, Result] = {}
    errors: list[Finding] = []
    for name, result in _scored(book, rounds, engine):
        if isinstance(result, Result):
            results[name] = result
        else:
            wrong = tuple(finding for finding in result.findings if finding.severity == "error")
            errors.extend((ROUND_FAILS.at(round=name, count=len(wrong)), *wrong))
    require_no_errors(errors)
    return Panel(results={name: results[name] for name in rounds})


_OF_A_ROW: Final = (c.UNIT, "marks", "reason", "date", "evidence", "file", "sheet", "cell")
"""What differs between adjustments that are the same step of a trace."""


class _Asked(Value):
    """A round as it is to be scored: the book as it takes part in it, and notes on what is left out."""

    round: str
    part: Any
    lookups: Lookups
    given: frozenset[tuple[str, ...]]
    """To what nodes marks of which kind are given: of others there is no step in the trace."""
    notes: tuple[Finding, ...]

    def is_alike(self, other: _Asked) -> bool:
        """Return whether the same is asked in another round."""
        return self.given == other.given and self.part.scheme == other.part.scheme


def _scored(
    book: Book, rounds: Sequence[str], engine: Engine | None
) -> Iterator[tuple[str, Result | FindingsError]]:
    together: list[list[_Asked]] = []
    for name in rounds:
        each = _asked_of(book, name) if len(book.units) * len(rounds) <= MANY else None
        if each is None:
            yield name, _alone(book, name, engine)
            continue
        alike = next((group for group in together if group[0].is_alike(each)), None)
        if alike is None:
            together.append([each])
        else:
            # the same object each time, so that its stages are compiled once
            alike.append(replace(each, part=replace(each.part, scheme=alike[0].part.scheme)))
    for group in together:
        if len(group) == 1:
            yield group[0].round, _alone(book, group[0].round, engine)
        else:
            yield from _in_one_plan(book, group, engine or polars_engine())


def _asked_of(book: Book, name: str) -> _Asked | None:
    """Return what is asked in a round; None where it has to be scored by itself."""
    reviews = book.scheme.reviews
    if reviews is not None and reviews.fold is not None and parse_period(name).every == "year":
        return None
    if reviews_looked_at(book.scheme) and not is_review(book.scheme, name):
        return None
    if book.spells is not None:
        from quanheng.data.book.mergers import merges  # noqa: PLC0415  in most books no unit comes or goes

        if merges(book):
            return None  # a unit is another whole from one round to the next
    try:
        part, notes = asked(book, name)
    except FindingsError:
        return None
    if not _is_shared(part.scheme):
        return None
    lookups = lookups_of(part.scheme, stretch_of(name))
    if has_errors((*check_figures(part, lookups), *check_sources(part, lookups))):
        return None
    rows = part.adjustments
    given = frozenset(rows.drop(*(name for name in _OF_A_ROW if name in rows.columns)).unique().iter_rows())
    return _Asked(round=name, part=part, lookups=lookups, given=given, notes=notes)


def _is_shared(scheme: Scheme) -> bool:
    """Return whether several rounds by `scheme` can be one plan and each tell its own findings."""
    treated = any(indicator.treat is not None for indicator in scheme.indicators)
    return not treated and not any(dimension.method.is_computed for dimension in scheme.dimensions)


def _alone(book: Book, name: str, engine: Engine | None) -> Result | FindingsError:
    try:
        return score(book, round=name, engine=engine)
    except FindingsError as error:
        return error


def _in_one_plan(
    book: Book, group: Sequence[_Asked], engine: Engine
) -> Iterator[tuple[str, Result | FindingsError]]:
    """Yield the results of rounds of which one scheme asks the same."""
    part = replace(group[0].part, units=book.units)
    rounds = {each.round: stretch_of(each.round) for each in group}
    grid, held = lay_out_panel(part, rounds)
    frame = engine.lift(run_once(grid, rows=len(part.units) * len(rounds)))
    frame, over, told = looked_over(frame, book, part.scheme, rounds, engine)
    rows = [each.part.adjustments.with_columns(nw.lit(each.round).alias(c.ROUND)) for each in group]
    scored = staged(frame, part.scheme, engine, rows=nw.concat(rows, how="vertical"), pool=POOL)
    counts = counts_by_round(scored.plan, conditions_of(scored, part.scheme), engine)
    for each in group:
        plan = engine.settle(scored.plan.filter(nw.col(c.ROUND) == each.round).drop(c.ROUND))
        own = replace(scored, made=plan)
        of_grid = check_lookups(
            each.part, each.lookups, check_goals(each.part, each.lookups.stretch), held=held
        )
        try:
            found = result_of(
                book,
                each.part,
                each.round,
                own,
                engine,
                of_grid=of_grid,
                counts=counts.get(each.round),
                notes=(*each.notes, *told),
                over=over,
            )
        except FindingsError as error:
            yield each.round, error
        else:
            yield each.round, beside_published(found, book)
