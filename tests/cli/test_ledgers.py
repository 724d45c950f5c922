from __future__ import annotations

import json
from pathlib import Path

from tests.cli.commands import answer_to
from tests.usecase.ledger_books import write


def test_all_ledgers_are_counted(tmp_path: Path) -> None:
    answer = answer_to("ledgers", "list", str(write(tmp_path)), "--on", "2023-02-21", "--lang", "en")

    # 001 is closed, 002 was due on 15 January, 003 on 20 February
    assert (answer.code, answer.err) == (0, "")
    assert answer.out.splitlines() == [
        "ledger    name      records  open  due soon  overdue",
        "requests  群众诉求        3     2         0        2",
    ]


def test_records_of_a_ledger_are_listed(tmp_path: Path) -> None:
    book = str(write(tmp_path))

    answer = answer_to("ledgers", "list", book, "requests", "--on=2023-02-10", "--open", "--lang=zh")

    assert (answer.code, answer.err) == (0, "")
    assert answer.out.splitlines() == [
        "群众诉求  2023-02-10",
        "编号  单位  责任人  到期日      剩余天数  状态  办理情况  位置",
        "002   甲镇  王      2023-01-15       -26  办理  已逾期    ledgers/requests.csv:3",
        "003   乙镇  赵      2023-02-20        10  受理  即将到期  ledgers/requests.csv:4",
    ]


def test_overdue_records_of_all_ledgers_are_listed(tmp_path: Path) -> None:
    book = str(write(tmp_path))

    answer = answer_to("ledgers", "list", book, "--on=2023-02-10", "--overdue", "--lang=zh")
    read = json.loads(answer_to("ledgers", "list", book, "--on=2023-02-10", "--overdue", "--json").out)

    assert (answer.code, answer.err) == (0, "")
    assert answer.out.splitlines()[0] == "群众诉求  2023-02-10"
    assert answer.out.splitlines()[2].split()[:2] == ["002", "甲镇"]
    assert [[row["key"] for row in each["records"]] for each in read["ledgers"]] == [["002"]]


def test_a_list_is_read_by_programs(tmp_path: Path) -> None:
    book = str(write(tmp_path))

    answer = answer_to("ledgers", "list", book, "requests", "--on=2023-02-10", "--overdue", "--json")

    read = json.loads(answer.out)
    assert read["ledger"]["overdue"] == 1
    assert [(row["key"], row["due"], row["source_row"]) for row in read["records"]] == [
        ("002", "2023-01-15", 3)
    ]


def test_wrong_usage_is_told(tmp_path: Path) -> None:
    book = str(write(tmp_path))

    both = answer_to("ledgers", "list", book, "requests", "--open", "--overdue", "--lang=en")
    none = answer_to("ledgers", "list", book, f"--csv={tmp_path / 'all.csv'}", "--lang=en")

    assert (both.code, none.code) == (2, 2)
    assert both.err == "quanheng: choose one of --open, --due-soon and --overdue\n"


def test_records_are_imported_and_the_changes_shown(tmp_path: Path) -> None:
    book = write(tmp_path)
    file = tmp_path / "new.csv"
    file.write_text("ticket,state\n003,办理\n", encoding="utf-8")

    trial = answer_to("ledgers", "import", str(book), "requests", str(file), "--dry-run", "--lang=en")
    done = answer_to("ledgers", "import", str(book), "requests", str(file), "--on", "2023-02-11", "--lang=zh")

    assert trial.out.splitlines()[-1] == "A trial: nothing was written"
    assert done.out.splitlines() == [
        "编号  列     原值  新值",
        "003   state  受理  办理",
        "新增 0 件，改动 1 件，未变 0 件",
        f"已写入 {book / 'ledgers/requests.csv'}",
    ]
    assert "2023-02-11,003,state,受理,办理" in (book / "ledgers/requests.log.csv").read_text(encoding="utf-8")


def test_an_import_that_is_not_allowed_fails_with_findings(tmp_path: Path) -> None:
    book = write(tmp_path)
    file = tmp_path / "new.csv"
    file.write_text("ticket,state\n003,退回\n", encoding="utf-8")

    answer = answer_to("ledgers", "import", str(book), "requests", str(file), "--lang=en")

    assert (answer.code, answer.out) == (1, "")
    assert answer.err.startswith(
        "new.csv!2:state: error QH471 the record '003' may not go from '受理' to '退回'\n"
    )


def test_an_indicator_leads_to_its_records(tmp_path: Path) -> None:
    answer = answer_to("records", str(write(tmp_path)), "甲镇", "closing", "--lang=zh")

    assert (answer.code, answer.err) == (0, "")
    lines = answer.out.splitlines()
    assert lines[0] == "甲镇  按时办结率  2023  =  in_time / received"
    assert lines[2] == (
        "in_time  2023: 1  (事项数)  群众诉求  received_on不高于期末日 且 closed_on不高于due_on"
        "（received_on <= 期末日 且 closed_on <= due_on）"
    )
    assert lines[4].split() == [
        *("T1", "001", "李", "2023-01-02", "2023-01-12", "2023-01-10", "办结", "函1号", "96", "1"),
        "ledgers/requests.csv:2",
    ]


def test_records_are_read_by_programs(tmp_path: Path) -> None:
    answer = answer_to("records", str(write(tmp_path)), "T1", "closing", "--json")

    figures = json.loads(answer.out)["figures"]
    assert [(figure["item"], figure["value"]) for figure in figures] == [("in_time", 1.0), ("received", 2.0)]
    assert [row["ticket"] for row in figures[1]["records"]] == ["001", "002"]
