"""What can be wrong with the rows of a user's frame."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

import narwhals as nw

from quanheng.engine import columns as c
from quanheng.engine import kinds
from quanheng.engine.engines import engine_behind, polars_engine
from quanheng.engine.frame_columns import FrameColumns
from quanheng.engine.frame_rows import PERIOD, dated
from quanheng.findings import Finding
from quanheng.scheme.model import Scheme
from quanheng.scheme.suggest import suggestion

_SHOWN: Final = 200
_INFINITE: Final = float("inf")
_SEPARATOR: Final = "\x1f"


def check_types(frame: nw.LazyFrame[Any], columns: FrameColumns, scheme: Scheme) -> Iterator[Finding]:
    """Yield a QH507 for each column that belongs to numbers and holds something else.

    A column of texts passes if all of them are empty.
    """
    schema = frame.collect_schema()
    dates = dated(columns, scheme, schema)
    words = [name for name in columns.numbers if schema[name] == nw.String]
    for name in columns.numbers:
        dtype = schema[name]
        known = dtype.is_numeric() or dtype in (nw.Boolean, nw.String, nw.Unknown)
        if not known and name not in dates:
            yield kinds.NOT_NUMBERS.at(column=name, written=f"values of type {dtype}")
    if words:
        some = _collected(frame.select(*(nw.col(name).max() for name in words)))
        for name, text in some.rows(named=True)[0].items():
            if text:
                yield kinds.NOT_NUMBERS.at(column=name, written=repr(text))


def check_rows(rows: nw.LazyFrame[Any], columns: FrameColumns, scheme: Scheme) -> Iterator[Finding]:
    """Yield a QH508 to QH512 or QH514 for each thing wrong with rows that `tidy_rows` made.

    One pass over the rows tells whether there is anything wrong; only then it is looked for.
    """
    facts = _facts(rows, columns)
    if not facts["rows"]:
        yield kinds.NO_ROWS.at()
        return
    if columns.numbers:
        yield from _infinite(rows, columns)
    if nameless := facts["rows"] - facts["named"]:
        yield kinds.ROW_WITHOUT_UNIT.at(count=nameless)
    if facts["different"] < facts["named"] + bool(nameless):
        yield from _more_than_once(rows, columns)
    if columns.group is not None:
        yield from _strange_groups(rows, scheme)
        if columns.period is not None:
            yield from _in_two_groups(rows)


def _facts(rows: nw.LazyFrame[Any], columns: FrameColumns) -> Mapping[str, int]:
    if columns.period is None and rows.implementation.is_polars():
        return _facts_of(_collected(rows.select(c.UNIT))[c.UNIT])
    key = nw.col(c.UNIT)
    if columns.period is not None:
        key = nw.concat_str(key, nw.lit(_SEPARATOR), nw.col(PERIOD))
    facts = rows.select(
        nw.len().alias("rows"), nw.col(c.UNIT).count().alias("named"), key.n_unique().alias("different")
    )
    return {name: int(count) for name, count in _collected(facts).rows(named=True)[0].items()}


def _facts_of(units: nw.Series[Any]) -> Mapping[str, int]:
    """Count as `_facts` does; who is listed in a rising order need not be counted, which costs a tenth."""
    rows, named = len(units), int(units.count())
    rising = rows == named and bool((units > units.shift(1)).all())
    return {"rows": rows, "named": named, "different": rows if rising else units.n_unique()}


def _infinite(rows: nw.LazyFrame[Any], columns: FrameColumns) -> Iterator[Finding]:
    ends = [
        end
        for name in columns.numbers
        for end in (nw.col(name).max(), nw.col(name).min().alias(f"least|{name}"))
    ]
    found = _collected(rows.select(*ends)).rows(named=True)[0]
    for name in columns.numbers:
        if _INFINITE in (found[name], -(found[f"least|{name}"] or 0.0)):
            count = (nw.col(name).abs() == _INFINITE).cast(nw.Int64()).sum().alias("count")
            yield kinds.NOT_FINITE.at(column=name, count=_collected(rows.select(count)).item())


def _more_than_once(rows: nw.LazyFrame[Any], columns: FrameColumns) -> Iterator[Finding]:
    key = [c.UNIT] if columns.period is None else [c.UNIT, PERIOD]
    found = rows.filter(~nw.col(c.UNIT).is_null()).group_by(*key).agg(nw.len().alias("count"))
    some = _collected(found.filter(nw.col("count") > 1).sort(*key).head(_SHOWN))
    for unit, *when, count in some.rows():
        yield kinds.UNIT_TWICE.at(
            unit=unit,
            count=count,
            when=f" in {when[0]}" if when else "",
            when_zh=f"在{when[0]}" if when else "",
        )


def _strange_groups(rows: nw.LazyFrame[Any], scheme: Scheme) -> Iterator[Finding]:
    known = [group.code for group in scheme.groups]
    strange = rows.select(nw.col(c.GROUP).fill_null("")).filter(~nw.col(c.GROUP).is_in(known))
    for (group,) in _collected(strange.unique().sort(c.GROUP).head(_SHOWN)).rows():
        yield kinds.STRANGE_GROUP.at(group=group, **suggestion(group, known))


def _in_two_groups(rows: nw.LazyFrame[Any]) -> Iterator[Finding]:
    several = rows.group_by(c.UNIT).agg(nw.col(c.GROUP).n_unique().alias("count")).filter(nw.col("count") > 1)
    for unit, count in _collected(several.sort(c.UNIT).head(_SHOWN)).rows():
        yield kinds.TWO_GROUPS.at(unit=unit, count=count)


def _collected(rows: nw.LazyFrame[Any]) -> nw.DataFrame[Any]:
    """Return the outcome of a plan of counts and extremes, which do not depend on the order of rows."""
    engine = engine_behind(rows)
    return (polars_engine(streaming=True) if engine.name == "polars" else engine).collect(rows)
