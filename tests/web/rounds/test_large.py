"""A round of 200 units and 40 items: how large its pages are, and how often the database is asked."""

from __future__ import annotations

from typing import Final

import pytest
from benchmarks.large_round import ITEMS, entries_of, large_round
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.web.people_of_all_roles import NOW, signed_in, somebody
from tests.web.rounds.world import LATER, wang

from quanheng.web.people.models import Account
from quanheng.web.rounds.domain.values import Entry, move_values, save_values
from quanheng.web.rounds.models import Cell, Change, KeptRound

_UNITS: Final = 200
_KILO: Final = 1000


def statements_to_save(kept: KeptRound, entries: tuple[Entry, ...]) -> int:
    """Save figures and return how many statements the database was given; all of them are saved."""
    with CaptureQueriesContext(connection) as asked:
        done = save_values(by=wang(), at=LATER, pk=kept.pk, entries=entries, key="")
    assert (done.saved, done.refused) == (len(entries), {})
    return len(asked)


def test_a_full_part_of_the_grid_stays_small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: LATER)
    before = large_round(_UNITS, "2023-Q4", at=NOW)
    statements_to_save(before, entries_of(before))
    move_values(by=wang(), at=LATER, pk=before.pk, move="submit")
    kept = large_round(_UNITS, "2024-Q1", at=NOW)
    statements_to_save(kept, entries_of(kept))
    client = signed_in(Account.objects.for_the_program().get(code="wang"))

    page = client.get(reverse("fill", args=[kept.pk]))
    office = signed_in(somebody("office"))
    others = [office.get(reverse(name, args=[kept.pk])) for name in ("round", "tasks")]

    matrix = office.get(reverse("review", args=[kept.pk]))

    assert len(matrix.context["matrix"].spots) == 2000
    assert len(matrix.content) <= 400 * _KILO
    assert len(page.context["grid"].boxes) == 2000
    assert len(page.content) <= 400 * _KILO
    assert max(len(other.content) for other in others) <= 150 * _KILO
    assert page.context["grid"].parts == 4


def test_a_large_table_takes_no_more_statements_than_one_figure() -> None:
    kept = large_round(_UNITS, "2024-Q1", at=NOW)
    first, *others = entries_of(kept)

    one = statements_to_save(kept, (first,))
    many = statements_to_save(kept, tuple(others))
    again = statements_to_save(kept, entries_of(kept, seen=1))

    assert one == many == again
    assert one <= 13
    cells = Cell.objects.for_the_program().filter(round=kept, version=2, number__isnull=False)
    assert cells.count() == ITEMS * _UNITS
    assert Change.objects.for_the_program().filter(round=kept).count() == 2 * ITEMS * _UNITS
