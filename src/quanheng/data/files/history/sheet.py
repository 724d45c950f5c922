"""The sheet of a workbook that says what was published of a round: day, author and seal, then the result.

公布日期  2023-04-20  公布人  …  封存码  0bd4…

单位  名称  得分  位次  等次
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Final, TypeAlias

import polars as pl

from quanheng.data.cells.number_texts import text_of_number
from quanheng.data.files.history.publication import Publication
from quanheng.data.tables.table import Sheet
from quanheng.findings.patterns import bounded
from quanheng.findings.text import Language, Text

_Row: TypeAlias = list[str | None]
_TIERS: Final = "tiers.csv"
_ON: Final = Text(zh="公布日期", en="published on")
_BY: Final = Text(zh="公布人", en="by")
_SEAL: Final = Text(zh="封存码", en="seal")
_NUMBER: Final = Text(zh="公布次数", en="publication")
_REASON: Final = Text(zh="更正原因", en="reason")
_REPLACES: Final = Text(zh="原封存码", en="replaces")
_HEADINGS: Final[Mapping[str, Text]] = {
    "unit": Text(zh="单位", en="unit"),
    "name": Text(zh="名称", en="name"),
    "group": Text(zh="分组", en="group"),
    "score": Text(zh="得分", en="score"),
    "place": Text(zh="位次", en="place"),
    "tier": Text(zh="等次", en="tier"),
}
_SEAL_FORM: Final = bounded(r"[0-9a-f]{16}")
_TOP: Final = 3
"""In so many rows the facts of the publication stand."""


def cells_of_published(
    folder: Path, publication: Publication, *, groups: Mapping[str, Text], language: Language
) -> pl.DataFrame:
    """Return the cells of the sheet for the round that lies frozen in `folder`.

    `groups` gives the name of each group; a column names them if there are several.
    """
    tiers = pl.read_csv((folder / _TIERS).read_bytes(), infer_schema=False)
    columns = [
        name
        for name in _HEADINGS
        if name in tiers.columns
        and (name != "group" or tiers[name].n_unique() > 1)
        and (name != "tier" or tiers[name].null_count() < tiers.height)
    ]
    shown = tiers.select(columns).with_columns(
        pl.Series("score", [text and text_of_number(float(text)) for text in tiers["score"]], pl.String)
    )
    if "group" in columns:
        called = {code: name.in_language(language) or code for code, name in groups.items()}
        shown = shown.with_columns(pl.col("group").replace(called))
    heading: _Row = [_HEADINGS[name].in_language(language) for name in columns]
    rows: list[_Row] = [*_facts(publication, language), [], heading, *map(list, shown.rows())]
    width = max(map(len, rows))
    return pl.DataFrame(
        [[*row, *[None] * (width - len(row))] for row in rows],
        schema={str(number): pl.String for number in range(width)},
        orient="row",
    )


def seal_on(sheet: Sheet) -> str | None:
    """Return the seal that a sheet states above its table; None if it states none.

    Examples:
        >>> cells = pl.DataFrame([["封存码", "0bd4a1f2c3e4d5b6"]], schema=["0", "1"], orient="row")
        >>> seal_on(Sheet(file="册.xlsx", sheet="历史-2023", cells=cells))
        '0bd4a1f2c3e4d5b6'
    """
    for row in sheet.cells.head(_TOP).rows():
        for label, text in _pairs(row):
            if label in {_SEAL.zh, _SEAL.en} and text and _SEAL_FORM.fullmatch(text.strip()):
                return text.strip()
    return None


def _facts(publication: Publication, language: Language) -> Iterator[_Row]:
    first = ((_ON, publication.on.isoformat()), (_BY, publication.by), (_SEAL, publication.seal))
    later = (
        (_NUMBER, str(publication.number)),
        (_REASON, publication.reason),
        (_REPLACES, publication.replaces),
    )
    for pairs in (first, later)[: 1 if publication.number == 1 else 2]:
        yield [cell for label, text in pairs for cell in (label.in_language(language), text or None)]


def _pairs(row: Sequence[str | None]) -> Iterator[tuple[str, str | None]]:
    for label, text in pairwise(row):
        if label is not None:
            yield label.strip(), text
