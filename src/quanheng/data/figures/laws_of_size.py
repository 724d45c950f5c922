"""Laws of how large figures are: beside those of the other units, and beside the unit's own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import polars as pl

from quanheng.data.cells.number_texts import text_of_number
from quanheng.data.figures.figures import KEY, Figures, series_of, values_of
from quanheng.data.figures.magnitudes import (
    MYRIAD,
    OF_LEVELS,
    OF_RATES,
    POWER,
    Factor,
    cause_text,
    factor_text,
    off_columns,
    power_of,
)
from quanheng.data.figures.shifts import tell_of_many
from quanheng.findings.collector import Collector, Row
from quanheng.findings.finding import Kind
from quanheng.findings.text import Text
from quanheng.periods.period import YEAR_OF_NUMBERS, Period
from quanheng.scheme.items.item import ItemKind

_TENFOLD: Final = 10.0
_LONG: Final = 5
"""A series of so many figures says what is usual for it."""
_USUAL: Final = 5.0
"""Within this factor of the middle of its own other figures a figure is as the unit's are."""


def tell_sizes(figures: Figures, collector: Collector) -> None:
    """Add a warning for each unit and item with a figure of another magnitude, or one that jumps.

    What is off for many units together is told once.
    """
    told = tell_of_many(figures, collector)
    off = _off(figures).filter(~pl.col(KEY).is_in(told.implode()))
    collector.tell(
        OTHER_MAGNITUDE,
        _first_of_each(off, ["item", "unit"]),
        lambda row: figures.location(row["table"], row["row"], row["column"]),
        lambda row: _facts_of_size(row, figures),
    )
    tell_jumps(figures, pl.concat([off[KEY], told]), collector)


OTHER_MAGNITUDE: Final = Kind(
    code="QH436",
    severity="warning",
    en="{item} of {unit} in {period} is {value}, {factor} beside {others}, {least} to {greatest}{more}",
    zh="{unit} 的 {item} 在 {period} 为 {value}，与{others}的 {least} 至 {greatest} 相比{factor}{more}",
    hint_en="check the figure; likely: {cause}",
    hint_zh="请核对该数据；可能是{cause}",
)
BESIDE_UNITS: Final = Text(en="those of the other units", zh="同组其他单位")
_BESIDE_TIMES: Final = Text(en="the unit's own of other periods", zh="该单位其他各期")


def _off(figures: Figures) -> pl.DataFrame:
    """Return the figures that are a power of ten off those of the others, or off the unit's own.

    What is usual for the unit is not off the others, but for a factor of 10,000: who always reports 万元 does
    so in every period.
    """
    asked = [(kinds, factors) for kinds, factors in _ASKED if _items_of(figures, kinds)] or _ASKED[:1]
    return pl.concat([_off_of(figures, kinds, factors) for kinds, factors in asked]).sort(KEY)


_LEVELS: Final = ("cumulative", "flow", "stock")
_ASKED: Final[tuple[tuple[tuple[ItemKind, ...], tuple[Factor, ...]], ...]] = (
    (_LEVELS, OF_LEVELS),
    (("rate",), OF_RATES),
)


def _off_of(figures: Figures, kinds: tuple[ItemKind, ...], factors: tuple[Factor, ...]) -> pl.DataFrame:
    """Return what `_off` returns, of the items of some kinds."""
    values = values_of(figures, _items_of(figures, kinds))
    groups = figures.register.units.select("group").with_row_index("unit")
    placed = values.join(groups, on="unit", maintain_order="left")
    column, wider = ["item", "period", "group"], ["item", "period"]
    beside = off_columns(placed, column, "value", factors=factors, wider=wider)
    if not beside.is_empty():
        beside = _unusual(beside, values)
    long = values.filter(pl.len().over("item", "unit") >= _LONG)
    alone = off_columns(long, ["item", "unit"], "value", factors=factors).filter(pl.col(POWER).abs() > 1)
    kept = [*values.columns, POWER, "least", "greatest", _OTHERS]
    both = [
        part.with_columns(pl.lit(units).alias(_OTHERS)) for part, units in ((beside, True), (alone, False))
    ]
    return (
        pl.concat([part.select(kept) for part in both])
        .unique(KEY, keep="first", maintain_order=True)
        .sort(KEY)
    )


def _unusual(beside: pl.DataFrame, values: pl.DataFrame) -> pl.DataFrame:
    """Return what is off the other units' and is not usual for the unit, or is a factor of 10,000."""
    others = beside.select(KEY, "item", "unit").join(
        values.select("item", "unit", pl.col(KEY).alias("other"), pl.col("value").abs()), on=["item", "unit"]
    )
    others = others.filter((pl.col(KEY) != pl.col("other")) & (pl.col("value") != 0))
    middle = others.group_by(KEY).agg(usual=pl.col("value").median())
    ratio = pl.col("value").abs() / pl.col("usual")
    unusual = ~ratio.is_between(1 / _USUAL, _USUAL) | (pl.col(POWER).abs() == MYRIAD)
    return beside.join(middle, on=KEY, how="left", maintain_order="left").filter(
        unusual.fill_null(value=True)
    )


_OTHERS: Final = "others"


def _facts_of_size(row: Row, figures: Figures) -> dict[str, object]:
    item = figures.register.item(row["item"])
    return {
        "value": text_of_number(row["value"]),
        "factor": factor_text(row[POWER]),
        "others": BESIDE_UNITS if row[_OTHERS] else _BESIDE_TIMES,
        "least": text_of_number(row["least"]),
        "greatest": text_of_number(row["greatest"]),
        "more": _more(row["count"] - 1),
        "cause": cause_text(row[POWER], item.measured_in),
        **figures.names(row["item"], row["unit"], row["period"]),
    }


JUMP: Final = Kind(
    code="QH417",
    severity="warning",
    en="{item} of {unit} is {value} in {period} and {before} in {period_before}, over tenfold apart{more}",
    zh="{unit} 的 {item} 在 {period} 为 {value}，{period_before} 为 {before}，相差十倍以上{more}",
    hint_en="check both figures; likely: {cause}",
    hint_zh="请核对两期数据；可能是{cause}",
)
_OTHER_UNIT: Final = Text(en="another measuring unit (万元, 亿元)", zh="计量单位不同（万元、亿元）")


def tell_jumps(figures: Figures, told: pl.Series, collector: Collector) -> None:
    """Add a warning for each unit and item with a value over tenfold that of a year before, or under a tenth.

    Rates and dates are not looked at: a growth of 0.4 may well be followed by one of 5. Nor are the keys that
    were `told` of.
    """
    values = values_of(figures, _items_of(figures, _LEVELS)).filter(
        (pl.col("value") != 0) & ~pl.col(KEY).is_in(told.implode())
    )
    earlier = values.select(pl.col(KEY) + YEAR_OF_NUMBERS, value_before="value", period_before="period")
    ratio = (pl.col("value") / pl.col("value_before")).abs()
    jumped = values.join(earlier, on=KEY, how="inner", maintain_order="left").filter(
        (ratio > _TENFOLD) | (ratio < 1 / _TENFOLD)
    )
    collector.tell(
        JUMP,
        _first_of_each(jumped.with_columns(series=series_of(pl.col(KEY))), ["series"]),
        lambda row: figures.location(row["table"], row["row"], row["column"]),
        lambda row: {
            "value": text_of_number(row["value"]),
            "before": text_of_number(row["value_before"]),
            "period_before": Period.numbered(row["period_before"]),
            "more": _more(row["count"] - 1),
            "cause": _cause_of_jump(row, figures),
            **figures.names(row["item"], row["unit"], row["period"]),
        },
    )


def _items_of(figures: Figures, kinds: Sequence[ItemKind]) -> list[int]:
    return [number for number, item in enumerate(figures.register.scheme.items) if item.kind in kinds]


def _cause_of_jump(row: Row, figures: Figures) -> Text:
    power = power_of(row["value"] / row["value_before"])
    return _OTHER_UNIT if power is None else cause_text(power, figures.register.item(row["item"]).measured_in)


def _first_of_each(rows: pl.DataFrame, same: list[str]) -> pl.DataFrame:
    """Return the first row of each that are the `same`, with the `count` of them."""
    return rows.with_columns(count=pl.len().over(same)).unique(same, keep="first", maintain_order=True)


def _more(count: int) -> Text:
    """Return that it is so in further periods; nothing for none."""
    if not count:
        return Text()
    periods = "one more period" if count == 1 else f"{count} more periods"
    return Text(en=f"; so in {periods}", zh=f"；另有 {count} 期如此")
