"""Laws of the data: one figure for a cell, figures that behave, nothing that should be there and is not."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Final

import polars as pl

from quanheng.data.cells.number_texts import text_of_number
from quanheng.data.cells.numbers import IS_MISSING
from quanheng.data.figures.coverage import Coverage
from quanheng.data.figures.figures import KEY, Figures, series_of, values_of
from quanheng.data.figures.laws_of_size import tell_sizes
from quanheng.data.figures.versions import repeated_on_a_day
from quanheng.data.tables.register import Register
from quanheng.data.telling.findings import NEVER_REPORTED, NOTHING_IN_ROUND, SILENT_UNIT, TWO_VALUES
from quanheng.data.telling.names import shown
from quanheng.findings.collector import Collector, Row
from quanheng.findings.finding import Finding, Kind, Location
from quanheng.findings.text import Text
from quanheng.periods.period import YEAR_OF_NUMBERS, Period
from quanheng.scheme.items.item import Reported
from quanheng.scheme.tree.uses import items_of, used_items

_OF_DATA: Final = "QH300"


def check_figures(figures: Figures, *, collector: Collector) -> None:
    """Add what the figures themselves show, one a key: falls, jumps and other magnitudes."""
    tell_falls(figures, collector)
    tell_sizes(figures, collector)


def check_coverage(
    coverage: Coverage, register: Register, *, units_at: Location, collector: Collector
) -> None:
    """Add what is not there: items never reported, a round without data, units (`units_at`) without a figure.

    Where nothing at all is there, that is one finding. Where a file has errors, what is not there follows
    from them and is not told.
    """
    if has_errors_in_data(collector):
        return
    nothing = tuple(_nothing_in_round(coverage, register))
    if not nothing or coverage.items or coverage.not_applicable:
        collector.add_all(_items_never_reported(coverage, register))
        tell_silent_units(coverage, register, units_at, collector)
    collector.add_all(nothing)


def has_errors_in_data(collector: Collector) -> bool:
    """Return whether an error of the data was told; those of the scheme have the lower codes."""
    return any(finding.severity == "error" and finding.code >= _OF_DATA for finding in collector.findings())


SAID_TWICE: Final = Kind(
    code="QH411",
    severity="warning",
    en="{item} of {unit} in {period} is reported twice with the same value: also at {other}{more}",
    zh="{unit} 的 {item} 在 {period} 重复填报（数值相同）：另见 {other}{more}",
    hint_en="keep one of the two",
    hint_zh="请只保留一处",
)


def tell_two_values(figures: Figures, collector: Collector) -> None:
    """Add an error for each cell with two different values of one day, a warning for each told twice alike.

    A value with the day it was known from is a revision of what was known before. An empty cell beside one
    with a value says nothing against it. Two tables that say the same things are told once, with the count.
    """
    told = figures.frame.filter(pl.col("state") != IS_MISSING)
    first, again = repeated_on_a_day(told)
    if again.is_empty():
        return
    pairs = again.join(first, on=[KEY, "known_on"], nulls_equal=True, suffix="_first", maintain_order="left")
    alike = pl.col("value").eq_missing(pl.col("value_first")) & (pl.col("state") == pl.col("state_first"))
    for kind, rows in (
        (TWO_VALUES, pairs.filter(~alike)),
        (SAID_TWICE, pairs.filter(alike)),
    ):
        collector.tell(
            kind,
            _first_of_two_tables(rows),
            lambda row: figures.location(row["table"], row["row"], row["column"]),
            lambda row: {
                "more": more_of_two_tables(row["count"] - 1),
                "first": shown_value(row["value"]),
                "second": shown_value(row["value_first"]),
                "other": figures.location(row["table_first"], row["row_first"], row["column_first"]),
                **figures.names(row["item"], row["unit"], row["period"]),
            },
        )


def _first_of_two_tables(pairs: pl.DataFrame) -> pl.DataFrame:
    """Return the pairs inside one table, and the first of those between two tables, with their `count`."""
    two = ["table", "table_first"]
    apart = pl.col("table") != pl.col("table_first")
    counted = pairs.with_columns(count=pl.when(apart).then(pl.len().over(two)).otherwise(1))
    return counted.filter(~apart | pl.struct(two).is_first_distinct())


def more_of_two_tables(count: int) -> Text:
    """Return that so it is with `count` more figures of two tables."""
    if not count:
        return Text()
    figures = "one more figure" if count == 1 else f"{count} more figures"
    return Text(en=f"; so it is with {figures} of these two tables", zh=f"；两表另有 {count} 个数据如此")


FALLING_CUMULATIVE: Final = Kind(
    code="QH416",
    severity="warning",
    en="the cumulative {item} of {unit} falls from {before} in {period_before} to {value} in {period}{more}",
    zh="{unit} 的累计数据项 {item} 从 {period_before} 的 {before} 降到 {period} 的 {value}{more}",
    hint_en="check both figures; a flow is not cumulative",
    hint_zh="请核对两期数据；当期数不应标为累计",
)


def tell_falls(figures: Figures, collector: Collector) -> None:
    """Add a warning for each unit and year in which a cumulative value is lower than the one before it.

    A loss that grows from period to period is none: all its values are below 0 and none is above the one
    before.
    """
    cumulative = [
        number for number, item in enumerate(figures.register.scheme.items) if item.kind == "cumulative"
    ]
    of_a_year = ["series", "year"]
    values = values_of(figures, cumulative).with_columns(
        series=series_of(pl.col(KEY)), year=pl.col("period") // YEAR_OF_NUMBERS
    )
    value, before = pl.col("value"), pl.col("value").shift().over(of_a_year)
    fallen = (
        values.with_columns(value_before=before, period_before=pl.col("period").shift().over(of_a_year))
        .with_columns(falls=(value < pl.col("value_before")).fill_null(value=False))
        .with_columns(
            rises=(value > pl.col("value_before")).fill_null(value=False).any().over(of_a_year),
            most=value.max().over(of_a_year),
            count=pl.col("falls").sum().over(of_a_year),
        )
        .filter(pl.col("falls") & ((pl.col("most") > 0) | pl.col("rises")))
        .unique(of_a_year, keep="first", maintain_order=True)
    )
    _tell(FALLING_CUMULATIVE, fallen, figures, collector, lambda row: {"more": _further(row["count"] - 1)})


def _further(count: int) -> Text:
    """Return that it falls so many times more in the year; nothing for none."""
    if not count:
        return Text()
    times = "once" if count == 1 else f"{count} times"
    return Text(en=f", and {times} more in that year", zh=f"，当年还另有 {count} 次下降")


def tell_silent_units(
    coverage: Coverage, register: Register, units_at: Location, collector: Collector
) -> None:
    """Add a warning for each unit without a value, where its group's indicators look at reported items."""
    reported = {item.code for item in register.scheme.items if isinstance(item.source, Reported)}
    looked_at = {
        group
        for indicator in register.scheme.indicators
        if not reported.isdisjoint(items_of(indicator))
        for group in indicator.groups
    }
    silent = (
        register.units.with_row_index("index")
        .filter(pl.col("group").is_in(looked_at))
        .join(coverage.units.to_frame("index"), on="index", how="anti", maintain_order="left")
    )
    collector.tell(SILENT_UNIT, silent, lambda _: units_at, lambda row: {"unit": shown(row["unit"])})


NOT_REPORTED_NOR_USED: Final = Kind(
    code="QH433",
    severity="note",
    en="the item {item!r} ({name}) is never reported, and nothing in the scheme uses it",
    zh="数据项“{item}”（{name}）没有数据，方案中也未使用",
    hint_en="nothing; remove it from the scheme if it is not wanted",
    hint_zh="无需处理；若不需要可从方案中删除",
)


def _items_never_reported(coverage: Coverage, register: Register) -> Iterator[Finding]:
    used = used_items(register.scheme)
    for number, item in enumerate(register.scheme.items):
        if isinstance(item.source, Reported) and number not in coverage.items | coverage.not_applicable:
            kind = NEVER_REPORTED if item.code in used else NOT_REPORTED_NOR_USED
            yield kind.at(item.where, item=item.code, name=item.name.zh or item.name.en)


def _nothing_in_round(coverage: Coverage, register: Register) -> Iterator[Finding]:
    round_ = register.round
    periods = (Period.numbered(number) for number in coverage.periods)
    if not any(period.year == round_.year and period.end <= round_.end for period in periods) and any(
        isinstance(item.source, Reported) for item in register.scheme.items
    ):
        yield NOTHING_IN_ROUND.at(round=round_)


def _tell(
    kind: Kind,
    rows: pl.DataFrame,
    figures: Figures,
    collector: Collector,
    further: Callable[[Row], Mapping[str, object]] = lambda _: {},
) -> None:
    """Add a finding for each of `rows`, which have the value and the period before beside their own."""
    collector.tell(
        kind,
        rows,
        lambda row: figures.location(row["table"], row["row"], row["column"]),
        lambda row: {
            "value": text_of_number(row["value"]),
            "before": text_of_number(row["value_before"]),
            "period_before": Period.numbered(row["period_before"]),
            **figures.names(row["item"], row["unit"], row["period"]),
            **further(row),
        },
    )


def shown_value(value: float | None) -> str:
    """Return a value as findings show it; none is one that does not apply."""
    return "/" if value is None else text_of_number(value)
