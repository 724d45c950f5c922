"""What happens to a book as a whole: files twice, strange files, other characters, a scheme by hand."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final, TypeAlias

from tests.mutants.book import SCHEME
from tests.mutants.chance import Chance
from tests.mutants.kept import is_number
from tests.mutants.lost import with_one_cell
from tests.mutants.written import Written

Parts: TypeAlias = dict[str, Written | bytes]
WholeMutation: TypeAlias = Callable[[Parts, Chance], None]

_TABLES: Final = ("data/quarters", "data/people", "targets")
_COPIES: Final = (
    "data/quarters (1)",
    "data/副本",
    "data/2023/quarters",
    "data/~quarters",
    "data/quarters_2022",
)
_NAMES: Final = (
    *("data/2023", "data/2022", "data/2023年5月", "data/1-9月", "data/gdp", "data/a b,c", "data/2021-2025年"),
    *(
        "data/地区生产总值",
        "data/万元",
        "data/D1",
        "data/.quarters",
        "data/_quarters",
        "data/deep/er/quarters",
    ),
)
_STRANGERS: Final[Mapping[str, bytes]] = {
    "data/~$quarters.xlsx": b"\x06author" + bytes(50),
    "data/.DS_Store": b"\0\0\0\1Bud1",
    "data/Thumbs.db": b"\xd0\xcf\x11\xe0",
    "data/README.txt": "数据说明\n一、按季填报。\n".encode("gb18030"),
    "data/empty.csv": b"",
    "data/mark.csv": b"\xef\xbb\xbf",
    "data/blank.csv": b"\n\n , ,\n",
    "data/heading.csv": b"unit,period,gdp\n",
    "data/note.csv": "说明：本表为初步数\n".encode(),
    "data/page.csv": b"<html><table><tr><td>unit</td></tr></table></html>",
    "data/picture.png": b"\x89PNG\r\n\x1a\n",
    "data/quarters.csv/inside.csv": b"unit,period,gdp\nD1,2023,5\n",
    "notes.docx": b"PK\x03\x04",
    "history/2022.csv": b"unit,score,place\nD1,80.5,1\nD2,70,2\n",
    "history/2024.csv": b"unit,score\nD1,80.5\n",
    "history/what.csv": b"unit,score\nD1,80.5\n",
    "ledgers/visits.csv": b"number,unit\n1,D1\n1,D1\n",
    "targets/more.csv": b"unit,indicator,period,target\nD1,pace,2023,6\n",
}
_TRADITIONAL: Final = str.maketrans(
    "东镇桥园区产总值业诉万亿项数据单位", "東鎮橋園區產總值業訴萬億項數據單位"
)
_BIG5: Final = ("big5", "cp950", "big5hkscs", "utf-8")


def with_a_copy(book: Parts, chance: Chance) -> None:
    """Lay the same table beside itself under another name."""
    name = _table(book, chance)
    book[_beside(name, chance)] = book[name]


def with_a_copy_that_differs(book: Parts, chance: Chance) -> None:
    """Lay a table beside itself in which one figure is another one."""
    name = _table(book, chance)
    part = book[name]
    assert isinstance(part, Written)
    book[_beside(name, chance)] = with_one_cell(part, chance)


def renamed(book: Parts, chance: Chance) -> None:
    """Call a file of figures as something that says a period, an item or nothing."""
    name = chance.one(_TABLES[:2])
    book[chance.one(_NAMES)] = book.pop(name)


def with_a_stranger(book: Parts, chance: Chance) -> None:
    """Lay a file into the book that is no part of it, or none that was meant."""
    name = chance.one(sorted(_STRANGERS))
    if name.startswith("data/quarters.csv/"):
        quarters = book["data/quarters"]
        if isinstance(quarters, Written):
            book["data/quarters"] = replace(quarters, writer="xlsx")
    book[name] = _STRANGERS[name]


def in_traditional_characters(book: Parts, chance: Chance) -> None:
    """Write the book in traditional characters, its tables in Big5 or not."""
    for name, part in book.items():
        if isinstance(part, bytes):
            book[name] = part.decode().translate(_TRADITIONAL).encode()
            continue
        encoding = chance.one(_BIG5)
        rows = tuple(
            tuple(cell.translate(_TRADITIONAL).replace("ô", "o") for cell in row) for row in part.rows
        )
        changed = replace(part, rows=rows, encoding=encoding)
        changed.content()  # whoever cannot write it so, the ends of its lines too, does not
        book[name] = changed


def with_a_scheme_written_otherwise(book: Parts, chance: Chance) -> None:
    """Write the scheme in another encoding or with other ends of lines."""
    encoding = chance.one(("utf-8-sig", "gb18030", "utf-16", "utf-8"))
    book["scheme.yaml"] = SCHEME.replace("\n", chance.one(("\r\n", "\r", "\n"))).encode(encoding)


WHOLE_KEPT: Final[Mapping[str, WholeMutation]] = {
    mutation.__name__: mutation
    for mutation in (
        *(with_a_copy, with_a_copy_that_differs, renamed, with_a_stranger, in_traditional_characters),
        with_a_scheme_written_otherwise,
    )
}

_VALUES: Final = (
    *(
        "",
        "null",
        "~",
        "[]",
        "{}",
        "0",
        "-1",
        "1e999",
        ".nan",
        "true",
        "yes",
        "2023-01-01",
        "'",
        '"x"',
        "[1, 2]",
    ),
    *(
        "{a: 1}",
        "&a x",
        "*a",
        "!!python/object:os.system x",
        "|",
        "a: b",
        "100%",
        "999999999999999999",
        "１２",
        "- a",
    ),
    *(
        "gdp",
        "gdp +",
        "gdp / 0",
        "own(gdp)",
        "lag(gdp, 1y)",
        "产出",
        "observed",
        "2023-Q2",
        "q90",
        "unit == 'D1'",
    ),
)


def scheme_changed(book: Parts, chance: Chance) -> None:
    """Change a few lines of the scheme as a hand does that does not know it."""
    lines = SCHEME.split("\n")
    for _ in range(chance.number(1, 3)):
        at = chance.number(0, len(lines) - 1)
        line = lines[at]
        match chance.number(0, 8):
            case 0:
                lines[at] = ""
            case 1:
                lines.insert(at, line)
            case 2:
                lines[at] = line.partition(":")[0] + ": " + chance.one(_VALUES)
            case 3:
                lines[at] = line.replace(
                    chance.one((": ", ", ", "{", "}", "'", "  ")), chance.one(("", " ", "\t"))
                )
            case 4:
                lines[at] = chance.one(("  ", "\t", " ")) + line
            case 5:
                lines[at] = line.lstrip()
            case 6:
                words = line.split(" ")
                words[chance.number(0, len(words) - 1)] = chance.one(_VALUES)
                lines[at] = " ".join(words)
            case 7:
                other = chance.number(0, len(lines) - 1)
                lines[at], lines[other] = lines[other], line
            case _:
                digits = [
                    cell for cell in line.replace(",", " ").replace("}", " ").split() if is_number(cell)
                ]
                if digits:
                    lines[at] = line.replace(
                        chance.one(digits), chance.one(("0", "-5", "1000", "0.5", "100"))
                    )
    book["scheme.yaml"] = "\n".join(lines).encode()


def _table(book: Parts, chance: Chance) -> str:
    return chance.one([name for name in _TABLES if isinstance(book.get(name), Written)])


def _beside(name: str, chance: Chance) -> str:
    return "targets/more" if name == "targets" else chance.one(_COPIES)
