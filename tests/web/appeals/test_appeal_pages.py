"""The pages of appeals: filed by the unit, decided by the office, read by those concerned and nobody else."""

from __future__ import annotations

import datetime as dt
from typing import Final

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.web.appeals.world import CHEN, a_shown_round, an_appeal, corrected, moved
from tests.web.people_of_all_roles import actor, signed_in, somebody
from tests.web.rounds.world import LATER, place

from quanheng.web.appeals.models import AppealEvidence, KeptAppeal
from quanheng.web.audit.models import Entry
from quanheng.web.library.uploads import Upload
from quanheng.web.people.models import Account, Unit
from quanheng.web.rounds.models import AskedUnit, KeptRound

MOST_QUERIES: Final = 12
MINUTE: Final = dt.timedelta(minutes=1)
PDF: Final = Upload(name="图.pdf", content=b"%PDF-1.7")


@pytest.fixture(autouse=True)
def _clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: LATER)


def of(code: str) -> Client:
    return signed_in(Account.objects.for_the_program().get(code=code))


def own_unit(kept: KeptRound) -> AskedUnit:
    return AskedUnit.objects.for_the_program().get(round=kept, unit="T1")


def another_unit() -> Account:
    """Return somebody of a unit that is another one."""
    account = somebody("unit", code="zhou")
    account.units.set([Unit.objects.for_the_program().get(code="T2")])
    return account


def test_a_unit_files_an_appeal_by_its_page_and_reads_the_decision() -> None:
    kept = a_shown_round()
    unit = signed_in(somebody("unit"))
    page = unit.get(reverse("file_appeal", args=[kept.pk]))
    form = {"unit": own_unit(kept).pk, "key": page.context["key"], "about": "item:gdp"}
    form |= {"grounds": "五月起园区划归<b>本镇</b>"}

    listed = unit.get(reverse("appeals")).content.decode()
    file = SimpleUploadedFile("图.pdf", b"%PDF-1.7")
    filed = unit.post(reverse("file_appeal", args=[kept.pk]), form | {"files": [file]}, follow=True)
    again = unit.post(reverse("file_appeal", args=[kept.pk]), form, follow=True)
    appeal = KeptAppeal.objects.for_the_program().get()
    moved(appeal, "hear", "partly", reason="部分属实<i>")
    corrected(kept, appeal)
    decided = unit.get(reverse("appeal", args=[appeal.pk])).content.decode()

    assert reverse("file_appeal", args=[kept.pk]) in listed
    assert "&lt;b&gt;本镇" in filed.content.decode()
    assert again.status_code == 200
    assert "部分成立" in decided
    assert "部分属实&lt;i&gt;" in decided
    assert "更正为120" in decided
    assert "更正：" not in decided


def test_what_is_wrong_with_an_appeal_is_told_and_its_text_stays() -> None:
    kept = a_shown_round()
    unit = signed_in(somebody("unit"))
    form = {"unit": own_unit(kept).pk, "about": "item:gdp", "grounds": "理由在此"}

    page = unit.post(
        reverse("file_appeal", args=[kept.pk]), form | {"files": [SimpleUploadedFile("a.exe", b"MZ")]}
    )

    assert [finding["code"] for finding in page.context["findings"]] == ["QH988"]
    assert "理由在此</textarea>" in page.content.decode()
    assert KeptAppeal.objects.for_the_program().count() == 0


def test_grounds_are_kept_to_the_last_letter_or_refused_as_too_long() -> None:
    kept = a_shown_round()
    unit = signed_in(somebody("unit"))
    form = {"unit": own_unit(kept).pk, "about": "item:gdp"}
    address = reverse("file_appeal", args=[kept.pk])
    whole = "据\r\n" * 2_499 + "据终"  # so many letters as the field takes, a break of lines being one

    page = unit.post(address, form | {"grounds": f"{whole}。", "key": "a"}).content.decode()
    refused = KeptAppeal.objects.for_the_program().exists()
    unit.post(address, form | {"grounds": whole, "key": "b"})

    assert "内容有5001个字符，最多可写5000个" in page
    assert f"{whole}。</textarea>".replace("\r\n", "\n") in page.replace("\r\n", "\n")
    assert not refused
    assert KeptAppeal.objects.for_the_program().get().grounds == whole.replace("\r\n", "\n")


def test_the_office_hears_decides_corrects_by_the_page() -> None:
    kept = a_shown_round()
    appeal = an_appeal(kept)
    office = signed_in(somebody("office"))
    where, move = reverse("appeal", args=[appeal.pk]), reverse("move_appeal", args=[appeal.pk])

    office.post(move, {"move": "hear"})
    without = office.post(move, {"move": "upheld", "reason": " "})
    office.post(move, {"move": "upheld", "reason": "属实"})
    page = office.get(where)
    item, _ = place(kept, "gdp", "T1")
    wish = {"item": item, "version": page.context["found"].figures[0]["version"], "written": "many"}
    bad = office.post(reverse("correct_by_appeal", args=[appeal.pk]), wish)
    office.post(reverse("correct_by_appeal", args=[appeal.pk]), wish | {"written": "120"})
    unscored = office.get(where)

    assert [finding["code"] for finding in without.context["findings"]] == ["QH903"]
    assert [finding["code"] for finding in bad.context["findings"]] == ["QH974"]
    assert 'maxlength="100" value="many"' in bad.content.decode()
    assert [change.written for change in unscored.context["found"].corrections] == ["120"]
    assert [finding["code"] for finding in unscored.context["moves"][0]["refused"]] == ["QH926"]
    assert office.post(move, {"move": "no such"}).status_code == 404


def test_who_had_a_part_reads_why_another_has_to_decide() -> None:
    kept = a_shown_round()
    appeal = moved(an_appeal(kept), "hear")
    office = signed_in(somebody("office", code="li"))

    page = office.get(reverse("appeal", args=[appeal.pk]))
    done = office.post(reverse("move_appeal", args=[appeal.pk]), {"move": "upheld", "reason": "x"})

    refused = {move["code"]: [each["code"] for each in move["refused"]] for move in page.context["moves"]}
    assert refused == {"upheld": ["QH925"], "partly": ["QH925"], "rejected": ["QH925"]}
    assert [finding["code"] for finding in done.context["findings"]] == ["QH925"]
    entry = Entry.objects.for_the_program().latest("pk")
    assert (entry.outcome, entry.action, entry.reasons) == ("refused", "appeal.move", "QH925")


def test_the_office_states_a_remedy_by_the_page_and_the_unit_reads_it() -> None:
    kept = a_shown_round()
    appeal = moved(an_appeal(kept, "node:output"), "hear", "upheld")
    on_figure = moved(an_appeal(kept), "hear", "upheld")
    for role in ("office", "unit"):
        somebody(role, code=role)
    told = {"move": "remedy", "reason": "方案<b>有误"}

    on_both = [of("office").get(reverse("appeal", args=[each.pk])).context for each in (appeal, on_figure)]
    offered, of_figure = ([move["code"] for move in context["moves"]] for context in on_both)
    of("office").post(reverse("move_appeal", args=[appeal.pk]), told)
    read = of("unit").get(reverse("appeal", args=[appeal.pk])).content.decode()

    assert (offered, of_figure) == (["finish", "remedy"], ["finish"])
    assert "说明处理办法后办结（不更正指标值）：方案&lt;b&gt;有误" in read
    assert KeptAppeal.objects.for_the_program().get(pk=appeal.pk).state == "done"


@pytest.mark.parametrize("moves", [(), ("hear",), ("hear", "upheld")])
@pytest.mark.parametrize(
    ("who", "sees"),
    [
        ("office", True),
        ("unit", True),
        ("zhou", False),
        ("wang", False),
        ("auditor", False),
        ("leader", None),
    ],
)
def test_who_sees_an_appeal_in_which_state(who: str, sees: bool | None, moves: tuple[str, ...]) -> None:  # noqa: FBT001  a column of the table
    kept = a_shown_round()
    appeal = moved(an_appeal(kept, files=(PDF,)), *moves)
    for role in ("office", "unit", "leader", "auditor"):
        somebody(role, code=role)
    another_unit()
    held = AppealEvidence.objects.for_the_program().get()
    expected = (moves[-1:] == ("upheld",)) if sees is None else sees

    for route, pk in (("appeal", appeal.pk), ("appeal_evidence", held.pk)):
        answer = of(who).get(reverse(route, args=[pk]))
        assert answer.status_code == (200 if expected else 404), route
    if who not in ("wang", "auditor"):
        listed = of(who).get(reverse("appeals")).context["page"].object_list
        assert [each.pk for each in listed] == ([appeal.pk] if expected else [])


def test_another_unit_moves_nothing_and_adds_nothing() -> None:
    kept = a_shown_round()
    appeal = an_appeal(kept)
    other = signed_in(another_unit())

    answers = [
        other.post(reverse("move_appeal", args=[appeal.pk]), {"move": "withdraw"}),
        other.post(reverse("add_appeal_evidence", args=[appeal.pk]), {}),
        signed_in(somebody("leader")).post(reverse("move_appeal", args=[appeal.pk]), {"move": "withdraw"}),
    ]

    assert [answer.status_code for answer in answers] == [404, 404, 404]


def test_the_own_unit_withdraws_and_adds_by_its_page() -> None:
    kept = a_shown_round()
    appeal = an_appeal(kept)
    unit = signed_in(somebody("unit"))
    add = reverse("add_appeal_evidence", args=[appeal.pk])

    added = unit.post(add, {"files": [SimpleUploadedFile("图.pdf", PDF.content)], "key": "k"}, follow=True)
    none = unit.post(add, {"key": "other"})
    unit.post(reverse("move_appeal", args=[appeal.pk]), {"move": "withdraw"})

    assert "图.pdf" in added.content.decode()
    assert [finding["code"] for finding in none.context["findings"]] == ["QH988"]
    assert KeptAppeal.objects.for_the_program().get().state == "withdrawn"


def test_evidence_of_an_appeal_is_a_download_that_the_log_tells() -> None:
    kept = a_shown_round()
    appeal = an_appeal(kept, files=(PDF,))
    unit = signed_in(somebody("unit"))
    held = AppealEvidence.objects.for_the_program().get()

    answer = unit.get(reverse("appeal_evidence", args=[held.pk]))

    assert answer.content == PDF.content
    assert answer.headers["Content-Security-Policy"].startswith("sandbox")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    entry = Entry.objects.for_the_program().latest("pk")
    assert (entry.action, entry.who, entry.about) == ("appeal.open", "unit", f"2024-Q1 T1 gdp #{appeal.pk}")


def test_nothing_is_offered_outside_the_window() -> None:
    kept = a_shown_round()
    rounds = KeptRound.objects.for_the_program().filter(pk=kept.pk)
    rounds.update(window_begins=LATER - 2 * MINUTE, window_ends=LATER - MINUTE)
    unit = signed_in(somebody("unit"))

    late = unit.get(reverse("appeals"))
    form = {"unit": own_unit(kept).pk, "about": "item:gdp", "grounds": "x"}
    refused = unit.post(reverse("file_appeal", args=[kept.pk]), form)

    assert late.context["rounds"] == []
    assert [finding["code"] for finding in refused.context["findings"]] == ["QH922"]


def test_appeals_are_narrowed_by_state() -> None:
    kept = a_shown_round()
    first, second = an_appeal(kept), moved(an_appeal(kept), "withdraw", by=CHEN)
    office = signed_in(somebody("office"))

    found = {
        state: {appeal.pk for appeal in office.get(reverse("appeals"), {"state": state}).context["page"]}
        for state in ("", "open", "withdrawn", "done", "no such")
    }

    assert found == {
        "": {first.pk, second.pk},
        "open": {first.pk},
        "withdrawn": {second.pk},
        "done": set(),
        "no such": {first.pk, second.pk},
    }


def queries(client: Client, address: str) -> int:
    client.get(address)  # what is kept for a minute is asked for once
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return sum("SAVEPOINT" not in query["sql"] for query in asked.captured_queries)


def test_pages_ask_the_database_few_times() -> None:
    kept = a_shown_round()
    appeal = moved(an_appeal(kept, files=(PDF,)), "hear", "upheld")
    corrected(kept, appeal)
    office, unit = signed_in(somebody("office")), signed_in(somebody("unit"))

    found = {
        (who, address): queries(client, address)
        for who, client in (("office", office), ("unit", unit))
        for address in (reverse("appeals"), reverse("appeal", args=[appeal.pk]))
    }
    on_score = moved(an_appeal(kept, "node:output"), "hear", "upheld", by=actor("office", code="wu"))
    found["office", "score"] = queries(office, reverse("appeal", args=[on_score.pk]))
    found["unit", "file"] = queries(unit, reverse("file_appeal", args=[kept.pk]))

    assert {page: count for page, count in found.items() if count > MOST_QUERIES} == {}
