from __future__ import annotations

from pathlib import Path

import pytest
from tests.data.books import FILES, Rows, sheet_of, told, workbook, write_book

from quanheng.data.files.workbook import part_of
from quanheng.data.load import load
from quanheng.scheme.files.read import read_scheme
from quanheng.scheme.files.sheet_writing import write_scheme_sheets


def sheets() -> dict[str, Rows]:
    """Return the small book as the sheets of one workbook."""
    return {
        **write_scheme_sheets(read_scheme(FILES["scheme.yaml"]).document),
        "单位": sheet_of(FILES["units.csv"]),
        "数据": sheet_of(FILES["data/gdp.csv"]),
        "数据-2": sheet_of(FILES["data/opened.csv"]),
        "目标": sheet_of(FILES["targets.csv"]),
        "加减分": sheet_of(FILES["adjustments.csv"]),
        "台账-hazards": sheet_of(FILES["ledgers/hazards.csv"]),
        "历史-2022": sheet_of(FILES["history/2022.csv"]),
    }


def write(folder: Path, changed: dict[str, Rows | None] | None = None) -> Path:
    whole = {**sheets(), **(changed or {})}
    path = folder / "book.xlsx"
    path.write_bytes(workbook({name: rows for name, rows in whole.items() if rows is not None}))
    return path


def test_one_workbook_says_the_same_as_the_folder(tmp_path: Path) -> None:
    one, many = load(write(tmp_path)), load(write_book(tmp_path))

    columns = ["item", "unit", "period", "value", "state"]
    sources = ("file", "sheet", "cell")
    assert one.scheme == many.scheme
    assert one.units.rows() == many.units.rows()
    assert one.observations.select(columns).rows() == many.observations.select(columns).rows()
    assert one.targets.drop(*sources).rows() == many.targets.drop(*sources).rows()
    assert one.adjustments.drop(*sources).rows() == many.adjustments.drop(*sources).rows()
    assert one.ledgers["hazards"].select("unit", "due_on", "cost").rows() == (
        many.ledgers["hazards"].select("unit", "due_on", "cost").rows()
    )
    assert one.history.rows() == many.history.rows()
    assert [finding.code for finding in one.findings] == ["QH374"]
    assert [str(place) for place in one.source_of("gdp", "T1", "2023-Q4")] == ["book.xlsx!数据!C4"]


@pytest.mark.parametrize(
    ("name", "part"),
    [
        ("单位", ("units", "")),
        (" Units ", ("units", "")),
        ("数据", ("data", "")),
        ("数据-2023年", ("data", "")),
        ("data 2", ("data", "")),
        ("目标", ("targets", "")),
        ("目标-园区", ("targets", "园区")),
        ("Targets-2024", ("targets", "2024")),
        ("目标-", None),
        ("adjustments", ("adjustments", "")),
        ("台账-projects", ("ledgers", "projects")),
        ("Ledger-重点项目", ("ledgers", "重点项目")),
        ("history-2022-Q1", ("history", "2022-Q1")),
        ("台账-", None),
        ("说明", None),
    ],
)
def test_a_sheet_is_known_by_its_name(name: str, part: tuple[str, str] | None) -> None:
    assert part_of(name) == part


@pytest.mark.parametrize(
    ("changed", "findings"),
    [
        ({"单位": None}, ["QH326 book.xlsx"]),
        ({"台账-hazards": None}, ["QH422 book.xlsx!数据项!A6"]),
        ({"说明": [["填表说明"]]}, ["QH318 book.xlsx!说明"]),
        (
            {"目标": [["单位", "指标", "目标"], ["T9", "output", "x"]]},
            ["QH401 book.xlsx!目标!A2", "QH327 book.xlsx!目标!C2"],
        ),
        ({"数据-3": []}, []),
    ],
)
def test_what_is_wrong_is_told_at_its_sheet(
    changed: dict[str, Rows | None], findings: list[str], tmp_path: Path
) -> None:
    assert told(write(tmp_path, changed)) == findings


def test_a_workbook_without_a_scheme_is_told(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    path.write_bytes(workbook({"单位": sheet_of(FILES["units.csv"])}))

    assert told(path) == ["QH326 book.xlsx"]


def test_a_file_that_is_no_workbook_is_told(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    path.write_bytes(b"no workbook")

    assert told(path) == ["QH310 book.xlsx"]
