"""Targets that are all of another magnitude than the figures they are for: 万元 where those are in 亿元."""

from __future__ import annotations

from typing import Final

import polars as pl

from quanheng.data.book import frames
from quanheng.data.cells.number_texts import text_of_number
from quanheng.data.figures.magnitudes import MYRIAD, cause_text, factor_text
from quanheng.findings.collector import Collector
from quanheng.findings.finding import Kind, Location
from quanheng.scheme.formulas.tree import Name
from quanheng.scheme.items.item import Item
from quanheng.scheme.tree.scheme import Scheme

TARGETS_BESIDE_FIGURES: Final = Kind(
    code="QH456",
    severity="warning",
    en="targets of {indicator} are {factor} beside the figures of {item}, for {count} of the {units} units "
    "that have both: {unit} has {value} in {period} for a target of {target}",
    zh="{indicator} 的目标与 {item} 的数据相比，两者都有的 {units} 个单位中有 {count} 个{factor}："
    "{unit} 在 {period} 为 {value}，目标为 {target}",
    hint_en="check the targets and the figures; likely: {cause}",
    hint_zh="请核对目标和数据；可能是{cause}",
)
_LEAST: Final = 2
"""What one unit was set may well be far off; it is not so with two of them."""
_BELOW, _ABOVE = 0.5, 1.2
"""By what power a target may be less than 10,000 times the figure, and more: twelve months are a year."""
_HUNDRED, _NEAR, _SPREAD = 2, 0.3, 0.8
"""The power of per cent, how near to it the middle lies, and how far apart the targets of a rate may lie."""
_YEAR: Final = 4
"""The digits of a year in the name of a period."""


def tell_targets_beside_figures(
    targets: pl.DataFrame, observations: pl.DataFrame, scheme: Scheme, collector: Collector
) -> None:
    """Add a warning for each indicator whose targets are far off the figures of their year for many units.

    10,000 times off are those of two units at least; a hundred times, of rates, those of all.

    Only an indicator that measures an item itself is looked at, for its targets are in the same unit. Of the
    figures of a unit and year, the largest counts, so that a month beside the year's target is no such thing.
    """
    items = {item.code: item for item in scheme.items if item.kind not in ("date", None)}
    for indicator in scheme.indicators:
        tree = indicator.measure.tree
        item = items.get(tree.name) if isinstance(tree, Name) else None
        own = targets.filter((pl.col("indicator") == indicator.code) & (pl.col("target") != 0))
        if item is None or own.is_empty():
            continue
        of_item = (pl.col("item") == item.code) & (pl.col("state") == frames.VALUE) & (pl.col("value") != 0)
        found = _off(own, observations.filter(of_item), item)
        if found is not None:
            power, units, rows = found
            first = rows.row(0, named=True)
            collector.add(
                TARGETS_BESIDE_FIGURES.at(
                    Location(file=first["file"], sheet=first["sheet"], cell=first["cell"]),
                    indicator=indicator.code,
                    item=item.code,
                    unit=first["unit"],
                    period=first["period_of"],
                    value=text_of_number(first["value"]),
                    target=text_of_number(first["target"]),
                    count=rows["unit"].n_unique(),
                    units=units,
                    factor=factor_text(power),
                    cause=cause_text(power, item.measured_in),
                )
            )


def _off(targets: pl.DataFrame, figures: pl.DataFrame, item: Item) -> tuple[int, int, pl.DataFrame] | None:
    """Return by what power targets are too large, how many units have both, and the pairs that show it.

    None if they are not. A target may be that of a year, twelve times a month's figure.
    """
    year = pl.col("period").cast(pl.String).str.slice(0, _YEAR).alias("year")
    size = pl.col("value").abs()
    largest = (
        figures.sort(size, maintain_order=True)
        .select("unit", year, "value", period_of="period")
        .unique(["unit", "year"], keep="last", maintain_order=True)
    )
    both = targets.with_columns(year).join(largest, on=["unit", "year"], how="inner", maintain_order="left")
    ratio = (both["target"] / both["value"]).abs().log10()
    units = both["unit"].n_unique()
    for far in (MYRIAD, -MYRIAD):
        pairs = both.filter((ratio - far).is_between(-_BELOW, _ABOVE))
        if pairs["unit"].n_unique() >= _LEAST:
            return far, units, pairs
    if item.kind != "rate":
        return None
    least, middle, most = ratio.min(), ratio.median(), ratio.max()
    if units < _LEAST or not (
        isinstance(least, float) and isinstance(middle, float) and isinstance(most, float)
    ):
        return None
    near = [far for far in (_HUNDRED, -_HUNDRED) if abs(middle - far) <= _NEAR]
    return (near[0], units, both) if near and most - least <= _SPREAD else None
