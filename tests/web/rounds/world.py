"""A small invented round for tests: a scheme, three units, two who report, somebody of the office."""

from __future__ import annotations

import datetime as dt
from typing import Final

from tests.web.people_of_all_roles import NOW, actor, somebody

from quanheng.web.base.actor import Actor
from quanheng.web.library.domain.versions import keep_version
from quanheng.web.library.models import Version
from quanheng.web.library.reading import ListedUnit
from quanheng.web.people.models import Account
from quanheng.web.rounds.domain.rounds import Plan, make_round, move_round
from quanheng.web.rounds.domain.tasks import Wish, assign
from quanheng.web.rounds.domain.values import Entry, Kept, save_values
from quanheng.web.rounds.models import AskedItem, AskedUnit, Cell, KeptRound

SCHEME: Final = """\
quanheng: 1
id: invented
title: {zh: 虚构考核, en: An invented assessment}
round: 2024
items:
  gdp: {name: 地区生产总值, measured_in: 亿元, kind: cumulative, every: quarter, from: 统计局}
  rate: {name: 增速, measured_in: '%', kind: rate, every: quarter}
  survey: {name: 满意度, kind: rate, every: year}
indicators:
  output: {measure: gdp, weight: 40, rule: percentile}
  growth: {measure: rate, weight: 40, rule: percentile}
  people: {measure: survey, weight: 20, rule: percentile}
"""
CHANGED: Final = SCHEME.replace("weight: 20", "weight: 10").replace("gdp, weight: 40", "gdp, weight: 50")
"""The same with other weights."""
UNITS: Final = tuple(ListedUnit(code=f"T{n}", name=f"镇{n}", group="all") for n in (1, 2, 3))
DUE: Final = NOW + dt.timedelta(days=10)
LATER: Final = NOW + dt.timedelta(hours=1)
TOO_LATE: Final = DUE + dt.timedelta(seconds=1)


def kept_scheme(text: str = SCHEME, *, seen: int = 0) -> Version:
    """Return the scheme as the office kept it."""
    return keep_version(by=actor("office", code="li"), at=NOW, text=text, units=UNITS, seen=seen)


def a_round(
    *,
    code: str = "2024-Q1",
    period: str = "2024-Q1",
    opened: bool = True,
    version: Version | None = None,
    reporters: tuple[str, str] = ("wang", "zhao"),
    at: dt.datetime = NOW,
) -> KeptRound:
    """Return a round in which wang reports T1 and T2, and zhao T3; it is open unless told otherwise."""
    office = actor("office", code="li")
    scheme = version or Version.objects.for_the_program().first() or kept_scheme()
    plan = Plan(
        code=code,
        title=f"{code}考核",
        scheme=scheme.pk,
        period=period,
        due=at + (DUE - NOW),
        units=frozenset({"T1", "T2", "T3"}),
    )
    kept = make_round(by=office, at=at, plan=plan)
    for reporter in reporters:
        if not Account.objects.for_the_program().filter(code=reporter).exists():
            somebody("reporter", code=reporter)
    items = frozenset(item.code for item in AskedItem.objects.for_the_program().filter(round=kept))
    wishes = (
        Wish(items=items, units=frozenset({"T1", "T2"}), reporter=reporters[0]),
        Wish(items=items, units=frozenset({"T3"}), reporter=reporters[1]),
    )
    assign(by=office, at=at, pk=kept.pk, wishes=wishes)
    if opened:
        move_round(by=office, at=at, pk=kept.pk, move="open")
    return KeptRound.objects.for_the_program().get(pk=kept.pk)


def place(kept: KeptRound, item: str, unit: str) -> tuple[int, int]:
    """Return the keys of an item and a unit of a round."""
    found = AskedItem.objects.for_the_program().get(round=kept, code=item)
    return found.pk, AskedUnit.objects.for_the_program().get(round=kept, unit=unit).pk


def cell(kept: KeptRound, item: str, unit: str) -> Cell | None:
    """Return a figure as it stands."""
    at_item, at_unit = place(kept, item, unit)
    return Cell.objects.for_the_program().filter(item=at_item, unit=at_unit).first()


def wang(code: str = "wang") -> Actor:
    """Return somebody who reports."""
    return actor("reporter", code=code)


def save(
    kept: KeptRound,
    written: dict[str, str],
    *,
    code: str = "wang",
    at: dt.datetime = LATER,
    seen: int = 0,
    key: str = "",
    chosen: bool = False,
) -> Kept:
    """Save figures that are named as in `gdp T1`."""
    entries = tuple(
        Entry(place=place(kept, *name.split()), written=text, seen=seen, chosen=chosen)
        for name, text in written.items()
    )
    return save_values(by=wang(code), at=at, pk=kept.pk, entries=entries, key=key)
