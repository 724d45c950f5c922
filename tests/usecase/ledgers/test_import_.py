from __future__ import annotations

import datetime as dt
from pathlib import Path

import narwhals as nw
import polars as pl
import pytest
from tests.data.books import lines, sheet_of, workbook
from tests.usecase.ledger_books import HEADING, REQUESTS, SCHEME, write

from quanheng.data.ledgers.file import open_ledger
from quanheng.data.ledgers.write import write_changes
from quanheng.data.load import load
from quanheng.data.writing.locks import holding
from quanheng.data.writing.writing import Writing
from quanheng.findings.collector import Collector
from quanheng.findings.errors import DataError, UsageError
from quanheng.findings.finding import FindingsError
from quanheng.usecase.ledgers.import_ import Import, import_records

DAY = dt.date(2023, 3, 1)


def arriving(root: Path, content: str | bytes, *, name: str = "new.csv") -> Path:
    path = root / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def take_in(book: Path, content: str | bytes, *, name: str = "new.csv", dry_run: bool = False) -> Import:
    file = arriving(book.parent, content, name=name)
    return import_records(book, "requests", file, on=DAY, dry_run=dry_run)


def refused(book: Path, content: str | bytes, *, name: str = "new.csv") -> list[str]:
    before = contents(book)
    with pytest.raises(FindingsError) as raised:
        take_in(book, content, name=name)
    assert contents(book) == before
    return lines(raised.value.findings)


def contents(book: Path) -> dict[str, bytes]:
    return {
        path.relative_to(book).as_posix(): path.read_bytes() for path in book.rglob("*") if path.is_file()
    }


def ledger(book: Path) -> list[str]:
    return (book / "ledgers/requests.csv").read_text(encoding="utf-8-sig").splitlines()


def log(book: Path) -> list[str]:
    return (book / "ledgers/requests.log.csv").read_text(encoding="utf-8-sig").splitlines()


def test_records_are_matched_by_their_key_and_only_changed_cells_are_written(tmp_path: Path) -> None:
    book = write(tmp_path)

    done = take_in(
        book,
        "ticket,closed_on,state,proof,satisfaction\n"
        "002,2023年2月1日,办结,函2号,88.0\n"
        "001,2023/01/10,办结,,\n",
    )

    assert (done.new, done.changed, done.unchanged, done.written) == (0, 1, 1, True)
    assert done.findings == ()
    assert ledger(book) == [
        HEADING,
        "001,T1,李,2023/1/2,2023-01-12,2023-01-10,办结,函1号,96",
        "002,甲镇,王,2023-01-05,2023-01-15,2023-02-01,办结,函2号,88",
        "003,T2,赵,2023-02-05,2023-02-20,,受理,,",
    ]
    assert log(book) == [
        "on,key,column,before,after",
        "2023-03-01,002,closed_on,,2023-02-01",
        "2023-03-01,002,state,办理,办结",
        "2023-03-01,002,proof,,函2号",
        "2023-03-01,002,satisfaction,,88",
    ]
    assert [found.code for found in load(book).findings] == []


def test_new_records_come_after_those_there_and_stand_in_the_log(tmp_path: Path) -> None:
    book = write(tmp_path)

    done = take_in(book, "ticket,handled_by,received_on,state,due_on\n004,乙镇,2023-02-27,受理,/\n")

    assert (done.new, done.changed, done.unchanged) == (1, 0, 0)
    assert ledger(book)[4:] == ["004,T2,,2023-02-27,,,受理,,"]
    assert log(book)[1:] == [
        "2023-03-01,004,handled_by,,T2",
        "2023-03-01,004,received_on,,2023-02-27",
        "2023-03-01,004,state,,受理",
    ]
    # T2 has two requests and none closed in time, T1 two and one: 0/2 and 1/2
    assert load(book).ledgers["requests"]["handled_by"].to_list() == ["T1", "T1", "T2", "T2"]


def test_an_empty_cell_leaves_what_is_there_and_a_slash_empties_it(tmp_path: Path) -> None:
    book = write(tmp_path)

    take_in(book, "ticket,officer,due_on,proof\n002,,/,\n")

    assert ledger(book)[2] == "002,甲镇,王,2023-01-05,,,办理,,"
    assert log(book)[1:] == ["2023-03-01,002,due_on,2023-01-15,"]


def test_the_log_grows_and_the_same_again_changes_nothing(tmp_path: Path) -> None:
    book = write(tmp_path)

    take_in(book, "ticket,state\n003,办理\n")
    after = contents(book)
    again = take_in(book, "ticket,state\n003,办理\n")

    assert (again.changed, again.unchanged, again.written) == (0, 1, False)
    assert contents(book) == after
    take_in(book, "ticket,state\n003,退回\n")
    assert log(book)[1:] == ["2023-03-01,003,state,受理,办理", "2023-03-01,003,state,办理,退回"]


def test_a_trial_says_the_same_and_writes_nothing(tmp_path: Path) -> None:
    book = write(tmp_path)
    before = contents(book)

    trial = take_in(book, "ticket,state\n003,办理\n", dry_run=True)

    assert (trial.changed, trial.written) == (1, False)
    assert trial.changes.rows() == [("003", "state", "受理", "办理")]
    assert contents(book) == before


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("ticket,state\n003,退回\n", ["QH471 new.csv!2:state"]),
        ("ticket,state\n001,办理\n", ["QH470 new.csv!2:state", "QH471 new.csv!2:state"]),
        ("ticket,state\n003,完成\n", ["QH466 new.csv!2:state"]),
        (
            "ticket,state,handled_by,received_on\n004,办结,T1,2023-02-01\n",
            ["QH470 new.csv!2:state", "QH469 new.csv:2", "QH472 new.csv!2:state"],
        ),
        ("ticket,state,received_on\n004,受理,2023-02-01\n", ["QH463 new.csv:2"]),
        ("ticket,state,handled_by\n004,受理,T1\n", ["QH463 new.csv:2"]),
        ("ticket,handled_by\n003,丙镇\n", ["QH401 new.csv!2:handled_by"]),
        ("ticket,due_on\n003,2023-02-04\n", ["QH468 new.csv!2:due_on"]),
        ("ticket,due_on\n003,soon\n", ["QH328 new.csv!2:due_on"]),
        ("ticket,satisfaction\n003,120\n", ["QH464 new.csv!2:satisfaction"]),
        ("ticket,officer\n003,a\n003,b\n", ["QH462 new.csv!3:ticket"]),
        ("ticket,satisfaction\n,88\n", ["QH463 new.csv!2:ticket"]),
        ("ticket\n003\n004\n", ["QH463 new.csv:3"] * 3),
        ("ticket,officer\n003,=1+1\n", ["QH474 new.csv!2:officer"]),
        ("ticket,officer\n003,@SUM(A1)\n", ["QH474 new.csv!2:officer"]),
        ("ticket,officer\n003,-cmd|' /C calc'!A0\n", ["QH474 new.csv!2:officer"]),
        ("ticket,officer\n003,\x1b[2J\n", ["QH476 new.csv!2:officer"]),
        (f"ticket,officer\n003,{'长' * 10_001}\n", ["QH332 new.csv!2:officer"]),
        ("number,state\n003,办理\n", ["QH320 new.csv"]),
        ("", ["QH307 new.csv"]),
    ],
)
def test_what_is_wrong_is_told_in_the_file_and_nothing_is_written(
    content: str, expected: list[str], tmp_path: Path
) -> None:
    assert refused(write(tmp_path), content) == expected


def test_all_that_is_wrong_is_told_together(tmp_path: Path) -> None:
    found = refused(write(tmp_path), "ticket,state,due_on,officer\n003,办结,2023-02-04,好\n002,受理,,\n")

    assert found == [
        "QH468 new.csv!2:due_on",
        "QH470 new.csv!2:state",
        "QH469 new.csv:2",
        "QH471 new.csv!2:state",
        "QH471 new.csv!3:state",
    ]


def test_a_move_that_is_not_allowed_offers_those_that_are(tmp_path: Path) -> None:
    book = write(tmp_path)
    with pytest.raises(FindingsError) as raised:
        take_in(book, "ticket,state\n002,受理\n")

    (found,) = raised.value.findings
    assert found.message("en") == "the record '002' may not go from '办理' to '受理'"
    assert "办结, 退回" in found.hint("zh")


def test_a_column_nobody_knows_is_told_and_left_out(tmp_path: Path) -> None:
    book = write(tmp_path)

    done = take_in(book, "ticket,state,ofcer\n003,办理,钱\n")

    assert lines(done.findings) == ["QH473 new.csv!ofcer"]
    assert done.findings[0].message("en").endswith("did you mean 'officer'?")
    assert ledger(book)[0] == HEADING


def test_a_declared_column_that_the_ledger_lacks_is_added(tmp_path: Path) -> None:
    scheme = SCHEME.replace("fields: {", "fields: {topic: text, ")
    book = write(tmp_path, {"scheme.yaml": scheme})

    done = take_in(book, "ticket,topic\n003,供水\n")

    assert lines(done.findings) == ["QH475 ledgers/requests.csv"]
    assert ledger(book)[0] == f"{HEADING},topic"
    assert ledger(book)[2:] == [
        "002,甲镇,王,2023-01-05,2023-01-15,,办理,,,",
        "003,T2,赵,2023-02-05,2023-02-20,,受理,,,供水",
    ]


def test_the_first_records_make_the_ledger(tmp_path: Path) -> None:
    book = write(tmp_path, {"ledgers/requests.csv": None})

    done = take_in(book, "ticket,state,handled_by,received_on\n1,受理,T1,2023-02-01\n2,受理,T2,2023-02-02\n")

    assert (done.new, done.changed) == (2, 0)
    assert (
        ledger(book)[0] == "ticket,handled_by,officer,proof,received_on,due_on,closed_on,state,satisfaction"
    )
    assert ledger(book)[1:] == ["1,T1,,,2023-02-01,,,受理,", "2,T2,,,2023-02-02,,,受理,"]
    assert [found.code for found in load(book).findings] == []


def test_titles_and_totals_of_the_ledger_stay_where_they_are(tmp_path: Path) -> None:
    titled = f"群众诉求台账\n{REQUESTS},合计,,,,,,,\n"
    book = write(tmp_path, {"ledgers/requests.csv": titled.encode("gb18030")})

    take_in(book, "ticket,state,handled_by,received_on\n003,办理,,\n004,受理,T1,2023-02-01\n")

    assert ledger(book) == [
        "群众诉求台账,,,,,,,,",
        HEADING,
        "001,T1,李,2023/1/2,2023-01-12,2023-01-10,办结,函1号,96",
        "002,甲镇,王,2023-01-05,2023-01-15,,办理,,",
        "003,T2,赵,2023-02-05,2023-02-20,,办理,,",
        ",合计,,,,,,,",
        "004,T1,,2023-02-01,,,受理,,",
    ]


def test_a_workbook_may_arrive(tmp_path: Path) -> None:
    book = write(tmp_path)
    content = workbook(
        {"六月": sheet_of("ticket,state\n003,办理"), "七月": sheet_of("ticket,state\n002,退回")}
    )

    assert take_in(book, content, name="new.xlsx").changed == 2
    wrong = workbook({"一": sheet_of("ticket,state\n003,退回"), "二": sheet_of("ticket,state\n002,受理")})
    assert refused(book, wrong, name="wrong.xlsx") == ["QH471 wrong.xlsx!二!B2"]


def test_a_closing_date_to_come_is_told(tmp_path: Path) -> None:
    book = write(tmp_path)

    done = take_in(book, "ticket,state,closed_on,proof\n002,办结,2023-03-02,函\n")

    assert lines(done.findings) == ["QH477 new.csv!2:closed_on"]


def test_a_ledger_with_a_key_twice_takes_nothing_in(tmp_path: Path) -> None:
    book = write(tmp_path, {"ledgers/requests.csv": REQUESTS.replace("003", "002")})

    assert refused(book, "ticket,state\n002,退回\n") == ["QH462 ledgers/requests.csv!4:ticket"]


def test_what_cannot_be_imported_into_is_said(tmp_path: Path) -> None:
    book = write(tmp_path, {"scheme.yaml": SCHEME.replace("    key: ticket\n", "")})
    file = arriving(tmp_path, "ticket,state\n")
    with pytest.raises(UsageError, match="declares no 'key'"):
        import_records(book, "requests", file, on=DAY)
    with pytest.raises(UsageError, match="did you mean 'requests'"):
        import_records(book, "request", file, on=DAY)
    with pytest.raises(UsageError, match="neither a folder nor a workbook"):
        import_records(book / "units.csv", "requests", file, on=DAY)
    (book / "ledgers/requests.csv").rename(book / "ledgers/old.csv")
    (book / "ledgers/requests.xlsx").write_bytes(workbook({"一": sheet_of(REQUESTS)}))
    (book / "scheme.yaml").write_text(SCHEME, encoding="utf-8")
    with pytest.raises(UsageError, match="csv ledgers only"):
        import_records(book, "requests", file, on=DAY)


def test_files_that_are_no_tables_are_refused(tmp_path: Path) -> None:
    book = write(tmp_path)
    (tmp_path / "folder.csv").mkdir()

    for name, code in (("absent.csv", "QH335"), ("folder.csv", "QH335"), ("new.exe", "QH316")):
        with pytest.raises(FindingsError) as raised:
            import_records(book, "requests", tmp_path / name, on=DAY)
        assert [found.code for found in raised.value.findings] == [code]


def test_ledgers_outside_of_the_book_are_not_written(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    book = write(tmp_path, {"ledgers/requests.csv": None})
    (book / "ledgers").symlink_to(outside)

    found = refused(book, "ticket,state,handled_by,received_on\n1,受理,T1,2023-02-01\n")

    assert found == ["QH304 ledgers"]
    assert list(outside.iterdir()) == []


def test_a_log_that_is_a_link_is_not_followed(tmp_path: Path) -> None:
    book = write(tmp_path)
    other = book / "ledgers/other.txt"
    other.write_text("mine\n")
    (book / "ledgers/requests.log.csv").symlink_to(other)

    with pytest.raises(DataError, match="no ordinary file"):
        take_in(book, "ticket,state\n003,办理\n")

    assert other.read_text() == "mine\n"
    assert (book / "ledgers/requests.csv").read_text() == REQUESTS


def test_a_parquet_file_may_arrive_with_types_of_its_own(tmp_path: Path) -> None:
    book = write(tmp_path, {"ledgers/requests.csv": REQUESTS.replace("003,", "3,")})
    frame = pl.DataFrame(
        {"ticket": [3], "due_on": [dt.date(2023, 2, 28)], "satisfaction": [88], "state": ["办理"]}
    )
    frame.write_parquet(tmp_path / "new.parquet")

    done = import_records(book, "requests", tmp_path / "new.parquet", on=DAY)

    assert done.changes.rows() == [
        ("3", "due_on", "2023-02-20", "2023-02-28"),
        ("3", "satisfaction", None, "88"),
        ("3", "state", "受理", "办理"),
    ]


@pytest.mark.parametrize(
    ("column", "code"), [(["a\x00b"], "QH476"), ([["nested"]], "QH334"), ([b"bytes"], "QH334")]
)
def test_a_hostile_parquet_file_is_refused(column: list[object], code: str, tmp_path: Path) -> None:
    book = write(tmp_path)
    pl.DataFrame({"ticket": ["003"], "officer": column}).write_parquet(tmp_path / "new.parquet")
    before = contents(book)

    with pytest.raises(FindingsError) as raised:
        import_records(book, "requests", tmp_path / "new.parquet", on=DAY)

    assert [found.code for found in raised.value.findings] == [code]
    assert contents(book) == before


def test_a_ledger_that_somebody_changes_meanwhile_is_left_alone(tmp_path: Path) -> None:
    book = write(tmp_path)
    there = open_ledger(book, "requests", collector=Collector())
    path = book / "ledgers/requests.csv"
    path.write_text(REQUESTS.replace("受理", "办理"), encoding="utf-8")
    before = contents(book)
    changes = nw.from_native(
        pl.DataFrame({"key": ["003"], "column": ["officer"], "before": ["赵"], "after": ["孙"]}),
        eager_only=True,
    )

    with pytest.raises(DataError, match="changed meanwhile"), holding(book, Writing()) as lock:
        write_changes(there, changes, [], on=DAY, lock=lock, command="test")

    assert contents(book) == before
