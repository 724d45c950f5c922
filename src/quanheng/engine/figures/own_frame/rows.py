"""The rows of a user's frame brought into the types of the grid."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import narwhals as nw

from quanheng.engine.figures.own_frame.columns import FrameColumns
from quanheng.engine.frame import columns as c
from quanheng.engine.frame.comparing import is_one_of
from quanheng.engine.frame.days import days_in
from quanheng.engine.frame.holding import engine_for
from quanheng.findings.collector import SHOWN
from quanheng.findings.errors import DataError
from quanheng.findings.finding import Finding, Kind
from quanheng.periods.period import Period, parse_period
from quanheng.scheme.tree.scheme import Group, Scheme

PERIOD: Final = "period"


def dated(columns: FrameColumns, scheme: Scheme, schema: Mapping[str, nw.dtypes.DType]) -> frozenset[str]:
    """Return the columns of items of kind `date` that hold dates (and not yet days of the year)."""
    dates = {item.code for item in scheme.items if item.kind == "date"}
    return frozenset(
        name
        for fetch, name in columns.items.items()
        if fetch.item in dates and schema[name] in (nw.Date, nw.Datetime)
    )


def tidy_rows(frame: nw.LazyFrame[Any], columns: FrameColumns, scheme: Scheme) -> nw.LazyFrame[Any]:
    """Return unit, name, group (a code), period (as written), numbers and `attribute|…` in the grid's types.

    Numbers keep their names and become floats, NaN becomes null, -0 becomes 0, dates become days since
    1970-01-01. What holds no numbers stays as it is, for the checks to tell.
    """
    schema = frame.collect_schema()
    dates = dated(columns, scheme, schema)
    unit = nw.col(c.UNIT).cast(nw.String())
    name = unit if columns.name is None else nw.coalesce(nw.col(columns.name).cast(nw.String()), unit)
    tidy = [nw.when(unit != "").then(unit).alias(c.UNIT), name.alias(c.NAME), _group(columns, scheme.groups)]
    if columns.period is not None:
        tidy.append(nw.col(columns.period).cast(nw.String()).alias(PERIOD))
    tidy.extend(_number(name, schema[name], is_date=name in dates) for name in columns.numbers)
    tidy.extend(nw.col(name).cast(nw.Boolean()) for name in columns.flags)
    tidy.extend(nw.col(name).alias(c.attribute(to)) for name, to in columns.attributes.items())
    return frame.select(*tidy)


STRANGE_PERIOD: Final = Kind(
    code="QH513",
    severity="error",
    en="{text!r} in the column {column!r} is not a period",
    zh="“{column}”列中的“{text}”不是有效的时期",
    hint_en="write 2023, 2023-H1, 2023-Q3 or 2023-06",
    hint_zh="请写成 2023、2023-H1、2023-Q3 或 2023-06",
)


def periods_in(
    rows: nw.LazyFrame[Any], columns: FrameColumns
) -> tuple[dict[str, Period], tuple[Finding, ...]]:
    """Return the texts that say when with their periods, and a QH513 for each that is none."""
    if columns.period is None:
        return {}, ()
    texts = engine_for(rows).collect(rows.select(nw.col(PERIOD).fill_null("")).unique())
    found: dict[str, Period] = {}
    strange: list[Finding] = []
    for written in sorted(texts[PERIOD].to_list()):
        try:
            found[written] = parse_period(written)
        except DataError:
            strange.append(STRANGE_PERIOD.at(text=written, column=columns.period))
    return found, tuple(strange[:SHOWN])


def canonical(
    rows: nw.LazyFrame[Any], columns: FrameColumns, periods: Mapping[str, Period]
) -> nw.LazyFrame[Any]:
    """Return sound tidy rows with periods as the program writes them, and no number where cells are empty.

    `periods` gives the meaning of each text in the column that says when.
    """
    schema = rows.collect_schema()
    changed = [
        nw.lit(None, dtype=nw.Float64()).alias(name) for name in columns.numbers if schema[name] != nw.Float64
    ]
    if any(text != str(period) for text, period in periods.items()):
        changed.append(_period(nw.col(PERIOD), periods))
    return rows.with_columns(*changed) if changed else rows


def _group(columns: FrameColumns, groups: Sequence[Group]) -> nw.Expr:
    """Return the code of the unit's group, which may be written by its name; strangers stay as they are."""
    if columns.group is None:
        return nw.lit(groups[0].code).alias(c.GROUP)
    written = nw.col(columns.group).cast(nw.String())
    code = written
    for group in groups:
        names = [name for name in (group.name.zh, group.name.en) if name not in ("", group.code)]
        if names:
            code = nw.when(is_one_of(written, names)).then(nw.lit(group.code)).otherwise(code)
    return code.alias(c.GROUP)


def _period(written: nw.Expr, periods: Mapping[str, Period]) -> nw.Expr:
    canonical = written
    for text, period in periods.items():
        if text != str(period):
            canonical = nw.when(written == text).then(nw.lit(str(period))).otherwise(canonical)
    return canonical.alias(PERIOD)


def _number(name: str, dtype: nw.dtypes.DType, *, is_date: bool) -> nw.Expr:
    if is_date:
        return days_in(nw.col(name)).alias(name)
    if not (dtype.is_numeric() or dtype == nw.Boolean):
        return nw.col(name)
    number = nw.col(name).cast(nw.Float64())
    # a 0 has no sign
    unsigned = nw.when(number == 0.0).then(0.0).otherwise(number)
    return (nw.when(~number.is_nan()).then(unsigned) if dtype.is_float() else number).alias(name)
