"""The order of a ranking."""

from __future__ import annotations

from typing import Any, Final

import narwhals as nw

from quanheng.engine import columns as c
from quanheng.engine.facts import by_group
from quanheng.scheme.model import Scheme

_ORDER: Final = "order"


def sorted_plan(ranked: nw.LazyFrame[Any], scheme: Scheme, *further: str) -> nw.LazyFrame[Any]:
    """Return the rows of a ranking in its order, lazily; rows of one unit by the columns `further`."""
    ordered = ranked.with_columns(_group(scheme).alias(_ORDER))
    return ordered.sort(_ORDER, c.PLACE, c.UNIT, *further, nulls_last=True).drop(_ORDER)


def in_order(ranked: nw.DataFrame[Any], scheme: Scheme) -> nw.DataFrame[Any]:
    """Return the rows of a ranking in its order: by group as the scheme has them, place, and unit.

    Who has no place comes last in the group. The rows are sorted by one whole number made of the three: a
    sort by several columns takes ten times as long. Up to a billion units it fits into 64 bits.
    """
    count = len(ranked)
    place = nw.col(c.PLACE).fill_null(count + 1)
    unit = nw.col(c.UNIT).rank("ordinal").cast(nw.Int64())
    order = (_group(scheme) * (count + 2) + place) * (count + 1) + unit
    return ranked.with_columns(order.alias(_ORDER)).sort(_ORDER).drop(_ORDER)


def _group(scheme: Scheme) -> nw.Expr:
    """Return the number of the unit's group in the scheme."""
    return by_group({group.code: float(index) for index, group in enumerate(scheme.groups)}).cast(nw.Int64())
