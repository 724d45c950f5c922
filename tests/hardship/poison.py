"""The table of poison texts, the books that hold them, and what no output may hold."""

from __future__ import annotations

import csv
import io
import json
import re
import unicodedata
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final
from xml.etree import ElementTree as ET

from tests.mutants.book import base_book, write
from tests.mutants.written import Written

ACTING: Final = {
    "clipboard": "a\x1b]52;c;aGFja2Vk\x07b",
    "colours": "a\x1b[31mb",
    "c1": "a\x9b31mb",
    "bell": "a\x07b",
    "deleted": "a\x7fb",
    "backwards": "a\u202efdp.exe",
    "isolated": "a\u2067b\u2069",
    "none": "a\uffffb",
}
"""Names of units and texts of a scheme that are refused: they act instead of being seen."""
RUNNING: Final = {
    "calls": '=WEBSERVICE("http://x/")',
    "adds": "=1+1",
    "at": "@SUM(A1)",
    "signed": "-A1",
    "dde": "-2+3+cmd|'/C calc'!A0",
    "plus": "+1+HYPERLINK(A1)",
    "wide": "\uff1dA1",
    "behind a tab": "\t=A1",
}
"""Names of units that are refused: a spreadsheet runs them."""
HARMLESS: Final = {
    "per cent": "-5%",
    "signed number": "+1",
    "telephone": "+86-510-1234",
    "dash": "-",
    "bullet": "- \u672a\u62a5",
    "joined": "a\u200db",
    "unseen": "T\u200b1",
    "quoted": "say \"x\" 'y'",
    "markup": "<script>]]>&amp;",
    "like an escape": "_x001B_",
    "placeholder": "{0} %s {x!r}",
    "link": "http://x/ mailto:x@x.cn",
    "wide letters": "\uff21\uff22",
    "private": "\ue000",
    "rare": "\U00030000\U0002a6df",
    "long": "\u957f" * 190,
}
"""Names that are read."""
TEXTS: Final[Mapping[str, str]] = {**ACTING, **RUNNING, **HARMLESS}
COMMANDS: Final = (
    "check BOOK",
    "score BOOK",
    "verify BOOK/results/2023",
    "explain BOOK D1",
    "progress BOOK --at 2023-Q3 --alerts --csv AWAY/alerts.csv",
    "progress BOOK --at 2023 --csv AWAY/progress.csv --svg AWAY/progress.svg",
    "targets list BOOK --unit D1",
    "targets split BOOK --every quarter",
    "records BOOK D1 requests",
    "campaign BOOK drive --on 2023-10-15",
    "headline BOOK --item gdp --unit D1 --svg AWAY/headline.svg --csv AWAY/headline.csv",
    "unusual BOOK --at 2023-Q4 --csv AWAY/unusual.csv",
    "moves BOOK --round 2023-Q3 --before 2023-Q2 --csv AWAY/moves.csv",
    "ledgers list BOOK requests --on 2023-05-20 --csv AWAY/listed.csv",
    "ledgers import BOOK requests AWAY/arrived.csv --on 2024-01-05",
    "convert BOOK AWAY/other.xlsx",
    "convert AWAY/other.xlsx AWAY/again",
    "publish BOOK --by D1 --on 2024-01-05",
    "schema AWAY/schema.json",
)
"""Every command that reads a book or writes a file."""
_SEEN_IN_LINES: Final = "\n\u200c\u200d"
_RUNS: Final = frozenset("=@+-\uff1d\uff20\uff0b\uff0d")
"""How a text begins that a spreadsheet does not take for one; in a book a sign may stand before no call."""
_NUMBER: Final = re.compile(r"\s*[-+\uff0b\uff0d]\s*([0-9][0-9.,\s]*(e-?[0-9]+)?[%\u2030]?|[-+]*)\s*")


def free_texts(called: Mapping[str, str]) -> dict[str, Written | bytes]:
    """Return the book with all texts where anything may stand: reasons, attributes, headings, records."""
    book = names(called)
    texts = list(TEXTS.values())
    units = _rows(book, "units")
    requests = _rows(book, "ledgers/requests")
    adjustments = _rows(book, "adjustments")
    book["units"] = Written(tuple((*row, *_some(texts, at, 5)) for at, row in enumerate(units)))
    book["ledgers/requests"] = Written(
        (
            (*requests[0], "note"),
            *((*row, texts[at % len(texts)]) for at, row in enumerate(requests[1:])),
        )
    )
    book["adjustments"] = Written(
        (adjustments[0], *(("D2", "bonus", "0.1", text) for text in texts if text.strip()))
    )
    return book


def names(texts: Mapping[str, str]) -> dict[str, Written | bytes]:
    """Return the book whose units have these names, six at most."""
    book = base_book()
    heading, *units = _rows(book, "units")
    named = [(code, text) for (code, _), text in zip(units, texts.values(), strict=False)]
    book["units"] = Written((tuple(heading), *named, *map(tuple, units[len(named) :])))
    targets = _rows(book, "targets")
    book["targets"] = Written((*targets, *((code, "output", "2023-Q2", "50") for code, _ in units)))
    return book


def schemed(texts: Mapping[str, str], called: Mapping[str, str]) -> dict[str, Written | bytes]:
    """Return the book whose title, items, indicators, ledger, campaign and milestone have these names."""
    book = names(called)
    scheme = bytes(book["scheme.yaml"]).decode() if isinstance(book["scheme.yaml"], bytes) else ""
    old = (
        "虚构区2023年度考核",
        "地区生产总值",
        "工业增速",
        "产出",
        "增长",
        "人均",
        "诉求台账",
        "专项治理",
        "中期",
    )
    for word, text in zip(old, _some(list(texts.values()), 0, len(old)), strict=True):
        scheme = scheme.replace(word, json.dumps(text), 1)
    book["scheme.yaml"] = scheme.encode()
    return book


def laid(book: Mapping[str, Written | bytes], folder: Path) -> Path:
    """Write the book, and beside it the records that arrive."""
    rows = [("number", "unit", "opened_on", "due_on", "closed_on", "state", "note")]
    rows += [(f"N{n}", "D1", "2023-05-02", "2023-05-09", "", "open", t) for n, t in enumerate(TEXTS.values())]
    away = folder / "away"
    away.mkdir(parents=True)
    away.joinpath("arrived.csv").write_bytes(Written(tuple(rows)).content())
    return write(book, folder / "book")


def acting_in(printed: str) -> set[str]:
    """Return what would act on a terminal or is not seen in what was printed."""
    return {
        letter
        for letter in set(printed) - set(_SEEN_IN_LINES)
        if unicodedata.category(letter) in {"Cc", "Cf", "Cs", "Zl", "Zp"} or ord(letter) & 0xFFFE == 0xFFFE
    }


def wrong_in(path: Path) -> Iterator[str]:
    """Yield what a file that was written would do where it is opened."""
    match path.suffix:
        case ".csv":
            yield from _wrong_cells(path)
        case ".svg":
            text = path.read_text("utf-8")
            ET.fromstring(text)  # noqa: S314  written a moment ago
            yield from map(repr, acting_in(text))
        case ".json" | ".yaml":
            yield from map(repr, acting_in(path.read_text("utf-8")))
        case ".xlsx":
            yield from _wrong_formulas(path)


def _wrong_cells(path: Path) -> Iterator[str]:
    table = path.read_text("utf-8-sig")
    for row in csv.reader(io.StringIO(table)):
        for cell in row:
            begins = cell.lstrip()[:1]
            of_books = "+-\uff0b\uff0d" if path.with_name("scheme.yaml").exists() else ""
            if begins in _RUNS - {*of_books} and not _NUMBER.fullmatch(cell):
                yield f"{path.name}: {cell!r}"


def _wrong_formulas(path: Path) -> Iterator[str]:
    with zipfile.ZipFile(path) as archive:
        for part in archive.namelist():
            root = ET.fromstring(archive.read(part))  # noqa: S314  written a moment ago
            for formula in root.iter("{http://schemas.openxmlformats.org/spreadsheetml/2006/main}f"):
                without = re.sub(r'"[^"]*"', "", formula.text or "")
                if re.search(r"WEBSERVICE|HYPERLINK|cmd|SUM\(A1\)", without):
                    yield f"{part}: {formula.text}"
            if "hyperlink" in part.lower():
                yield part


def _rows(book: Mapping[str, Written | bytes], name: str) -> tuple[tuple[str, ...], ...]:
    table = book[name]
    assert isinstance(table, Written)
    return table.rows


def _some(texts: list[str], at: int, number: int) -> list[str]:
    return [texts[(number * at + n) % len(texts)] for n in range(number)]
