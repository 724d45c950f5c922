"""Every route that is about a round is asked in every state of it, by people of the round and by others."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Final

import pytest
from django.db import transaction
from django.test import Client
from django.urls import resolve, reverse
from pytest_django import Settings
from tests.web.appeals.world import an_appeal, shown_provisionally
from tests.web.people_of_all_roles import NOW, signed_in, somebody
from tests.web.publication.world import FINAL_AT, made, made_final
from tests.web.results.world import RUN_AT, rounds_of_two_years, run
from tests.web.rounds.world import LATER, place
from tests.web.site.test_routes import ROUTES

from quanheng.process.rounds.people import Person, Role
from quanheng.process.rounds.round import ROUND
from quanheng.web.appeals.models import AppealEvidence, KeptAppeal
from quanheng.web.base.access import admits, opened_to
from quanheng.web.base.actor import THE_PROGRAM, Actor
from quanheng.web.base.held_files import keep_content
from quanheng.web.library.uploads import Upload
from quanheng.web.people.domain.accounts import Particulars, add_account
from quanheng.web.people.models import Account, Unit
from quanheng.web.results.models import KeptPart
from quanheng.web.rounds.models import Evidence, KeptRound, Question

STATES: Final = frozenset(ROUND.states)
BEGUN: Final = STATES - {ROUND.first}
"""The states in which others than the office know of a round."""
SHOWN: Final = frozenset(ROUND.move(code).after for code in ("show", "settle", "publish"))
"""The states in which others than the office see its results."""
LATE: Final = "2030-01-01T12:00"
DAY: Final = dt.timedelta(days=1)
NEVER: Final[frozenset[str]] = frozenset()

Asked = dict[str, frozenset[str]]
"""In which states a route lets in whom; who is not named is let in in none."""
OF_OFFICE: Final[Asked] = {"office": STATES}
OF_REPORTER: Final[Asked] = {"reports": BEGUN}
OF_FIGURE: Final[Asked] = {"office": STATES, "reports": BEGUN, "leader": BEGUN, "own unit": BEGUN}
OF_BOARD: Final[Asked] = {"office": STATES, "leader": SHOWN}
OF_UNITS: Final[Asked] = {"own unit": BEGUN, "other unit": BEGUN}
OF_APPEAL: Final[Asked] = {"office": STATES, "own unit": STATES}

EXPECTED: Final[dict[str, Asked]] = {
    "round": OF_OFFICE,
    "move_round": OF_OFFICE,
    "change_due": OF_OFFICE,
    "tasks": OF_OFFICE,
    "review": OF_OFFICE,
    "runs": OF_OFFICE,
    "start_run": OF_OFFICE,
    "move_by_results": OF_OFFICE,
    "parts": OF_OFFICE,
    "withdraw_part": OF_OFFICE,
    "run": OF_OFFICE,
    "run_since": OF_OFFICE,
    "run_moves": OF_OFFICE,
    "run_workbook": OF_OFFICE,
    "doubts": OF_OFFICE,
    "send_back": OF_OFFICE,
    "ask": OF_OFFICE,
    "correct_round": OF_OFFICE,
    "publications": OF_OFFICE,
    "make_publication": OF_OFFICE,
    "plan_publication": OF_OFFICE,
    "publish_now": OF_OFFICE,
    "drop_publication": OF_OFFICE,
    "made_file": OF_OFFICE,
    "correct_by_appeal": OF_OFFICE,
    "fill": OF_REPORTER,
    "template": OF_REPORTER,
    "upload_figures": OF_REPORTER,
    "preview": OF_REPORTER,
    "add_evidence": OF_REPORTER,
    "withdraw_evidence": OF_REPORTER,
    "note": OF_REPORTER,
    "answer": OF_REPORTER,
    "history": OF_FIGURE,
    "evidence": OF_FIGURE,
    "ranking": {"leader": SHOWN},
    "own_result": {"own unit": SHOWN, "other unit": SHOWN},
    "explain": OF_BOARD,
    "board": OF_BOARD,
    "board_picture": OF_BOARD,
    "board_chart": OF_BOARD,
    "whatif": OF_BOARD,
    "own_board": OF_UNITS,
    "own_picture": {"own unit": SHOWN},
    "file_appeal": OF_UNITS,
    "appeal": OF_APPEAL,
    "move_appeal": OF_APPEAL,
    "appeal_evidence": OF_APPEAL,
    "add_appeal_evidence": {"own unit": STATES},
}
"""Of each route that is about a round: the own unit is T1, whose figure and appeal is asked for."""
NO_ROUND: Final = frozenset(
    {"stop_job", "scheme", "scheme_settings", "published_round", "published_version", "published_file"}
)
"""Routes with a key that is not a round's, or of what lies open for everybody."""
FORMS: Final[dict[str, dict[str, str]]] = {
    "move_round": {"move": "close"},
    "move_by_results": {"move": "take_back"},
    "move_appeal": {"move": "hear"},
    "preview": {"at": "{an item}.{a unit}", "block": "1"},
}
"""What is sent where an empty form asks for nothing."""
MOVED_BY: Final = {
    **dict.fromkeys(("open", "close", "extend"), "move_round"),
    **dict.fromkeys(("show", "take_back", "settle"), "move_by_results"),
    "publish": "publish_now",
}
"""By which route a round is moved."""


def an_account(code: str, role: Role, *units: str) -> Account:
    told = Particulars(code=code, name=code, roles=frozenset({role}), units=frozenset(units))
    return add_account(by=THE_PROGRAM, at=NOW, told=told)


def people() -> dict[str, Account]:
    """Return those who ask: of the round, of another unit in it, and who have nothing to do with it."""
    Unit(code="T9", name="镇九").save(force_insert=True)
    return {
        "office": somebody("office"),
        "reports": Account.objects.for_the_program().get(code="wang"),
        "reports elsewhere": an_account("elsewhere", "reporter"),
        "own unit": an_account("own", "unit", "T1"),
        "other unit": an_account("of-t2", "unit", "T2"),
        "unit elsewhere": an_account("of-t9", "unit", "T9"),
        "leader": an_account("leader", "leader"),
    }


def a_full_round() -> tuple[KeptRound, dict[str, object]]:
    """Return a round of T1 and T2 with all that can hang on one, and the keys of that."""
    kept = rounds_of_two_years()
    run(kept)
    kept = made_final(kept, RUN_AT)
    publication = made(kept)
    shown_provisionally(kept, ends=RUN_AT)
    item, unit = place(kept, "gdp", "T1")
    of = {"round": kept, "item_id": item, "unit_id": unit}
    held = {"name": "a.txt", "digest": keep_content(b"text"), "size": 4, "who": "wang", "at": LATER}
    evidence = Evidence(**of, **held)
    evidence.save(force_insert=True)
    question = Question(**of, text="really?", who="li", at=LATER)
    question.save(force_insert=True)
    part = KeptPart(round=kept, path="targets.csv", **held)
    part.save(force_insert=True)
    chen = Actor(person=Person(code="own", roles=frozenset({"unit"}), units=frozenset({"T1"})))
    appeal = an_appeal(kept, by=chen, files=(Upload(name="a.txt", content=b"text"),))
    of_appeal = AppealEvidence.objects.for_the_program().get()
    keys: dict[str, object] = {"a round": kept.pk, "a shown round": kept.pk, "an item": item, "a unit": unit}
    keys |= {"a unit of that round": unit, "evidence": evidence.pk, "question": question.pk, "part": part.pk}
    keys |= {"an appeal": appeal.pk, "evidence of an appeal": of_appeal.pk, "publication": publication.pk}
    return kept, keys


def address_of(name: str, keys: dict[str, object]) -> str:
    """Return where a route is, about the things of `keys`."""
    told = {key: keys.get(str(value), keys.get(key, value)) for key, value in ROUTES[name][1].items()}
    return reverse(name, kwargs=told)


def form_of(name: str, keys: dict[str, object]) -> dict[str, str]:
    """Return what is sent to a route."""
    return {key: text.format_map(keys) for key, text in FORMS.get(name, {}).items()}


def is_let_in(client: Client, address: str, form: dict[str, str]) -> bool:
    """Return whether something is shown or taken; whatever it does is undone."""
    with transaction.atomic():
        response = client.get(address)
        if response.status_code == 405:
            response = client.post(address, form)
        if response.streaming:  # it is closed when it was read
            list(response)
        transaction.set_rollback(True)
    assert response.status_code in {200, 302, 400, 404, 409}, (address, response.status_code)
    return response.status_code != 404


def test_every_route_that_is_about_a_round_has_an_entry() -> None:
    with_a_key = {name for name, (_, args) in ROUTES.items() if {"pk", "code", "version"} & set(args)}
    of_people = {name for name in with_a_key if name.endswith("_person")}

    assert with_a_key - of_people - NO_ROUND == set(EXPECTED)
    assert set(ROUND.states) == {ROUND.first} | BEGUN
    assert SHOWN < BEGUN


def test_a_route_lets_in_whom_it_should_in_every_state_of_the_round(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.PUBLICATIONS_FOLDER, settings.PUBLIC_FOLDER = tmp_path / "made", tmp_path / "public"
    kept, keys = a_full_round()
    accounts = people()
    clients = {who: signed_in(account) for who, account in accounts.items()}
    monkeypatch.setattr("django.utils.timezone.now", lambda: RUN_AT)

    wrong = []
    for state in ROUND.states:
        KeptRound.objects.for_the_program().filter(pk=kept.pk).update(state=state)
        for name, asked in EXPECTED.items():
            address, form = address_of(name, keys), form_of(name, keys)
            whom = opened_to(resolve(address).func) or NEVER
            for who, client in clients.items():
                expected = state in asked.get(who, NEVER)
                # Whose role has nothing there is shut out before anybody looks at the round.
                found = admits(whom, accounts[who].roles) and is_let_in(client, address, form)
                if found != expected:
                    wrong.append((name, who, state, "is shut out" if expected else "is let in"))

    assert not wrong, "\n".join(map(str, wrong))


def test_a_round_is_moved_only_as_its_life_allows(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.PUBLICATIONS_FOLDER, settings.PUBLIC_FOLDER = tmp_path / "made", tmp_path / "public"
    kept, keys = a_full_round()
    KeptAppeal.objects.for_the_program().update(state="withdrawn")
    client = signed_in(somebody("office"))
    monkeypatch.setattr("django.utils.timezone.now", lambda: FINAL_AT)
    KeptPart.objects.for_the_program().update(withdrawn_at=RUN_AT)  # it came after the run
    told = {"reason": "-", "due": LATE, "begins": "2020-01-01T12:00", "ends": LATE}
    rounds = KeptRound.objects.for_the_program().filter(pk=kept.pk)
    over = {"due": FINAL_AT + DAY, "window_begins": RUN_AT - DAY, "window_ends": RUN_AT}

    found, expected = {}, {}
    for state in ROUND.states:
        for move in ROUND.moves:
            rounds.update(state=state, **over)
            with transaction.atomic():
                client.post(address_of(MOVED_BY[move.code], keys), {**told, "move": move.code})
                found[state, move.code] = rounds.get().state
                transaction.set_rollback(True)
            expected[state, move.code] = move.after if state in move.before else state

    assert found == expected
