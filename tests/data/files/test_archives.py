from __future__ import annotations

import io
import zipfile

import pytest
from tests.data.books import workbook
from tests.data.breaks import bomb, repacked, understated

from quanheng.data.files.archives import unpack_workbook
from quanheng.data.telling import limits
from quanheng.findings.finding import Finding, Location

WHERE = Location(file="a.xlsx")
SHEET = "xl/worksheets/sheet1.xml"
WHOLE = workbook({"Sheet1": [["unit", "gdp"], ["T1", 5]]})


def code(content: bytes) -> str:
    found = unpack_workbook(content, WHERE)
    return found.code if isinstance(found, Finding) else ""


def test_a_workbook_is_unpacked_whole() -> None:
    parts = unpack_workbook(WHOLE, WHERE)

    assert not isinstance(parts, Finding)
    assert dict(parts) == {name: zipfile.ZipFile(io.BytesIO(WHOLE)).read(name) for name in parts}


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"PK\x03\x04 or not",
        WHOLE[:-1],
        WHOLE[: len(WHOLE) // 2],
        WHOLE + b"more",
        repacked(WHOLE, {"_rels/.rels": None}),
        repacked(WHOLE, {"content.xml": b"an OpenDocument beside it"}),
        repacked(WHOLE, {"xl/workbook.bin": b"a binary workbook beside it"}),
        repacked(WHOLE, {"xl/workbook.xml": None}),
    ],
)
def test_what_is_no_workbook_is_not_opened(content: bytes) -> None:
    assert code(content) == "QH310"


def test_a_bomb_is_small_on_the_disk_and_is_not_unpacked() -> None:
    content = bomb()

    assert len(content) < 512 * 1024
    assert code(content) == "QH311"


def test_a_part_is_never_unpacked_beyond_what_was_said_of_it() -> None:
    assert code(understated(bomb(), SHEET, 1000)) == "QH310"


def test_many_parts_are_not_unpacked() -> None:
    many = {f"part{number}": b"" for number in range(limits.PARTS)}

    assert code(repacked(WHOLE, many)) == "QH311"


def test_a_name_twice_is_refused() -> None:
    content = io.BytesIO(WHOLE)
    with zipfile.ZipFile(content, "a") as archive, pytest.warns(UserWarning, match="Duplicate name"):
        archive.writestr(SHEET, b"<worksheet/>")

    assert code(content.getvalue()) == "QH310"


def test_parts_packed_in_other_ways_are_refused() -> None:
    content = io.BytesIO(WHOLE)
    with zipfile.ZipFile(content, "a", zipfile.ZIP_BZIP2) as archive:
        archive.writestr("more.xml", b"<more/>")

    assert code(content.getvalue()) == "QH310"
