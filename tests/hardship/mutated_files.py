"""Small workbooks and Parquet files with a few bytes changed, drawn by a seed."""

from __future__ import annotations

import importlib.util
import io
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from types import ModuleType
from typing import Final

import polars as pl
from tests.data.books import Rows, workbook
from tests.hardship.hostile_files import open_document, parquet
from tests.mutants.chance import Chance

ROWS: Final[Rows] = [["unit", "gdp"], ["T1", 5.5], ["T2", "x"]]
_ODD: Final = (
    b"\x00",
    b"\xff",
    b"\x7f",
    b"\x80",
    b"4294967295",
    b"-1",
    b"0000",
    b"\xff\xff\xff\xff",
    b"<",
    b'"',
)


def mutated(suffix: str, seed: int) -> bytes:
    """Return a file of that kind with something of it changed."""
    chance = Chance(seed)
    content = _WHOLE[suffix]()
    if not zipfile.is_zipfile(io.BytesIO(content)) or chance.holds(_AS_IT_LIES):
        return _changed(content, chance)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = chance.one(sorted(parts))
    parts[name] = _changed(parts[name], chance)
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for own, part in parts.items():
            archive.writestr(own, part)
    return made.getvalue()


def _changed(content: bytes, chance: Chance) -> bytes:
    """Return `content` with bytes replaced, put in, taken out or doubled, or its end cut off."""
    for _ in range(chance.one((1, 1, 1, 2, 5))):
        at = chance.number(0, len(content))
        match chance.number(0, 4):
            case 0:
                content = content[:at] + chance.bytes(1) + content[at + 1 :]
            case 1:
                odd = chance.one(_ODD)
                content = content[:at] + odd + content[at + len(odd) :]
            case 2:
                content = content[:at] + chance.one(_ODD) + content[at:]
            case 3:
                content = content[:at] + content[at : at + chance.number(0, 199)] + content[at:]
            case _:
                end = len(content) if chance.holds(_MOSTLY) else at
                content = content[:at] + content[at + chance.number(0, 19) : end]
    return content


_AS_IT_LIES: Final = 0.2
_MOSTLY: Final = 0.9


def _binary() -> bytes:
    maker = _module("test_office_binary.py")
    content: bytes = maker.workbook(maker.sheet_of())
    return content


def _module(name: str) -> ModuleType:
    path = Path(__file__).parents[1] / "data" / "files" / "marks" / name
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _old() -> bytes:
    return Path(__file__).with_name("plain.xls").read_bytes()


def _open_document() -> bytes:
    rows = "".join(
        "<table:table-row>"
        + "".join(
            f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p></table:table-cell>'
            for cell in row
        )
        + "</table:table-row>"
        for row in ROWS
    )
    return open_document(f'<table:table table:name="S">{rows}</table:table>')


_WHOLE: Final[Mapping[str, Callable[[], bytes]]] = {
    ".xlsx": lambda: workbook({"S": ROWS}),
    ".xlsb": _binary,
    ".xls": _old,
    ".ods": _open_document,
    ".parquet": lambda: parquet(pl.DataFrame({"unit": ["T1", "T2"] * 20, "gdp": [5.5, 6.0] * 20})),
}
SUFFIXES: Final = tuple(_WHOLE)
