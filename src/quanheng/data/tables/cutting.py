"""Cutting the table out of a sheet: where its heading stands, what its columns are called, where rows begin.

Understood are titles and blank rows above the heading, a heading of several rows (`levels.py`), and a row of
measuring units below it. What stays unclear is a finding.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final, TypeAlias

import polars as pl

from quanheng.data.cells.numbers import IS_UNREADABLE, IS_VALUE, read_numbers
from quanheng.data.tables.headings import MEASURED_IN, Column, match, plain, with_unit_heading
from quanheng.data.tables.levels import (
    NO_NAMES,
    Level,
    Names,
    call_columns,
    is_called_by_leaf,
    levels_of,
    rows_above,
)
from quanheng.data.tables.shape.merged import with_merges_settled
from quanheng.data.tables.shape.printed import without_repeated_headings
from quanheng.data.tables.shape.short_rows import tell_short_rows
from quanheng.data.tables.strangers.headings import repeated_headings
from quanheng.data.tables.strangers.unnamed import how_to_name_units
from quanheng.data.tables.table import ROW, ParquetFile, Raw, Sheet, Table
from quanheng.data.tables.year_and_part import with_whole_periods
from quanheng.data.telling import limits
from quanheng.data.telling.findings import NO_HEADING, NOT_PARQUET, TOO_MANY_ROWS
from quanheng.data.telling.names import shown
from quanheng.findings.collector import Collector
from quanheng.findings.finding import Kind, Location
from quanheng.findings.text import Text
from quanheng.scheme.reading.reading import AS_USUAL, Reading

_TOP: Final = 20
"""The heading is looked for in so many rows."""
_DEEPEST: Final = 4
"""Rows of a heading, with its measuring units."""

_NOT_CELLS: Final = (pl.Binary, pl.Object)

_Row: TypeAlias = list[str | None]


@dataclass(slots=True)
class _Heading:
    """A heading while it is read: its rows, and for each column its name and the measuring unit."""

    first: int
    last: int
    keys: dict[str, int]
    names: _Row
    measured: dict[int, str] = field(default_factory=dict)


def cut_table(
    raw: Raw,
    forms: Sequence[tuple[Column, ...]],
    *,
    collector: Collector,
    reading: Reading = AS_USUAL,
    names: Names = NO_NAMES,
) -> Table | None:
    """Return the table in `raw`, read by the first of `forms` whose needed columns it has; else a finding.

    `names` knows what a column may hold, so that a second row of headings can be told from a row of measuring
    units, and a heading that stands over two columns matters only if it names something. `reading` is what
    the scheme says of how files are read.
    """
    own = reading.of(raw.file, None if isinstance(raw, ParquetFile) else raw.sheet)
    forms = [with_unit_heading(form, own.unit_heading) for form in forms]
    if isinstance(raw, ParquetFile):
        table = _cut_parquet(raw, forms, collector)
        return None if table is None else with_whole_periods(replace(table, reading=own))
    top = _filled_top(raw)
    heading = _first_heading(top, forms)
    if heading is None:
        wanted = ", ".join(column.key for column in forms[-1] if column.needed)
        collector.add(NO_HEADING.at(raw.location, wanted=wanted, how=how_to_name_units(top, raw)))
        return None
    _read_rows_below(top, raw, heading, names)
    repeated = repeated_headings(raw, heading, names, collector)
    if repeated is None:
        return None
    return with_whole_periods(replace(_below(raw, heading, repeated, collector), reading=own))


def has_heading(raw: Raw, forms: Sequence[tuple[Column, ...]], reading: Reading = AS_USUAL) -> bool:
    """Return whether a heading of one of `forms` is found in `raw`."""
    own = reading.of(raw.file, None if isinstance(raw, ParquetFile) else raw.sheet)
    forms = [with_unit_heading(form, own.unit_heading) for form in forms]
    if isinstance(raw, ParquetFile):
        return any(_needed(form) <= match(tuple(raw.schema), form).keys() for form in forms)
    top = _filled_top(raw)
    return any(_find(top, form) is not None for form in forms)


def _filled_top(sheet: Sheet) -> list[_Row]:
    """Return the first rows, each merged range filled with its text."""
    top = [list(row) for row in sheet.cells.head(_TOP).rows()]
    for merge in sheet.merged:
        if merge.top < len(top):
            text = top[merge.top][merge.left]
            for row in top[merge.top : merge.bottom + 1]:
                row[merge.left : merge.right + 1] = [text] * (merge.right + 1 - merge.left)
    return top


def _find(top: Sequence[_Row], form: tuple[Column, ...]) -> _Heading | None:
    """Return the fullest row that has all needed columns of `form`."""
    best: _Heading | None = None
    needed = _needed(form)
    for number, row in enumerate(top):
        keys = match(row, form)
        if needed <= keys.keys() and (best is None or _filled(row) > _filled(best.names)):
            best = _Heading(first=number, last=number, keys=keys, names=list(row))
    return best


def _first_heading(top: Sequence[_Row], forms: Sequence[tuple[Column, ...]]) -> _Heading | None:
    """Return the heading by the first of `forms` that has one.

    A row below another's heading, in whose column it stands, is a row of that table: 地区 under 指标.
    """
    found = [heading for form in forms if (heading := _find(top, form)) is not None]
    if not found:
        return None
    first = found[0]
    for other in found[1:]:
        is_over = other.first < first.first and _filled(other.names) >= _filled(first.names)
        if is_over and min(other.keys.values()) == min(first.keys.values()):
            first = other
    return first


def _read_rows_below(top: Sequence[_Row], sheet: Sheet, heading: _Heading, names: Names) -> None:
    """Take further rows of names, and rows of measuring units, into `heading`; then call each column."""
    keys = frozenset(heading.keys.values())
    rows = {heading.first: top[heading.first]}
    for number in range(heading.first + 1, min(heading.first + _DEEPEST, len(top))):
        row = top[number]
        rest = {column: text for column, text in enumerate(row) if text and column not in keys}
        fresh = {column: text for column, text in rest.items() if text != heading.names[column]}
        if not rest or not _is_below(row, top[heading.first], keys) or not _no_numbers(tuple(fresh.values())):
            break
        rows[number] = row
        if _are_names(fresh, levels_of(rows, sheet.merged, keys), sheet, heading, names):
            for column, text in fresh.items():
                heading.names[column] = text
        else:
            heading.measured.update(fresh)
        heading.last = number
    above = rows_above(top, heading.first, keys)
    call_columns(heading.names, heading.measured, levels_of(above | rows, sheet.merged, keys), keys, names)


def _is_below(row: _Row, first: _Row, keys: frozenset[int]) -> bool:
    """Return whether `row` says nothing of its own under the `keys`: a row of names or measuring units."""
    merged_down = all(row[column] == first[column] for column in keys)
    return merged_down or all(not row[column] or plain(row[column] or "") in MEASURED_IN for column in keys)


def _no_numbers(texts: Sequence[str]) -> bool:
    """Return whether no text is a number and at least one is a word, or there are none."""
    states = read_numbers(pl.Series(texts, dtype=pl.String))["state"]
    return not texts or (IS_VALUE not in states and IS_UNREADABLE in states)


def _are_names(
    fresh: Mapping[int, str], levels: Sequence[Level], sheet: Sheet, heading: _Heading, names: Names
) -> bool:
    """Return whether the `fresh` texts of the lowest of `levels` are names, not measuring units."""
    if any(is_called_by_leaf(levels, column, names) for column in fresh):
        return True
    if any(names(name) for name in heading.names if name):
        return False
    return any(
        merge.top <= heading.last <= merge.bottom and merge.left < merge.right for merge in sheet.merged
    )


LONG_ROW: Final = Kind(
    code="QH324",
    severity="error",
    en="the row has more cells than there are headings, the first too many is {text!r}",
    zh="该行单元格多于表头，多出的第一个是“{text}”",
    hint_en="check for a comma inside a text or a number without quotation marks",
    hint_zh="请检查文本或数字中是否有未加引号的逗号",
)


def _below(sheet: Sheet, heading: _Heading, passed_over: frozenset[int], collector: Collector) -> Table:
    """Return the rows below `heading` that hold anything, and find what does not fit below it."""
    start = heading.last + 1
    body = sheet.cells.with_row_index(ROW, offset=1).slice(start)
    cells = pl.exclude(ROW)
    blank = cells.str.strip_chars() == ""
    body = body.with_columns(pl.when(~blank).then(cells)).filter(pl.any_horizontal(cells.is_not_null()))
    named = [number for number, name in enumerate(heading.names) if name and name.strip()]
    tell_short_rows(sheet, start, 1 + named[-1], collector)
    for number in range(sheet.cells.width):
        if number not in named and (stray := body.filter(pl.col(str(number)).is_not_null())).height:
            row, text = stray.select(ROW, str(number)).row(0)
            where = Location(file=sheet.file, sheet=sheet.sheet, line=row)
            collector.add(LONG_ROW.at(where, text=shown(text)))
    body = without_repeated_headings(body, sheet, range(heading.first, heading.last + 1), collector)
    table = Table(
        file=sheet.file,
        sheet=sheet.sheet,
        headings=tuple((name or "").strip() for name in heading.names),
        known=heading.keys,
        others=tuple(
            number for number in named if number not in heading.keys.values() and number not in passed_over
        ),
        body=body,
        measured={column: text.strip() for column, text in heading.measured.items()},
        above=_above(sheet, heading),
    )
    return with_merges_settled(sheet, table, start, collector)


def _above(sheet: Sheet, heading: _Heading) -> tuple[tuple[int, tuple[str, ...]], ...]:
    """Return the rows above `heading` that hold anything: titles, a measuring unit, a date."""
    rows = enumerate(sheet.cells.head(heading.first).rows(), 1)
    texts = ((row, tuple(text.strip() for text in cells if text and text.strip())) for row, cells in rows)
    return tuple((row, filled) for row, filled in texts if filled)


NOT_CELLS: Final = Kind(
    code="QH334",
    severity="error",
    en="the column {heading!r} holds lists or bytes, not figures or texts",
    zh="“{heading}”列是列表或二进制内容，不是数字或文字",
    hint_en="write one figure or text a row",
    hint_zh="请每行写一个数字或文字",
)


def _cut_parquet(raw: ParquetFile, forms: Sequence[tuple[Column, ...]], collector: Collector) -> Table | None:
    """Return the rows of a Parquet file, its columns typed as the file is; else a finding."""
    headings = tuple(raw.schema)
    known = next(
        (found for form in forms if _needed(form) <= (found := match(headings, form)).keys()),
        None,
    )
    if known is None:
        wanted = ", ".join(sorted(_needed(forms[-1])))
        collector.add(NO_HEADING.at(raw.location, wanted=wanted, how=Text()))
        return None
    if raw.rows > limits.ROWS:
        collector.add(TOO_MANY_ROWS.at(raw.location, rows=raw.rows, most=limits.ROWS))
        return None
    if (refusal := raw.refusal()) is not None:
        collector.add(refusal)
        return None
    nested = [name for name, kind in raw.schema.items() if kind.is_nested() or kind in _NOT_CELLS]
    for name in nested:
        collector.add(NOT_CELLS.at(raw.location, heading=shown(name)))
    if nested:
        return None
    try:
        body = raw.scan().collect()
    except (pl.exceptions.PolarsError, OSError):
        collector.add(NOT_PARQUET.at(raw.location))
        return None
    return Table(
        file=raw.file,
        sheet=None,
        headings=headings,
        known=known,
        others=tuple(number for number in range(len(headings)) if number not in known.values()),
        body=body.rename({name: str(number) for number, name in enumerate(headings)}).with_row_index(
            ROW, offset=1
        ),
    )


def _needed(form: tuple[Column, ...]) -> set[str]:
    return {column.key for column in form if column.needed}


def _filled(row: _Row) -> int:
    return sum(bool(text) for text in row)
