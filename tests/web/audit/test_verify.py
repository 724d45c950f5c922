from __future__ import annotations

import datetime as dt
import json
import re
from pathlib import Path

import pytest
from django.db import connection
from tests.web.people_of_all_roles import NOW, actor, signed_in, somebody

import quanheng.web
from quanheng.web.audit.actions import CHAIN, refuse
from quanheng.web.audit.models import Entry
from quanheng.web.audit.seals import read_seal, write_seal
from quanheng.web.audit.verify import ends_of_chains, verify_log
from quanheng.web.audit.words import ACTIONS


def tell(count: int) -> None:
    for number in range(count):
        refuse(by=actor("office"), at=NOW, action="open", about=f"page {number}", reasons="404")


def without_triggers(statement: str) -> None:
    """Change the log as somebody would who has the database."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("ALTER TABLE audit_entry DISABLE TRIGGER USER")
            cursor.execute(statement)
            cursor.execute("ALTER TABLE audit_entry ENABLE TRIGGER USER")
            return
        for event in ("update", "delete"):
            cursor.execute(f"DROP TRIGGER audit_entry_no_{event}")
        cursor.execute(statement)


def codes(*folders: Path) -> list[str]:
    return [finding.code for finding in verify_log(*folders).findings]


def test_a_whole_log_has_no_fault(tmp_path: Path) -> None:
    tell(3)
    write_seal(tmp_path, ends_of_chains(), at=NOW)
    tell(2)

    verified = verify_log(tmp_path)

    assert (verified.entries, verified.chains, verified.seals, verified.findings) == (5, 1, 1, ())


def test_a_log_without_a_seal_is_told() -> None:
    tell(1)

    assert codes() == ["QH947"]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_entry SET about = 'other' WHERE number = 2",
        "UPDATE audit_entry SET who = '' WHERE number = 3",
        "DELETE FROM audit_entry WHERE number = 2",
        "DELETE FROM audit_entry WHERE number = 3",
        "UPDATE audit_entry SET number = number + 10 WHERE number = 1",
    ],
)
def test_what_was_changed_past_the_site_is_found(statement: str) -> None:
    tell(3)

    without_triggers(statement)

    assert "QH945" in codes()


def test_a_log_replaced_as_a_whole_is_found_by_its_seal(tmp_path: Path) -> None:
    tell(3)
    write_seal(tmp_path, ends_of_chains(), at=NOW)

    without_triggers("DELETE FROM audit_entry")
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM audit_head")
    refuse(by=actor("leader"), at=NOW, action="open", about="another page", reasons="404")

    assert codes() == ["QH947"]
    assert codes(tmp_path) == ["QH946"]


def test_a_seal_is_written_once_a_day(tmp_path: Path) -> None:
    tell(1)
    first = write_seal(tmp_path, ends_of_chains(), at=NOW)
    tell(1)

    assert first == tmp_path / "2024-03-29.json"
    assert write_seal(tmp_path, ends_of_chains(), at=NOW) is None
    assert write_seal(tmp_path, ends_of_chains(), at=NOW + dt.timedelta(days=1)) is not None
    seal = read_seal(first)
    assert seal is not None
    assert seal.heads[CHAIN][0] == 1


@pytest.mark.parametrize("content", ["", "{}", "[]", '{"at": "", "root": "x", "heads": {"site": {}}}'])
def test_a_broken_seal_is_told(tmp_path: Path, content: str) -> None:
    tell(1)
    (tmp_path / "2024-03-29.json").write_text(content, encoding="utf-8")

    assert codes(tmp_path) == ["QH946"]


def test_a_seal_that_was_changed_does_not_fit_its_root(tmp_path: Path) -> None:
    tell(2)
    file = write_seal(tmp_path, ends_of_chains(), at=NOW)
    assert file is not None
    told = json.loads(file.read_text(encoding="utf-8"))
    first = Entry.objects.for_the_program().get(number=1)
    told["heads"][CHAIN] = {"number": 1, "hash": first.hash}
    file.write_text(json.dumps(told), encoding="utf-8")

    assert codes(tmp_path) == ["QH946"]


def test_the_auditor_searches_the_log() -> None:
    tell(3)
    client = signed_in(somebody("auditor"))

    page = client.get("/log/", {"word": "page 1", "who": "Chen", "outcome": "refused", "since": "2024-03-29"})
    none = client.get("/log/", {"until": "2024-03-28"})

    assert [row["entry"].about for row in page.context["rows"]] == ["page 1"]
    assert none.context["rows"] == []


def test_the_log_is_exported_for_spreadsheets_and_the_export_is_told() -> None:
    refuse(by=actor("office", code="=cmd"), at=NOW, action="open", about="=1+1", reasons="404")
    client = signed_in(somebody("auditor"))

    answer = client.get("/log/entries.csv")

    text = answer.getvalue().decode()
    assert text.startswith("\ufeffchain,number,at,")
    assert ",'=cmd,office,127.0.0.1,open,'=1+1,refused," in text
    assert Entry.objects.for_the_program().latest("id").action == "log.export"


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "spring"])
def test_a_search_from_no_day_of_ours_is_told_and_exports_nothing(day: str) -> None:
    client = signed_in(somebody("auditor"))

    pages = [client.get("/log/entries.csv", {which: day}, follow=True) for which in ("since", "until")]

    assert [page.redirect_chain[0][0].partition("?")[0] for page in pages] == ["/log/", "/log/"]
    assert ['aria-invalid="true"' in page.content.decode() for page in pages] == [True, True]
    assert not Entry.objects.for_the_program().filter(action="log.export").exists()


def test_every_action_has_words_in_both_languages() -> None:
    found = set()
    for file in Path(quanheng.web.__file__).parent.rglob("*.py"):
        found |= set(re.findall(r"@action\(\s*\"([^\"]+)\"", file.read_text(encoding="utf-8")))

    unnamed = {name for name in found if name not in ACTIONS and name.startswith(("people.", "log."))}
    assert unnamed == set()
    assert [name for name, text in ACTIONS.items() if not (text.zh and text.en)] == []


def test_the_log_is_read_in_the_readers_language() -> None:
    tell(1)
    client = signed_in(somebody("auditor"))

    chinese = client.get("/log/", {"word": "打开"}).content.decode()
    client.cookies["quanheng-language"] = "en"
    english = client.get("/log/", {"word": "open a page"}).content.decode()

    assert "打开页面" in chinese
    assert "不对其开放" in chinese
    assert "考核办" in chinese
    assert "2024年3月29日 09:00" in chinese
    assert "not open to them" in english
    assert "29 March 2024, 09:00" in english
