"""Certificates: one page each, A4 laid across, names set smaller and never cut, room for the seal."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path
from typing import Final

import pytest
from tests.documents.certificates.made import certificate, file_of
from tests.documents.pages import Page, pages_of
from tests.documents.pdf_checkers import faults_in_the_archive, faults_read_aloud

from quanheng.documents.certificates import typesetting, write
from quanheng.documents.certificates.write import set_certificates
from quanheng.documents.compose.awards.certificates import Certificate
from quanheng.documents.fonts.find import installed_fonts
from quanheng.findings.finding import Finding, FindingsError

FRAME: Final = (11.5, 285.5, 11.5, 198.5)
"""The inner edges of the frame, in millimetres."""
HOSTILE: Final = (
    '#set text(red) *粗* _斜_ `码` $x^2$ @引 <标签> #link("http://a.b")[c]',
    "=1+1",
    "<b>甲</b>&amp;",
    "{{ 7*7 }} {award} \\u{41} -- ...",
    "甲" * 40,
    "甲" * 200,
    "a" * 90,
    "啰瞭㎡𠮷",
)


def set_in(folder: Path, *items: Certificate) -> tuple[list[Page], tuple[Finding, ...]]:
    (content,), findings = set_certificates([file_of(*items)], fonts=installed_fonts())
    (folder / "c.pdf").write_bytes(content)
    return pages_of(folder / "c.pdf"), findings


def poppler(program: str, file: Path, *options: str) -> str:
    done = subprocess.run([program, str(file), *options], capture_output=True, check=True)
    return done.stdout.decode(errors="replace")


def test_each_has_a_page_of_a4_laid_across_that_is_a_bookmark(tmp_path: Path) -> None:
    pages, _ = set_in(tmp_path, certificate("甲镇"), certificate("乙镇", person="李丁"))

    assert [(round(page.width), round(page.height)) for page in pages] == [(297, 210)] * 2
    assert [page.text for page in pages] == [
        "荣誉证书甲镇：兹授予“先进单位”称号。示例委2024年2月6日",
        "荣誉证书乙镇李丁：兹授予“先进单位”称号。示例委2024年2月6日",
    ]
    parts = [line.strip() for line in poppler("pdfinfo", tmp_path / "c.pdf", "-struct-text").splitlines()]
    assert len([part for part in parts if part.startswith("H1")]) == 2
    listed = poppler("pdftohtml", tmp_path / "c.pdf", "-xml", "-i", "-stdout")
    assert re.findall(r"<item[^>]*>([^<]*)</item>", listed) == ["甲镇 · 先进单位", "乙镇 李丁 · 先进单位"]


@pytest.mark.parametrize("name", HOSTILE)
def test_names_are_whole_and_inside_the_frame(name: str, tmp_path: Path) -> None:
    (page,), _ = set_in(tmp_path, certificate(name, award=name))

    wanted = "".join(name.split())
    assert page.text.count(wanted) == 2, page.text
    left, right, top, bottom = FRAME
    assert all(left < word.left and word.right < right for word in page.words)
    assert all(top < word.top and word.bottom < bottom for word in page.words)


def test_a_long_name_is_set_smaller(tmp_path: Path) -> None:
    pages, _ = set_in(tmp_path, certificate("甲镇"), certificate("甲" * 60))

    short, long = (max(word.bottom - word.top for word in page.words if "甲" in word.text) for page in pages)
    assert long < 0.9 * short


def test_nothing_but_authority_and_date_stands_where_the_seal_goes(tmp_path: Path) -> None:
    (page,), _ = set_in(tmp_path, certificate("甲" * 200, award="奖" * 200))

    by, on = (next(word for word in page.words if mark in word.text) for mark in ("示例委", "2024"))
    middle = (by.left + by.right) / 2
    inside = [
        word.text
        for word in page.words
        if word.bottom > (by.top + on.bottom) / 2 - 21
        and word.left < middle + 21
        and word.right > middle - 21
    ]
    assert re.fullmatch("示例委2024年2月6日", "".join(inside))


def test_the_same_certificates_have_the_same_bytes_and_are_archived(tmp_path: Path) -> None:
    first, second = (set_certificates([file_of(certificate("甲镇"))], fonts=installed_fonts()) for _ in "ab")

    assert first == second
    (content,), _ = first
    assert b"<pdfaid:part>2</pdfaid:part>" in content
    assert b"<pdfuaid:part>1</pdfuaid:part>" in content
    (tmp_path / "c.pdf").write_bytes(content)
    fonts = [line.split()[-5:-3] for line in poppler("pdffonts", tmp_path / "c.pdf").splitlines()[2:]]
    assert fonts
    assert {tuple(font) for font in fonts} == {("yes", "yes")}


def test_a_character_that_no_font_has_is_named() -> None:
    with pytest.raises(FindingsError) as refused:
        set_certificates([file_of(certificate("甲\U000f1234镇"))], fonts=installed_fonts())

    codes = {finding.code for finding in refused.value.findings if finding.severity == "error"}
    assert codes == {"QH806"}
    assert "U+F1234" in refused.value.text("zh")


def test_certificates_pass_those_who_read_aloud_and_those_who_archive(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The archive's checker knows the first part of the standard alone, and misreads bookmarks."""
    items = (certificate("甲镇"), certificate("#乙镇", person="李丁"), certificate("甲" * 40))
    set_in(tmp_path, *items)
    template = tmp_path / "own.typ"
    template.write_text("#let certificate(item) = [#item.unit: #item.text]\n", encoding="utf-8")
    (own,), _ = set_certificates([file_of(*items)], fonts=installed_fonts(), template=template)
    (tmp_path / "own.pdf").write_bytes(own)
    twin = tmp_path / "twin"
    twin.mkdir()
    for file in Path(write.__file__).parent.glob("*.typ"):
        text = file.read_text(encoding="utf-8")
        (twin / file.name).write_text(text.replace("bookmarked: true", "bookmarked: false"), encoding="utf-8")
    monkeypatch.setattr(write, "_HERE", twin)
    monkeypatch.setattr(typesetting, "STANDARDS", ["a-1b"])
    (old,), _ = set_certificates([file_of(*items)], fonts=installed_fonts())
    (tmp_path / "old.pdf").write_bytes(old)

    assert faults_read_aloud(tmp_path / "c.pdf") == []
    assert faults_read_aloud(tmp_path / "own.pdf") == []
    assert faults_in_the_archive(tmp_path / "old.pdf") == []
