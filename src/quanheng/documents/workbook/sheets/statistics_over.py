"""What rules look at in several rounds: their figures are not in the book of one, so they stand as values."""

from __future__ import annotations

from typing import Final

import narwhals as nw

from quanheng.documents.workbook.draft.draft import Draft, Line
from quanheng.documents.workbook.formulas.cells import MISSING, Shown
from quanheng.documents.workbook.formulas.references import EVERYONE
from quanheng.documents.workbook.formulas.rows import FIRST
from quanheng.engine.frame import columns as c
from quanheng.scheme.rules.pool import (
    COUNT,
    COUNT_BESIDE_ZERO,
    EXTREMES,
    LEAST,
    MEAN,
    MEDIAN,
    MOST,
    Deviation,
    PoolStatistic,
    Rank,
    ValueOf,
)
from quanheng.scheme.tree.pools import Over, in_one_round
from quanheng.scheme.tree.scheme import Indicator


def can_be_looked_up(indicator: Indicator) -> bool:
    """Return whether what is compared with is one number for each group, or one for all."""
    places = any(isinstance(each, Rank) for each in indicator.rule.statistics())
    return in_one_round(indicator.within) in ("group", "all") and not places


def add_statistics_over(draft: Draft, indicator: Indicator) -> None:
    """Add the statistics of what the rule of `indicator` rates, each with the rounds it is of."""
    within = indicator.within
    assert isinstance(within, Over)  # noqa: S101 - narrows the type: of others they are live
    for found in indicator.rule.statistics():
        if isinstance(found, ValueOf):
            continue
        values = _values(draft, indicator, found)
        owned = _owners(draft, indicator, within, values) if found in EXTREMES else []
        named = f"statistic.{found.name}"
        title = draft.say(named) if found.name in _NAMED else found.name
        draft.add_line(
            "statistics",
            Line(
                key=c.stat(indicator.code, found.name),
                texts=(indicator.code, draft.name_of(indicator), title, _remark(draft, within, owned)),
                role="frozen",
                values=values,
            ),
        )


def _values(draft: Draft, indicator: Indicator, found: PoolStatistic) -> dict[str, Shown]:
    """Return the number of each pool, which all its units have beside them."""
    numbers = draft.facts.numbers(c.stat(indicator.code, found.name))
    groups = {group: rows for group, rows in draft.rows.groups.items() if group in indicator.groups}
    pools = {EVERYONE: draft.rows.all} if in_one_round(indicator.within) == "all" else groups
    shown: dict[str, Shown] = {}
    for pool, rows in pools.items():
        known = (each for each in numbers[rows.start - FIRST : rows.stop - FIRST] if each is not None)
        shown[pool] = next(known, MISSING)
    return shown


def _owners(draft: Draft, indicator: Indicator, within: Over, values: dict[str, Shown]) -> list[str]:
    """Return who has the value of each pool, and in which round: the first of them."""
    plan = draft.result.over
    if plan is None:
        return []
    rounds = [str(each) for each in within.rounds]
    rated = nw.col(c.treated(indicator.code))
    wanted = plan.filter(nw.col(c.ROUND).is_in(rounds) & rated.is_in(list(values.values())))
    rows = draft.result.engine.collect(wanted.select(c.ROUND, c.UNIT, c.NAME, c.GROUP, rated.alias("value")))
    found: list[str] = []
    for pool, value in values.items():
        own = rows.filter(nw.col("value") == value).sort(c.ROUND, c.UNIT)
        own = own if pool == EVERYONE else own.filter(nw.col(c.GROUP) == pool)
        found.extend(f"{name or unit} {of}" for unit, name, of in own.select(*_WHO).head(1).rows())
    return found[:_MOST]


def _remark(draft: Draft, within: Over, owners: list[str]) -> str:
    if not owners:
        return draft.say("statistic.over", rounds=within.text)
    return draft.say("statistic.over_of", rounds=within.text, owners="; ".join(owners))


_WHO: Final = (c.UNIT, c.NAME, c.ROUND)
_MOST: Final = 12
_NAMED: Final = frozenset(
    {each.name for each in (COUNT, COUNT_BESIDE_ZERO, LEAST, MOST, MEAN, MEDIAN, Deviation(1))}
)
