"""A round of 200 units and 40 items: how large its pages are, and how long its figures take."""

from __future__ import annotations

from timeit import timeit
from typing import Final

import pytest
from django.urls import reverse
from tests.web.people_of_all_roles import NOW, actor, signed_in, somebody
from tests.web.rounds.world import DUE, LATER, wang

from quanheng.web.library.domain.versions import keep_version
from quanheng.web.library.reading import ListedUnit
from quanheng.web.people.models import Account
from quanheng.web.rounds.domain.rounds import Plan, make_round, move_round
from quanheng.web.rounds.domain.tasks import Wish, assign
from quanheng.web.rounds.domain.values import Entry, Kept, move_values, save_values
from quanheng.web.rounds.models import AskedItem, AskedUnit, KeptRound

_ITEMS: Final = 40
_UNITS: Final = 200
_KILO: Final = 1000


def large_round(code: str, period: str) -> KeptRound:
    office = actor("office", code="li")
    items = "\n".join(f"  i{n}: {{name: 数据项{n}, every: quarter}}" for n in range(_ITEMS))
    nodes = "\n".join(f"  n{n}: {{measure: i{n}, weight: 2.5, rule: percentile}}" for n in range(_ITEMS))
    text = f"quanheng: 1\nid: large\ntitle: 虚构\nround: 2024\nitems:\n{items}\nindicators:\n{nodes}\n"
    units = tuple(ListedUnit(code=f"U{n:03}", name=f"单位{n:03}", group="all") for n in range(_UNITS))
    if KeptRound.objects.for_the_program().exists():
        version = KeptRound.objects.for_the_program().select_related("scheme").latest("pk").scheme
    else:
        version = keep_version(by=office, at=NOW, text=text, units=units, seen=0)
        somebody("reporter", code="wang")
    codes = frozenset(unit.code for unit in units)
    plan = Plan(code=code, title=code, scheme=version.pk, period=period, due=DUE, units=codes)
    kept = make_round(by=office, at=NOW, plan=plan)
    wish = Wish(items=frozenset(f"i{n}" for n in range(_ITEMS)), units=codes, reporter="wang")
    assign(by=office, at=NOW, pk=kept.pk, wishes=(wish,))
    return move_round(by=office, at=NOW, pk=kept.pk, move="open")


def filled(kept: KeptRound) -> float:
    """Save a figure in every cell, and return the seconds that it took."""
    items = AskedItem.objects.for_the_program().filter(round=kept).values_list("pk", flat=True)
    units = list(AskedUnit.objects.for_the_program().filter(round=kept).values_list("pk", flat=True))
    entries = tuple(
        Entry(place=(item, unit), written=f"{item * 7}.{unit % 100:02}") for item in items for unit in units
    )
    done: list[Kept] = []
    seconds = timeit(
        lambda: done.append(save_values(by=wang(), at=LATER, pk=kept.pk, entries=entries, key=kept.code)),
        number=1,
    )
    assert [each.saved for each in done] == [_ITEMS * _UNITS]
    return seconds


def test_a_full_part_of_the_grid_stays_small_and_a_large_table_is_saved_in_seconds(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: LATER)
    before = large_round("2023-Q4", "2023-Q4")
    filled(before)
    move_values(by=wang(), at=LATER, pk=before.pk, move="submit")
    kept = large_round("2024-Q1", "2024-Q1")
    seconds = filled(kept)
    client = signed_in(Account.objects.for_the_program().get(code="wang"))

    page = client.get(reverse("fill", args=[kept.pk]))
    office = signed_in(somebody("office"))
    others = [office.get(reverse(name, args=[kept.pk])) for name in ("round", "tasks")]

    assert len(page.context["grid"].boxes) == 2000
    assert len(page.content) <= 400 * _KILO
    assert max(len(other.content) for other in others) <= 150 * _KILO
    assert seconds < 15  # 3 to 4 s on a machine that does nothing else
    assert page.context["grid"].parts == 4
