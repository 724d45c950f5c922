"""An invented round of the site in which one person reports 40 items of many units, and its first run.

Django has its settings before this is imported.
"""

from __future__ import annotations

import datetime as dt
from typing import Final

from quanheng.process.rounds.people import Person, Role
from quanheng.web.base.actor import THE_PROGRAM, Actor
from quanheng.web.jobs.domain.working import begin_next, do
from quanheng.web.library.domain.versions import keep_version
from quanheng.web.library.models import Version
from quanheng.web.library.reading import ListedUnit
from quanheng.web.people.domain.accounts import Particulars, add_account
from quanheng.web.people.models import Account
from quanheng.web.results.domain.asking import ask_score
from quanheng.web.results.models import KeptRun
from quanheng.web.rounds.domain.review import Review, review_values
from quanheng.web.rounds.domain.rounds import Plan, make_round, move_round
from quanheng.web.rounds.domain.tasks import Wish, assign
from quanheng.web.rounds.domain.values import Entry, move_values, save_values
from quanheng.web.rounds.models import AskedItem, AskedUnit, Cell, KeptRound

ITEMS: Final = 40
REPORTER: Final = "wang"


def acting(role: Role, code: str) -> Actor:
    """Return somebody who acts in one role."""
    return Actor(person=Person(code=code, roles=frozenset({role})), address="127.0.0.1")


def large_round(units: int, period: str, *, at: dt.datetime, items: int = ITEMS) -> KeptRound:
    """Return an open round of one quarter, with so many items and units, due in ten days."""
    office = acting("office", "li")
    version = Version.objects.for_the_program().last() or _scheme(units, items, office, at)
    codes = frozenset(unit.code for unit in version.listed_units())
    due = at + dt.timedelta(days=10)
    plan = Plan(code=period, title=period, scheme=version.pk, period=period, due=due, units=codes)
    kept = make_round(by=office, at=at, plan=plan)
    wish = Wish(items=frozenset(f"i{n}" for n in range(items)), units=codes, reporter=REPORTER)
    assign(by=office, at=at, pk=kept.pk, wishes=(wish,))
    return move_round(by=office, at=at, pk=kept.pk, move="open")


def entries_of(kept: KeptRound, *, seen: int = 0) -> tuple[Entry, ...]:
    """Return a figure for every cell of a round, another one for each version that was seen."""
    items = list(AskedItem.objects.for_the_program().filter(round=kept).values_list("pk", flat=True))
    units = list(AskedUnit.objects.for_the_program().filter(round=kept).values_list("pk", flat=True))
    return tuple(
        Entry(place=(item, unit), written=f"{item * 7 + seen}.{unit % 100:02}", seen=seen)
        for item in items
        for unit in units
    )


def first_run(kept: KeptRound, *, at: dt.datetime) -> KeptRun:
    """Return the first run of a round: all figures are reported and accepted, and reporting is over."""
    office, wang = acting("office", "li"), acting("reporter", REPORTER)
    save_values(by=wang, at=at, pk=kept.pk, entries=entries_of(kept), key="")
    move_values(by=wang, at=at, pk=kept.pk, move="submit")
    cells = Cell.objects.for_the_program().filter(round=kept)
    seen = {(item, unit): version for item, unit, version in cells.values_list("item", "unit", "version")}
    review_values(by=office, at=at, pk=kept.pk, review=Review(move="accept", seen=seen))
    move_round(by=office, at=at, pk=kept.pk, move="close", reason="-")
    ask_score(by=office, at=at, pk=kept.pk)
    job = begin_next(at=at, worker="1")
    if job is not None:
        do(job, lambda: at)
    return KeptRun.objects.for_the_program().get(round=kept, state="ended")


def _scheme(units: int, items: int, office: Actor, at: dt.datetime) -> Version:
    asked = "\n".join(f"  i{n}: {{name: 数据项{n}, every: quarter}}" for n in range(items))
    weight = 100 / items
    nodes = "\n".join(f"  n{n}: {{measure: i{n}, weight: {weight}, rule: percentile}}" for n in range(items))
    text = f"quanheng: 1\nid: large\ntitle: 虚构\nround: 2024\nitems:\n{asked}\nindicators:\n{nodes}\n"
    listed = tuple(ListedUnit(code=f"U{n:03}", name=f"单位{n:03}", group="all") for n in range(units))
    if not Account.objects.for_the_program().filter(code=REPORTER).exists():
        told = Particulars(code=REPORTER, name="王某", roles=frozenset({"reporter"}), units=frozenset())
        add_account(by=THE_PROGRAM, at=at, told=told)
    return keep_version(by=office, at=at, text=text, units=listed, seen=0)
