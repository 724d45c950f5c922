"""Figures that stand in a big wide Parquet file and in another table of the book as well."""

from __future__ import annotations

import polars as pl

from quanheng.data.book.panels import Panel
from quanheng.data.cells.numbers import IS_VALUE
from quanheng.data.figures.figures import Figures, texts_at
from quanheng.data.figures.laws import SAID_TWICE, more_of_two_tables, shown_value
from quanheng.data.tables.register import Register
from quanheng.data.telling.findings import TWO_VALUES
from quanheng.findings.collector import Collector
from quanheng.findings.finding import Location
from quanheng.periods.period import Period


def tell_two_values_beside(panel: Panel, figures: Figures, register: Register, collector: Collector) -> None:
    """Add an error if figures have another value in `panel`, a warning if they have the same.

    Only the keys of the other tables are looked up in the panel. A figure with the day it was known from is
    a revision of the panel's.
    """
    for index, item in enumerate(register.scheme.items):
        if item.code not in panel.headings:
            continue
        told = (pl.col("item") == index) & (pl.col("state") == IS_VALUE) & pl.col("known_on").is_null()
        rows = figures.frame.filter(told)
        if rows.is_empty():
            continue
        pairs = _pairs(rows, panel, item.code, register)
        alike = pl.col("value") == pl.col("value_panel")
        for kind, found in ((TWO_VALUES, pairs.filter(~alike)), (SAID_TWICE, pairs.filter(alike))):
            counted = found.with_columns(count=pl.len().over("table")).unique(
                "table", keep="first", maintain_order=True
            )
            collector.tell(
                kind,
                counted,
                lambda row: figures.location(row["table"], row["row"], row["column"]),
                lambda row: {
                    "more": more_of_two_tables(row["count"] - 1),
                    "first": shown_value(row["value"]),
                    "second": shown_value(row["value_panel"]),
                    "other": Location(file=panel.file, cell=row["cell_panel"]),
                    **figures.names(row["item"], row["unit"], row["period"]),
                },
            )


def _pairs(rows: pl.DataFrame, panel: Panel, code: str, register: Register) -> pl.DataFrame:
    """Return those of `rows` of which the panel has a value too, with that value and its cell."""
    periods = rows["period"].unique()
    texts = [str(Period.numbered(number)) for number in periods]
    keyed = rows.with_columns(
        texts_at("unit", register.units["unit"]).alias("unit_code"),
        pl.col("period").replace_strict(periods, texts, return_dtype=pl.String).alias("period_text"),
    )
    there: pl.LazyFrame = panel.frame.to_native()
    numbered = there.with_row_index("row_panel", offset=1)
    period = pl.col("period") if panel.has_period else pl.lit(str(register.round))
    own = numbered.select(
        pl.col("unit").alias("unit_code"),
        period.alias("period_text"),
        pl.col(code).alias("value_panel"),
        pl.concat_str(pl.col("row_panel").cast(pl.String), pl.lit(f":{panel.headings[code]}")).alias(
            "cell_panel"
        ),
    ).filter(pl.col("value_panel").is_not_null())
    return (
        keyed.lazy()
        .join(own, on=["unit_code", "period_text"], how="inner")
        .sort("table", "row", "column")
        .collect()
    )
