"""Marks for missing figures in big wide Parquet files, which are looked at in one scan and never held."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import polars as pl

from quanheng.data.cells.number_texts import text_of_number
from quanheng.data.tables.marks import (
    NINES,
    READ_AS_MISSING,
    SENTINEL,
    far_from,
    marks_of_numbers,
)
from quanheng.data.tables.table import ParquetFile
from quanheng.findings.collector import Collector
from quanheng.findings.finding import Kind, Location
from quanheng.scheme.reading.reading import FileReading


def figure_of(heading: str, marks: Sequence[float]) -> pl.Expr:
    """Return the figures of a column; NaN and what the scheme calls marks are gaps."""
    number = pl.col(heading).cast(pl.Float64).fill_nan(None)
    return pl.when(~number.is_in(list(marks))).then(number) if marks else number


def tell_marks_of_panel(
    raw: ParquetFile, columns: Mapping[str, str], reading: FileReading, collector: Collector
) -> None:
    """Add the note on figures read as missing, and the warning on what looks like marks, for `columns`."""
    marks = marks_of_numbers(reading.missing_marks or ())
    looked_for = [number for number in NINES if number not in marks and reading.missing_marks != ()]
    if not columns or not (marks or looked_for):
        return
    seen = raw.scan().select(
        expression
        for code, heading in columns.items()
        for expression in _seen(code, pl.col(heading).cast(pl.Float64).fill_nan(None), marks, looked_for)
    )
    row = seen.collect().row(0, named=True)
    for code, heading in columns.items():
        where = Location(file=raw.file, cell=heading)
        least, largest = row[f"least|{code}"], row[f"largest|{code}"]
        nines = row[f"nines|{code}"]
        far = [] if least is None else far_from(sorted(set(nines)), least=least, largest=largest)
        _gather(collector, READ_AS_MISSING, where, row[f"marks|{code}"])
        _gather(collector, SENTINEL, where, [number for number in nines if number in far])


def _seen(
    code: str, number: pl.Expr, marks: Sequence[float], looked_for: Sequence[float]
) -> tuple[pl.Expr, ...]:
    others = number.filter(~number.is_in([*marks, *looked_for]))
    return (
        number.filter(number.is_in(list(marks))).implode().alias(f"marks|{code}"),
        number.filter(number.is_in(list(looked_for))).implode().alias(f"nines|{code}"),
        others.min().alias(f"least|{code}"),
        others.abs().max().alias(f"largest|{code}"),
    )


def _gather(collector: Collector, kind: Kind, where: Location, numbers: Sequence[float]) -> None:
    collector.gather(kind, where, Counter(map(text_of_number, numbers)))
