"""A book taken apart into leaves: every table as it stands, to be written as a sheet or as a file.

    contents -> leaves -> the sheets of a workbook (`bind_workbook`) or the files of a folder (`lay_folder`)

Cells keep their texts, so that reading either form understands the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import PurePath
from typing import Final, Literal, TypeAlias

import polars as pl

from quanheng.data.cells.addresses import Merge
from quanheng.data.files.contents import Contents
from quanheng.data.files.workbook import part_of
from quanheng.data.tables.table import ParquetFile, Raw
from quanheng.findings.errors import UsageError
from quanheng.findings.finding import FindingsError
from quanheng.findings.value import Value

Part: TypeAlias = Literal["units", "data", "targets", "adjustments", "calendar", "ledgers", "history"]

_TIERS: Final = "tiers"
"""The table of an earlier result folder that says all a book needs of it."""


class Leaf(Value):
    """One table of a book: what it holds, its name among its like (empty if there is one only), its cells.

    `cells` has a String column for each column; an empty cell is null; the heading is among the rows.
    """

    part: Part
    name: str
    cells: pl.DataFrame
    merged: tuple[Merge, ...] = ()


def leaves_of(contents: Contents) -> Iterator[Leaf]:
    """Yield the tables of a book in the order in which a person reads them.

    Raises:
        UsageError: a ledger or an earlier round stands in several tables, which one sheet cannot hold.
    """
    yield from _unnamed("units", contents.units)
    yield from (_leaf("data", _name_of(raw), raw) for raw in contents.data)
    alone = len(contents.targets) == 1
    yield from (_leaf("targets", _name_of_targets(raw, alone=alone), raw) for raw in contents.targets)
    yield from _unnamed("adjustments", contents.adjustments)
    yield from _unnamed("calendar", contents.calendar)
    for name, raws in contents.ledgers.items():
        yield _leaf("ledgers", name, _only(name, raws))
    for name, raws in contents.history.items():
        tiers = [raw for raw in raws if PurePath(raw.file).stem == _TIERS]
        yield _leaf("history", name, _only(name, tiers or raws))


def _unnamed(part: Part, raws: Sequence[Raw]) -> Iterator[Leaf]:
    if raws:
        yield _leaf(part, "", _only(part, raws))


def _only(name: str, raws: Sequence[Raw]) -> Raw:
    if len(raws) > 1:
        raise UsageError(
            f"{name!r} stands in {len(raws)} tables; put them into one to convert the book",
            f"{name!r} 分在 {len(raws)} 张表中，请先合并再转换",
        )
    return raws[0]


def _leaf(part: Part, name: str, raw: Raw) -> Leaf:
    if not isinstance(raw, ParquetFile):
        return Leaf(part=part, name=name, cells=raw.cells, merged=raw.merged)
    if (refusal := raw.refusal()) is not None:
        raise FindingsError((refusal,))
    frame = raw.scan().collect()
    body = frame.select(
        pl.col(column).cast(pl.String).alias(str(number)) for number, column in enumerate(frame.columns)
    )
    heading = pl.DataFrame({str(number): [column] for number, column in enumerate(frame.columns)})
    return Leaf(part=part, name=name, cells=pl.concat([heading, body]))


def _name_of_targets(raw: Raw, *, alone: bool) -> str:
    """Return the name of a table of targets: empty for the sheet 目标 and for `targets.csv`.

    `targets.xlsx` of one sheet that is `alone` has none either.
    """
    sheet = None if isinstance(raw, ParquetFile) else raw.sheet
    if sheet is not None and (found := part_of(sheet)) is not None and found[0] == "targets":
        return found[1]
    path = PurePath(raw.file)
    in_its_place = path.parent == PurePath()
    if in_its_place and alone:
        return ""
    stem = "" if in_its_place else path.stem
    return stem if sheet is None else "-".join(part for part in (stem, sheet) if part)


def _name_of(raw: Raw) -> str:
    """Return the name of a table of data: its file's, with its sheet's where it is not the only or first."""
    sheet = None if isinstance(raw, ParquetFile) else raw.sheet
    stem = PurePath(raw.file).stem
    if sheet is None:
        return stem
    found = part_of(sheet)
    if found == ("data", ""):  # the workbook is the book itself, and its sheets are the tables
        return sheet.strip().removeprefix("数据").removeprefix("data").strip(" -_")
    return f"{stem}-{sheet}"
