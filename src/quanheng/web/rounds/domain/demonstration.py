"""The open round of a demonstration."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Final

from quanheng.process.rounds.people import Person
from quanheng.web.base.actor import Actor
from quanheng.web.library.domain.versions import keep_version
from quanheng.web.library.models import Version
from quanheng.web.library.reading import ListedUnit
from quanheng.web.rounds.domain.rounds import Plan, make_round, move_round
from quanheng.web.rounds.domain.tasks import Wish, assign
from quanheng.web.rounds.models import AskedItem, KeptRound

_OFFICE: Final = Actor(person=Person(code="office", roles=frozenset({"office"})))
_REPORTER: Final = "reporter"
_ROUND: Final = "2023-Q1"
_DAYS: Final = 30
"""So many days there are to try the reporting out."""


def lay_round(scheme: str, units: Sequence[tuple[str, str, str]], *, at: dt.datetime) -> None:
    """Keep the scheme, and open a round of it in which everything is asked of the one reporter.

    Each of `units` is given by its code, name and group. What is there already stays as it is.
    """
    versions = Version.objects.for_the_program()
    if not versions.exists():
        listed = tuple(ListedUnit(code=code, name=name, group=group) for code, name, group in units)
        keep_version(by=_OFFICE, at=at, text=scheme, units=listed, file="scheme.yaml", seen=0)
    if KeptRound.objects.for_the_program().exists():
        return
    plan = Plan(
        code=_ROUND,
        title="2023年一季度（演示）",
        scheme=versions.latest("number").pk,
        period=_ROUND,
        due=at + dt.timedelta(days=_DAYS),
        units=frozenset(code for code, _, _ in units),
    )
    kept = make_round(by=_OFFICE, at=at, plan=plan)
    items = AskedItem.objects.for_the_program().filter(round=kept).values_list("code", flat=True)
    wish = Wish(items=frozenset(items), units=plan.units, reporter=_REPORTER)
    assign(by=_OFFICE, at=at, pk=kept.pk, wishes=(wish,))
    move_round(by=_OFFICE, at=at, pk=kept.pk, move="open")
