"""What can be wrong with the rows of a user's frame."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

import narwhals as nw

from quanheng.engine.figures.own_frame.columns import FrameColumns
from quanheng.engine.figures.own_frame.rows import PERIOD
from quanheng.engine.frame import columns as c
from quanheng.engine.frame.again.replays import Origin, replayed
from quanheng.engine.frame.engines import Engine, engine_behind, polars_engine
from quanheng.findings.collector import SHOWN
from quanheng.findings.finding import Finding, Kind
from quanheng.findings.nearest import suggestion
from quanheng.findings.text import Text
from quanheng.scheme.formulas.numbers import LEAST, MOST
from quanheng.scheme.tree.scheme import Scheme

_INFINITE: Final = float("inf")
_ROWS, _NAMED = "rows|", "rows|named"


NOT_NUMBERS: Final = Kind(
    code="QH507",
    severity="error",
    en="the column {column!r} belongs to numbers and holds {written}",
    zh="“{column}”列应为数字，却有{written}",
    hint_en="convert it to numbers before scoring; leave empty what is missing",
    hint_zh="请先转换为数字；缺失的请留空",
)


def check_types(rows: nw.LazyFrame[Any], columns: FrameColumns) -> Iterator[Finding]:
    """Yield a QH507 for each column of tidy rows that belongs to numbers and holds something else.

    A column of texts passes if all of them are empty.
    """
    schema = rows.collect_schema()
    words = [name for name in columns.numbers if schema[name] == nw.String]
    for name in columns.numbers:
        if schema[name] not in (nw.Float64, nw.String, nw.Unknown):
            yield NOT_NUMBERS.at(column=name, written=f"values of type {schema[name]}")
    if words:
        some = _collected(rows.select(*(nw.col(name).max() for name in words)))
        for name, text in some.rows(named=True)[0].items():
            if text:
                yield NOT_NUMBERS.at(column=name, written=repr(text))


def check_words(rows: nw.LazyFrame[Any], columns: FrameColumns, scheme: Scheme) -> Iterator[Finding]:
    """Yield a QH666 or QH667 for what is compared with words that no row has, or that holds no texts."""
    if not columns.words:
        return
    from quanheng.data.parts.unit_texts import check_texts  # noqa: PLC0415  few schemes compare any

    schema = rows.collect_schema()
    items = {item.code: item for item in scheme.items}
    for fetch, (attribute, _) in columns.words.items():
        column = c.attribute(attribute)
        if schema[column] != nw.String:
            yield from check_texts(items[fetch.item], None)
        else:
            texts = _collected(rows.select(column).unique())[column].drop_nulls().to_list()
            yield from check_texts(items[fetch.item], texts)


ROW_WITHOUT_UNIT: Final = Kind(
    code="QH509",
    severity="error",
    en="{count} rows of the frame have no unit",
    zh="数据表有{count}行没有单位",
    hint_en="write the code of a unit in every row, or drop these rows",
    hint_zh="每行都应写明单位，否则请删除该行",
)
NO_ROWS: Final = Kind(
    code="QH514",
    severity="error",
    en="the frame has no rows",
    zh="数据表没有任何行",
    hint_en="hand over a row for every unit",
    hint_zh="请提供每个单位的数据行",
)


def check_rows(
    rows: nw.LazyFrame[Any],
    columns: FrameColumns,
    scheme: Scheme,
    *,
    periods: int,
    height: int | None = None,
) -> Iterator[Finding]:
    """Yield a QH508 to QH512, QH514 or QH515 for each thing wrong with canonical rows of so many `periods`.

    `height` is how many there are, if that is known: few are passed over at once, many as they stream.

    One pass over the numbers and one over who the rows are of tell whether there is anything wrong; only
    then it is looked for.
    """
    engine = _engine(rows, height)
    facts = _facts(rows, columns, scheme, engine)
    if not facts[_ROWS]:
        yield NO_ROWS.at()
        return
    yield from _beyond(rows, columns, facts)
    if nameless := facts[_ROWS] - facts[_NAMED]:
        yield ROW_WITHOUT_UNIT.at(count=nameless)
    key = [c.UNIT] if columns.period is None else [c.UNIT, PERIOD]
    named = rows.filter(~nw.col(c.UNIT).is_null()) if nameless else rows
    twice = engine.distinct(named.select(key[: max(1, periods)])) < facts[_NAMED]
    if twice:
        yield from _more_than_once(rows, key)
    if columns.group is not None:
        yield from _strange_groups(rows, scheme)
        if columns.period is not None and (periods > 1 or twice):
            yield from _in_two_groups(rows)


def _facts(
    rows: nw.LazyFrame[Any], columns: FrameColumns, scheme: Scheme, engine: Engine
) -> Mapping[str, Any]:
    """Return how many rows there are and are named, and the least and the greatest of each number."""

    def told(rows: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
        greatest = [nw.col(name).max() for name in columns.numbers]
        least = [nw.col(name).min().alias(_least(name)) for name in columns.numbers]
        return rows.select(nw.len().alias(_ROWS), nw.col(c.UNIT).count().alias(_NAMED), *greatest, *least)

    return engine.collect(replayed(rows, told, Origin("facts", scheme))).rows(named=True)[0]


NOT_FINITE: Final = Kind(
    code="QH508",
    severity="error",
    en="the column {column!r} has {count} infinite values",
    zh="“{column}”列有{count}个无穷大的值",
    hint_en="correct them, or leave empty what is missing",
    hint_zh="请更正；缺失的请留空",
)


BEYOND_RANGE: Final = Kind(
    code="QH515",
    severity="error",
    en="the column {column!r} has {count} values beyond the range of numbers: 0, or a size from 1e-15 up to"
    " below 1e15",
    zh="“{column}”列有{count}个值超出数的范围：0，或绝对值从 1e-15 到不足 1e15",
    hint_en="correct them, or count in a larger or smaller unit",
    hint_zh="请更正，或改用更大（更小）的计量单位",
)


def _beyond(rows: nw.LazyFrame[Any], columns: FrameColumns, facts: Mapping[str, Any]) -> Iterator[Finding]:
    """Yield a QH508 or QH515 for each column with infinite numbers or others beyond the range."""
    yield from _infinite(rows, columns, facts)
    # whose least is a sound number above 0, and whose greatest is one, has no other numbers
    doubtful = [
        name
        for name in columns.numbers
        if isinstance(facts[name], float) and not LEAST <= facts[_least(name)] <= facts[name] < MOST
    ]
    if doubtful:
        found = _collected(rows.select(*map(_count_beyond, doubtful))).rows(named=True)[0]
        yield from (BEYOND_RANGE.at(column=name, count=count) for name, count in found.items() if count)


def _count_beyond(name: str) -> nw.Expr:
    number = nw.col(name)
    large = (number.abs() >= MOST) & (number.abs() < _INFINITE)
    tiny = (number < LEAST) & (number > -LEAST) & (number != 0.0)
    return (large | tiny).cast(nw.Int64()).sum().alias(name)


def _infinite(rows: nw.LazyFrame[Any], columns: FrameColumns, facts: Mapping[str, Any]) -> Iterator[Finding]:
    for name in columns.numbers:
        if _INFINITE in (facts[name], -(facts[_least(name)] or 0.0)):
            count = (nw.col(name).abs() == _INFINITE).cast(nw.Int64()).sum().alias("count")
            yield NOT_FINITE.at(column=name, count=_collected(rows.select(count)).item())


UNIT_TWICE: Final = Kind(
    code="QH510",
    severity="error",
    en="the unit {unit!r} has {count} rows{when}",
    zh="单位“{unit}”{when}有{count}行",
    hint_en="leave one row for a unit, or add a column 'period' that tells its rows apart",
    hint_zh="每个单位只留一行；多个时期的数据请增加期间列（period）加以区分",
)


def _more_than_once(rows: nw.LazyFrame[Any], key: Sequence[str]) -> Iterator[Finding]:
    found = rows.filter(~nw.col(c.UNIT).is_null()).group_by(*key).agg(nw.len().alias("count"))
    some = _collected(found.filter(nw.col("count") > 1).sort(*key).head(SHOWN))
    for unit, *when, count in some.rows():
        yield UNIT_TWICE.at(
            unit=unit,
            count=count,
            when=Text(en=f" in {when[0]}", zh=f"在{when[0]}") if when else "",
        )


STRANGE_GROUP: Final = Kind(
    code="QH511",
    severity="error",
    en="the scheme has no group {group!r}",
    zh="方案中没有“{group}”这一分组",
    hint_en="write the code of a group: {suggest}",
    hint_zh="请填写分组代码：{suggest}",
)


def _strange_groups(rows: nw.LazyFrame[Any], scheme: Scheme) -> Iterator[Finding]:
    known = [group.code for group in scheme.groups]
    strange = rows.select(nw.col(c.GROUP).fill_null("")).filter(~nw.col(c.GROUP).is_in(known))
    for (group,) in _collected(strange.unique().sort(c.GROUP).head(SHOWN)).rows():
        yield STRANGE_GROUP.at(group=group, **suggestion(group, known))


TWO_GROUPS: Final = Kind(
    code="QH512",
    severity="error",
    en="the unit {unit!r} stands in {count} groups",
    zh="单位“{unit}”分属{count}个分组",
    hint_en="write the same group in all its rows",
    hint_zh="同一单位各行的分组应当一致",
)


def _in_two_groups(rows: nw.LazyFrame[Any]) -> Iterator[Finding]:
    several = rows.group_by(c.UNIT).agg(nw.col(c.GROUP).n_unique().alias("count")).filter(nw.col("count") > 1)
    for unit, count in _collected(several.sort(c.UNIT).head(SHOWN)).rows():
        yield TWO_GROUPS.at(unit=unit, count=count)


def _least(name: str) -> str:
    return f"least|{name}"


def _collected(rows: nw.LazyFrame[Any]) -> nw.DataFrame[Any]:
    """Return the outcome of a plan of counts and extremes, which do not depend on the order of rows."""
    return _engine(rows, None).collect(rows)


_FEW: Final = 50_000
"""Streaming so few rows takes longer to begin than to look at them."""


def _engine(rows: nw.LazyFrame[Any], height: int | None) -> Engine:
    engine = engine_behind(rows)
    few = height is not None and height <= _FEW
    return polars_engine(streaming=not few) if engine.name == "polars" else engine
