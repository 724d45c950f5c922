"""What is published of a workbook stands on a sheet of it as well, and goes along where it is converted."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook
from tests.data.books import told
from tests.documents.libreoffice import saved_by_libreoffice
from tests.usecase.results.test_publish import CORRECTED, DAY, contents, publish_first, write

from quanheng.data.load import load
from quanheng.engine.results.score import score
from quanheng.findings.finding import FindingsError
from quanheng.findings.text import Language
from quanheng.usecase.books.convert import convert
from quanheng.usecase.results.assess import assess
from quanheng.usecase.results.moves import moved
from quanheng.usecase.results.publish import publish
from quanheng.usecase.results.verify import verify


def workbook(root: Path, language: Language = "zh") -> Path:
    book = root / "册.xlsx"
    convert(write(root), book, language=language)
    return book


def sheets_of(book: Path) -> dict[str, list[Any]]:
    opened = CalamineWorkbook.from_path(str(book))
    return {name: list(opened.get_sheet_by_name(name).to_python()) for name in opened.sheet_names}


@pytest.mark.parametrize(
    ("language", "name", "facts", "heading"),
    [
        ("zh", "历史-2023-Q1", ("公布日期", "公布人", "封存码"), ["单位", "名称", "得分", "位次"]),
        ("en", "history-2023-Q1", ("published on", "by", "seal"), ["unit", "name", "score", "place"]),
    ],
)
def test_what_was_published_stands_on_a_sheet_and_nothing_else_changes(
    tmp_path: Path, language: Language, name: str, facts: tuple[str, str, str], heading: list[str]
) -> None:
    book = workbook(tmp_path, language)
    before = sheets_of(book)

    done = publish_first(book)

    after = sheets_of(book)
    assert {sheet for sheet in after if before.get(sheet) != after[sheet]} == {name}
    stated = (facts[0], "2023-04-20", facts[1], "张三", facts[2], done.publication.seal)
    assert after[name][0] == list(stated)
    assert [row[:4] for row in after[name][2:]] == [heading, ["乙", "乙", 85.0, 1.0], ["甲", "甲", 80.0, 2.0]]
    assert done.folder == tmp_path / "册-history/2023-Q1"


def test_libreoffice_opens_and_saves_it_and_all_still_holds(tmp_path: Path) -> None:
    book = workbook(tmp_path)
    done = publish_first(book)
    before, sheet = sheets_of(book)["历史-2023-Q1"], book.read_bytes()

    saved_by_libreoffice(book, tmp_path)

    assert book.read_bytes() != sheet
    assert sheets_of(book)["历史-2023-Q1"] == before
    assert verify(done.folder) == verify(tmp_path / "册-results/2023-Q1") == ()
    assert moved(book, round="2023-Q2").moves.totals.select("unit", "score_before").rows() == [
        ("甲", 80.0),
        ("乙", 85.0),
    ]
    year = score(load(book))
    assert year.reviews is not None
    assert year.reviews.filter(year.reviews["round"] == "2023-Q1")["score"].to_list() == [80.0, 85.0]


def test_a_correction_is_written_over_the_sheet(tmp_path: Path) -> None:
    book = tmp_path / "册.xlsx"
    convert(write(tmp_path, **{"history/2022.csv": "unit,score\n甲,70\n"}), book)
    first = publish_first(book)
    assess(book, round="2023-Q1", workbook=False)

    again = publish(book, round="2023-Q1", on=DAY, by="李四", reason="甲镇更正")

    rows = sheets_of(book)["历史-2023-Q1"]
    assert rows[0][5] == again.publication.seal
    assert rows[1] == ["公布次数", 2.0, "更正原因", "甲镇更正", "原封存码", first.publication.seal]
    assert rows[3][0] == "单位"
    assert verify(again.folder) == ()
    assert [sheet for sheet in sheets_of(book) if sheet.startswith("历史")] == ["历史-2022", "历史-2023-Q1"]


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("<v>85.0</v>", "<v>86.0</v>", "乙的得分为86，公布的是85"),
        ("<v>1.0</v>", "<v>3.0</v>", "乙的位次为3，公布的是1"),
        (">张三<", ">李四<", None),
    ],
)
def test_a_sheet_that_says_otherwise_than_was_published_is_an_error(
    tmp_path: Path, old: str, new: str, what: str | None
) -> None:
    book = workbook(tmp_path)
    folder = publish_first(book).folder
    with_text(book, "历史-2023-Q1", old, new)

    found = told(book)

    assert [line.split()[0] for line in found] == ([] if what is None else ["QH494"])
    if what is not None:
        with pytest.raises(FindingsError) as raised:
            load(book)
        assert what in raised.value.findings[0].message("zh")
        assert [finding.code for finding in verify(folder)] == ["QH494"]
        with pytest.raises(FindingsError):
            convert(book, tmp_path / "folder")


def test_a_sheet_without_its_frozen_folder_is_read_and_told(tmp_path: Path) -> None:
    book = workbook(tmp_path)
    publish_first(book).folder.parent.rename(tmp_path / "elsewhere")

    assert load(book).history.select("unit", "score").rows() == [("乙", 85.0), ("甲", 80.0)]
    assert [line.split()[0] for line in told(book)] == ["QH495"]


def test_what_was_published_goes_along_from_folder_to_workbook_and_back(tmp_path: Path) -> None:
    folder, book = write(tmp_path, **{"history/2022.csv": "unit,score\n甲,70\n"}), tmp_path / "册.xlsx"
    done = publish_first(folder)
    frozen = contents(done.folder)

    convert(folder, book)
    convert(book, tmp_path / "again")

    assert contents(tmp_path / "册-history/2023-Q1") == contents(tmp_path / "again/history/2023-Q1") == frozen
    assert sheets_of(book)["历史-2023-Q1"][0][5] == done.publication.seal
    assert verify(tmp_path / "册-history/2023-Q1") == verify(tmp_path / "again/history/2023-Q1") == ()
    assert sorted(path.name for path in (tmp_path / "again/history").iterdir()) == ["2022.csv", "2023-Q1"]
    rounds = [sorted(load(path).history.rows()) for path in (folder, book, tmp_path / "again")]
    assert rounds[0] == rounds[1] == rounds[2]


def test_a_workbook_that_cannot_be_written_leaves_no_frozen_round(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = workbook(tmp_path)
    assess(book, round="2023-Q1", workbook=False)
    before = book.read_bytes()
    renamed = Path.replace

    def refuse(self: Path, target: Path) -> Path:
        if target == book:
            raise PermissionError(13, "in use", str(book))
        return renamed(self, target)

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(PermissionError):
        publish(book, round="2023-Q1", on=DAY, by="")

    assert book.read_bytes() == before
    assert not (tmp_path / "册-history/2023-Q1").exists()


def test_figures_changed_after_publishing_are_news_not_errors(tmp_path: Path) -> None:
    folder = write(tmp_path, **{"data/d.csv": CORRECTED})
    book = tmp_path / "册.xlsx"
    convert(folder, book)
    frozen = publish_first(book).folder

    assert verify(frozen) == ()


def with_text(book: Path, sheet: str, old: str, new: str) -> None:
    """Put `new` in the place of `old`, which is there once, in the part of the last sheet of `book`."""
    assert CalamineWorkbook.from_path(str(book)).sheet_names[-1] == sheet
    out = io.BytesIO()
    with zipfile.ZipFile(book) as archive, zipfile.ZipFile(out, "w") as copy:
        last = archive.infolist()[-1]
        for entry in archive.infolist():
            text = archive.read(entry)
            if entry is last:
                assert text.decode().count(old) == 1
                text = text.replace(old.encode(), new.encode())
            copy.writestr(entry, text)
    book.write_bytes(out.getvalue())
