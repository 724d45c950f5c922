from __future__ import annotations

from collections.abc import Hashable

import pytest
from django.db import IntegrityError, transaction
from tests.web.people_of_all_roles import NOW
from tests.web.rounds.world import LATER, a_round, place, save

from quanheng.web.base.many_rows import write_rows
from quanheng.web.rounds.models import Cell, KeptRound, SentForm


def test_rows_are_added_and_refused_as_the_table_says() -> None:
    write_rows(SentForm, {"who": ["wang", "li"], "key": ["100%s", "'；"], "at": [NOW, LATER]})

    kept = SentForm.objects.for_the_program().order_by("pk").values_list("who", "key", "at")
    assert list(kept) == [("wang", "100%s", NOW), ("li", "'；", LATER)]
    with pytest.raises(IntegrityError), transaction.atomic():
        write_rows(SentForm, {"who": ["zhao", "li"], "key": ["a", "'；"], "at": [NOW, NOW]})
    assert SentForm.objects.for_the_program().count() == 2


def stand(kept: KeptRound, written: str) -> None:
    item, unit = place(kept, "gdp", "T1")
    columns: dict[str, list[Hashable]] = {
        "round": [kept.pk],
        "item": [item],
        "unit": [unit],
        "version": [2],
        "state": ["saved"],
    }
    figure: dict[str, list[Hashable]] = {
        "nature": ["missing"],
        "number": [None],
        "written": [written],
        "changed_at": [LATER],
    }
    write_rows(Cell, {**columns, **figure}, unique=("item", "unit"))


def test_a_row_takes_the_place_of_the_same_one_and_keeps_what_is_not_named() -> None:
    kept = a_round()
    save(kept, {"gdp T1": "1", "gdp T2": "3"})
    Cell.objects.for_the_program().filter(unit__unit="T1").update(message="why?")

    stand(kept, "-")

    found = Cell.objects.for_the_program().order_by("unit__place")
    assert list(found.values_list("written", "version", "message", "entered_by")) == [
        ("-", 2, "why?", "wang"),
        ("3", 1, "", "wang"),
    ]


def test_a_row_that_is_new_has_the_defaults() -> None:
    kept = a_round()

    stand(kept, "")

    found = Cell.objects.for_the_program().get(round=kept)
    assert (found.message, found.note, found.entered_by, found.due) == ("", "", "", None)


def test_columns_are_of_one_length_and_none_of_them_is_nothing_to_do() -> None:
    with pytest.raises(ValueError, match="one length"):
        write_rows(SentForm, {"who": ["wang"], "key": [], "at": []})

    write_rows(SentForm, {"who": [], "key": [], "at": []})

    assert not SentForm.objects.for_the_program().exists()
