from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from tests.cli.commands import answer_to

from quanheng.data.load import load

SCHEME = """quanheng: 1
id: small
title: small
round: 2023
items:
  invested: {kind: cumulative, every: quarter}
  opened: {kind: date}
defaults: {gaps: {missing: redistribute}}
indicators:
  invest: {name: 投资, measure: invested, weight: 60, rule: target}
  opening: {measure: opened, weight: 40, direction: less, rule: {target: {met_only: true}}}
"""
FIGURES = """item,unit,period,value
invested,A,2023-Q1,4
invested,B,2022-Q4,50
opened,A,2023,3月20日
"""
TARGETS = """指标,单位,期间,目标,备注
投资,*,2023年,12,全区统一
投资,东镇,2023年一季度,2,早先
opening,A,2023,3月31日,
"""
FILES = {
    "scheme.yaml": SCHEME,
    "units.csv": "unit,name,land\nA,东镇,30\nB,西镇,50\n",
    "data/figures.csv": FIGURES,
    "targets.csv": TARGETS,
}


@pytest.fixture
def book(tmp_path: Path) -> Path:
    for name, text in FILES.items():
        (tmp_path / "book" / name).parent.mkdir(exist_ok=True, parents=True)
        (tmp_path / "book" / name).write_text(text, encoding="utf-8")
    return tmp_path / "book"


def targets_of(folder: Path, unit: str, indicator: str = "invest") -> dict[str, float]:
    rows = load(folder).targets.rows(named=True)
    return {r["period"]: r["target"] for r in rows if (r["unit"], r["indicator"]) == (unit, indicator)}


def test_split_shows_a_table_for_each_indicator(book: Path) -> None:
    answer = answer_to(
        "targets", "split", str(book), "--every", "quarter", "--indicator", "投资", "--lang", "zh"
    )

    assert answer.code == 0
    assert [line.split() for line in answer.out.splitlines()] == [
        ["投资", "[invest]"],
        ["单位", "名称", "2023-Q1", "2023-Q2", "2023-Q3", "2023-Q4"],
        ["A", "东镇", "3", "6", "9", "12"],
        ["B", "西镇", "3", "6", "9", "12"],
        [],
    ]
    assert targets_of(book, "A") == {"2023": 12, "2023-Q1": 2}


def test_split_for_a_program_has_rows(book: Path) -> None:
    answer = answer_to("targets", "split", str(book), "--every", "quarter", "--indicator", "invest", "--json")

    record = json.loads(answer.out)
    assert record["year"] == 2023
    assert record["targets"][0] == {
        "unit": "A",
        "indicator": "invest",
        "period": "2023-Q1",
        "target": 3.0,
        "floor": None,
        "stretch": None,
        "state": "value",
    }


def test_split_goes_into_the_books_own_table_and_keeps_the_rest(book: Path) -> None:
    own = book / "targets.csv"

    answer = answer_to("targets", "split", str(book), "--every", "quarter", "--out", str(own), "--lang", "en")

    assert answer.code == 0
    lines = own.read_text(encoding="utf-8").splitlines()
    assert lines[:3] == ["指标,单位,期间,目标,备注", "投资,*,2023年,12,全区统一", "opening,A,2023,3月31日,"]
    assert "invest,A,2023-Q1,3," in lines
    assert "opening,A,2023-Q1,2023-03-31," in lines
    assert targets_of(book, "A") == {"2023": 12, "2023-Q1": 3, "2023-Q2": 6, "2023-Q3": 9, "2023-Q4": 12}
    assert targets_of(book, "A", "opening")["2023-Q2"] == 90  # 31 March is the 90th day
    assert [finding.code for finding in load(book).findings if finding.severity != "note"] == []


@pytest.mark.parametrize("written", ["Ａ", "东　镇", "a", "\u200eA\ufeff", "东港"])
def test_targets_of_a_unit_that_is_written_otherwise_are_replaced_too(book: Path, written: str) -> None:
    own = book / "targets.csv"
    own.write_text(TARGETS.replace("投资,东镇,", f"投资,{written},"), encoding="utf-8")
    (book / "units.csv").write_text("unit,name,alias\nA,东镇,东港\n\ufeffB,西镇,\n", encoding="utf-8")

    answer_to("targets", "split", str(book), "--every", "quarter", "--out", str(own))

    assert written not in own.read_text(encoding="utf-8")
    assert targets_of(book, "A")["2023-Q1"] == 3
    assert targets_of(book, "B")["2023-Q1"] == 3


def test_targets_below_a_title_are_those_of_its_year(book: Path) -> None:
    own = book / "targets.csv"
    own.write_text(
        "2023年目标,,,\n指标,单位,目标,下达日期\n投资,A,12,2023.1.5\n投资,B,8,2023.1.5\n", encoding="utf-8"
    )
    asked = ("targets", "split", str(book), "--indicator", "投资", "--whole", "40", "--every", "quarter")

    for _ in range(2):  # a second time replaces what the first has written
        assert answer_to(*asked, "--set-on", "2023-01-05", "--reason", "下达", "--out", str(own)).code == 0

    rows = [(r["unit"], r["period"], r["target"]) for r in load(book).target_versions.rows(named=True)]
    assert sorted(row for row in rows if row[1] == "2023") == [("A", "2023", 20.0), ("B", "2023", 20.0)]
    assert len(rows) == 10
    assert own.read_text(encoding="utf-8").startswith("2023年目标,")


@pytest.mark.parametrize("name", ["targets.csv", "targets/投资2022年.csv", "book.xlsx"])
def test_old_targets_stay_those_of_the_year_their_title_tells(book: Path, tmp_path: Path, name: str) -> None:
    (book / "targets.csv").unlink()
    own = book / ("targets.csv" if name == "book.xlsx" else name)
    own.parent.mkdir(exist_ok=True)
    title = "" if "2022" in name else "2022年目标,,\n"
    own.write_text(f"{title}指标,单位,目标\n投资,A,12\n投资,B,8\n合计,,20\n", encoding="utf-8")
    if name == "book.xlsx":
        own = tmp_path / name
        assert answer_to("convert", str(book), str(own)).code == 0
    path = own if name == "book.xlsx" else book
    asked = ("targets", "split", str(path), "--indicator", "投资", "--whole", "40", "--out", str(own))

    for _ in range(2):
        assert answer_to(*asked).code == 0

    versions = load(path).target_versions.rows(named=True)
    assert sorted((r["period"], r["unit"], r["target"]) for r in versions) == [
        ("2022", "A", 12.0),
        ("2022", "B", 8.0),
        ("2023", "A", 20.0),
        ("2023", "B", 20.0),
    ]


def test_split_into_a_new_file_is_the_whole_table(book: Path, tmp_path: Path) -> None:
    new = tmp_path / "targets.csv"

    answer = answer_to(
        "targets", "split", str(book), "--every", "quarter", "--indicator", "invest", "--out", str(new)
    )

    assert answer.code == 0
    rows = list(csv.DictReader(new.read_text(encoding="utf-8").splitlines()))
    assert [row["期间"] for row in rows[:2]] == ["2023年", "2023"]
    assert len(rows) == 1 + 1 + 8


def test_a_revision_stays_beside_what_was_set_before(book: Path) -> None:
    own = str(book / "targets.csv")
    first = answer_to(
        "targets", "split", str(book), "--every", "quarter", "--indicator", "invest", "--out", own
    )

    again = answer_to(
        *("targets", "split", str(book), "--every", "quarter", "--indicator", "invest", "--out", own),
        *("--curve", "2023-Q1=50%", "--set-on", "2023-04-10", "--reason", "灾后调整"),
    )

    assert (first.code, again.code) == (0, 0)
    # from the first quarter's 50 % along a line: 50 %, 66.7 %, 83.3 %, 100 % of 12
    assert targets_of(book, "A") == {"2023": 12, "2023-Q1": 6, "2023-Q2": 8, "2023-Q3": 10, "2023-Q4": 12}
    listed = answer_to("targets", "list", str(book), "--unit", "东镇", "--indicator", "投资", "--lang", "zh")
    rows = [line.split()[1:] for line in listed.out.splitlines()]
    assert rows[1:3] == [
        ["2023-Q1", "3", "否", "targets.csv!4:目标"],
        ["2023-Q1", "6", "2023-04-10", "是", "灾后调整", "targets.csv!12:目标"],
    ]
    before = answer_to("targets", "list", str(book), "--unit", "A", "--as-of", "2023-04-09", "--json")
    told = json.loads(before.out)["targets"]
    assert [(row["target"], row["counts"]) for row in told if row["period"] == "2023-Q1"][:2] == [
        (3.0, True),
        (6.0, False),
    ]


def test_a_whole_becomes_targets_of_units_and_of_quarters(book: Path) -> None:
    own = str(book / "targets.csv")

    answer = answer_to(
        *(
            "targets",
            "split",
            str(book),
            "--indicator",
            "invest",
            "--whole",
            "160",
            "--among",
            "attribute:land",
        ),
        *("--every", "quarter", "--out", own),
    )

    assert answer.code == 0
    # 160 by land 30 : 50 is 60 and 100
    assert targets_of(book, "A") == {"2023": 60, "2023-Q1": 15, "2023-Q2": 30, "2023-Q3": 45, "2023-Q4": 60}
    assert targets_of(book, "B")["2023"] == 100


def test_one_units_targets_are_split_alone(book: Path) -> None:
    answer = answer_to(*("targets", "split", str(book), "--every", "quarter", "--unit", "西镇", "--json"))

    assert {row["unit"] for row in json.loads(answer.out)["targets"]} == {"B"}


def test_a_table_in_gb18030_stays_readable(book: Path) -> None:
    own = book / "targets.csv"
    own.write_bytes(FILES["targets.csv"].encode("gb18030"))

    answer = answer_to("targets", "split", str(book), "--every", "quarter", "--out", str(own))

    assert answer.code == 0
    assert own.read_bytes().startswith(b"\xef\xbb\xbf")
    assert targets_of(book, "B")["2023-Q4"] == 12


def test_a_workbooks_targets_are_written_to_a_file_of_their_own(book: Path, tmp_path: Path) -> None:
    workbook, out = tmp_path / "book.xlsx", tmp_path / "split.csv"
    assert answer_to("convert", str(book), str(workbook)).code == 0

    answer = answer_to(
        "targets", "split", str(workbook), "--every", "quarter", "--indicator", "invest", "--out", str(out)
    )

    assert answer.code == 0
    rows = list(csv.DictReader(out.read_text(encoding="utf-8").splitlines()))
    found = {(row["unit"], row["indicator"], row["period"]): row["target"] for row in rows}
    assert found["A", "invest", "2023-Q3"] == "9"
    assert found["A", "opening", "2023"] == "2023-03-31"


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ((), "say what to split"),
        (("--every", "quarter", "--set-on", "2023-04-01"), "go together"),
        (("--every", "quarter", "--group", "towns"), "share out a --whole"),
        (("--whole", "10"), "one indicator"),
        (("--whole", "10", "--indicator", "invest", "--unit", "A"), "leave --unit out"),
        (("--whole", "10", "--indicator", "invest", "--among", "luck"), "not by 'luck'"),
        (("--whole", "10", "--indicator", "invest", "--group", "parks"), "not assessed"),
        (("--every", "quarter", "--indicator", "invst"), "did you mean 'invest'?"),
        (("--every", "quarter", "--curve", "2023-Q1=50%,2023-H1=40%"), "is no curve"),
        (("--every", "quarter", "--curve", "2022-Q1=50%"), "is no curve"),
        (("--every", "quarter", "--out", "targets.xlsx"), "there is no workbook"),
    ],
)
def test_what_makes_no_sense_is_refused(book: Path, options: tuple[str, ...], says: str) -> None:
    answer = answer_to("targets", "split", str(book), *options, "--lang", "en")

    assert answer.code == 2
    assert says in answer.err


def test_targets_do_not_go_into_a_file_that_holds_something_else(book: Path) -> None:
    answer = answer_to("targets", "split", str(book), "--every", "quarter", "--out", str(book / "units.csv"))

    assert answer.code == 2
    assert (book / "units.csv").read_text(encoding="utf-8") == FILES["units.csv"]


def test_targets_do_not_go_into_a_second_table_of_the_book(book: Path) -> None:
    (book / "targets.csv").rename(book / "targets.tsv")

    for out in (book / "targets.csv", book / "targets" / "quarters.csv"):
        out.parent.mkdir(exist_ok=True)
        answer = answer_to("targets", "split", str(book), "--every", "quarter", "--out", str(out))

        assert answer.code == 2
        assert "targets.tsv" in answer.err
        assert not out.exists()


def test_a_unit_that_is_not_there_is_answered_with_the_nearest(book: Path) -> None:
    answer = answer_to("targets", "list", str(book), "--unit", "东真", "--lang", "zh")

    assert answer.code == 2
    assert "没有单位" in answer.err
