"""A bulletin is what it says of itself: PDF/UA-1 and PDF/A, by programs that have no part in making it."""

from __future__ import annotations

import datetime as dt
import shutil
import subprocess
from pathlib import Path

import pytest
from msgspec.structs import replace
from tests.documents.pdf_checkers import faults_in_the_archive, faults_read_aloud
from tests.documents.subjects import subject

from quanheng.documents.blocks import Document, Picture
from quanheng.documents.compose.bulletin import bulletin
from quanheng.documents.fonts.find import installed_fonts
from quanheng.documents.pdf import typesetting, write
from quanheng.documents.words.words import Words
from quanheng.findings.text import Language, Text

WORDS = Words(
    authority=Text(zh="示例委文件", en="Example Office"),
    number=Text(zh="示考〔2024〕1号", en="No. 1 (2024)"),
    recipients=Text(zh="各镇", en="All towns"),
    signature=Text(zh="示例委", en="Example Office"),
    date=dt.date(2024, 2, 6),
    copies_to=Text(zh="区委", en="The committee"),
)


def paper(folder: Path, language: Language) -> Document:
    return bulletin(subject(folder, words=WORDS), language)


def written(document: Document, target: Path) -> Path:
    write.write_pdf(document, target, fonts=installed_fonts())
    return target


@pytest.mark.parametrize("language", ["zh", "en"])
def test_read_aloud_it_has_no_faults(language: Language, tmp_path: Path) -> None:
    document = paper(tmp_path, language)
    assert any(isinstance(block, Picture) for block in document.blocks)

    assert faults_read_aloud(written(document, tmp_path / "paper.pdf")) == []


def test_who_reads_aloud_finds_what_is_not_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(typesetting, "STANDARDS", ["1.7"])

    assert "DOC-012" in faults_read_aloud(written(paper(tmp_path, "zh"), tmp_path / "plain.pdf"))


def test_its_twin_can_be_archived(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The twin is of the first part of the standard, for the checker knows no other: without pictures, which
    have shades there that came with the second part, and without bookmarks, which the checker misreads."""
    template = tmp_path / "twin.typ"
    template.write_bytes(b"#set heading(bookmarked: false)\n" + write._TEMPLATE.read_bytes())  # noqa: SLF001  the twin is made by the same code
    monkeypatch.setattr(write, "_TEMPLATE", template)
    whole = paper(tmp_path, "zh")
    document = replace(whole, blocks=tuple(block for block in whole.blocks if not isinstance(block, Picture)))

    monkeypatch.setattr(typesetting, "STANDARDS", ["a-1b"])
    assert faults_in_the_archive(written(document, tmp_path / "twin.pdf")) == []
    monkeypatch.setattr(typesetting, "STANDARDS", ["1.7"])
    assert faults_in_the_archive(written(document, tmp_path / "other.pdf")) != []


@pytest.mark.skipif(shutil.which("verapdf") is None, reason="veraPDF is not installed; its twin is checked")
def test_verapdf_finds_nothing(tmp_path: Path) -> None:
    file = written(paper(tmp_path, "zh"), tmp_path / "paper.pdf")

    for flavour in ("2a", "ua1"):
        command = ["verapdf", "--flavour", flavour, "--format", "text", str(file)]
        done = subprocess.run(command, capture_output=True, check=False)
        assert done.stdout.startswith(b"PASS"), done.stdout.decode()
