from __future__ import annotations

import datetime as dt
import io
import json
from typing import Any, Final

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.web.people_of_all_roles import signed_in, somebody
from tests.web.rounds.world import DUE, LATER, a_round, cell, kept_scheme, place, save, wang

from quanheng.web.audit.models import Entry
from quanheng.web.people.models import Account, Unit
from quanheng.web.rounds.domain.values import move_values
from quanheng.web.rounds.models import Cell, KeptRound, Question, Task

MOST_QUERIES: Final = 12


@pytest.fixture(autouse=True)
def _clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the pages think that it is an hour after the round was made."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: LATER)


def of(code: str) -> Client:
    return signed_in(Account.objects.for_the_program().get(code=code))


def queries(client: Client, address: str) -> int:
    client.get(address)  # what is kept for a minute is asked for once
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return sum("SAVEPOINT" not in query["sql"] for query in asked.captured_queries)


def workbook(*sheets: list[list[str]], merged: str = "") -> SimpleUploadedFile:
    """Return a workbook; on its first sheet a range is merged, and then its second row hidden."""
    written = io.BytesIO()
    with xlsxwriter.Workbook(written) as book:
        for rows in sheets:
            sheet = book.add_worksheet()
            if merged and rows is sheets[0]:
                sheet.merge_range(merged, "")
                sheet.set_row(1, None, None, {"hidden": True})
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    return SimpleUploadedFile("任务.xlsx", written.getvalue())


def form_of(page: Any, **cells: str) -> dict[str, str]:  # noqa: ANN401  an answer of the client
    return {"seen": page.context["seen"], "key": page.context["key"], "part": "1", **cells}


def name(kept: KeptRound, item: str, unit: str) -> str:
    return ".".join(map(str, place(kept, item, unit)))


def test_the_office_makes_assigns_and_opens_a_round_by_its_pages() -> None:
    version = kept_scheme()
    client = signed_in(somebody("office"))
    somebody("reporter", code="wang")
    form = {"scheme": version.pk, "code": "Q1", "title": "一季度", "period": "2024-Q1"}
    form |= {"due": "2024-04-10T17:00", "units": ["T1", "T2"]}

    made = client.post(reverse("add_round"), form, follow=True)
    pk = made.context["kept"].pk
    refused = client.post(reverse("move_round", args=[pk]), {"move": "open"})
    sheet = workbook(
        [
            ["数据项", "单位", "填报人", "截止时间"],
            ["", "镇1、T2", "wang", ""],
            ["gdp", "", "WANG", "2024-04-11"],
        ]
    )
    client.post(reverse("tasks", args=[pk]), {"file": sheet})
    opened = client.post(reverse("move_round", args=[pk]), {"move": "open"}, follow=True)

    assert "2024年4月10日 17:00" in made.content.decode()
    assert "QH905" in refused.content.decode()
    assert opened.context["kept"].state == "open"
    dues = {task.due.isoformat() if task.due else "" for task in Task.objects.for_the_program()}
    assert dues == {"", "2024-04-11T15:59:00+00:00"}


def test_a_bad_sheet_of_tasks_is_told_by_its_cells_and_nothing_is_assigned() -> None:
    kept = a_round()
    client = signed_in(somebody("office"))
    before = Task.objects.for_the_program().count()
    rows = [
        ["数据项", "单位", "填报人", "截止时间"],
        ["no", "T1", "wang", ""],
        ["gdp", "T9", "wang", "spring"],
    ]

    page = client.post(reverse("tasks", args=[kept.pk]), {"file": workbook(rows)})
    other = client.post(reverse("tasks", args=[kept.pk]), {"file": workbook([["x", "y"]])})

    told = [(finding["code"], finding["place"]) for finding in page.context["findings"]]
    assert told == [
        ("QH969", "任务.xlsx!Sheet1!A2"),
        ("QH969", "任务.xlsx!Sheet1!A3"),
        ("QH972", "任务.xlsx!Sheet1!A3"),
    ]
    assert [finding["code"] for finding in other.context["findings"]] == ["QH973"] * 3
    assert Task.objects.for_the_program().count() == before


def test_a_merged_item_stands_for_itself_and_every_sheet_of_tasks_is_read() -> None:
    kept = a_round()
    client = signed_in(somebody("office"))
    heading = ["数据项", "单位", "填报人"]
    merged = [heading, ["gdp", "T1", "zhao"], ["", "T2", "zhao"]]
    second = [heading, ["rate", "T1", "zhao"]]
    sheet = workbook(merged, [["填写说明"]], second, merged="A2:A3")

    form = {"file": sheet, "reason": "分工调整"}
    page = client.post(reverse("tasks", args=[kept.pk]), form, follow=True).content.decode()

    found = Task.objects.for_the_program().filter(reporter__code="zhao").order_by("pk")
    told = {(task.item.code, str(task.unit.unit_id)) for task in found.select_related("item", "unit")}
    assert told - {("gdp", "T3"), ("rate", "T3")} == {("gdp", "T1"), ("gdp", "T2"), ("rate", "T1")}
    assert "该表隐藏了 1 行（2）" in page


def test_a_sheet_of_too_many_tasks_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("quanheng.web.rounds.task_sheet._MOST", 1)
    kept = a_round()
    sheet = workbook([["数据项", "单位", "填报人"], ["gdp", "T1", "zhao"]])

    page = signed_in(somebody("office")).post(reverse("tasks", args=[kept.pk]), {"file": sheet})

    assert [finding["code"] for finding in page.context["findings"]] == ["QH840"]


def test_a_reporter_sees_what_is_due_and_nothing_of_others() -> None:
    kept = a_round()
    a_round(code="2024-Q2", period="2024-Q2", opened=False)
    save(kept, {"gdp T1": "1"})

    rows = of("wang").get(reverse("due")).context["rows"]

    assert [(row.round.pk, [(count, state) for _, count, state in row.counts]) for row in rows] == [
        (kept.pk, [(3, "empty"), (1, "saved")])
    ]


def test_what_is_due_is_counted_by_the_deadline_of_the_figure_then_the_task_then_the_round() -> None:
    kept = a_round()
    save(kept, {"gdp T1": "1", "gdp T2": "2"})
    of_cell, of_task = DUE + dt.timedelta(days=3), LATER - dt.timedelta(minutes=5)
    for unit in ("T1", "T2"):
        item, at_unit = place(kept, "gdp", unit)
        Task.objects.for_the_program().filter(item=item, unit=at_unit).update(due=of_task)
    item, at_unit = place(kept, "gdp", "T1")
    Cell.objects.for_the_program().filter(item=item, unit=at_unit).update(state="returned", due=of_cell)
    for unit in ("T1", "T3"):  # T3 is zhao's
        about = dict(zip(("item_id", "unit_id"), place(kept, "gdp", unit), strict=True))
        Question(round=kept, text="?", who="li", at=LATER, **about).save(force_insert=True)

    rows = of("wang").get(reverse("due")).context["rows"]

    assert [(row.due, [(state, count) for _, count, state in row.counts]) for row in rows] == [
        (of_task, [("late", 1)]),
        (of_cell, [("asked", 1), ("returned", 1)]),
        (DUE, [("empty", 2)]),
    ]


def test_the_grid_has_the_own_cells_with_their_headings() -> None:
    kept = a_round()

    text = of("wang").get(reverse("fill", args=[kept.pk])).content.decode()

    item, unit = place(kept, "gdp", "T1")
    assert f'<input name="{item}.{unit}" aria-labelledby="u{unit} i{item}">' in text
    assert 'scope="row"' in text
    assert "镇3" not in text


def test_figures_are_saved_and_submitted_without_a_script() -> None:
    kept = a_round()
    client = of("wang")
    address = reverse("fill", args=[kept.pk])
    page = client.get(address)
    cells = {name(kept, "gdp", "T1"): "1,234.5", name(kept, "rate", "T2"): "6.1%"}

    saved = client.post(address, form_of(page, **cells, do="save"), follow=True)
    submitted = client.post(address, form_of(saved, **cells, do="submit"), follow=True)

    assert "已保存2项" in saved.content.decode()
    assert "提交" in submitted.content.decode()
    now = cell(kept, "gdp", "T1")
    assert now is not None
    assert (now.number, now.state, now.written) == (1234.5, "submitted", "1,234.5")
    assert f'<input name="{name(kept, "gdp", "T1")}"' not in submitted.content.decode()


def test_what_cannot_be_saved_stays_in_the_page_with_its_reason() -> None:
    kept = a_round()
    client = of("wang")
    address = reverse("fill", args=[kept.pk])
    cells = {name(kept, "gdp", "T1"): "<many>", name(kept, "gdp", "T2"): "2"}

    page = client.post(address, form_of(client.get(address), **cells, do="submit"))

    text = page.content.decode()
    assert 'value="&lt;many&gt;" aria-invalid="true"' in text
    assert (page.context["refused"], page.context["saved"]) == (1, 1)
    now = cell(kept, "gdp", "T2")
    assert now is not None
    assert now.state == "saved"


def test_two_in_one_cell_choose() -> None:
    kept = a_round()
    client = of("wang")
    address = reverse("fill", args=[kept.pk])
    cells = {name(kept, "gdp", "T1"): "2"}
    first = client.get(address)
    save(kept, {"gdp T1": "1"})

    told = client.post(address, form_of(first, **cells, do="save"))
    undecided = client.post(address, form_of(told, **cells, **{f"p{name(kept, 'gdp', 'T1')}": ""}))
    mine = client.post(address, form_of(undecided, **cells, **{f"p{name(kept, 'gdp', 'T1')}": "mine"}))

    assert "wang填的是：1" in told.content.decode()
    assert (told.context["refused"], undecided.context["refused"], mine.status_code) == (1, 1, 302)
    now = cell(kept, "gdp", "T1")
    assert now is not None
    assert (now.written, now.version) == ("2", 2)


def test_theirs_is_left_as_it_is() -> None:
    kept = a_round()
    client = of("wang")
    address = reverse("fill", args=[kept.pk])
    first = client.get(address)
    save(kept, {"gdp T1": "1"})

    cells = {name(kept, "gdp", "T1"): "2", f"p{name(kept, 'gdp', 'T1')}": "theirs"}
    answer = client.post(address, form_of(first, **cells))

    now = cell(kept, "gdp", "T1")
    assert answer.status_code == 302
    assert now is not None
    assert now.written == "1"


def test_a_form_that_is_sent_twice_counts_once() -> None:
    kept = a_round()
    client = of("wang")
    address = reverse("fill", args=[kept.pk])
    form = form_of(client.get(address), **{name(kept, "gdp", "T1"): "1"})

    client.post(address, form)
    again = client.post(address, form, follow=True)

    assert "只计一次" in again.content.decode()
    now = cell(kept, "gdp", "T1")
    assert now is not None
    assert now.version == 1


@pytest.mark.parametrize(
    "seen", ["", "[]", "nonsense", '{"1.1": "x"}', json.dumps({"0.0": 9}), "[" * 100_000]
)
def test_a_form_with_a_spoilt_version_says_so_or_saves(seen: str) -> None:
    kept = a_round()
    address = reverse("fill", args=[kept.pk])

    answer = of("wang").post(address, {"seen": seen, name(kept, "gdp", "T1"): "1", "999999.1": "3", "x": "y"})

    assert answer.status_code == 302
    assert cell(kept, "gdp", "T1") is not None


@pytest.mark.parametrize("state", ["draft", "open"])
@pytest.mark.parametrize(
    ("who", "sees"),
    [("wang", {"open"}), ("sun", set()), ("office", set()), ("leader", set()), ("unit", set())],
)
def test_the_grid_is_there_for_its_reporter_in_a_round_that_is_open(
    who: str, sees: set[str], state: str
) -> None:
    kept = a_round(opened=state == "open")
    somebody("reporter", code="sun")
    for role in ("office", "leader", "unit"):
        somebody(role, code=role)

    answer = of(who).get(reverse("fill", args=[kept.pk]))
    history = of(who).get(reverse("history", args=[kept.pk, *place(kept, "gdp", "T3")]))

    assert answer.status_code == (200 if state in sees else 404)
    assert history.status_code == (200 if who == "office" else 404)


def test_somebody_else_writes_nothing_by_a_form_of_his_own() -> None:
    kept = a_round()
    address = reverse("fill", args=[kept.pk])

    of("zhao").post(address, {"seen": "{}", "key": "k", name(kept, "gdp", "T1"): "1", "do": "save"})

    assert cell(kept, "gdp", "T1") is None
    entry = Entry.objects.for_the_program().filter(action="values.save").get()
    assert entry.after["refused"] == {"T1 gdp": ["QH915"]}


def test_the_history_of_a_figure_names_who_when_and_what() -> None:
    kept = a_round()
    save(kept, {"gdp T1": "1"})
    save(kept, {"gdp T1": "<2>2"}, seen=1)
    save(kept, {"gdp T1": "22"}, seen=1)

    rows = (
        of("wang").get(reverse("history", args=[kept.pk, *place(kept, "gdp", "T1")])).context["figure"].rows
    )

    told = [(row["change"].version, row["change"].written, row["change"].who) for row in rows]
    assert told == [(2, "22", "wang"), (1, "1", "wang")]


def test_earlier_figures_stand_beside_the_cells() -> None:
    before = a_round(code="2023-Q4", period="2023-Q4")
    save(before, {"gdp T1": "98.75"})
    move_values(by=wang(), at=LATER, pk=before.pk, move="submit")
    kept = a_round()
    save(kept, {"gdp T1": "99.1"})

    text = of("wang").get(reverse("fill", args=[kept.pk])).content.decode()

    assert "<small>上期 98.75</small>" in text
    assert "小数1位，上期2位" in text


def test_pages_ask_the_database_few_times() -> None:
    kept = a_round()
    save(kept, {"gdp T1": "1"})
    client = signed_in(somebody("office"))
    office = {
        address: queries(client, address)
        for address in (
            reverse("rounds"),
            reverse("add_round"),
            reverse("round", args=[kept.pk]),
            reverse("tasks", args=[kept.pk]),
            reverse("review", args=[kept.pk]),
            reverse("history", args=[kept.pk, *place(kept, "gdp", "T1")]),
            reverse("schemes"),
            reverse("scheme", args=[kept.scheme_id]),
        )
    }
    reporter = {
        address: queries(of("wang"), address)
        for address in (
            reverse("due"),
            reverse("fill", args=[kept.pk]),
            reverse("history", args=[kept.pk, *place(kept, "gdp", "T1")]),
        )
    }

    assert {address: count for address, count in (office | reporter).items() if count > MOST_QUERIES} == {}


def test_a_paste_is_shown_cell_by_cell_before_it_is_taken() -> None:
    kept = a_round()
    client = of("wang")
    save(kept, {"gdp T1": "5"})
    page = client.get(reverse("fill", args=[kept.pk]))
    first, second = name(kept, "gdp", "T1"), name(kept, "gdp", "T2")
    form = form_of(
        page, **{first: "5", second: "x", "at": first, "block": "5\t6.1%\t7\r\n不适用\tmany\r\n\t9"}
    )

    shown = client.post(reverse("preview", args=[kept.pk]), form).context

    assert [
        (row["unit"], row["before"], row["text"], row["meaning"] or row["fault"]) for row in shown["rows"]
    ] == [
        ("镇1", "", "6.1%", "6.1"),
        ("镇2", "x", "不适用", "不适用"),
        ("镇2", "", "many", "“many”不是数字"),
    ]
    assert [row["fault"] for row in shown["rows"]] == ["", "", "“many”不是数字"]
    assert shown["preview"].same == 1
    assert [finding["message"][:11] for finding in shown["left_out"]] == [
        "粘贴内容第1行第3列不",
        "粘贴内容第3行第2列不",
    ]
    now = cell(kept, "gdp", "T1")
    assert now is not None
    assert now.written == "5"


@pytest.mark.parametrize("at", ["", "1", "0.0", "999.999", "a.b"])
def test_a_paste_into_a_cell_that_is_not_there_is_not_found(at: str) -> None:
    kept = a_round()

    assert of("wang").post(reverse("preview", args=[kept.pk]), {"at": at, "block": "1\t2"}).status_code == 404


def test_a_paste_begins_in_an_own_cell() -> None:
    kept = a_round()
    form = {"at": name(kept, "gdp", "T3"), "block": "1\t2"}

    assert of("wang").post(reverse("preview", args=[kept.pk]), form).status_code == 404


def test_the_office_gives_a_round_another_deadline() -> None:
    kept = a_round()
    client = signed_in(somebody("office"))
    address = reverse("change_due", args=[kept.pk])

    later = client.post(address, {"due": "2024-05-01T17:00"}, follow=True)
    over = client.post(address, {"due": "2024-01-01T17:00"})
    none = client.post(address, {"due": "spring"})
    slips = [client.post(address, {"due": due}) for due in ("0001-01-01T00:00", "9999-12-31T23:59")]

    assert 'value="2024-05-01T17:00"' in later.content.decode()
    assert [page.context["findings"][0]["code"] for page in (over, none, *slips)] == [
        "QH906",
        *["QH972"] * 3,
    ]
    assert KeptRound.objects.for_the_program().get(pk=kept.pk).due.isoformat() == "2024-05-01T09:00:00+00:00"


def test_a_note_is_kept_to_the_last_letter_or_refused_as_too_long() -> None:
    kept = a_round()
    save(kept, {"gdp T1": "1"})
    address = reverse("note", args=[kept.pk, *place(kept, "gdp", "T1")])
    whole = "注\r\n" * 249 + "注终"

    page = of("wang").post(address, {"note": f"{whole}。", "version": "1"}).content.decode()
    before = cell(kept, "gdp", "T1")
    of("wang").post(address, {"note": whole, "version": "1"})
    after = cell(kept, "gdp", "T1")

    assert "内容有501个字符，最多可写500个" in page
    assert f"{whole}。</textarea>".replace("\r\n", "\n") in page.replace("\r\n", "\n")
    assert before is not None
    assert before.note == ""
    assert after is not None
    assert after.note == whole.replace("\r\n", "\n")


def test_what_was_typed_stays_where_a_move_of_a_round_is_refused() -> None:
    kept = a_round()
    client = signed_in(somebody("office"))
    client.post(reverse("move_round", args=[kept.pk]), {"move": "close", "reason": "报齐"})

    over = {"move": "extend", "reason": "漏报三家", "due": "2024-01-01T17:00"}
    pages = [
        client.post(reverse("move_round", args=[kept.pk]), form).content.decode()
        for form in (over, over | {"due": "0024-04-10T17:00"}, over | {"reason": "长" * 1001})
    ]

    assert [code in page for code, page in zip(("QH906", "QH972", "QH894"), pages, strict=True)] == [True] * 3
    assert ['value="漏报三家"' in page for page in pages] == [True, True, False]
    assert 'value="2024-01-01T17:00"' in pages[0]
    assert "长" * 1001 in pages[2]


def test_units_of_one_name_are_told_apart_by_their_codes() -> None:
    version = kept_scheme()
    Unit.objects.for_the_program().filter(code="T2").update(name="镇1")
    kept = a_round(version=version)
    save(kept, {"gdp T1": "1"})

    grid = of("wang").get(reverse("fill", args=[kept.pk])).content.decode()
    matrix = signed_in(somebody("office")).get(reverse("review", args=[kept.pk])).content.decode()

    assert ["镇1 [T1]</th>" in page and "镇1 [T2]</th>" in page for page in (grid, matrix)] == [True, True]
    assert "镇3</th>" in matrix


@pytest.mark.parametrize("lost", [{"is_active": False}, {"as_reporter": False, "as_leader": True}])
def test_what_is_assigned_to_somebody_who_reports_no_more_is_told_as_reported_by_nobody(
    lost: dict[str, bool],
) -> None:
    kept = a_round()
    Account.objects.for_the_program().filter(code="zhao").update(**lost)
    client = signed_in(somebody("office"))

    page = client.get(reverse("round", args=[kept.pk])).content.decode()
    tasks = client.get(reverse("tasks", args=[kept.pk])).content.decode()

    assert "未指派2项" in page
    assert "尚有2项指标值未指派" in tasks
    assert tasks.count("已停用或不再是填报人") == 2
