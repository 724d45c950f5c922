"""The laws of targets, and whose they are; in `rows` unit (null for all), indicator, period are numbers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Final

import polars as pl

from quanheng.data.parts.units import EVERYONE
from quanheng.data.tables.register import Register
from quanheng.data.tables.table import ROW, Table
from quanheng.findings.collector import Collector, Row
from quanheng.findings.finding import Kind, Location
from quanheng.periods.period import Period
from quanheng.scheme.formulas.tree import Call, parts_of
from quanheng.scheme.tree.scheme import Indicator

_KEY: Final = ("unit", "indicator", "period")
_OF_A_DAY: Final = (*_KEY, "set_on")
_BEGINNING: Final = dt.date(1, 1, 1)
"""When a target without a day was set."""


TWO_TARGETS: Final = Kind(
    code="QH420",
    severity="error",
    en="{indicator} for {unit} in {period} has two targets: also at {other}",
    zh="{unit} 的 {indicator} 在 {period} 有两个目标：另见 {other}",
    hint_en="keep the right one",
    hint_zh="请保留正确的一个",
)


def tell_two_targets(
    rows: pl.DataFrame, tables: Sequence[Table], register: Register, collector: Collector
) -> None:
    """Add a finding for each second target of one day for a unit, indicator and period."""
    first = rows.select(*_OF_A_DAY, "table", ROW).unique(_OF_A_DAY, keep="first", maintain_order=True)
    again = rows.filter(~pl.struct(_OF_A_DAY).is_first_distinct())
    told = again.join(
        first, on=_OF_A_DAY, how="left", nulls_equal=True, suffix="_first", maintain_order="left"
    )
    collector.tell(
        TWO_TARGETS,
        told,
        _at_target(tables),
        lambda row: {
            "other": tables[row["table_first"]].location_of(row[f"{ROW}_first"], "target"),
            **_names(row, register),
        },
    )


TARGET_OF_ZERO: Final = Kind(
    code="QH419",
    severity="error",
    en="the target of {indicator} for {unit} is 0, and completion divides by it",
    zh="{unit} 的 {indicator} 目标为 0，无法计算完成率",
    hint_en="set another target, '/' if it does not apply, or a rule that compares by difference",
    hint_zh="请设定其他目标，不适用请填“/”，或改用按差值比较的规则",
)


def tell_targets_of_zero(
    rows: pl.DataFrame, tables: Sequence[Table], register: Register, collector: Collector
) -> None:
    """Add a finding for each target of 0 that would be divided by."""
    divided = [number for number, indicator in enumerate(register.scheme.indicators) if _divides(indicator)]
    zero = rows.filter((pl.col("target") == 0) & pl.col("indicator").is_in(divided))
    collector.tell(TARGET_OF_ZERO, zero, _at_target(tables), lambda row: _names(row, register))


def _divides(indicator: Indicator) -> bool:
    """Return whether the indicator's completion is computed, which divides by the target."""
    calls = (part for part in parts_of(indicator.measure.tree) if isinstance(part, Call))
    return indicator.rule.divides_by_target or any(call.function == "completion" for call in calls)


TARGET_OUTSIDE_GROUP: Final = Kind(
    code="QH421",
    severity="warning",
    en="{indicator} is not assessed in the group of {unit}, so this target is not used",
    zh="{unit} 所在分组不考核 {indicator}，该目标未使用",
    hint_en="remove the row, or give the indicator a weight for the group",
    hint_zh="请删除该行，或在方案中为该分组设置权重",
)


def applicable(
    rows: pl.DataFrame, tables: Sequence[Table], register: Register, collector: Collector
) -> pl.DataFrame:
    """Return `rows` without targets of units whose group the indicator does not apply to; these are told."""
    groups = register.units.select("group").with_row_index("unit")
    placed = rows.join(groups, on="unit", how="left", maintain_order="left")
    outside = placed.filter(pl.col("unit").is_not_null()).join(
        _groups_by_indicator(register), on=["indicator", "group"], how="anti", maintain_order="left"
    )
    collector.tell(TARGET_OUTSIDE_GROUP, outside, _at_target(tables), lambda row: _names(row, register))
    return rows.join(outside.select("table", ROW), on=["table", ROW], how="anti", maintain_order="left")


def for_each_unit(rows: pl.DataFrame, register: Register) -> pl.DataFrame:
    """Return a row a unit and day: what is for all units goes to those of the indicator's groups.

    A unit's own row counts from its day on, whatever is set for all after that. Rows are in the order of
    `_KEY`, then of their days.
    """
    rows = rows.filter(pl.struct(_OF_A_DAY).is_first_distinct()).with_columns(
        since=pl.col("set_on").fill_null(_BEGINNING)
    )
    own = rows.filter(pl.col("unit").is_not_null())
    units = register.units.select("group").with_row_index("unit")
    spread = (
        rows.filter(pl.col("unit").is_null())
        .drop("unit")
        .join(_groups_by_indicator(register), on="indicator", how="inner")
        .join(units, on="group", how="inner")
        .join(own.group_by(_KEY).agg(own_since=pl.col("since").min()), on=_KEY, how="left")
        .filter(pl.col("own_since").is_null() | (pl.col("since") < pl.col("own_since")))
    )
    return pl.concat([own, spread.select(own.columns)]).sort(*_KEY, "since").drop("since")


REVISION_WITHOUT_REASON: Final = Kind(
    code="QH440",
    severity="warning",
    en="the target of {indicator} for {unit} in {period} is changed on {day} and no reason is given",
    zh="{unit} 的 {indicator} 在 {period} 的目标于 {day} 调整，但没有写明事由",
    hint_en="write down why under 'reason'",
    hint_zh="请在“事由”列写明调整原因",
)


def tell_revisions_without_reason(
    rows: pl.DataFrame, tables: Sequence[Table], register: Register, collector: Collector
) -> None:
    """Add a warning for each row that changes a target and does not say why.

    `rows` have a row a unit and day, in the order of keys, then of days.
    """
    key = pl.struct(_KEY)
    changed = rows.filter((key == key.shift()).fill_null(value=False) & pl.col("reason").is_null())
    told = changed.unique(["table", ROW], keep="first", maintain_order=True)
    collector.tell(
        REVISION_WITHOUT_REASON,
        told,
        _at_target(tables),
        lambda row: {"day": row["set_on"], **_names(row, register)},
    )


def _at_target(tables: Sequence[Table]) -> Callable[[Row], Location]:
    return lambda row: tables[row["table"]].location_of(row[ROW], "target")


def _groups_by_indicator(register: Register) -> pl.DataFrame:
    pairs = [
        (number, group)
        for number, indicator in enumerate(register.scheme.indicators)
        for group in indicator.groups
    ]
    return pl.DataFrame(pairs, schema={"indicator": pl.UInt32, "group": pl.String}, orient="row")


def _names(row: Row, register: Register) -> dict[str, str]:
    unit = row["unit"]
    return {
        "unit": EVERYONE if unit is None else register.units["unit"][unit],
        "indicator": register.scheme.indicators[row["indicator"] or 0].code,
        "period": str(Period.numbered(row["period"] or 0)),
    }
