"""The columns of the parts of formulas that look at other units, innermost first (`pooled.py`)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import narwhals as nw

from quanheng.engine.formulas.expressions import NO_SHARE
from quanheng.engine.formulas.units import flags_of_units, names_of_flags, of_units
from quanheng.engine.frame import columns as c
from quanheng.engine.frame.comparing import ordering, settled_total
from quanheng.findings.value import Value
from quanheng.scheme.formulas.functions import OVER_UNITS, UNITS
from quanheng.scheme.formulas.tree import Call, Name
from quanheng.scheme.rules.anchors import Direction


class PooledColumn(Value, kw_only=False):
    """A pooled call, the column that it becomes, and what is asked of each unit."""

    call: Call
    direction: Direction
    name: str
    value: nw.Expr
    not_applicable: nw.Expr | None = None
    undefined: nw.Expr | None = None

    @property
    def is_place(self) -> bool:
        """Whether it is a place in the group."""
        return self.call.function == "place"

    @property
    def is_share(self) -> bool:
        """Whether it is a part of the sum of all units."""
        return self.call.function == "share"

    @property
    def number(self) -> nw.Expr:
        """The value; of units that are counted 1 where the condition holds, else 0."""
        if self.call.function != UNITS or not self.call.arguments:
            return self.value
        return nw.when(self.value).then(nw.lit(1.0)).otherwise(nw.lit(0.0))

    @property
    def orders_computed(self) -> bool:
        """Whether it puts computed values in order: reported ones are taken as they are (comparing §3)."""
        return self.is_place and not isinstance(self.call.arguments[0], Name)

    @property
    def inner(self) -> str:
        """The column of what is asked of each unit."""
        return f"{self.name}|inner"

    @property
    def total(self) -> str:
        """The column of the sum that a share is of."""
        return f"{self.name}|sum"

    @property
    def least(self) -> str:
        """The column of the least value in it."""
        return f"{self.name}|least"


def with_pooled_columns(
    frame: nw.LazyFrame[Any], columns: list[PooledColumn], pool: Sequence[str]
) -> nw.LazyFrame[Any]:
    """Add the pooled columns of a level, with one join for all its sums: each join doubles the plan."""
    shares = [column for column in columns if column.is_share]
    over_units = [column for column in columns if column.call.function in OVER_UNITS]
    frame = frame.with_columns(
        *[
            (ordering(column.value) if column.orders_computed else column.number).alias(column.inner)
            for column in columns
        ],
        *[
            flag
            for column in over_units
            for flag in flags_of_units(column.name, column.not_applicable, column.undefined)
        ],
    )
    if shares:
        sums = [
            aggregate
            for column in shares
            for aggregate in (
                settled_total(nw.col(column.inner)).alias(column.total),
                nw.col(column.inner).min().alias(column.least),
            )
        ]
        everyone = [key for key in pool if key != c.GROUP]
        if everyone:
            frame = frame.join(frame.group_by(everyone).agg(*sums), on=everyone, how="left")
        else:
            frame = frame.join(frame.select(*sums), how="cross")
    made = [
        each
        for column in columns
        for each in (
            (_part(column), *_flags(column))
            if column.is_share
            else (_place(column, pool),)
            if column.is_place
            else of_units(column.call.function, column.name, column.inner, pool)
        )
    ]
    inner = [name for column in columns for name in (column.inner, column.total, column.least)]
    inner.extend(name for column in over_units for name in names_of_flags(column.name))
    return frame.with_columns(*made).drop(*inner, strict=False)


def no_share(column: str) -> str:
    """Return the column beside a share that says where there is none: the sum is not above 0 (formulas c)."""
    return f"{column}{NO_SHARE}"


def takes_away(column: str) -> str:
    """Return the column beside a share that says where the unit's own value is below 0."""
    return f"{column}|negative"


def _part(column: PooledColumn) -> nw.Expr:
    inner, total = nw.col(column.inner), nw.col(column.total)
    nothing = nw.when((total == 0.0) & (nw.col(column.least) == 0.0)).then(nw.lit(0.0) * inner)
    return nw.when(total > 0.0).then(inner / total).otherwise(nothing).alias(column.name)


def _flags(column: PooledColumn) -> tuple[nw.Expr, nw.Expr]:
    inner, total = nw.col(column.inner), nw.col(column.total)
    # a sum that is not above 0 without anything below 0 is one of nothing but 0
    none = (total <= 0.0) & (nw.col(column.least) < 0.0) & ~inner.is_null()
    return (
        none.fill_null(value=False).alias(no_share(column.name)),
        (inner < 0.0).fill_null(value=False).alias(takes_away(column.name)),
    )


def _place(column: PooledColumn, pool: Sequence[str]) -> nw.Expr:
    inner = nw.col(column.inner)
    place = inner.rank("min", descending=column.direction == "more").over(*pool)
    return nw.when(~inner.is_null()).then(place).cast(nw.Float64()).alias(column.name)
