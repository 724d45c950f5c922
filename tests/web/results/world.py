"""A round of two units and two indicators whose scores are computed by hand, for tests.

Output: marks 60, points run from 0 at 0 to 100 at 200. Growth: marks 40, points run from 0 at a change of
the rate by −10 against the year before to 100 at +10.

           gdp   rate   rate before   output            growth                total
    T1     100      6             4   60·50/100 = 30    40·60/100 = 24        54, first
    T2      50      3             5   60·25/100 = 15    40·40/100 = 16        31, second
"""

from __future__ import annotations

import datetime as dt
from typing import Final

from tests.web.people_of_all_roles import NOW, actor, somebody
from tests.web.rounds.world import LATER, UNITS, place, save, wang

from quanheng.web.base.actor import Actor
from quanheng.web.jobs.domain.working import begin_next, do, take_up_lost
from quanheng.web.library.domain.versions import keep_version
from quanheng.web.library.models import Version
from quanheng.web.people.models import Account
from quanheng.web.results.domain.asking import ask_score
from quanheng.web.results.models import KeptRun, Score
from quanheng.web.rounds.domain.rounds import Plan, make_round, move_round
from quanheng.web.rounds.domain.tasks import Wish, assign
from quanheng.web.rounds.domain.values import move_values
from quanheng.web.rounds.models import AskedItem, Cell, Change, KeptRound

SCHEME: Final = """\
quanheng: 1
id: small
title: {zh: 小考核, en: A small one}
round: 2024
items:
  gdp: {name: 地区生产总值, measured_in: 亿元, kind: cumulative, every: quarter}
  rate: {name: 增速, measured_in: '%', kind: rate, every: quarter}
indicators:
  output: {name: 总量, measure: gdp, weight: 60, rule: {scale: {worst: 0, best: 200}}}
  growth: {name: 增速变化, measure: change(rate), weight: 40, rule: {scale: {worst: -10, best: 10}}}
"""
OFFICE: Final = actor("office", code="li")
FIGURES: Final = {"gdp T1": "100", "rate T1": "6", "gdp T2": "50", "rate T2": "3"}
BEFORE: Final = {"gdp T1": "90", "rate T1": "4", "gdp T2": "60", "rate T2": "5"}
CLOSED: Final = LATER + dt.timedelta(hours=2)
RUN_AT: Final = CLOSED + dt.timedelta(hours=1)


def a_checked_round(
    figures: dict[str, str] | None = None,
    *,
    period: str = "2024-Q1",
    accepted: bool = True,
    at: dt.datetime = NOW,
    units: frozenset[str] = frozenset({"T1", "T2"}),
) -> KeptRound:
    """Return a round that is being checked, with its figures accepted unless told otherwise."""
    scheme = Version.objects.for_the_program().filter(scheme="small").first()
    if scheme is None:
        scheme = keep_version(by=OFFICE, at=at, text=SCHEME, units=UNITS, seen=0)
    plan = Plan(
        code=period,
        title=f"{period}考核",
        scheme=scheme.pk,
        period=period,
        due=at + dt.timedelta(days=10),
        units=units,
    )
    kept = make_round(by=OFFICE, at=at, plan=plan)
    if not Account.objects.for_the_program().filter(code="wang").exists():
        somebody("reporter", code="wang")
    items = frozenset(AskedItem.objects.for_the_program().filter(round=kept).values_list("code", flat=True))
    assign(by=OFFICE, at=at, pk=kept.pk, wishes=(Wish(items=items, units=plan.units, reporter="wang"),))
    move_round(by=OFFICE, at=at, pk=kept.pk, move="open")
    later = at + (LATER - NOW)
    if figures is None or figures:
        save(kept, figures or FIGURES, at=later)
        move_values(by=wang(), at=later, pk=kept.pk, move="submit")
    if accepted:
        accept(kept)
    move_round(by=OFFICE, at=at + (CLOSED - NOW), pk=kept.pk, move="close", reason="all is in")
    return KeptRound.objects.for_the_program().get(pk=kept.pk)


def rounds_of_two_years() -> KeptRound:
    """Return the round of the table above; the one of the year before is there, too."""
    a_checked_round(BEFORE, period="2023-Q1", at=NOW - dt.timedelta(days=365))
    return a_checked_round()


def accept(kept: KeptRound, *, at: dt.datetime = CLOSED) -> None:
    """Let all figures of a round that are submitted be accepted by the office."""
    for cell in Cell.objects.for_the_program().filter(round=kept, state="submitted"):
        _put(cell, "accept", cell.written, cell.number, at, "")


def put_right(
    kept: KeptRound, name: str, written: str, *, at: dt.datetime = RUN_AT, reason: str = "typed wrongly"
) -> Change:
    """Let a figure, named as in `gdp T1`, be corrected by the office."""
    item, unit = place(kept, *name.split())
    cell = Cell.objects.for_the_program().get(item=item, unit=unit)
    return _put(cell, "correct", written, float(written), at, reason)


def _put(cell: Cell, move: str, written: str, number: float | None, at: dt.datetime, message: str) -> Change:
    cell.version += 1
    cell.state, cell.written, cell.number, cell.accepted_by = "accepted", written, number, "li"
    cell.changed_at = at
    cell.save()
    change = Change(
        round=cell.round,
        item=cell.item,
        unit=cell.unit,
        version=cell.version,
        move=move,
        state="accepted",
        nature=cell.nature,
        number=number,
        written=written,
        who="li",
        at=at,
        message=message,
    )
    change.save(force_insert=True)
    return change


def run(kept: KeptRound, *, by: Actor = OFFICE, preview: bool = False, at: dt.datetime = RUN_AT) -> KeptRun:
    """Run the score of a round here and now, and return the run."""
    asked = ask_score(by=by, at=at, pk=kept.pk, preview=preview)
    take_up_lost(at=at)
    job = begin_next(at=at, worker="1")
    assert job is not None
    assert job.pk == asked.pk
    do(job, lambda: at)
    return KeptRun.objects.for_the_program().get(job=job)


def scores(run: KeptRun) -> dict[str, tuple[float | None, int | None]]:
    """Return the score and the place at each node, named as in `T1 output`."""
    found = Score.objects.for_the_program().filter(run=run).select_related("unit")
    return {f"{each.unit.unit_id} {each.node}": (each.score, each.place) for each in found}
