"""Conditions and amounts over what is known of a unit: gates, vetoes, tiers and awards.

The trees are compiled by `expressions.py`. What is added here is how a condition ends that cannot be judged
because a figure is absent: it does not hold. `not (accidents > 0)` does not hold either where the number
of accidents was never reported; but `tier == 'A' or accidents < 1` holds for a unit of tier A, whatever the
accidents.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, Final

import narwhals as nw

from quanheng.engine.formulas.expressions import Scope, compiled
from quanheng.engine.formulas.operations import Compiled
from quanheng.engine.frame import columns as c
from quanheng.engine.frame.rounding import comparable
from quanheng.scheme.fields.codes import ROOT
from quanheng.scheme.formulas.numbers import VAST
from quanheng.scheme.formulas.tree import Formula
from quanheng.scheme.tree.scheme import Scheme

_WORDS: Final[Mapping[str, str]] = {
    "group": c.GROUP,
    "place": c.PLACE,
    "tier": c.TIER,
    "veto": c.VETOED,
    "vetoed": c.VETOED,
    "last_place": c.LAST_PLACE,
    "last_tier": c.LAST_TIER,
    "last_score": c.LAST_SCORE,
    "place_gain": c.PLACE_GAIN,
    "score_gain": c.SCORE_GAIN,
    "first_tier_streak": c.FIRST_TIER_STREAK,
    "first_tier_count": c.FIRST_TIER_COUNT,
}
"""The words of a result, and their columns."""
TEXT_WORDS: Final = frozenset({"group", "tier", "veto", "vetoed", "last_tier"})
"""Those that are no numbers."""


def judged(condition: Formula, scope: Scope) -> nw.Expr:
    """Return whether `condition` holds: null where absent figures leave it open.

    Examples:
        >>> import polars as pl
        >>> from quanheng.scheme.formulas.parse import parse_formula
        >>> frame = nw.from_native(pl.DataFrame({"item|growth": [8.2, 7.9, None]}))
        >>> scope = Scope(columns=frozenset(frame.columns), items=frozenset({"growth"}))
        >>> frame.select(judged(parse_formula("growth >= 8"), scope).alias("gate"))["gate"].to_list()
        [True, False, None]
    """
    return compiled(condition.tree, scope).value


def holds(condition: Formula, scope: Scope) -> nw.Expr:
    """Return whether `condition` holds: false where absent figures leave it open."""
    return judged(condition, scope).fill_null(value=False)


def amount(formula: Formula, scope: Scope) -> nw.Expr:
    """Return the number `formula` gives: null where a figure it needs is absent or it cannot be computed."""
    meaning = compiled(formula.tree, scope)
    value = meaning.value.cast(nw.Float64())
    for flag in (meaning.not_applicable, meaning.undefined):
        if flag is not None:
            value = nw.when(~flag).then(value)
    return nw.when(value.abs() < VAST).then(value)


def with_outcome(scope: Scope, frame: nw.LazyFrame[Any], scheme: Scheme) -> Scope:
    """Return `scope` with the words of a result: `score`, `place`, `tier` …, and the scores of nodes by code.

    Only what is a column of `frame` by now has a meaning. A code that is both an item and a node means the
    item. Scores are taken as places compare them, without the noise beyond nine decimals.
    """
    columns = frozenset(frame.collect_schema().names())
    return replace(scope, columns=columns, names={**scope.names, **dict(_outcome(scope, columns, scheme))})


def _outcome(scope: Scope, columns: frozenset[str], scheme: Scheme) -> Iterator[tuple[str, Compiled]]:
    for node in scheme.nodes:
        if node.code not in scope.items and c.score(node.code) in columns:
            yield node.code, Compiled(value=comparable(nw.col(c.score(node.code))))
    if c.score(ROOT) in columns:
        yield "score", Compiled(value=comparable(nw.col(c.score(ROOT))))
    for word, column in _WORDS.items():
        if column in columns:
            yield word, Compiled(value=nw.col(column), number=word not in TEXT_WORDS)
