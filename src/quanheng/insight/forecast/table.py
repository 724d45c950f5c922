"""The table of forecasts: its columns, and how matrices of units × indicators become its rows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, TypeAlias

import narwhals as nw
import numpy as np
from numpy.typing import NDArray

from quanheng.data.book.book import Book
from quanheng.data.book.frames import VALUE, Frame
from quanheng.engine.frame.tables import small_table
from quanheng.insight.years.measured import Measured
from quanheng.scheme.tree.natures import nature_of

Column: TypeAlias = NDArray[Any]
"""One thing known of each unit and indicator: (units, indicators)."""

NUMBERS: Final = ("value", "expected", "low_80", "high_80", "low_95", "high_95", "target", "probability")
FORECASTS: Final[Mapping[str, nw.dtypes.DType]] = {
    **dict.fromkeys(("unit", "indicator", "nature", "through"), nw.String()),
    **dict.fromkeys(NUMBERS, nw.Float64()),
    "years": nw.Int64(),
    "method": nw.String(),
    "festival": nw.Boolean(),
    "note": nw.String(),
}
"""The columns of the table and their types; `forecast` says what they mean."""
_ORDER: Final = {"row": nw.Int64(), "order": nw.Int64()}
"""Where a row stands: the unit in the book, the indicator in the scheme."""


def stated_targets(book: Book, year: int) -> Frame:
    """Return unit, indicator and target of every target of the year."""
    here = (nw.col("period") == str(year)) & (nw.col("state") == VALUE)
    return book.targets.filter(here).select("unit", "indicator", "target")


def table_of(columns: Mapping[str, Column], data: Measured, book: Book, year: int) -> Frame:
    """Return `columns` as rows, and a row for each indicator without enough history of every unit."""
    table = nw.concat([_known(columns, data, book, year), _unknown(data, book)], how="vertical")
    table = table.drop("target").join(stated_targets(book, year), on=["unit", "indicator"], how="left")
    return table.sort("row", "order").select(*FORECASTS)


def _known(columns: Mapping[str, Column], data: Measured, book: Book, year: int) -> Frame:
    """Return the rows of the indicators that were looked at."""
    orders = {each.code: order for order, each in enumerate(book.scheme.indicators)}
    rows, places = np.nonzero(data.applies)
    told: dict[str, list[Any]] = {
        "unit": [data.units[row] for row in rows],
        "indicator": [data.indicators[place].code for place in places],
        "row": rows.tolist(),
        "order": [orders[data.indicators[place].code] for place in places],
    }
    for name, values in columns.items():
        told[name] = values[rows, places].tolist()
    told["through"] = [f"{year}-{month:02}" if month else "" for month in told["through"]]
    table = small_table(told, {name: {**FORECASTS, **_ORDER}[name] for name in (*FORECASTS, *_ORDER)})
    numbers = [nw.when(~nw.col(name).is_nan()).then(nw.col(name)).alias(name) for name in NUMBERS]
    return table.with_columns(*numbers)


def _unknown(data: Measured, book: Book) -> Frame:
    """Return the rows of the indicators that have not enough earlier years for anybody."""
    looked = {each.code for each in data.indicators}
    stands = [
        (each.code, nature_of(each, book.scheme), order, group)
        for order, each in enumerate(book.scheme.indicators)
        if each.code not in looked
        for group in each.groups
    ]
    named = ("indicator", "nature", "order", "group")
    own = small_table(
        {name: [row[at] for row in stands] for at, name in enumerate(named)},
        {"indicator": nw.String(), "nature": nw.String(), "order": nw.Int64(), "group": nw.String()},
    )
    units = book.units.select("unit", "group").with_row_index("row")
    return units.join(own, on="group", how="inner").select(
        "unit",
        "indicator",
        "nature",
        nw.lit("").alias("through"),
        *(nw.lit(None, dtype=nw.Float64()).alias(name) for name in NUMBERS),
        nw.lit(0, dtype=nw.Int64()).alias("years"),
        nw.lit("").alias("method"),
        nw.lit(value=False).alias("festival"),
        nw.lit("not_enough_history").alias("note"),
        nw.col("row").cast(nw.Int64()),
        nw.col("order"),
    )
