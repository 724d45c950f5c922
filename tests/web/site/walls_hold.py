"""The second wall says of every row what `visible_to` says: run on PostgreSQL by `test_postgresql.py`."""

from __future__ import annotations

import datetime as dt
from contextlib import suppress
from typing import Final

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, models, transaction
from django.urls import reverse
from tests.web.appeals.world import an_appeal, moved, shown_provisionally
from tests.web.people_of_all_roles import NOW, signed_in, somebody
from tests.web.publication.world import made, made_final
from tests.web.results.world import OFFICE, RUN_AT, put_right, rounds_of_two_years, run
from tests.web.rounds.world import LATER, a_round, kept_scheme, place, save, wang

from quanheng.process.rounds.people import Person
from quanheng.web.base.actor import THE_PROGRAM, Actor
from quanheng.web.base.many_rows import write_rows
from quanheng.web.base.seeing import seen_by, seen_whole
from quanheng.web.base.visible import Visible
from quanheng.web.boards.domain.saying import confirm
from quanheng.web.library.models import Version
from quanheng.web.library.uploads import Upload
from quanheng.web.people.domain.accounts import Particulars, add_account, set_active
from quanheng.web.people.models import Account
from quanheng.web.results.domain.parts import keep_parts
from quanheng.web.rounds.domain.evidence import add_evidence, withdraw_evidence
from quanheng.web.rounds.domain.questions import answer, ask
from quanheng.web.rounds.domain.review import Return, return_value
from quanheng.web.rounds.domain.tasks import end_tasks
from quanheng.web.rounds.domain.values import move_values
from quanheng.web.rounds.models import Cell, Evidence, KeptRound, Question, SentForm
from quanheng.web.site.walls.role import check_role
from quanheng.web.site.walls.rules import RULES

TABLES: Final[dict[str, Visible[models.Model]]] = {
    model._meta.db_table: manager  # noqa: SLF001  Django documents it
    for model in apps.get_models()
    for manager in [getattr(model, "objects", None)]
    if isinstance(manager, Visible)
}
TEXT: Final = Upload(name="a.txt", content=b"text")


def ids(table: str, code: str) -> set[int]:
    """Return the keys of all rows that the database itself gives to somebody."""
    with seen_by(code), connection.cursor() as cursor:
        cursor.execute(f"SELECT id FROM {table}")  # noqa: S608  a name of our own
        return {row[0] for row in cursor.fetchall()}


def people() -> list[Account]:
    """Return somebody of each role, and some who have two, or are no longer active."""
    found = [somebody(role) for role in ("administrator", "office", "unit", "leader", "auditor")]
    both = Particulars(
        code="both", name="both", roles=frozenset({"reporter", "unit"}), units=frozenset({"T2", "T3"})
    )
    found.append(add_account(by=THE_PROGRAM, at=NOW, told=both))
    high = Particulars(code="high", name="high", roles=frozenset({"leader", "unit"}), units=frozenset({"T2"}))
    found.append(add_account(by=THE_PROGRAM, at=NOW, told=high))
    return found


def a_busy_site() -> None:
    """Have rounds in every state, with rows in every table behind the wall, some to be seen and some not."""
    shown = rounds_of_two_years()
    run(shown)
    run(shown, at=RUN_AT + dt.timedelta(minutes=1))
    run(shown, preview=True, at=RUN_AT + dt.timedelta(minutes=2))
    made(made_final(shown, RUN_AT + dt.timedelta(hours=1)))
    before = KeptRound.objects.for_the_program().get(code="2023-Q1")
    run(before, at=RUN_AT + dt.timedelta(days=9))
    keep_parts(by=OFFICE, at=RUN_AT, pk=before.pk, name="targets.csv", parts={"targets.csv": b"unit"})
    scheme = kept_scheme()
    _a_round_with_words(scheme)
    draft = a_round(code="draft", period="2024-Q4", version=scheme)
    save(draft, {"gdp T1": "1"})
    KeptRound.objects.for_the_program().filter(pk=draft.pk).update(state="draft")


def _a_round_with_words(scheme: Version) -> None:
    """Have a round with tasks, figures in every state, questions, evidence, appeals and what units say."""
    kept = a_round(code="2024-Q2", period="2024-Q2", version=scheme)
    save(kept, {"gdp T1": "100", "rate T1": "5", "gdp T2": "80", "rate T2": "7"})
    save(kept, {"gdp T3": "9"}, code="zhao")
    move_values(by=wang(), at=LATER, pk=kept.pk, move="submit")
    for name in ("gdp T1", "gdp T2"):
        put_right(kept, name, "90", at=LATER)
    wish = Return(place=place(kept, "rate", "T2"), seen=2, message="typed wrongly")
    return_value(by=OFFICE, at=LATER, pk=kept.pk, wish=wish)
    ask(by=OFFICE, at=LATER, pk=kept.pk, place=place(kept, "rate", "T1"), text="really?")
    question = Question.objects.for_the_program().get()
    answer(by=wang(), at=LATER, pk=kept.pk, question=question.pk, text="yes")
    ask(by=OFFICE, at=LATER, pk=kept.pk, place=place(kept, "gdp", "T3"), text="really?")
    other = Question.objects.for_the_program().exclude(pk=question.pk).get()
    answer(by=wang("zhao"), at=LATER, pk=kept.pk, question=other.pk, text="yes")
    for name, who in (("gdp T1", "wang"), ("rate T3", "zhao"), ("gdp T3", "zhao")):
        add_evidence(by=wang(who), at=LATER, pk=kept.pk, place=place(kept, *name.split()), uploads=(TEXT,))
    first = Evidence.objects.for_the_program().order_by("pk").last()
    assert first is not None
    withdraw_evidence(by=wang("zhao"), at=LATER, pk=kept.pk, evidence=first.pk)
    end_tasks(by=OFFICE, at=LATER, pk=kept.pk, items=frozenset({"rate"}), units=frozenset({"T3"}), reason="-")
    shown_provisionally(kept)
    moved(an_appeal(kept, files=(TEXT,)), "hear", "rejected")
    an_appeal(kept, "node:output", files=(TEXT,))
    for code in ("T1", "T2"):
        item, own = place(kept, "gdp", code)
        unit = Actor(person=Person(code="chen", roles=frozenset({"unit"}), units=frozenset({code})))
        confirm(by=unit, at=LATER, pk=kept.pk, unit=own, seen={item: 3})


def test_the_wall_says_of_every_row_what_the_program_says() -> None:
    a_busy_site()
    who = people()
    who += list(Account.objects.for_the_program().filter(code__in=("wang", "zhao")))

    told = {(table, each.code): ids(table, each.code) for table in RULES for each in who}
    expected = {
        (table, each.code): set(TABLES[table].visible_to(each.as_person()).values_list("pk", flat=True))
        for table in RULES
        for each in who
    }

    assert told == expected
    assert {table for table in RULES if not told[table, "office"]} == set(), "nothing to be seen or hidden"
    sees_some = {each.code for each in who for table in RULES if told[table, each.code]}
    assert sees_some == {"office", "unit", "leader", "both", "high", "wang", "zhao"}
    partly = {
        table
        for table in RULES
        if any(told[table, each.code] and told[table, each.code] < told[table, "office"] for each in who)
    }
    assert partly == set(RULES) - {"results_keptpart", "publication_keptpublication"}


def test_without_a_person_and_for_one_who_left_there_is_nothing() -> None:
    a_busy_site()
    assert ids("rounds_cell", "wang")
    account = Account.objects.for_the_program().get(code="wang")
    set_active(by=THE_PROGRAM, at=NOW, code=account.code, active=False)

    codes = ("", "wang", "nobody", "' OR 1")
    found = {(table, code): ids(table, code) for table in RULES for code in codes}

    assert set().union(*found.values()) == set()


def test_a_person_writes_nothing_but_by_an_action() -> None:
    a_busy_site()
    somebody("office")

    with seen_by("office"), connection.cursor() as cursor:
        cursor.execute("UPDATE rounds_cell SET written = '1'")
        changed = cursor.rowcount
        cursor.execute("DELETE FROM rounds_task")
        deleted = cursor.rowcount
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            cursor.execute(
                "INSERT INTO boards_word (kind, message, who, at, change_id)"
                " SELECT 'confirmed', '', 'li', now(), min(id) FROM rounds_change"
            )
        cursor.execute("SELECT count(*) FROM rounds_cell WHERE written = '1'")

    assert (changed, deleted) == (0, 0)


def test_what_was_told_in_a_part_of_a_transaction_that_is_undone_is_told_again() -> None:
    a_busy_site()
    count = Cell.objects.for_the_program().count()

    with seen_by("nobody"):
        with suppress(RuntimeError), transaction.atomic():
            _look_and_fail(count)
        assert Cell.objects.for_the_program().count() == 0
    assert Cell.objects.for_the_program().count() == count


def _look_and_fail(count: int) -> None:
    with seen_whole():
        assert Cell.objects.for_the_program().count() == count
    raise RuntimeError


def test_what_is_told_does_not_get_in_the_way_of_percent_signs_and_of_many_rows() -> None:
    with seen_by("100%s"), transaction.atomic():
        write_rows(SentForm, {"key": ["a%s", "b"], "who": ["100%", "x"], "at": [NOW, NOW]})
        with connection.cursor() as cursor:
            cursor.execute("SELECT who LIKE '100%%', key FROM rounds_sentform WHERE key = %s", ["a%s"])
            found = cursor.fetchall(), cursor.rowcount

    assert found == ([(True, "a%s")], 1)


def test_a_page_reads_as_its_person() -> None:
    kept = rounds_of_two_years()
    client = signed_in(Account.objects.for_the_program().get(code="wang"))
    other = signed_in(somebody("reporter", code="other"))

    assert client.get(reverse("fill", args=[kept.pk])).status_code == 200
    assert other.get(reverse("fill", args=[kept.pk])).status_code == 404
    assert Cell.objects.for_the_program().exists(), "the test itself reads all again"


def test_every_rule_is_laid_and_held_against_the_owner_too() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname, array_agg(p.polname ORDER BY p.polname) FROM pg_class c"
            " LEFT JOIN pg_policy p ON p.polrelid = c.oid"
            " WHERE c.relrowsecurity AND c.relforcerowsecurity GROUP BY 1"
        )
        laid = dict(cursor.fetchall())
    assert laid == {table: ["quanheng_person", "quanheng_whole"] for table in RULES}


def test_an_ordinary_role_does_not_pass_the_wall() -> None:
    assert list(check_role()) == []
