"""A result appears whole or not at all, and can be verified."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import narwhals as nw
import pytest

from quanheng.documents.tables.result_folder import TABLES
from quanheng.findings.errors import UsageError
from quanheng.findings.finding import FindingsError
from quanheng.usecase.results.assess import assess
from quanheng.usecase.results.verify import verify

HDI = Path(__file__).parents[3] / "books" / "hdi-2022"


@pytest.fixture
def book(tmp_path: Path) -> Path:
    target = tmp_path / "hdi"
    shutil.copytree(HDI, target, ignore=shutil.ignore_patterns("results"))
    return target


def test_result_lies_beside_the_book_with_every_table(book: Path) -> None:
    assessment = assess(book)

    assert assessment.folder == book / "results" / "2022"
    names = {path.name for path in assessment.folder.iterdir()}
    assert names == {*TABLES, "result.json", "results.xlsx"}
    record = json.loads((assessment.folder / "result.json").read_text(encoding="utf-8"))
    assert record["units"] == 193
    assert set(record["files"]) == {*TABLES, "results.xlsx"}


def test_tables_are_the_same_bytes_each_time(book: Path, tmp_path: Path) -> None:
    first = assess(book, out=tmp_path / "one").folder
    second = assess(book, out=tmp_path / "two").folder

    for name in TABLES:
        assert (first / name).read_bytes() == (second / name).read_bytes(), name


def test_book_with_errors_writes_nothing_and_keeps_the_earlier_result(book: Path) -> None:
    folder = assess(book).folder
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    figures = book / "data" / "hdi.csv"
    figures.write_text(figures.read_text(encoding="utf-8") + "XXX,2022,1,1,1,1\n", encoding="utf-8")

    with pytest.raises(FindingsError):
        assess(book)

    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
    assert [path.name for path in (book / "results").iterdir()] == ["2022"]


def test_folder_with_something_else_is_never_replaced(book: Path, tmp_path: Path) -> None:
    precious = tmp_path / "precious"
    precious.mkdir()
    (precious / "letter.txt").write_text("keep me", encoding="utf-8")

    with pytest.raises(UsageError, match="something else"):
        assess(book, out=precious)

    assert (precious / "letter.txt").read_text(encoding="utf-8") == "keep me"


def test_untouched_result_verifies(book: Path) -> None:
    assert verify(assess(book).folder) == ()


def test_result_without_a_workbook_is_complete(book: Path) -> None:
    assessment = assess(book, workbook=False)

    assert {path.name for path in assessment.folder.iterdir()} == {*TABLES, "result.json"}
    assert assessment.findings == assessment.result.findings
    assert verify(assessment.folder) == ()


def test_scheme_says_whether_there_is_a_workbook_and_a_caller_overrules_it(book: Path) -> None:
    scheme = book / "scheme.yaml"
    scheme.write_text(scheme.read_text(encoding="utf-8") + "workbook: false\n", encoding="utf-8")
    told: list[str] = []

    without = assess(book, before_workbook=lambda: told.append("scheme")).folder
    there = (without / "results.xlsx").exists()
    wanted = assess(book, workbook=True, before_workbook=lambda: told.append("caller")).folder

    assert not there
    assert (wanted / "results.xlsx").is_file()
    assert told == ["caller"]


def test_workbook_of_a_large_result_is_written_only_when_asked_for(tmp_path: Path) -> None:
    book = tmp_path / "large"
    (book / "data").mkdir(parents=True)
    (book / "scheme.yaml").write_text(
        "quanheng: 1\nid: large\ntitle: large\nround: 2023\nitems: {x: {}}\n"
        "indicators: {x: {measure: x, weight: 100, rule: percentile}}\n",
        encoding="utf-8",
    )
    rows = "".join(f"u{number},2023,{number}\n" for number in range(20_001))
    (book / "data" / "x.csv").write_text(f"unit,period,x\n{rows}", encoding="utf-8")
    units = "".join(f"u{number}\n" for number in range(20_001))
    (book / "units.csv").write_text(f"unit\n{units}", encoding="utf-8")

    without, asked = (
        assess(book, out=tmp_path / "without"),
        assess(book, out=tmp_path / "asked", workbook=True),
    )

    assert [finding.code for finding in without.findings] == ["QH641"]
    assert "quanheng score --workbook" in without.findings[0].text("en")
    assert not (without.folder / "results.xlsx").exists()
    assert asked.findings == ()
    assert (asked.folder / "results.xlsx").is_file()


def test_changed_score_is_found_with_its_place(book: Path) -> None:
    folder = assess(book).folder
    scores = folder / "scores.csv"
    scores.write_text(scores.read_text(encoding="utf-8").replace(",0.967,", ",0.968,", 1), encoding="utf-8")

    found = verify(folder)

    assert [(finding.code, str(finding.where)) for finding in found] == [
        ("QH612", "scores.csv"),
        ("QH617", "scores.csv:2"),
    ]


def test_changed_data_are_found(book: Path) -> None:
    folder = assess(book).folder
    figures = book / "data" / "hdi.csv"
    text = figures.read_text(encoding="utf-8")
    figures.write_text(text.replace("62.879", "72.879", 1), encoding="utf-8")

    codes = [finding.code for finding in verify(folder)]

    assert "QH614" in codes
    assert "QH617" in codes


def test_table_that_is_missing_or_rubbish_is_told(book: Path) -> None:
    folder = assess(book).folder
    (folder / "tiers.csv").unlink()
    (folder / "trace.parquet").write_bytes(b"rubbish")

    found = {(finding.code, str(finding.where)) for finding in verify(folder)}

    assert found == {("QH611", "tiers.csv"), ("QH612", "trace.parquet"), ("QH616", "trace.parquet")}


def test_folder_without_a_result_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"result\.json"):
        verify(tmp_path)


def test_trace_leads_from_every_score_to_its_steps(book: Path) -> None:
    folder = assess(book).folder

    trace = nw.read_parquet(str(folder / "trace.parquet"), backend="polars")

    denmark = trace.filter((nw.col("unit") == "DNK") & (nw.col("node") == "health"))
    stages = dict(zip(denmark["stage"].to_list(), denmark["value"].to_list(), strict=True))
    # 81.882 lies 61.882 above 20, of 65
    assert round(stages["ratio"], 9) == 0.952030769
    assert round(stages["points"], 7) == 95.2030769
    source = denmark.filter(nw.col("stage") == "item:life_expectancy")["text"].to_list()
    assert source == ["data/hdi.csv!48:life_expectancy"]
