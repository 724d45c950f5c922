"""升降归因, what moved each unit between two rounds: amounts of every cause, which add up exactly."""

from __future__ import annotations

import functools
import math
import operator
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias

import narwhals as nw

from quanheng.engine.frame import columns as c
from quanheng.engine.results.published import differing
from quanheng.engine.stages.adjustments.categories import KINDS, AdjustmentKind
from quanheng.engine.stages.places.places import in_order
from quanheng.findings.value import Value
from quanheng.scheme.fields.codes import ROOT
from quanheng.scheme.formulas.numbers import DIGITS
from quanheng.scheme.tree.scheme import Dimension, Indicator, Node, Scheme

if TYPE_CHECKING:
    from quanheng.engine.results.result import Result

Cause: TypeAlias = Literal["indicator", "bonus", "penalty", "fold", "aggregation", "rounding", "published"]
"""What moves a total: an indicator's score; marks given or taken at a node; what a node's mean (if it is not
an arithmetic one) or coefficient adds to the sum of its children; the reviews folded in; rounding; what a
published total has beyond the one that the book gives now."""
TOTALS: Final = (
    *("unit", "name", "group", "score_before", "score_after", "change"),
    *("place_before", "place_after", "places_gained"),
)
CAUSES: Final = (
    *("unit", "name", "group", "cause", "node", "before", "after", "change"),
    *("measure_before", "measure_after", "points_before", "points_after", "marks_before", "marks_after"),
)
_DETAILS: Final = CAUSES[8:]
Terms: TypeAlias = tuple[tuple[int, str], ...]
"""Columns of the wide frame, each with a sign."""
_AMOUNTS: Final = ("before", "after", "change")
_BEFORE, _AFTER = " before", " after"
_ORDER, _UNIT_ORDER = "cause_order", "unit_order"
_SIGNS: Final[Mapping[AdjustmentKind, int]] = {"bonus": 1, "penalty": -1}
_DECIMALS: Final = 9
"""Amounts are explained with nine decimals, as places compare scores (rounding §3)."""
_TOTAL: Final = "total that counts"
"""The published total of a unit in a round, else the one computed."""
_SMALL: Final = 10.0 ** (DIGITS - _DECIMALS)
"""From this size on amounts have so many fewer decimals that 15 digits are left."""


@dataclass(frozen=True, kw_only=True)
class Moves:
    """What moved the units between the rounds `before` and `after`.

    `totals` has the columns `TOTALS`, a row for each unit of the later round in the order of its ranking;
    the change is null where a round gave no total. `causes` has the columns `CAUSES`: for each unit with a
    total in both rounds a row for every indicator of its group, and one for each other cause that brings
    marks in either round, in the order of the scheme. `before` and `after` are the marks a
    cause brings (a penalty's are below 0), `change` their difference. Amounts have nine decimals, where some
    are of a million or more so many fewer that all have 15 digits, and as decimals the changes of a unit add
    up to that of its total exactly.
    """

    scheme: Scheme
    before: str
    after: str
    totals: nw.DataFrame[Any]
    causes: nw.DataFrame[Any]


def moves_between(
    before: Result,
    after: Result,
    *,
    published: Mapping[str, nw.DataFrame[Any]] | None = None,
    whole: Scheme | None = None,
) -> Moves:
    """Return what moved the units of a book from the round `before` to the round `after`.

    Both are results of one book, scored by the same scheme or the same part of it. An indicator without a
    score, as its weight was shared out, brings 0 marks. `published` has unit, score and place of rounds whose
    result was published, by round: totals and places are those, and what a result has changed since then is
    a cause of its own. `whole` is the scheme with the nodes of all times, if they come and go.
    """
    scheme = after.scheme if whole is None else whole
    wide = _both(before, after, published or {})
    scored = wide.filter(~nw.col(_was(_TOTAL)).is_null() & ~nw.col(_is(_TOTAL)).is_null())
    sources = tuple(_sources(scheme, wide.columns))
    decimals = _decimals(scored, sources)
    parts = [_amounts(scored, source, order, decimals) for order, source in enumerate(sources)]
    causes = nw.concat(parts, how="vertical")
    order = after.ranking.select(c.UNIT).with_row_index(_UNIT_ORDER)
    return Moves(
        scheme=scheme,
        before=before.round,
        after=after.round,
        totals=in_order(_totals(wide, decimals), after.scheme).select(*TOTALS),
        causes=causes.join(order, on=c.UNIT, how="left").sort(_UNIT_ORDER, _ORDER).select(*CAUSES),
    )


def totals_between(published: nw.DataFrame[Any], before: str, after: Result) -> Moves:
    """Return how the totals of `after` differ from the `published` ones of a round that left no figures.

    What moved them is not known: there are no causes.
    """
    past = published.select(
        c.UNIT,
        nw.col("score").cast(nw.Float64()).alias(_was(_TOTAL)),
        nw.col("place").cast(nw.Int64()).alias(_was(c.PLACE)),
    )
    now = after.wide.with_columns(nw.col(c.score(ROOT)).alias(_TOTAL))
    who = (c.UNIT, c.NAME, c.GROUP)
    later = now.rename({name: _is(name) for name in now.columns if name not in who})
    wide = later.join(past, on=c.UNIT, how="left")
    (rounding,) = (each for each in _sources(after.scheme, wide.columns) if each.cause == "rounding")
    return Moves(
        scheme=after.scheme,
        before=before,
        after=after.round,
        totals=in_order(_totals(wide, _DECIMALS), after.scheme).select(*TOTALS),
        causes=_amounts(wide.head(0), rounding, 0, _DECIMALS).select(*CAUSES),
    )


class _Source(Value):
    """One cause: the columns whose sum it is, each with a sign, and the units of which groups it moves."""

    cause: Cause
    node: str
    groups: tuple[str, ...]
    terms: Terms


def _sources(scheme: Scheme, names: Sequence[str]) -> Iterator[_Source]:
    """Yield every cause of the scheme's results; `names` are the columns of both rounds.

    What a dimension has beside its children's scores and the marks given at it is the effect of its
    aggregation, or of rounding; so all causes together are the total.
    """
    known = {name.removesuffix(_BEFORE).removesuffix(_AFTER) for name in names}
    every = tuple(group.code for group in scheme.groups)
    rounding: list[tuple[int, str]] = []
    for node in scheme.nodes:
        if c.score(node.code) not in known:
            continue  # it was in force in neither round
        given = [(kind, c.adjust(node.code, kind)) for kind in KINDS if c.adjust(node.code, kind) in known]
        marks = tuple((-_SIGNS[kind], column) for kind, column in given)
        if isinstance(node, Indicator):
            own: Terms = ((1, c.score(node.code)), *marks)
            yield _Source(cause="indicator", node=node.code, groups=node.groups, terms=own)
        else:
            children = tuple((-1, c.score(child.code)) for child in node.children)
            rest: Terms = ((1, _own_score(node, known)), *children, *marks)
            if _adds_up(node):
                rounding.extend(rest)
            else:
                yield _Source(cause="aggregation", node=node.code, groups=node.groups, terms=rest)
        for kind, column in given:
            term: Terms = ((_SIGNS[kind], column),)
            yield _Source(cause=kind, node=node.code, groups=node.groups, terms=term)
    if c.OWN_TOTAL in known:
        folded: Terms = ((1, c.score(ROOT)), (-1, c.OWN_TOTAL))
        yield _Source(cause="fold", node=ROOT, groups=every, terms=folded)
    yield _Source(cause="rounding", node=ROOT, groups=every, terms=tuple(rounding))
    changed: Terms = ((1, _TOTAL), (-1, c.score(ROOT)))
    yield _Source(cause="published", node=ROOT, groups=every, terms=changed)


def _own_score(node: Node, known: Collection[str]) -> str:
    """Return the column of a node's score before the reviews are folded into it."""
    return c.OWN_TOTAL if node.code == ROOT and c.OWN_TOTAL in known else c.score(node.code)


def _adds_up(node: Dimension) -> bool:
    """Return whether the score of `node` is the sum of its children's but for rounding."""
    return node.adds_up and node.coefficient is None and not node.bounds


def _decimals(scored: nw.DataFrame[Any], sources: Sequence[_Source]) -> int:
    """Return the decimals of amounts: in steps of the last of them, amounts and sums are exact."""
    columns = {at(column) for source in sources for _, column in source.terms for at in (_was, _is)}
    there = sorted(columns & set(scored.columns))
    sizes = scored.select(nw.col(there).abs().max()).row(0) if there else ()
    most = max((size for size in sizes if size is not None), default=0.0)
    return _DECIMALS if most < _SMALL else DIGITS - 1 - math.floor(math.log10(most))


def _amounts(scored: nw.DataFrame[Any], source: _Source, order: int, decimals: int) -> nw.DataFrame[Any]:
    """Return the rows of one cause; marks that were not given in either round are no cause."""
    before, after = (_sum(scored, source.terms, at, decimals) for at in (_was, _is))
    rows = scored.filter(nw.col(c.GROUP).is_in(list(source.groups))).select(
        *(c.UNIT, c.NAME, c.GROUP),
        nw.lit(source.cause).alias("cause"),
        nw.lit(source.node).alias("node"),
        before.alias("before"),
        after.alias("after"),
        (after - before).alias("change"),
        *_details(scored, source),
        nw.lit(order).cast(nw.Int64()).alias(_ORDER),
    )
    if source.cause != "indicator":
        rows = rows.filter((nw.col("before") != 0) | (nw.col("after") != 0))
    return rows.with_columns(*[_marks(nw.col(name), decimals).alias(name) for name in _AMOUNTS])


def _sum(scored: nw.DataFrame[Any], terms: Terms, at: Callable[[str], str], decimals: int) -> nw.Expr:
    """Return the sum of the columns of one round in steps of the last decimal; absent ones add none."""
    there = [(sign, at(column)) for sign, column in terms if at(column) in scored.columns]
    amounts = [sign * _whole(nw.col(column).fill_null(0.0), decimals) for sign, column in there]
    return functools.reduce(operator.add, amounts, nw.lit(0).cast(nw.Int64()))


def _details(scored: nw.DataFrame[Any], source: _Source) -> Iterator[nw.Expr]:
    """Yield measure, points and marks of an indicator in both rounds; nulls for other causes."""
    columns = {"measure": c.measure, "points": c.points, "marks": c.marks}
    for detail in _DETAILS:
        what, _, when = detail.partition("_")
        name = (_was if when == "before" else _is)(columns[what](source.node))
        here = source.cause == "indicator" and name in scored.columns
        value = nw.col(name).cast(nw.Float64()) if here else nw.lit(None, dtype=nw.Float64())
        yield value.alias(detail)


def _whole(marks: nw.Expr, decimals: int) -> nw.Expr:
    """Return `marks` as a whole number of steps of the last decimal, in which sums are exact."""
    return (marks * 10.0**decimals).round().cast(nw.Int64())


def _marks(steps: nw.Expr, decimals: int) -> nw.Expr:
    """Return the double nearest to the decimal number."""
    return (steps.cast(nw.Float64()) / 10.0**decimals).round(decimals)


def _both(before: Result, after: Result, published: Mapping[str, nw.DataFrame[Any]]) -> nw.DataFrame[Any]:
    """Return a row for each unit of the later round, with the columns of both, the earlier ones marked."""
    earlier = _that_counts(before, published.get(before.round)).drop(c.NAME)
    earlier = earlier.rename({name: _was(name) for name in earlier.columns if name != c.UNIT})
    who = (c.UNIT, c.NAME, c.GROUP)
    now = _that_counts(after, published.get(after.round))
    later = now.rename({name: _is(name) for name in now.columns if name not in who})
    return later.join(earlier, on=c.UNIT, how="left")


def _that_counts(result: Result, published: nw.DataFrame[Any] | None) -> nw.DataFrame[Any]:
    """Return the wide frame of a result with the total that counts; its place is the published one."""
    wide, own = result.wide, nw.col(c.score(ROOT))
    if published is None:
        return wide.with_columns(own.alias(_TOTAL))
    others = differing(published, result.ranking).select(
        c.UNIT, "score_published", "place_published", nw.lit(value=True).alias("differs")
    )
    joined = wide.join(others, on=c.UNIT, how="left")
    known = nw.col(c.UNIT).is_in(published[c.UNIT].to_list())
    differs = nw.col("differs").fill_null(value=False)
    total = nw.when(differs).then(nw.col("score_published")).otherwise(own)
    place = nw.when(differs).then(nw.col("place_published")).otherwise(nw.col(c.PLACE).cast(nw.Int64()))
    return joined.with_columns(
        nw.when(known).then(total).alias(_TOTAL), nw.when(known).then(place).alias(c.PLACE)
    ).drop("score_published", "place_published", "differs")


def _was(column: str) -> str:
    return column + _BEFORE


def _is(column: str) -> str:
    return column + _AFTER


def _totals(wide: nw.DataFrame[Any], decimals: int) -> nw.DataFrame[Any]:
    was, now = nw.col(_was(_TOTAL)), nw.col(_is(_TOTAL))
    return wide.select(
        *(c.UNIT, c.NAME, c.GROUP),
        _marks(_whole(was, decimals), decimals).alias("score_before"),
        _marks(_whole(now, decimals), decimals).alias("score_after"),
        _marks(_whole(now, decimals) - _whole(was, decimals), decimals).alias("change"),
        nw.when(_alike(wide)).then(nw.col(_was(c.PLACE))).alias("place_before"),
        nw.col(_is(c.PLACE)).alias("place_after"),
        nw.when(_alike(wide)).then(nw.col(_was(c.PLACE)) - nw.col(_is(c.PLACE))).alias("places_gained"),
        nw.col(_is(c.PLACE)).alias(c.PLACE),
    )


def _alike(wide: nw.DataFrame[Any]) -> nw.Expr:
    """Return whether a unit was in the same group in both rounds: places of two groups are not compared."""
    if _was(c.GROUP) not in wide.columns:
        return nw.lit(value=True)
    return (nw.col(_was(c.GROUP)) == nw.col(c.GROUP)).fill_null(value=False)
