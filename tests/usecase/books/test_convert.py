from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest
import xlsxwriter
from python_calamine import CalamineWorkbook

from quanheng.data.book.book import Book
from quanheng.data.load import load
from quanheng.examples import example_books, path_of_example
from quanheng.findings.errors import UsageError
from quanheng.findings.finding import FindingsError
from quanheng.findings.text import Language
from quanheng.usecase.books.convert import convert

TABLES = ("units", "observations", "versions", "targets", "target_versions", "adjustments", "history")
SOURCES = {"file", "sheet", "cell", "source_file", "source_sheet", "source_row"}


def table(frame: pl.DataFrame) -> pl.DataFrame:
    """Return what a table says, without where it was written and in one order."""
    kept = frame.select(sorted(set(frame.columns) - SOURCES))
    return kept.sort(kept.columns)


def content(book: Book) -> dict[str, pl.DataFrame]:
    tables = {name: table(getattr(book, name).to_native()) for name in TABLES}
    return tables | {name: table(ledger.to_native()) for name, ledger in book.ledgers.items()}


def assert_same(one: Book, other: Book) -> None:
    assert one.scheme == other.scheme
    assert content(one).keys() == content(other).keys()
    for name, frame in content(one).items():
        assert frame.equals(content(other)[name]), name


def book_at(folder: Path, **files: str) -> Path:
    folder.mkdir()
    texts = {
        "scheme.yaml": "quanheng: 1\nid: a\ntitle: A\nround: 2023\nitems: {x: {}}\n"
        "indicators: {i: {measure: x, weight: 100, rule: percentile}}\n",
        "units.csv": "unit,name\n007,Seven\n8,Eight\n",
    } | files
    for name, text in texts.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("name", example_books())
def test_folder_becomes_workbook_and_folder_again_without_loss(
    name: str, language: Language, tmp_path: Path
) -> None:
    book = load(path_of_example(name))

    convert(path_of_example(name), tmp_path / "bound.xlsx", language=language)
    convert(tmp_path / "bound.xlsx", tmp_path / "laid", language=language)

    assert_same(book, load(tmp_path / "bound.xlsx"))
    assert_same(book, load(tmp_path / "laid"))


def test_cells_keep_what_was_written(tmp_path: Path) -> None:
    figures = "unit,period,x\n007,2023,0.39289999999999997\n8,2023,6.10%\n"
    book = book_at(tmp_path / "book", **{"data/figures.csv": figures})

    convert(book, tmp_path / "bound.xlsx")
    convert(tmp_path / "bound.xlsx", tmp_path / "laid")

    assert (tmp_path / "laid" / "data" / "figures.csv").read_text(encoding="utf-8-sig") == figures
    assert (tmp_path / "laid" / "units.csv").read_text(
        encoding="utf-8-sig"
    ) == "unit,name\n007,Seven\n8,Eight\n"


def test_merged_headings_stay_merged(tmp_path: Path) -> None:
    book = book_at(tmp_path / "book")
    (book / "data").mkdir()
    with xlsxwriter.Workbook(str(book / "data" / "x.xlsx")) as workbook:
        sheet = workbook.add_worksheet("甲")
        sheet.merge_range(0, 0, 0, 2, "figures of 2023")
        for row, cells in enumerate((("unit", "period", "x"), ("007", "2023", 1), ("8", "2023", 2)), start=1):
            sheet.write_row(row, 0, cells)

    convert(book, tmp_path / "bound.xlsx")
    convert(tmp_path / "bound.xlsx", tmp_path / "laid")

    assert_same(load(book), load(tmp_path / "laid"))
    assert [path.name for path in (tmp_path / "laid" / "data").iterdir()] == ["x-甲.xlsx"]


def test_several_tables_of_targets_keep_their_names(tmp_path: Path) -> None:
    files = {
        "targets.csv": "unit,indicator,period,target\n*,i,2023,5\n",
        "targets/half.csv": "unit,indicator,period,target\n007,i,2023-H1,2\n",
        "targets/later.csv": "unit,indicator,period,target,set_on,reason\n8,i,2023,4,2023-07-01,flood\n",
    }
    folder = book_at(tmp_path / "book", **files)
    (folder / "data").mkdir()
    (folder / "data" / "x.csv").write_text("unit,x\n007,1\n8,2\n", encoding="utf-8")

    convert(folder, tmp_path / "bound.xlsx", language="zh")
    convert(tmp_path / "bound.xlsx", tmp_path / "laid", language="zh")

    names = CalamineWorkbook.from_path(str(tmp_path / "bound.xlsx")).sheet_names
    assert [name for name in names if name.startswith("目标")] == ["目标", "目标-half", "目标-later"]
    laid = {path.relative_to(tmp_path / "laid").as_posix() for path in (tmp_path / "laid").rglob("*.csv")}
    assert {"targets.csv", "targets/half.csv", "targets/later.csv"} <= laid
    assert_same(load(folder), load(tmp_path / "bound.xlsx"))
    assert_same(load(folder), load(tmp_path / "laid"))
    assert load(folder).targets.select("unit", "period", "target").rows() == [
        ("007", "2023-H1", 2.0),
        ("007", "2023", 5.0),
        ("8", "2023", 4.0),
    ]


def test_two_of_one_form_are_wrong_usage(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="one of the two has to be a workbook"):
        convert(tmp_path / "a", tmp_path / "b")


def test_target_that_exists_is_left_alone(tmp_path: Path) -> None:
    target = tmp_path / "bound.xlsx"
    target.write_text("precious", encoding="utf-8")

    with pytest.raises(UsageError, match="there is something at"):
        convert(path_of_example("hdi-2022"), target)

    assert target.read_text(encoding="utf-8") == "precious"


def test_book_that_cannot_be_read_leaves_nothing_behind(tmp_path: Path) -> None:
    book = book_at(tmp_path / "book", **{"scheme.yaml": "quanheng: 2\n"})

    with pytest.raises(FindingsError):
        convert(book, tmp_path / "bound.xlsx")

    assert sorted(path.name for path in tmp_path.iterdir()) == ["book"]


def test_no_book_is_wrong_usage(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="there is no book at"):
        convert(tmp_path / "absent", tmp_path / "bound.xlsx")


@pytest.mark.parametrize("sheet", ["台账-..%2f", "ledger-.hidden", "台账-a|b"])
def test_sheet_cannot_name_a_file_outside_the_book(sheet: str, tmp_path: Path) -> None:
    convert(book_at(tmp_path / "book"), tmp_path / "bound.xlsx")
    cells = pl.DataFrame({"0": ["unit", "8"]})
    _add_sheet(tmp_path / "bound.xlsx", sheet, cells, tmp_path / "changed.xlsx")

    with pytest.raises(UsageError, match="no file can be called"):
        convert(tmp_path / "changed.xlsx", tmp_path / "laid")

    assert not (tmp_path / "laid").exists()


def _add_sheet(source: Path, name: str, cells: pl.DataFrame, target: Path) -> None:
    old = CalamineWorkbook.from_path(source)
    with xlsxwriter.Workbook(str(target)) as workbook:
        for sheet_name in old.sheet_names:
            sheet = workbook.add_worksheet(sheet_name)
            for row, values in enumerate(old.get_sheet_by_name(sheet_name).to_python()):
                sheet.write_row(row, 0, values)
        sheet = workbook.add_worksheet(name)
        for row, texts in enumerate(cells.rows()):
            sheet.write_row(row, 0, texts)
