"""Times of day where conditions compare dates: both have one, or the days count and that is told."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import Final

import polars as pl

from quanheng.data.ledgers.needs import Needs
from quanheng.data.ledgers.records import Cells
from quanheng.data.telling.names import shown
from quanheng.findings.collector import Collector
from quanheng.findings.finding import Kind
from quanheng.scheme.formulas.tree import Arithmetic, Comparison, Formula, names_in, parts_of

_DATES: Final = (pl.Date, pl.Datetime)


TIME_OF_ONE: Final = Kind(
    code="QH488",
    severity="note",
    en="of {column!r} and {other!r} only one has a time of day ({count} records, on one day): the days count",
    zh="有{count}条事项的“{column}”与“{other}”为同一天，但只有一个有时刻，按天比较",
    hint_en="nothing, or give both a time of day",
    hint_zh="无需处理；如需比较时刻，请两者都填",
)
TIME_LEFT_OFF: Final = Kind(
    code="QH489",
    severity="note",
    en="times of day do not count where {column!r} and {other!r} are subtracted: it is whole days",
    zh="“{column}”与“{other}”相减时不计时刻，只算整天",
    hint_en="nothing; to compare times, compare the two columns: closed_on <= due_on",
    hint_zh="无需处理；如需比较时刻，请直接比较两列",
)


def check_times_of_day(frame: pl.DataFrame, needs: Needs, cells: Cells, collector: Collector) -> None:
    """Tell once where a time of day is left off in a comparison, and once where in a difference."""
    if pl.Datetime not in frame.schema.values():
        return
    for kind, asked in ((TIME_OF_ONE, Comparison), (TIME_LEFT_OFF, Arithmetic)):
        for column, other in sorted(set(_pairs(needs.conditions, frame, asked))):
            rows = frame.filter(_left_off(kind, column, other))
            if rows.height:
                where = cells.location(rows.row(0, named=True), column)
                facts = {"column": shown(column), "other": shown(other)}
                count = {"count": rows.height} if kind is TIME_OF_ONE else {}
                collector.add(kind.at(where, **facts, **count))
                break


def _left_off(kind: Kind, column: str, other: str) -> pl.Expr:
    """Return whether a time of day that a record has does not count."""
    one, two = pl.col(column).cast(pl.Datetime("us")), pl.col(other).cast(pl.Datetime("us"))
    has_one, has_two = (own.dt.time() != pl.time(0, 0) for own in (one, two))
    if kind is TIME_OF_ONE:
        return (one.dt.date() == two.dt.date()) & (has_one != has_two)
    return one.is_not_null() & two.is_not_null() & (has_one | has_two)


def _pairs(
    conditions: tuple[Formula, ...], frame: pl.DataFrame, kind: type[Comparison | Arithmetic]
) -> Iterator[tuple[str, str]]:
    """Yield the pairs of columns of dates, one of them with times, that are compared or subtracted."""
    dates = {name: dtype for name, dtype in frame.schema.items() if dtype in _DATES}
    for condition in conditions:
        for part in parts_of(condition.tree):
            if not isinstance(part, kind) or (isinstance(part, Arithmetic) and part.sign != "-"):
                continue
            for one, other in product(names_in(part.left), names_in(part.right)):
                there = one in dates and other in dates and one != other
                if there and pl.Datetime in (dates[one], dates[other]):
                    yield one, other
