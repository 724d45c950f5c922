"""The honours a round gives (places §3, adjustments §4)."""

from __future__ import annotations

import functools
import operator
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

import narwhals as nw

from quanheng.engine.formulas.conditions import amount, holds, with_outcome
from quanheng.engine.formulas.expressions import Scope
from quanheng.engine.formulas.measures import with_formulas
from quanheng.engine.formulas.pooled import Wanted, with_pooled
from quanheng.engine.frame import columns as c
from quanheng.engine.frame.again.replays import Origin, made_once
from quanheng.engine.frame.engines import Engine
from quanheng.engine.frame.pools import over_pool, ranking_pool, with_everyone
from quanheng.engine.frame.rounding import comparable
from quanheng.engine.stages.places.places import quota
from quanheng.findings.text import Language
from quanheng.periods.period import parse_period
from quanheng.scheme.fields.codes import ROOT
from quanheng.scheme.formulas.scopes import AWARD_WORDS
from quanheng.scheme.formulas.tree import Formula
from quanheng.scheme.formulas.worded.wording import condition_in_english, condition_in_words, formula_in_words
from quanheng.scheme.grades.quotas import ByGroup, Quota
from quanheng.scheme.grades.tiers import Award
from quanheng.scheme.tree.names import names_of
from quanheng.scheme.tree.scheme import Scheme

AWARDS: Final = (
    "award",
    "group",
    "unit",
    "name",
    "recipient",
    "place",
    "score",
    "standing",
    "by",
    "reason_zh",
    "reason_en",
)
"""The columns of awards: `standing` is the place among those who could get it, `by` what was compared."""
_ORDER, _GROUP_ORDER = "award_order", "group_order"
_NO_AWARD: Final = Award(name="")


def awards_given(
    frame: nw.LazyFrame[Any],
    scheme: Scheme,
    *,
    round: str,  # noqa: A002 - the word of the language
    engine: Engine,
) -> nw.DataFrame[Any]:
    """Return who gets which award, and why: a row each, with the columns `AWARDS`.

    An award goes to ranked units of its groups that no veto bars (unless it says otherwise) and for which its
    condition holds; inside each group to the first `take` of these by `by`, greatest first, or by place. A
    share is one of all ranked units of the group (places §3). Units equal on the last place all get it; a
    unit without a value of `by` does not. An award of another length of round is not given.

    The order is that of the scheme's awards and groups, then the standing.
    """
    given = awards_of(scheme, round)
    if not given:  # in a panel, as often as there are rounds
        types = tuple(map(str, frame.select(c.UNIT, c.NAME, c.GROUP).collect_schema().dtypes()))
        nobody = Origin("no awards", scheme, (engine.name, types))
        return made_once(nobody, lambda: _nobody(frame, scheme, engine))
    known, meaning = with_outcome_known(frame, scheme, [award for _, award in given])
    parts = [
        _receivers(known, award, meaning, scheme).with_columns(nw.lit(order).cast(nw.Int64()).alias(_ORDER))
        for order, award in given
    ]
    return _sorted(engine.collect(nw.concat(parts, how="vertical")), scheme)


def _nobody(frame: nw.LazyFrame[Any], scheme: Scheme, engine: Engine) -> nw.DataFrame[Any]:
    """Return the table of awards where none are given."""
    known, meaning = with_outcome_known(frame, scheme, [])
    return engine.collect(_receivers(known.head(0), _NO_AWARD, meaning, scheme))


def awards_of(scheme: Scheme, round: str) -> list[tuple[int, Award]]:  # noqa: A002 - the word of the language
    """Return the awards given in a round of this length, each with its number in the scheme."""
    every = parse_period(round).every
    return [(order, award) for order, award in enumerate(scheme.awards) if award.every in {None, every}]


def with_outcome_known(
    frame: nw.LazyFrame[Any], scheme: Scheme, awards: Sequence[Award], *, pool: Sequence[str] = (c.GROUP,)
) -> tuple[nw.LazyFrame[Any], Scope]:
    """Return the frame and a scope in which the formulas of `awards` can be compiled."""
    formulas = list(_formulas(awards))
    known, scope = with_formulas(_without_pooled(frame), scheme, formulas, pool=pool)
    outcome = with_outcome(scope, known, scheme)
    wanted = [Wanted(formula.tree, "more") for formula in formulas]
    known, scopes = with_pooled(known, wanted, outcome, pool=pool)
    return known, scopes["more"]


def _sorted(table: nw.DataFrame[Any], scheme: Scheme) -> nw.DataFrame[Any]:
    groups = {group.code: 0 if scheme.ranks_all else order for order, group in enumerate(scheme.groups)}
    order = nw.col(c.GROUP).replace_strict(list(groups), list(groups.values()), return_dtype=nw.Int64())
    ordered = table.with_columns(order.alias(_GROUP_ORDER))
    return ordered.sort(_ORDER, _GROUP_ORDER, "standing", c.UNIT).select(*AWARDS)


def _without_pooled(frame: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
    """Return `frame` without the columns that stood for `share` and `place` in other formulas."""
    return frame.drop(*[name for name in frame.collect_schema().names() if name.startswith("pooled|")])


def _formulas(awards: Sequence[Award]) -> Iterator[Formula]:
    for award in awards:
        yield from (formula for formula in (award.condition, award.by) if formula is not None)


def receiving(
    frame: nw.LazyFrame[Any],
    award: Award,
    scope: Scope,
    scheme: Scheme,
    *,
    pool: Sequence[str] = (c.GROUP,),
) -> nw.LazyFrame[Any]:
    """Return the rows of those who get an award, with `by` and `standing`; `pool` is who is compared."""
    if scheme.ranks_all and isinstance(award.take if award.last is None else award.last, Mapping):
        frame = frame.with_columns(nw.col(c.PLACE).count().cast(nw.Int64()).over(*pool).alias(c.PLACED))
    by = nw.lit(None, dtype=nw.Float64()) if award.by is None else amount(award.by, scope)
    candidates = frame.with_columns(by.alias("by")).filter(_may_receive(award, scope))
    merit = -nw.col(c.PLACE) if award.by is None else comparable(nw.col("by"))
    from_above = award.last is None
    size = award.take if award.last is None else award.last
    # where all units stand in one ranking, only what is stated by group counts inside the group
    whole = pool if isinstance(size, Mapping) else ranking_pool(scheme, pool)
    standing = nw.col("standing").rank("min", descending=from_above).cast(nw.Int64())
    candidates = with_everyone(candidates.with_columns(merit.alias("standing")), scheme)
    candidates = candidates.with_columns(over_pool(standing, whole, candidates, scheme).alias("standing"))
    if size is not None:
        candidates = candidates.filter(nw.col("standing") <= quota(size, nw.col(c.PLACED)))
    return candidates


def _receivers(frame: nw.LazyFrame[Any], award: Award, scope: Scope, scheme: Scheme) -> nw.LazyFrame[Any]:
    names = names_of(scheme).in_formulas
    return receiving(frame, award, scope, scheme).select(
        nw.lit(award.name).alias("award"),
        nw.col(c.GROUP),
        nw.col(c.UNIT),
        nw.col(c.NAME),
        _recipient(award, scope).alias("recipient"),
        nw.col(c.PLACE),
        nw.col(c.score(ROOT)).alias("score"),
        nw.col("standing"),
        nw.col("by"),
        nw.concat_str(*_reason_in_chinese(award, names)).alias("reason_zh"),
        nw.concat_str(*_reason_in_english(award)).alias("reason_en"),
    )


def _may_receive(award: Award, scope: Scope) -> nw.Expr:
    demands = [~nw.col(c.PLACE).is_null()]
    if award.groups:
        demands.append(nw.col(c.GROUP).is_in(list(award.groups)))
    if not award.despite_veto:
        demands.append(~nw.col(c.VETOED))
    if award.condition is not None:
        demands.append(holds(award.condition, scope))
    if award.by is not None:
        demands.append(~nw.col("by").is_null())
    return functools.reduce(operator.and_, demands)


def _recipient(award: Award, scope: Scope) -> nw.Expr:
    """Return who is named: the unit, or the person in a column of the units; nobody without that column."""
    if award.recipient is None:
        return nw.col(c.NAME)
    column = c.attribute(award.recipient)
    return nw.col(column).cast(nw.String()) if column in scope.columns else nw.lit(None, dtype=nw.String())


def _reason_in_chinese(award: Award, names: Mapping[str, str]) -> Iterator[nw.Expr]:
    if award.by is not None:
        by = formula_in_words(award.by.text, names, scope=AWARD_WORDS)
        below = "倒数" if award.last is not None else ""
        yield from (nw.lit(f"按 {by} 排{below}第 "), _whole("standing"), nw.lit(" 名"))
    else:
        yield from (nw.lit("位次第 "), _whole(c.PLACE), nw.lit(" 名"))
    if award.last is not None:
        if award.by is None:
            yield from (nw.lit("；符合条件者中倒数第 "), _whole("standing"), nw.lit(" 名"))
        yield from (nw.lit("；取末 "), _size(award.last, "zh"))
    if award.take is not None:
        if award.by is None:
            yield from (nw.lit("；符合条件者中第 "), _whole("standing"), nw.lit(" 名"))
        yield from (nw.lit("；取前 "), _size(award.take, "zh"))
    if award.condition is not None:
        told = condition_in_words(award.condition.text, names=names, scope=AWARD_WORDS)
        formula = formula_in_words(award.condition.text, names, scope=AWARD_WORDS)
        yield nw.lit(f"；{told}（{formula}）")


def _reason_in_english(award: Award) -> Iterator[nw.Expr]:
    if award.by is not None:
        below = " from below" if award.last is not None else ""
        yield from (nw.lit("number "), _whole("standing"), nw.lit(f"{below} by {award.by}"))
    else:
        yield from (nw.lit("place "), _whole(c.PLACE))
    if award.last is not None:
        if award.by is None:
            yield from (nw.lit("; number "), _whole("standing"), nw.lit(" from below of those who qualify"))
        yield from (nw.lit("; taken are the last "), _size(award.last, "en"))
    if award.take is not None:
        if award.by is None:
            yield from (nw.lit("; number "), _whole("standing"), nw.lit(" of those who qualify"))
        yield from (nw.lit("; taken are the first "), _size(award.take, "en"))
    if award.condition is not None:
        yield nw.lit(f"; {condition_in_english(award.condition.text)} ({award.condition})")


def _whole(column: str) -> nw.Expr:
    return nw.col(column).cast(nw.String())


def _size(of: ByGroup[Quota], language: Language) -> nw.Expr:
    """Return how many are taken, in words: of the unit's group where it differs."""
    if not isinstance(of, Mapping):
        return nw.lit("" if of is None else of.in_words().in_language(language))
    told = nw.lit("")
    for group, quota_there in of.items():
        words = nw.lit(quota_there.in_words().in_language(language))
        told = nw.when(nw.col(c.GROUP) == group).then(words).otherwise(told)
    return told
