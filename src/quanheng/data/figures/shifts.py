"""Figures of another magnitude together: some of a column, or a whole column beside the one before it.

Where one unit alone is off, the others show it (`laws_of_size.py`). Where half of them report 万元, or all of
them from June on, nobody is alone; but two bunches with nothing between them, 10,000 times apart, or all
figures of a period about as much off those before, have the same causes.
"""

from __future__ import annotations

from typing import Final

import polars as pl

from quanheng.data.cells.number_texts import text_of_number
from quanheng.data.figures.figures import KEY, Figures, series_of, values_of
from quanheng.data.figures.magnitudes import MYRIAD, POWER, cause_text, factor_text
from quanheng.findings.collector import Collector, Row
from quanheng.findings.finding import Kind
from quanheng.findings.text import Text
from quanheng.periods.period import Period

_SIZE: Final = "size"
_LEAST: Final = 2
"""A bunch has two figures at least; one alone is told otherwise."""

TWO_MAGNITUDES: Final = Kind(
    code="QH454",
    severity="warning",
    en="{item} in {period} is of two magnitudes: {high} figures from {least_high} to {greatest_high}, {low} "
    "from {least_low} to {greatest_low}, about {times} times apart{more}",
    zh="{item} 在 {period} 的数据分为相差约 {times} 倍的两组：{high} 个为 {least_high} 至 {greatest_high}，"
    "{low} 个为 {least_low} 至 {greatest_low}{more}",
    hint_en="check them; likely: {cause}",
    hint_zh="请核对；可能是{cause}",
)
ALL_SHIFTED: Final = Kind(
    code="QH455",
    severity="warning",
    en="{item} in {period} is {factor} beside the period before, {period_before}, for all {count} units: "
    "{unit} {before}, then {value}",
    zh="{item} 在 {period} 的数据与上一期 {period_before} 相比，{count} 个单位全部{factor}："
    "{unit} 由 {before} 变为 {value}",
    hint_en="check which of the two is right; likely: {cause}",
    hint_zh="请核对哪一期正确；可能是{cause}",
)


def tell_of_many(figures: Figures, collector: Collector) -> pl.Series:
    """Return the keys of figures that are told to be of another magnitude together with many others."""
    levels, rates = _sized(figures, rates=False), _sized(figures, rates=True)
    bunches = [_bunches(levels, MYRIAD, beyond=0.6, spread=1.0)]
    if not rates.is_empty():
        bunches += [
            _bunches(rates, 2, beyond=0.35, spread=0.5),
            _bunches(rates, MYRIAD, beyond=0.6, spread=1.0),
        ]
    told = [_tell_two_magnitudes(pl.concat(bunches), figures, collector)]
    shifts = [
        _shifts(sized, rates=are_rates)
        for sized, are_rates in ((levels, False), (rates, True))
        if sized["period"].n_unique() > 1
    ]
    if shifts:
        told.append(_tell_all_shifted(pl.concat(shifts), figures, collector))
    return pl.concat(told)


def _tell_two_magnitudes(found: pl.DataFrame, figures: Figures, collector: Collector) -> pl.Series:
    """Return the keys of columns in two bunches far apart; a warning for each item that has one."""
    found = found.sort("item", "period")
    collector.tell(
        TWO_MAGNITUDES,
        found.with_columns(count=pl.len().over("item")).unique("item", keep="first", maintain_order=True),
        lambda row: figures.location(row["table"], row["row"], row["column"]),
        lambda row: {
            **figures.names(row["item"], row["unit"], row["period"]),
            **{name: text_of_number(row[name]) for name in _ENDS},
            "high": row["high"],
            "low": row["low"],
            "times": f"{10 ** row[POWER]:,}",
            "more": _more(row["count"] - 1),
            "cause": _cause(row, figures),
        },
    )
    return figures.frame.join(found, on=["item", "period"], how="semi")[KEY].unique()


_ENDS: Final = ("least_high", "greatest_high", "least_low", "greatest_low")


def _tell_all_shifted(found: pl.DataFrame, figures: Figures, collector: Collector) -> pl.Series:
    """Return the keys of items whose figures are off those before for all units; a warning for each item."""
    first = found.sort("item", "period").unique("item", keep="first", maintain_order=True)
    collector.tell(
        ALL_SHIFTED,
        first,
        lambda row: figures.location(row["table"], row["row"], row["column"]),
        lambda row: {
            **figures.names(row["item"], row["unit"], row["period"]),
            "period_before": Period.numbered(row["period_before"]),
            "before": text_of_number(row["before"]),
            "value": text_of_number(row["value"]),
            "count": row["count"],
            "factor": factor_text(row[POWER]),
            "cause": cause_text(row[POWER], figures.register.item(row["item"]).measured_in),
        },
    )
    return figures.frame.filter(pl.col("item").is_in(first["item"].implode()))[KEY].unique()


def _sized(figures: Figures, *, rates: bool) -> pl.DataFrame:
    """Return the values other than 0 of rates, or of what is none, with their size and group."""
    kinds = ("rate",) if rates else ("cumulative", "flow", "stock")
    items = [number for number, item in enumerate(figures.register.scheme.items) if item.kind in kinds]
    groups = figures.register.units.select("group").with_row_index("unit")
    values = values_of(figures, items).filter(pl.col("value") != 0)
    placed = values.join(groups, on="unit", maintain_order="left")
    return placed.with_columns(pl.col("value").abs().log10().alias(_SIZE))


def _bunches(sized: pl.DataFrame, power: int, *, beyond: float, spread: float) -> pl.DataFrame:
    """Return a row for each column in two bunches: the first figure of the smaller, its ends and the power.

    The two are 10 to the `power` times apart, or more or less by 10 to the `beyond`; and each is close
    together, the greatest at most 10 to the `spread` times the least.
    """
    column = ["item", "period", "group"]
    gap = pl.col(_SIZE) - pl.col(_SIZE).shift().over(column)
    rows = sized.sort(*column, _SIZE, maintain_order=True).with_columns(gap=gap)
    cuts = rows.filter(pl.col("gap") >= power - 1).select(*column, cut=_SIZE)
    cut = rows.join(cuts.unique(column, keep="none"), on=column, how="inner", nulls_equal=True)
    high = pl.col(_SIZE) >= pl.col("cut")
    size, value = pl.col(_SIZE), pl.col("value")
    sides = {"high": high, "low": ~high}
    found = cut.group_by(column, maintain_order=True).agg(
        *(side.sum().alias(name) for name, side in sides.items()),
        *(value.filter(side).abs().min().alias(f"least_{name}") for name, side in sides.items()),
        *(value.filter(side).abs().max().alias(f"greatest_{name}") for name, side in sides.items()),
        apart=size.filter(high).median() - size.filter(~high).median(),
        spread=pl.max_horizontal(
            *(size.filter(side).max() - size.filter(side).min() for side in sides.values())
        ),
        sign=(value > 0).n_unique(),
    )
    found = found.filter(
        (pl.min_horizontal("high", "low") >= _LEAST)
        & ((pl.col("apart") - power).abs() <= beyond)
        & (pl.col("spread") <= spread)
        & (pl.col("sign") == 1)
    ).with_columns(pl.lit(power).alias(POWER))
    places = cut.select(*column, KEY, "unit", "table", "row", "column", is_high=high)
    placed = found.join(places, on=column, nulls_equal=True)
    smaller = pl.col("is_high") == (pl.col("high") <= pl.col("low"))
    return placed.filter(smaller).sort(KEY).unique(column, keep="first", maintain_order=True)


def _shifts(sized: pl.DataFrame, *, rates: bool) -> pl.DataFrame:
    """Return a row for each item and period whose figures are all about as far off those before."""
    powers, beyond, spread = ((2, MYRIAD), 0.2, 0.5) if rates else ((3, MYRIAD), 0.4, 1.0)
    before = {"before": "value", "period_before": "period", "size_before": _SIZE}
    # sorted by key, what is of one series lies together; windows over millions of series take far longer
    same = series_of(pl.col(KEY)) == series_of(pl.col(KEY)).shift()
    rows = sized.sort(KEY).with_columns(
        pl.when(same).then(pl.col(name).shift()).alias(to) for to, name in before.items()
    )
    ratio = pl.col(_SIZE) - pl.col("size_before")
    stretch = ["item", "period", "period_before"]
    rows = rows.drop_nulls("size_before").with_columns(ratio=ratio)
    middle = pl.col("ratio").median().over(stretch)
    power = pl.coalesce(
        *(
            pl.when((middle - sign * power).abs() <= beyond).then(pl.lit(sign * power, dtype=pl.Int32))
            for power in powers
            for sign in (1, -1)
        ),
        pl.lit(None, dtype=pl.Int32),
    )
    tight = (pl.col("ratio").max() - pl.col("ratio").min()).over(stretch) <= spread
    rows = rows.with_columns(power.alias(POWER), count=pl.len().over(stretch), tight=tight)
    off = rows.filter(pl.col("tight") & (pl.col("count") > _LEAST)).drop_nulls(POWER)
    return off.unique(stretch, keep="first", maintain_order=True)


def _cause(row: Row, figures: Figures) -> Text:
    power = row[POWER] if row["high"] <= row["low"] else -row[POWER]
    return cause_text(power, figures.register.item(row["item"]).measured_in)


def _more(count: int) -> Text:
    """Return that it is so in further columns; nothing for none."""
    if not count:
        return Text()
    return Text(en=f"; so {count} times more", zh=f"；另有 {count} 处如此")
