"""Laws of how targets are written and how large they are; in `rows` names are numbers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import polars as pl

from quanheng.data.cells.number_texts import text_of_number, text_of_per_cent
from quanheng.data.figures.magnitudes import (
    OF_LEVELS,
    OF_RATES,
    POWER,
    Factor,
    cause_text,
    factor_text,
    off_columns,
)
from quanheng.data.figures.per_cents import PER_CENT, mixed, some_with_per_cent
from quanheng.data.tables.register import Register, is_amount
from quanheng.data.tables.table import ROW, Table
from quanheng.findings.collector import Collector, Row
from quanheng.findings.finding import Kind, Location
from quanheng.periods.period import Period
from quanheng.scheme.formulas.tree import Name
from quanheng.scheme.items.item import Item
from quanheng.scheme.tree.scheme import Indicator

PER_CENT_BESIDE_TARGETS: Final = Kind(
    code="QH435",
    severity="error",
    en="a target of {indicator} is {value} here and {other_value} at {other}, and which is meant cannot be "
    "known ({count} with %, {others} without)",
    zh="{indicator} 的目标此处为 {value}，{other} 为 {other_value}，无法判断应为哪一种"
    "（{count} 个带 %，{others} 个不带）",
    hint_en="write all of them alike: 6% is 0.06, and growth(x) is a fraction",
    hint_zh="请统一写法：6% 即 0.06；增长率（growth）的值是小数",
)


PER_CENT_OF_TARGETS: Final = Kind(
    code="QH458",
    severity="warning",
    en="{indicator} is measured in {measured_in!r}, and {count} of its targets are written with %: {value} "
    "was read as {number}",
    zh="{indicator} 的计量单位是“{measured_in}”，却有 {count} 个目标带 %：{value} 读作 {number}",
    hint_en="remove the sign, or correct the measuring unit in the scheme",
    hint_zh="请去掉百分号，或更正方案中的计量单位",
)


def tell_per_cent_beside_targets(
    rows: pl.DataFrame, tables: Sequence[Table], register: Register, collector: Collector
) -> list[int]:
    """Return the indicators with targets in per cent beside numbers that may be so too; an error for each."""
    values = some_with_per_cent([rows], "indicator", ("target", "table", ROW))
    if values is None:
        return []
    found = mixed(values, "indicator", "target")
    for each in found.iter_rows(named=True):
        here, there = (values.row(each[name], named=True) for name in ("with", "without"))
        collector.add(
            PER_CENT_BESIDE_TARGETS.at(
                _at(here, tables),
                indicator=register.scheme.indicators[each["indicator"]].code,
                value=text_of_per_cent(here["target"]),
                other=_at(there, tables),
                other_value=text_of_number(there["target"]),
                count=each["count"],
                others=each["others"],
            )
        )
    unclear = found["indicator"].to_list()
    _tell_amounts(values.filter(~pl.col("indicator").is_in(unclear)), tables, register, collector)
    return unclear


def _tell_amounts(
    values: pl.DataFrame, tables: Sequence[Table], register: Register, collector: Collector
) -> None:
    """Add a warning for each indicator with targets in per cent whose item is measured in what has none."""
    written = values.filter(pl.col(PER_CENT) & pl.col("target").is_not_null())
    counted = written.with_columns(count=pl.len().over("indicator"))
    for row in counted.unique("indicator", keep="first", maintain_order=True).iter_rows(named=True):
        indicator = register.scheme.indicators[row["indicator"]]
        item = _item_of(indicator, register)
        if item is not None and is_amount(item):
            collector.add(
                PER_CENT_OF_TARGETS.at(
                    _at(row, tables),
                    indicator=indicator.code,
                    measured_in=item.measured_in,
                    count=row["count"],
                    value=text_of_per_cent(row["target"]),
                    number=text_of_number(row["target"]),
                )
            )


TARGET_OF_OTHER_MAGNITUDE: Final = Kind(
    code="QH437",
    severity="warning",
    en="the target of {indicator} for {unit} in {period} is {value}, {factor} beside those of the other "
    "units, {least} to {greatest}",
    zh="{unit} 的 {indicator} 在 {period} 的目标为 {value}，"
    "与同组其他单位的 {least} 至 {greatest} 相比{factor}",
    hint_en="check the target; likely: {cause}",
    hint_zh="请核对该目标；可能是{cause}",
)


def tell_sizes_of_targets(
    rows: pl.DataFrame, tables: Sequence[Table], register: Register, collector: Collector
) -> None:
    """Add a warning for each unit and indicator with a target a power of ten off those of the other units.

    `rows` have a row a unit, indicator and period.
    """
    measured = [_item_of(indicator, register) for indicator in register.scheme.indicators]
    groups = register.units.select("group").with_row_index("unit")
    placed = rows.join(groups, on="unit", how="left", maintain_order="left")
    for factors in (OF_LEVELS, OF_RATES):
        own = [number for number, item in enumerate(measured) if _factors_of(item) is factors]
        off = off_columns(
            placed.filter(pl.col("indicator").is_in(own)),
            ["indicator", "period", "group"],
            "target",
            factors=factors,
            wider=["indicator", "period"],
        )
        collector.tell(
            TARGET_OF_OTHER_MAGNITUDE,
            off.unique(["indicator", "unit"], keep="first", maintain_order=True),
            lambda row: _at(row, tables),
            lambda row: {
                "indicator": register.scheme.indicators[row["indicator"]].code,
                "unit": register.units["unit"][row["unit"]],
                "period": Period.numbered(row["period"]),
                "value": text_of_number(row["target"]),
                "factor": factor_text(row[POWER]),
                "least": text_of_number(row["least"]),
                "greatest": text_of_number(row["greatest"]),
                "cause": cause_text(row[POWER], _measured_in(measured[row["indicator"]])),
            },
        )


def _item_of(indicator: Indicator, register: Register) -> Item | None:
    """Return the item that is the measure of `indicator`; None where it is computed."""
    tree = indicator.measure.tree
    items = register.scheme.items
    return next((item for item in items if isinstance(tree, Name) and item.code == tree.name), None)


def _factors_of(item: Item | None) -> tuple[Factor, ...]:
    if item is None or item.kind == "rate":
        return OF_RATES
    return () if item.kind == "date" else OF_LEVELS


def _measured_in(item: Item | None) -> str:
    return "" if item is None else item.measured_in


def _at(row: Row, tables: Sequence[Table]) -> Location:
    return tables[row["table"]].location_of(row[ROW], "target")
