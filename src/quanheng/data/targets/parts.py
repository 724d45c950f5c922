"""Targets of a year and of its parts: floor, target and stretch in order, parts that come to the whole.

In `rows` unit, indicator and period are numbers; there is one row a unit, indicator and period.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import Any, Final, Literal, TypeAlias

import polars as pl

from quanheng.data.cells.number_texts import text_of_number
from quanheng.data.tables.register import Register
from quanheng.data.tables.table import ROW, Table
from quanheng.findings.collector import Collector
from quanheng.findings.finding import Kind
from quanheng.periods.every import MONTHS_A_YEAR, MONTHS_IN
from quanheng.periods.period import Period
from quanheng.scheme.formulas.own import has_own
from quanheng.scheme.formulas.tree import Call, names_in
from quanheng.scheme.items.item import FromLedger, FromUnits, Item, Readings
from quanheng.scheme.tree.natures import nature_of, value_formula
from quanheng.scheme.tree.scheme import Indicator, Scheme

_Adding: TypeAlias = Literal["adds", "runs", "neither"]
"""How the targets of parts of a year belong together: they add up, or they run on from January."""

_OF_KIND: Final[Mapping[str, _Adding]] = {"cumulative": "runs", "flow": "adds"}
_SLACK: Final = 1e-9
_SLOTS: Final = 16
_NESTED: Final = tuple(combinations(MONTHS_IN.values(), 2))
"""Lengths of which the second fits into the first."""
"""Lengths in months of a whole and of the parts it may be made of."""


def tell_targets_at_odds(
    rows: pl.DataFrame, tables: Sequence[Table], register: Register, collector: Collector
) -> None:
    """Add what is at odds with itself: a floor over its target, parts that do not come to the whole."""
    teller = _Teller(tables, register, collector)
    _tell_out_of_order(rows, register.scheme, teller)
    adding: dict[_Adding, list[int]] = {"adds": [], "runs": [], "neither": []}
    for number, indicator in enumerate(register.scheme.indicators):
        adding[_adding(indicator, register.scheme)].append(number)
    stated = rows.filter(pl.col("target").is_not_null())
    _tell_sums(stated.filter(pl.col("indicator").is_in(adding["adds"])), teller)
    _tell_runs(stated.filter(pl.col("indicator").is_in(adding["runs"])), teller)


class _Teller:
    """Adds findings about rows, each row of a file once."""

    def __init__(self, tables: Sequence[Table], register: Register, collector: Collector) -> None:
        self._tables = tables
        self._register = register
        self._collector = collector

    def tell(self, kind: Kind, rows: pl.DataFrame) -> None:
        """Add a finding of `kind` for each of `rows`; those that stand for many units tell of the first."""
        different = rows.unique(["table", ROW], keep="first", maintain_order=True)
        self._collector.tell(
            kind,
            different,
            lambda row: self._tables[row["table"]].location_of(row[ROW], "target"),
            self._facts,
        )

    def _facts(self, row: Mapping[str, Any]) -> dict[str, object]:
        numbers = ("target", "floor", "stretch", "sum", "other")
        facts: dict[str, object] = {
            name: "∅" if row[name] is None else text_of_number(row[name]) for name in numbers if name in row
        }
        if "period_other" in row:
            facts["period_other"] = Period.numbered(row["period_other"])
        return {
            **facts,
            "unit": self._register.units["unit"][row["unit"]],
            "indicator": self._register.scheme.indicators[row["indicator"]].code,
            "period": Period.numbered(row["period"]),
        }


TARGETS_OUT_OF_ORDER: Final = Kind(
    code="QH442",
    severity="error",
    en="floor {floor}, target {target}, stretch {stretch} of {indicator} for {unit} ({period}): out of order",
    zh="{unit} 的 {indicator} 在 {period} 的底线 {floor}、目标 {target}、挑战 {stretch} 次序不对",
    hint_en="the floor is the least and the stretch the most; where less is better, the other way round",
    hint_zh="底线最低、挑战最高；越少越好的指标相反",
)


def _tell_out_of_order(rows: pl.DataFrame, scheme: Scheme, teller: _Teller) -> None:
    """Tell where the floor is better than the target, or the target better than the stretch."""
    less = [number for number, indicator in enumerate(scheme.indicators) if indicator.direction == "less"]
    sign = pl.when(pl.col("indicator").is_in(less)).then(-1).otherwise(1)
    floor, target, stretch = (pl.col(name) * sign for name in ("floor", "target", "stretch"))
    wrong = pl.any_horizontal(
        (low > high).fill_null(value=False)
        for low, high in ((floor, target), (target, stretch), (floor, stretch))
    )
    teller.tell(TARGETS_OUT_OF_ORDER, rows.filter(wrong))


PARTS_DO_NOT_ADD_UP: Final = Kind(
    code="QH443",
    severity="warning",
    en="the targets of {indicator} for {unit} inside {period} add up to {sum}, that of {period} is {target}",
    zh="{unit} 的 {indicator} 在 {period} 内的分期目标合计 {sum}，{period} 目标为 {target}",
    hint_en="correct one of them; 'quanheng targets split' gives parts that add up exactly",
    hint_zh="请更正其一；quanheng targets split 分解的目标与总目标完全相等",
)


def _tell_sums(rows: pl.DataFrame, teller: _Teller) -> None:
    """Tell where all parts of a whole are stated and come to something else."""
    length = pl.col("period") % _SLOTS
    first = pl.col("period") // _SLOTS - length + 1
    measured = rows.with_columns(length=length, first=first)
    for whole, part in _NESTED:
        sums = (
            measured.filter(pl.col("length") == part)
            .group_by("unit", "indicator", within=pl.col("first") // whole, maintain_order=True)
            .agg(pl.col("target").sum().alias("sum"), pl.len().alias("parts"))
            .filter(pl.col("parts") == whole // part)
        )
        wholes = measured.filter(pl.col("length") == whole).with_columns(within=pl.col("first") // whole)
        both = wholes.join(sums, on=["unit", "indicator", "within"], how="inner", maintain_order="left")
        teller.tell(PARTS_DO_NOT_ADD_UP, both.filter(_differ(pl.col("sum"), pl.col("target"))))


TWO_TARGETS_BY_A_DAY: Final = Kind(
    code="QH444",
    severity="warning",
    en="the target of {indicator} for {unit} is {target} for {period} and {other} for {period_other}, "
    "though both count from January to the same day",
    zh="{unit} 的 {indicator} 目标 {period} 为 {target}，{period_other} 为 {other}，"
    "而两者都是年初至同一天的累计",
    hint_en="let both say the same, or keep one",
    hint_zh="请改为一致，或只保留一个",
)
TARGETS_FALL: Final = Kind(
    code="QH445",
    severity="warning",
    en="the target of {indicator} for {unit} falls from {other} in {period_other} to {target} in {period}, "
    "though it counts from January",
    zh="{unit} 的 {indicator} 目标从 {period_other} 的 {other} 降到 {period} 的 {target}，"
    "而它是年初以来的累计",
    hint_en="write what is to be reached from January up to each period",
    hint_zh="请填写年初至各期末的累计目标",
)


def _tell_runs(rows: pl.DataFrame, teller: _Teller) -> None:
    """Tell where what is to be reached from January on falls, or is two things by one day."""
    end = pl.col("period") // _SLOTS
    in_order = rows.sort("unit", "indicator", "period").with_columns(end=end, year=end // MONTHS_A_YEAR)
    series = pl.struct("unit", "indicator", "year")
    same = (series == series.shift()).fill_null(value=False)
    paired = in_order.with_columns(
        other=pl.col("target").shift(), period_other=pl.col("period").shift(), end_other=pl.col("end").shift()
    ).filter(same & _differ(pl.col("target"), pl.col("other")))
    one_day = pl.col("end") == pl.col("end_other")
    teller.tell(TWO_TARGETS_BY_A_DAY, paired.filter(one_day))
    teller.tell(TARGETS_FALL, paired.filter(~one_day & (pl.col("target") < pl.col("other"))))


def _differ(one: pl.Expr, other: pl.Expr) -> pl.Expr:
    size = pl.max_horizontal(one.abs(), other.abs())
    return ((one - other).abs() > _SLACK * size).fill_null(value=False)


def _adding(indicator: Indicator, scheme: Scheme) -> _Adding:
    """Return how targets of the year's parts belong together, by the items of the measure."""
    if nature_of(indicator, scheme) != "accumulates":
        return "neither"
    tree = value_formula(indicator).tree
    if has_own(tree):
        return "adds" if isinstance(tree, Call) else "neither"
    names = names_in(tree)
    found = {_of_item(item) for item in scheme.items if item.code in names}
    kinds = found - {None}
    if kinds == {"adds"}:
        return "adds"
    return "runs" if kinds == {"runs"} else "neither"


def _of_item(item: Item) -> _Adding | None:
    """Return how the figures of `item` for parts of a year belong together; None for an attribute."""
    match item.source:
        case FromUnits():
            return None
        case FromLedger(readings=Readings(is_reported=True)):
            return _OF_KIND.get(item.kind, "neither")
        case FromLedger(statistic=statistic, readings=Readings()):
            return "adds" if statistic.accumulates else "neither"
        case FromLedger(condition=condition):
            of_the_part = condition is not None and "period_start" in names_in(condition.tree)
            return "adds" if of_the_part else "neither"
        case _:
            return _OF_KIND.get(item.kind, "neither")
