"""Targets beside the figures of who reports them, read by the core from tables that are told."""

from __future__ import annotations

import hashlib
import io
from typing import Final

import pytest
import xlsxwriter
from django.urls import reverse
from tests.web.people_of_all_roles import actor, signed_in, somebody
from tests.web.rounds.world import LATER, a_round, place, save

from quanheng.web.people.models import Account
from quanheng.web.results.domain.parts import keep_parts, withdraw_part
from quanheng.web.results.domain.targets import tables_of_targets
from quanheng.web.results.models import KeptPart
from quanheng.web.rounds.domain import targets
from quanheng.web.rounds.domain.targets import TargetTable, tell_targets_by
from quanheng.web.rounds.models import KeptRound

TOLD_BY_THE_SITE: Final = tuple(targets._TOLD)  # noqa: SLF001  before a test tells others
TABLE: Final = """\
单位,指标,期间,目标
*,output,2024,500
T1,output,2024-Q1,120.5
T3,growth,2024,7.77
T2,growth,2023,6.66
"""


@pytest.fixture(autouse=True)
def _clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: LATER)
    monkeypatch.setattr(targets, "_TOLD", [])  # what the site itself tells has a test of its own


def told(name: str, content: bytes) -> None:
    """Let a table count in every round."""
    table = TargetTable(name=name, digest=hashlib.sha256(content).hexdigest(), content=lambda: content)
    tell_targets_by(lambda _: (table,))


def workbook() -> bytes:
    written = io.BytesIO()
    with xlsxwriter.Workbook(written) as book:
        sheet = book.add_worksheet()
        for number, line in enumerate(TABLE.splitlines()):
            sheet.write_row(number, 0, line.split(","))
    return written.getvalue()


def grid(kept: KeptRound) -> str:
    client = signed_in(Account.objects.for_the_program().get(code="wang"))
    return client.get(reverse("fill", args=[kept.pk])).content.decode()


@pytest.mark.parametrize(("name", "content"), [("targets.csv", TABLE.encode()), ("targets.xlsx", workbook())])
def test_a_target_stands_beside_the_figure_of_its_period_and_of_the_year_around_it(
    name: str, content: bytes
) -> None:
    told(name, content)

    text = grid(a_round())

    assert "<small>目标 120.5</small>" in text
    assert "<small>目标 500 (2024)</small>" in text
    assert "7.77" not in text
    assert "6.66" not in text


def test_a_target_stands_on_the_page_of_its_figure_for_those_who_check_or_report_it() -> None:
    told("targets.csv", TABLE.encode())
    kept = a_round()
    save(kept, {"gdp T1": "100", "gdp T2": "90"})
    somebody("office")
    somebody("unit")

    def page(who: str, unit: str) -> str:
        client = signed_in(Account.objects.for_the_program().get(code=who))
        return client.get(reverse("history", args=[kept.pk, *place(kept, "gdp", unit)])).content.decode()

    assert "<p>目标 120.5</p>" in page("office", "T1")
    assert "<p>目标 120.5</p>" in page("wang", "T1")
    assert "<p>目标 500 (2024)</p>" in page("office", "T2")
    assert "目标" not in page("unit", "T1")


def test_another_table_counts_at_once() -> None:
    kept = a_round()
    told("targets.csv", TABLE.encode())
    before = grid(kept)
    targets._TOLD.clear()  # noqa: SLF001  what is told is told anew

    told("targets.csv", TABLE.replace("120.5", "130.5").encode())

    assert "目标 120.5" in before
    assert "目标 130.5" in grid(kept)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("targets.csv", b"\x00\x01"),
        ("targets.xlsx", b"PK"),
        ("targets.parquet", b"x"),
        ("targets.csv", b"a,b\n1,2\n"),
    ],
)
def test_a_table_that_cannot_be_read_sets_no_target_and_hides_no_page(name: str, content: bytes) -> None:
    told(name, content)

    assert "目标 " not in grid(a_round()).partition("<tbody>")[2].partition("</tbody>")[0]


def test_the_targets_of_a_round_s_book_stand_there_until_they_are_withdrawn(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(targets, "_TOLD", [tables_of_targets])
    kept = a_round()
    li = actor("office", code="li")
    keep_parts(by=li, at=LATER, pk=kept.pk, name="x.zip", parts={"targets.csv": TABLE.encode()})

    before = grid(kept)
    part = KeptPart.objects.for_the_program().get()
    withdraw_part(by=li, at=LATER, pk=kept.pk, part=part.pk)

    assert "<small>目标 120.5</small>" in before
    assert "120.5" not in grid(kept)


def test_the_site_tells_the_targets_of_its_books() -> None:
    assert tables_of_targets in TOLD_BY_THE_SITE
