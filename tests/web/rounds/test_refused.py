"""What is refused leaves a line in the log: files that are not taken, and forms of which nothing is."""

from __future__ import annotations

import io
from typing import Final

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from tests.web.library.test_schemes import zipped
from tests.web.people_of_all_roles import signed_in, somebody
from tests.web.rounds.world import LATER, TOO_LATE, a_round, save

from quanheng.web.audit.models import Entry
from quanheng.web.people.models import Account
from quanheng.web.rounds.models import KeptRound

_MEBI: Final = 1024 * 1024
_LARGE: Final = b" " * (20 * _MEBI + 1)
_BOMB: Final = zipped({"scheme.yaml": b"0" * (21 * _MEBI)})


@pytest.fixture(autouse=True)
def _clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: LATER)


def last_line() -> tuple[str, str, str, str, str, str]:
    found = Entry.objects.for_the_program().order_by("pk").last()
    assert found is not None
    return found.outcome, found.action, found.chain, found.who, found.about, found.reasons


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("large.xlsx", _LARGE, "QH957"),
        ("text.xlsx", b"unit,gdp", "QH958"),
        ("text.csv", b"unit,gdp", "QH958"),
        ("macro.xlsm", zipped({"xl/vbaProject.bin": b"x"}), "QH959"),
    ],
)
def test_a_file_that_is_not_taken_is_in_the_log(name: str, content: bytes, code: str) -> None:
    kept = a_round()
    for account, route, action in (
        (Account.objects.for_the_program().get(code="wang"), "upload_figures", "values.save"),
        (somebody("office"), "tasks", "tasks.assign"),
    ):
        file = SimpleUploadedFile(name, content)
        signed_in(account).post(reverse(route, args=[kept.pk]), {"file": file})

        told = ("refused", action, "round-2024-Q1", account.code, f"2024-Q1 {name}", code)
        assert last_line() == told


def test_a_workbook_that_is_another_template_is_in_the_log() -> None:
    kept, written = a_round(), io.BytesIO()
    with xlsxwriter.Workbook(written) as book:
        book.add_worksheet().write_string(0, 0, "no key")
    wang = signed_in(Account.objects.for_the_program().get(code="wang"))

    file = SimpleUploadedFile("other.xlsx", written.getvalue())
    wang.post(reverse("upload_figures", args=[kept.pk]), {"file": file})

    assert last_line() == ("refused", "values.save", "round-2024-Q1", "wang", "2024-Q1 other.xlsx", "QH975")


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [("large.yaml", _LARGE, "QH957"), ("bomb.zip", _BOMB, "QH960"), ("picture.xlsx", b"GIF89a", "QH958")],
)
def test_a_scheme_that_is_not_taken_is_in_the_log(name: str, content: bytes, code: str) -> None:
    office = signed_in(somebody("office"))

    office.post(reverse("add_scheme"), {"file": SimpleUploadedFile(name, content)})

    assert last_line() == ("refused", "scheme.keep", "site", "office", name, code)


def test_a_scheme_that_is_not_sound_is_refused_when_it_is_to_be_kept() -> None:
    office = signed_in(somebody("office"))

    office.post(reverse("add_scheme"), {"do": "keep", "text": "quanheng: 1", "name": "x.yaml"})

    outcome, action, *_, about, reasons = last_line()
    assert (outcome, action, about) == ("refused", "scheme.keep", "x.yaml")
    assert reasons.startswith("QH")


def test_a_form_of_which_nothing_is_taken_is_refused_and_one_of_which_something_is_tells_what_is_not() -> (
    None
):
    kept: KeptRound = a_round()

    save(kept, {"gdp T1": "1", "rate T1": "2"}, at=TOO_LATE)
    assert last_line() == ("refused", "values.save", "round-2024-Q1", "wang", "2024-Q1", "QH916")

    save(kept, {"gdp T1": "1", "rate T1": "many"})
    assert last_line() == ("done", "values.save", "round-2024-Q1", "wang", "2024-Q1", "")
    entry = Entry.objects.for_the_program().latest("pk")
    assert entry.after["refused"] == {"T1 rate": ["QH974"]}
