"""In the folder of a result its own files are replaced; what people put there stays, and is told."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.usecase.ledger_books import write

from quanheng.data.writing.writing import Writing
from quanheng.findings.errors import UsageError
from quanheng.usecase.results.assess import assess
from quanheng.usecase.results.unchanged import changed_files, identity_in


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return assess(write(tmp_path), workbook=False).folder


def test_what_is_no_part_of_a_result_stays_and_is_told(folder: Path) -> None:
    (folder / "notes.txt").write_text("ours", encoding="utf-8")
    (folder / "signed").mkdir()
    (folder / "signed/copy.pdf").write_bytes(b"%PDF")

    again = assess(folder.parents[1], workbook=False)

    assert [(found.code, found.text("en").splitlines()[0]) for found in again.findings] == [
        (
            "QH601",
            "2023: note QH601 beside the result lies what is no part of it, and stays: notes.txt, signed",
        )
    ]
    assert (folder / "notes.txt").read_text(encoding="utf-8") == "ours"
    assert (folder / "signed/copy.pdf").read_bytes() == b"%PDF"


def test_a_file_of_a_result_that_somebody_changed_is_kept(folder: Path) -> None:
    sound = (folder / "scores.csv").read_bytes()
    (folder / "scores.csv").write_bytes(sound + b"remark\n")

    again = assess(folder.parents[1], workbook=False)

    assert [(found.code, str(found.where)) for found in again.findings] == [("QH602", "scores.csv")]
    assert (folder / "scores.csv").read_bytes() == sound
    assert (folder / "changed-1/scores.csv").read_bytes() == sound + b"remark\n"
    told = changed_files(folder, identity_in(folder))
    assert [(found.code, str(found.where)) for found in told] == [("QH636", "changed-1")]


def test_what_a_later_result_does_not_have_goes(folder: Path) -> None:
    assess(folder.parents[1], workbook=True)
    assert (folder / "results.xlsx").is_file()

    assess(folder.parents[1], workbook=False)

    assert not (folder / "results.xlsx").exists()


def test_a_folder_that_holds_something_else_takes_a_result_by_force_only(
    folder: Path, tmp_path: Path
) -> None:
    place = tmp_path / "place"
    place.mkdir()
    (place / "letter.txt").write_text("keep me", encoding="utf-8")
    (place / "scores.csv").write_text("somebody's", encoding="utf-8")
    book = folder.parents[1]

    with pytest.raises(UsageError, match="--force"):
        assess(book, out=place)
    done = assess(book, out=place, workbook=False, writing=Writing(force=True))

    assert [found.code for found in done.findings] == ["QH602", "QH601"]
    assert (place / "letter.txt").read_text(encoding="utf-8") == "keep me"
    assert (place / "changed-1/scores.csv").read_text(encoding="utf-8") == "somebody's"
    assert (place / "scores.csv").read_bytes() == (folder / "scores.csv").read_bytes()
