"""Cells that are no number but mean something: marks for missing figures, and figures below a limit (`<5`).

What they mean says the scheme, `missing_marks` and `censored`; a usual mark of which it says nothing is an
error, told once for a file. Nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

import polars as pl

from quanheng.data.cells.numbers import (
    IS_MISSING,
    IS_NOT_APPLICABLE,
    IS_UNREADABLE,
    IS_VALUE,
    read_numbers,
)
from quanheng.data.tables.table import ROW, Table
from quanheng.data.telling.half_width import half_width, loose
from quanheng.data.telling.names import shown
from quanheng.findings.collector import Collector
from quanheng.findings.finding import Kind
from quanheng.periods.widths import to_half_width
from quanheng.scheme.reading.reading import CensoredWord

USUAL_MARKS: Final = (
    *("na", "n.a.", "n.a", "nan", "null", "none", "nil", "missing", "nodata"),
    *(".", "..", "...", "…", "……", ":"),
    *("缺", "缺失", "缺项", "空", "无数据", "暂无", "暂无数据", "未报", "未上报", "未填", "待定", "待报"),
)
"""How people mark a missing figure; compared in lower case, half width and without blanks."""

_CENSORED: Final = r"^(<=|>=|=<|=>|<|>|≤|≥|≦|≧|⩽|⩾)(.{1,40})$"
_HALF: Final = 0.5

READ_AS_MISSING: Final = Kind(
    code="QH370",
    severity="note",
    en="cells read as missing, as the scheme says ({number}): {words}",
    zh="按方案规定，{number} 个单元格作缺失读取：{words}",
    hint_en="nothing; the marks stand under missing_marks in the scheme",
    hint_zh="无需处理；这些标记见方案的缺失标记（missing_marks）",
)
USUAL_MARK: Final = Kind(
    code="QH371",
    severity="error",
    en="cells with what usually marks a missing figure, of which the scheme says nothing ({number}): {words}",
    zh="{number} 个单元格写有通常表示缺失的标记，但方案没有规定：{words}",
    hint_en="write missing_marks: [{listed}] into the scheme, or leave such cells empty",
    hint_zh="请在方案中写明缺失标记（missing_marks: [{listed}]），或将这些单元格留空",
)
CENSORED: Final = Kind(
    code="QH372",
    severity="error",
    en="cells that say only on which side of a limit the figure lies ({number}): {words}",
    zh="{number} 个单元格只写明数在限值的哪一侧：{words}",
    hint_en="write censored: limit, half or missing into the scheme, or give the figures",
    hint_zh="请在方案中写明限值处理（censored）：取限值（limit）、取一半（half）或作缺失（missing），或填写具体数值",
)
CENSORED_READ: Final = Kind(
    code="QH373",
    severity="note",
    en="cells with a limit for a figure, read by censored: {policy} ({number}): {words}",
    zh="按方案规定的限值处理（censored: {policy}）读取了 {number} 个只写限值的单元格：{words}",
    hint_en="nothing; mention it where the result is published",
    hint_zh="无需处理；公布结果时请注明",
)
NOT_APPLICABLE: Final = Kind(
    code="QH374",
    severity="note",
    en="cells read as not applicable ({number}): {words}",
    zh="{number} 个单元格按不适用读取：{words}",
    hint_en="nothing; a figure that is only missing is an empty cell, or a mark under missing_marks",
    hint_zh="无需处理；若只是缺失，请留空，或写入方案的缺失标记（missing_marks）",
)
SENTINEL: Final = Kind(
    code="QH375",
    severity="warning",
    en="cells that look like marks for missing figures among the others ({number}): {words}",
    zh="{number} 个单元格为 {words}，与其他数据相比像是缺失标记",
    hint_en="write missing_marks: [{listed}] into the scheme; if they are figures, missing_marks: []",
    hint_zh="若为缺失标记，请在方案中写明缺失标记（missing_marks: [{listed}]）；若确为数据，缺失标记请写为空"
    "（missing_marks: []）",
)
NINES: Final = tuple(float(sign * (10**digits - 1)) for digits in range(2, 9) for sign in (-1, 1))
"""Numbers all of nines, which often mark a missing figure."""
_LEAST_POSITIVE: Final = 999.0
_FAR: Final = 10.0


def with_marks_settled(meant: pl.DataFrame, table: Table, column: int, collector: Collector) -> pl.DataFrame:
    """Return what the cells of a column mean (number, per_cent, state), marks and limits settled and told."""
    meant = _without_number_marks(meant, table, column, collector)
    rows = _odd_rows(meant["state"], table, column)
    if rows is None:
        return meant
    policy = table.reading.censored
    _tell_marks(rows, table, column, collector)
    limits = rows.filter(pl.col("sort") == "limit")
    _gather(CENSORED if policy == "error" else CENSORED_READ, limits, table, column, collector)
    return _with_changes(meant, rows.filter(pl.col("sort").is_not_null()), policy)


def with_date_marks_settled(
    meant: pl.DataFrame, table: Table, column: int, collector: Collector
) -> pl.DataFrame:
    """Return what the cells of a column of dates mean (date, state), marks settled and told."""
    rows = _odd_rows(meant["state"], table, column)
    if rows is None:
        return meant
    _tell_marks(rows, table, column, collector)
    marks = rows.filter(pl.col("sort").is_in(["mark", "usual"]))["at"]
    return meant.with_columns(state=meant["state"].clone().scatter(marks, IS_MISSING))


def tell_not_applicable(states: pl.Series, table: Table, column: int, collector: Collector) -> None:
    """Add to the note on the file how many cells of a column were read as not applicable."""
    at = (states == IS_NOT_APPLICABLE).arg_true()
    if len(at):
        rows = table.body.select(ROW, pl.col(str(column)).cast(pl.String).alias("text"))[at]
        _gather(NOT_APPLICABLE, rows, table, column, collector)


def tell_sentinels(numbers: pl.Series, table: Table, column: int, collector: Collector) -> None:
    """Add a warning where -999 and the like stand among figures they are far from.

    `numbers` are those of one item; a scheme that says of the file that it has no marks is believed.
    """
    if table.reading.missing_marks == ():
        return
    told = sentinels_in(numbers)
    if told:
        at = numbers.is_in(told).arg_true()
        rows = table.body.select(ROW)[at].with_columns(
            pl.Series("text", [f"{number:.0f}" for number in numbers.gather(at)], dtype=pl.String)
        )
        _gather(SENTINEL, rows, table, column, collector)


def sentinels_in(numbers: pl.Series) -> list[float]:
    """Return the numbers all of nines in `numbers` that lie far from all others.

    A negative one does where no other number is negative, or none is a tenth as large; a positive one of
    three digits or more where none is a tenth as large.

    Examples:
        >>> sentinels_in(pl.Series([10.0, 12.0, -999.0])), sentinels_in(pl.Series([-500.0, 12.0, -999.0]))
        ([-999.0], [])
    """
    number = pl.col("number")
    ends = numbers.to_frame("number").select(least=number.min(), greatest=number.max()).row(0)
    if not may_be_mark(pl.Series(ends, dtype=pl.Float64)).any():
        return []  # what is far from all others is the least or the greatest
    nines = may_be_mark(numbers)
    others = numbers.filter(~nines).drop_nulls()
    found = numbers.filter(nines).unique().sort().to_list()
    if others.is_empty():
        return []
    bounds = others.to_frame("number").select(least=number.min(), largest=number.abs().max())
    return far_from(found, **bounds.row(0, named=True))


def far_from(nines: Sequence[float], *, least: float, largest: float) -> list[float]:
    """Return those of the numbers all of `nines` that lie far from the others.

    `least` is the least of the others, `largest` the largest size of one.
    """
    return [
        number
        for number in nines
        if (number < 0 and (least >= 0 or abs(number) >= _FAR * largest))
        or (number >= _LEAST_POSITIVE and number >= _FAR * largest)
    ]


def may_be_mark(numbers: pl.Series) -> pl.Series:
    """Return which of `numbers` have nines for digits, two at least, and nothing else."""
    return numbers.is_in(NINES).fill_null(value=False)


def marks_of_numbers(marks: Sequence[str]) -> list[float]:
    """Return those of `marks` that are numbers.

    Examples:
        >>> marks_of_numbers(["NA", "-999"])
        [-999.0]
    """
    meant = read_numbers(pl.Series(list(marks), dtype=pl.String))
    return meant.filter(pl.col("state") == IS_VALUE)["number"].to_list()


def without_marks(cells: pl.Series, table: Table) -> pl.Series:
    """Return the `cells` of a column that may hold anything; those with a stated mark are null."""
    marks = table.reading.missing_marks
    if not marks:
        return cells
    cell = pl.col(cells.name)
    if cells.dtype.is_numeric():
        is_mark = cell.is_in(marks_of_numbers(marks))
    else:
        is_mark = loose(cell.cast(pl.String)).is_in(_keys(marks))
    return cells.to_frame().select(pl.when(~is_mark.fill_null(value=False)).then(cell)).to_series()


def _keys(marks: Sequence[str]) -> list[str]:
    return ["".join(to_half_width(mark).split()).lower() for mark in marks]


def _without_number_marks(
    meant: pl.DataFrame, table: Table, column: int, collector: Collector
) -> pl.DataFrame:
    """Return `meant` with the numbers that the scheme calls marks as missing."""
    marks = marks_of_numbers(table.reading.missing_marks or ())
    if not marks:
        return meant
    is_mark = pl.col("number").is_in(marks).fill_null(value=False) & ~pl.col("per_cent")
    hit = meant.select(is_mark).to_series()
    if not hit.any():
        return meant
    rows = table.body.select(ROW, pl.col(str(column)).cast(pl.String).alias("text")).filter(hit)
    _gather(READ_AS_MISSING, rows, table, column, collector)
    return meant.with_columns(
        number=pl.when(~pl.lit(hit)).then("number"),
        state=pl.when(pl.lit(hit)).then(pl.lit(IS_MISSING, dtype=pl.UInt8)).otherwise("state"),
    )


def _odd_rows(states: pl.Series, table: Table, column: int) -> pl.DataFrame | None:
    """Return the cells that are no value, with what sort each is; None if there are none.

    The sorts are a stated `mark`, a `usual` one, a `limit`, or null.
    """
    at = states.is_in([IS_UNREADABLE, IS_NOT_APPLICABLE]).arg_true()
    if at.is_empty():
        return None
    unreadable = pl.col("state") == IS_UNREADABLE
    key = loose(pl.col("text"))
    limit = half_width(pl.col("text")).str.replace_all(r"\s", "").str.extract_groups(_CENSORED)
    return (
        table.body.select(ROW, text=pl.col(str(column)).cast(pl.String))[at]
        .with_columns(at=at, state=states.gather(at))
        .with_columns(key=key, side=limit.struct[0], bound=limit.struct[1])
        .with_columns(read=pl.col("bound").map_batches(_read_bounds, return_dtype=_BOUND))
        .with_columns(
            sort=pl.when(pl.col("key").is_in(_keys(table.reading.missing_marks or ())))
            .then(pl.lit("mark"))
            .when(unreadable & pl.col("key").is_in(USUAL_MARKS))
            .then(pl.lit("usual"))
            .when(unreadable & (pl.col("read").struct.field("state") == IS_VALUE))
            .then(pl.lit("limit"))
        )
    )


def _tell_marks(rows: pl.DataFrame, table: Table, column: int, collector: Collector) -> None:
    for kind, sort in ((READ_AS_MISSING, "mark"), (USUAL_MARK, "usual")):
        _gather(kind, rows.filter(pl.col("sort") == sort), table, column, collector)


_BOUND: Final = pl.Struct({"number": pl.Float64, "per_cent": pl.Boolean, "state": pl.UInt8})


def _read_bounds(bounds: pl.Series) -> pl.Series:
    return read_numbers(bounds).to_struct()


def _with_changes(meant: pl.DataFrame, changed: pl.DataFrame, policy: CensoredWord) -> pl.DataFrame:
    """Return `meant` with the `changed` rows: marks are missing, and limits as the `policy` says.

    What is an error is missing too, so that it is told once only.
    """
    limit = pl.col("read").struct.field("number")
    below = pl.col("side").str.contains("[<≤≦⩽]", literal=False) & (limit > 0)
    number = pl.when(below).then(limit * _HALF).otherwise(limit) if policy == "half" else limit
    is_number = (pl.col("sort") == "limit") & pl.lit(policy in ("limit", "half"))
    new = changed.select(
        "at",
        number=pl.when(is_number).then(number),
        per_cent=is_number & pl.col("read").struct.field("per_cent"),
        state=pl.when(is_number).then(IS_VALUE).otherwise(IS_MISSING).cast(pl.UInt8),
    )
    return meant.select(
        meant[name].clone().scatter(new["at"], new[name]) for name in ("number", "per_cent", "state")
    )


def _gather(kind: Kind, rows: pl.DataFrame, table: Table, column: int, collector: Collector) -> None:
    """Add the texts of `rows` (with the column of rows) to the finding of `kind` for the file."""
    if rows.height:
        where = table.location(rows[ROW][0], column)
        counts = rows.group_by("text", maintain_order=True).len()
        collector.gather(kind, where, dict(_words(counts)), policy=table.reading.censored)


def _words(counts: pl.DataFrame) -> Iterator[tuple[str, int]]:
    for text, number in counts.iter_rows():
        word = shown((text or "").strip())
        yield (word if _is_plain(word) else f"'{word}'"), number


def _is_plain(word: str) -> bool:
    """Return whether `word` can stand in a list of the scheme without quotation marks."""
    return (
        word.strip("-").replace(".", "").isalnum()
        and not word.startswith((".", "--"))
        and not word.endswith("-")
    )
