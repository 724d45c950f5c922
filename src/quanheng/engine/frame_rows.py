"""The rows of a user's frame, brought into the types of the grid, and what can be wrong with them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any, Final

import narwhals as nw

from quanheng.data.periods import Period, parse_period
from quanheng.engine import columns as c
from quanheng.engine import kinds
from quanheng.engine.days import days_in
from quanheng.engine.engines import engine_behind
from quanheng.engine.frame_columns import FrameColumns
from quanheng.errors import DataError
from quanheng.findings import Finding
from quanheng.scheme.model import Group, Scheme
from quanheng.scheme.suggest import suggestion

PERIOD: Final = "period"
_SHOWN: Final = 200
_INFINITE: Final = float("inf")
_SEPARATOR: Final = "\x1f"


def dated(columns: FrameColumns, scheme: Scheme, schema: Mapping[str, nw.dtypes.DType]) -> frozenset[str]:
    """Return the columns of items of kind `date` that hold dates (and not yet days of the year)."""
    dates = {item.code for item in scheme.items if item.kind == "date"}
    return frozenset(
        name
        for fetch, name in columns.items.items()
        if fetch.item in dates and schema[name] in (nw.Date, nw.Datetime)
    )


def tidy_rows(
    frame: nw.LazyFrame[Any], columns: FrameColumns, scheme: Scheme, periods: Mapping[str, Period]
) -> nw.LazyFrame[Any]:
    """Return unit, name, group (a code), period (canonical), numbers and `attribute|…` in the grid's types.

    Numbers keep their names and become floats, NaN becomes null, dates become days since 1970-01-01.
    `periods` gives the meaning of each text in the column that says when.
    """
    schema = frame.collect_schema()
    dates = dated(columns, scheme, schema)
    unit = nw.col(c.UNIT).cast(nw.String())
    name = unit if columns.name is None else nw.coalesce(nw.col(columns.name).cast(nw.String()), unit)
    tidy = [nw.when(unit != "").then(unit).alias(c.UNIT), name.alias(c.NAME), _group(columns, scheme.groups)]
    if columns.period is not None:
        tidy.append(_period(nw.col(columns.period).cast(nw.String()), periods))
    tidy.extend(_number(name, schema[name], is_date=name in dates).alias(name) for name in columns.numbers)
    tidy.extend(nw.col(name).alias(c.attribute(to)) for name, to in columns.attributes.items())
    return frame.select(*tidy)


def periods_in(frame: nw.LazyFrame[Any], columns: FrameColumns) -> tuple[dict[str, Period], tuple[Finding, ...]]:
    """Return the texts of the column that says when with their periods, and a QH513 for each that is none."""
    if columns.period is None:
        return {}, ()
    text = nw.col(columns.period).cast(nw.String()).fill_null("").alias(PERIOD)
    texts = engine_behind(frame).collect(frame.select(text).unique())[PERIOD].to_list()
    found: dict[str, Period] = {}
    strange: list[Finding] = []
    for written in sorted(texts):
        try:
            found[written] = parse_period(written)
        except DataError:
            strange.append(kinds.STRANGE_PERIOD.at(text=written, column=columns.period))
    return found, tuple(strange[:_SHOWN])


def check_types(columns: FrameColumns, scheme: Scheme, schema: Mapping[str, nw.dtypes.DType]) -> Iterator[Finding]:
    """Yield a QH507 for each column of numbers whose type can hold none; texts may still be all empty."""
    dates = dated(columns, scheme, schema)
    for name in columns.numbers:
        dtype = schema[name]
        if not (dtype.is_numeric() or dtype in (nw.Boolean, nw.String, nw.Unknown) or name in dates):
            yield kinds.NOT_NUMBERS.at(column=name, written=dtype)


def check_rows(
    frame: nw.LazyFrame[Any], tidy: nw.LazyFrame[Any], columns: FrameColumns, scheme: Scheme
) -> Iterator[Finding]:
    """Yield what is wrong with the rows: QH507 to QH512, QH514.

    `frame` is as the user wrote it, `tidy` as `tidy_rows` made it. One pass over the rows tells whether
    anything is wrong; only then is it looked for.
    """
    engine = engine_behind(frame)
    schema = frame.collect_schema()
    words = [name for name in columns.numbers if schema[name] == nw.String]
    if words:
        written = engine.collect(frame.select(*(nw.col(name).max() for name in words))).row(0)
        for name, text in zip(words, written, strict=True):
            if text is not None:
                yield kinds.NOT_NUMBERS.at(column=name, written=repr(text))
    key = nw.col(c.UNIT)
    if columns.period is not None:
        key = nw.concat_str(c.UNIT, nw.lit(_SEPARATOR), PERIOD)
    numbers = [name for name in columns.numbers if name not in words]
    facts = engine.collect(
        tidy.select(
            nw.len().alias("rows"),
            nw.col(c.UNIT).count().alias("named"),
            key.n_unique().alias("different"),
            nw.col(c.UNIT).n_unique().alias("units"),
            *((nw.col(name).abs() == _INFINITE).sum().alias(f"infinite|{name}") for name in numbers),
        )
    ).rows(named=True)[0]
    if not facts["rows"]:
        yield kinds.NO_ROWS.at()
        return
    for name in numbers:
        if facts[f"infinite|{name}"]:
            yield kinds.NOT_FINITE.at(column=name, count=facts[f"infinite|{name}"])
    nameless = facts["rows"] - facts["named"]
    if nameless:
        yield kinds.ROW_WITHOUT_UNIT.at(count=nameless)
    if facts["different"] - bool(nameless) < facts["named"]:
        yield from _twice(tidy, by_period=columns.period is not None)
    yield from _strange_groups(tidy, scheme)
    if columns.period is not None and columns.group is not None:
        yield from _in_two_groups(tidy)
