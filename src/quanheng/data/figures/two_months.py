"""January and February reported as one figure, `1-2月`, beside Januaries and Februaries that stand apart.

Where nobody reports January in a year, the one figure stands as that of February (time §1 a, §2 a). Where
some do, it is a figure of its own two months, so that it is never taken for a February; what can be settled
of it exactly is settled (time §2 f).
"""

from __future__ import annotations

from typing import Final

import polars as pl

from quanheng.data.cells.number_texts import text_of_number
from quanheng.data.cells.numbers import IS_MISSING, IS_VALUE
from quanheng.data.figures.figures import KEY, SINCE, Figures, figures_of, series_of, with_frame
from quanheng.findings.collector import Collector
from quanheng.findings.finding import Kind
from quanheng.findings.text import Text
from quanheng.periods.period import YEAR_OF_NUMBERS, Period

_JANUARY: Final = Period(year=2000, first_month=1, length_months=1).number % YEAR_OF_NUMBERS
_FEBRUARY: Final = Period(year=2000, first_month=2, length_months=1).number % YEAR_OF_NUMBERS
_BOTH: Final = Period(year=2000, length_months=2).number % YEAR_OF_NUMBERS
_DIGITS: Final = 15
_NAMED: Final = 3
_OF_YEAR: Final = ["series", "year"]

TOGETHER_AND_APART: Final = Kind(
    code="QH451",
    severity="error",
    en="{item} of {unit} for January and February of {year} is {both}, but the two months apart add up "
    "to {sum}",
    zh="{unit} 的 {item} {year} 年 1-2 月合并数为 {both}，而 1 月与 2 月之和为 {sum}",
    hint_en="correct one of the three figures",
    hint_zh="请更正三个数中的一个",
)
BOTH_WAYS: Final = Kind(
    code="QH452",
    severity="note",
    en="January and February of {year} are one figure of {item} for {units}, while others report them apart: "
    "sums over both months are of both, and neither month has a figure of its own there{settled}",
    zh="{year} 年的 {item}，{units} 按 1-2 月合并填报，其他单位分月填报：含这两个月的合计照常，"
    "但这些单位没有 1 月、2 月的单月数{settled}",
    hint_en="nothing, unless a round of January or of February is scored; then report the months apart",
    hint_zh="如不按 1 月或 2 月单月考核则无需处理；否则请分月填报",
)
JANUARY_ENDS: Final = Kind(
    code="QH357",
    severity="warning",
    en="nobody reports {item} for January {year}, as was done in {other}: the figures of {year}-02 are taken "
    "for January and February together",
    zh="{year} 年 1 月没有任何单位填报 {item}（{other} 年有）：{year}-02 的数据按 1-2 月合并数处理",
    hint_en="report January, or write the period '{year}年1-2月' where the figure is of both months",
    hint_zh="请补报 1 月；若确为两个月合并数，请把期间写作“{year}年1-2月”",
)
RATE_OF_BOTH: Final = Kind(
    code="QH358",
    severity="warning",
    en="the rate {item} is of January and February together here and of February alone at {other}",
    zh="比率 {item} 此处为 1-2 月的数，{other} 为 2 月单月的数",
    hint_en="do not compare the two; give all of them for the same months",
    hint_zh="两者不可比，请统一为相同月份的数",
)


def with_two_months(figures: Figures, collector: Collector) -> Figures:
    """Return `figures` in which January and February together are what they are; tell what follows.

    A unit with both months together and January apart has a February of its own: the difference.
    """
    flows = _of_kind(figures, "flow")
    _tell_rates(figures, collector)
    of_flows = figures.frame.filter(
        pl.col("item").is_in(flows)
        & (pl.col("period") % YEAR_OF_NUMBERS).is_in([_JANUARY, _FEBRUARY])
        & (pl.col("state") != IS_MISSING)
    ).with_columns(
        series=series_of(pl.col(KEY)),
        year=pl.col("period") // YEAR_OF_NUMBERS,
        part=pl.col("period") % YEAR_OF_NUMBERS,
    )
    january = of_flows.filter(pl.col("part") == _JANUARY)
    february = of_flows.filter(pl.col("part") == _FEBRUARY)
    if february.is_empty():
        return figures
    _tell_januaries_that_end(january, february, figures, collector)
    both = february.filter(SINCE).join(
        january.select("item", "year").unique(), on=["item", "year"], how="semi"
    )
    if both.is_empty():
        return figures
    alone = february.filter(~pl.col(SINCE))
    _tell_contradictions(both, january, alone, figures, collector)
    settled = _settled(both, january, alone)
    _tell_both_ways(both, settled, figures, collector)
    of_years = both.select("item", "period").unique().with_columns(is_both=pl.lit(value=True))
    found = figures.frame.join(of_years, on=["item", "period"], how="left", maintain_order="left")
    is_both = pl.col(SINCE) & pl.col("is_both").fill_null(value=False)
    moved = pl.when(is_both).then(pl.col("period") + (_BOTH - _FEBRUARY)).otherwise(pl.col("period"))
    frame = found.with_columns(moved.cast(pl.UInt32).alias("period"))
    columns = [name for name in figures.frame.columns if name != KEY]
    parts = [frame.select(columns), settled.select(columns)]
    made = figures_of(parts, figures.tables, figures.register)
    return with_frame(figures, made.frame)


def _of_kind(figures: Figures, kind: str) -> list[int]:
    return [number for number, item in enumerate(figures.register.scheme.items) if item.kind == kind]


def _settled(both: pl.DataFrame, january: pl.DataFrame, alone: pl.DataFrame) -> pl.DataFrame:
    """Return the Februaries that follow: both months less a January of one version, where none is stated."""
    single = january.filter(pl.len().over(_OF_YEAR) == 1, pl.col("state") == IS_VALUE)
    pairs = (
        both.filter(pl.len().over(_OF_YEAR) == 1, pl.col("state") == IS_VALUE)
        .join(single.select(*_OF_YEAR, "value", "known_on"), on=_OF_YEAR, suffix="_january")
        .join(alone.select(_OF_YEAR), on=_OF_YEAR, how="anti")
    )
    difference = _settled_difference(pl.col("value"), pl.col("value_january"))
    return pairs.with_columns(
        difference.alias("value"),
        pl.max_horizontal("known_on", "known_on_january").alias("known_on"),
        pl.lit(value=False).alias(SINCE),
    )


def _settled_difference(whole: pl.Expr, part: pl.Expr) -> pl.Expr:
    """Return `whole` less `part` at the digits of the greater (comparing §1 a)."""
    size = pl.max_horizontal(whole.abs(), part.abs())
    digits = pl.when(size > 0).then(size.log10().floor() + 1).otherwise(1)
    scale = pl.lit(10.0).pow(_DIGITS - digits)
    return ((whole - part) * scale).round() / scale


def _tell_contradictions(
    both: pl.DataFrame, january: pl.DataFrame, alone: pl.DataFrame, figures: Figures, collector: Collector
) -> None:
    """Add an error for each unit of which January, February and both together do not fit."""
    single = [
        frame.filter(pl.len().over(_OF_YEAR) == 1, pl.col("state") == IS_VALUE)
        for frame in (both, january, alone)
    ]
    value = [*_OF_YEAR, "value"]
    triples = (
        single[0]
        .join(single[1].select(value), on=_OF_YEAR, suffix="_january")
        .join(single[2].select(value), on=_OF_YEAR, suffix="_february")
    )
    rest = _settled_difference(pl.col("value"), pl.col("value_january"))
    odd = triples.filter((rest - pl.col("value_february")).abs() > 1e-12 * pl.col("value").abs())
    collector.tell(
        TOGETHER_AND_APART,
        odd,
        lambda row: figures.location(row["table"], row["row"], row["column"]),
        lambda row: {
            **figures.names(row["item"], row["unit"], row["period"]),
            "year": row["year"],
            "both": text_of_number(row["value"]),
            "sum": text_of_number(row["value_january"] + row["value_february"]),
        },
    )


def _tell_both_ways(
    both: pl.DataFrame, settled: pl.DataFrame, figures: Figures, collector: Collector
) -> None:
    """Add a note for each item and year in which some report both months as one figure and others apart."""
    apart = settled.select(_OF_YEAR)
    only = both.join(apart, on=_OF_YEAR, how="anti")
    for (item, year), rows in both.group_by("item", "year", maintain_order=True):
        own = only.filter(pl.col("item") == item, pl.col("year") == year)["unit"].unique(maintain_order=True)
        made = settled.filter(pl.col("item") == item, pl.col("year") == year).height
        names = [figures.register.units["unit"][unit] for unit in own.head(_NAMED)]
        more = len(own) - len(names)
        units = Text(
            en=", ".join(names) + (f" and {more} more" if more else ""),
            zh="、".join(names) + (f" 等 {len(own)} 个单位" if more else ""),
        )
        if not names:
            units = Text(en="nobody alone", zh="无单位单独")
        first = rows.row(0, named=True)
        collector.add(
            BOTH_WAYS.at(
                figures.location(first["table"], first["row"], first["column"]),
                item=figures.register.item(first["item"]).code,
                year=year,
                units=units,
                settled=_that_follow(made),
            )
        )


def _that_follow(count: int) -> Text:
    if not count:
        return Text()
    units = "1 unit" if count == 1 else f"{count} units"
    return Text(
        en=f"; for {units} with a January too, February is both months less January",
        zh=f"；另有 {count} 个单位同时报了 1 月，其 2 月数按合并数减 1 月数得出",
    )


def _tell_januaries_that_end(
    january: pl.DataFrame, february: pl.DataFrame, figures: Figures, collector: Collector
) -> None:
    """Add a warning where a plain February is taken for two months, though January was reported elsewhere."""
    known = january.select("item", "year").unique()
    others = known.group_by("item").agg(pl.col("year").max().alias("other"))
    plain = (
        february.filter(~pl.col(SINCE))
        .join(known, on=["item", "year"], how="anti")
        .join(others, on="item")
        .unique(["item", "year"], keep="first", maintain_order=True)
    )
    collector.tell(
        JANUARY_ENDS,
        plain,
        lambda row: figures.location(row["table"], row["row"], row["column"]),
        lambda row: {
            "item": figures.register.item(row["item"]).code,
            "year": row["year"],
            "other": row["other"],
        },
    )


def _tell_rates(figures: Figures, collector: Collector) -> None:
    """Add a warning for each rate that is of both months in one place and of February alone in another."""
    rates = figures.frame.filter(
        pl.col("item").is_in(_of_kind(figures, "rate")), pl.col("state") == IS_VALUE
    ).with_columns(year=pl.col("period") // YEAR_OF_NUMBERS, part=pl.col("period") % YEAR_OF_NUMBERS)
    februaries = rates.filter(pl.col("part") == _FEBRUARY)
    both = februaries.filter(SINCE).unique("item", keep="first", maintain_order=True)
    if both.is_empty():
        return
    januaries = rates.filter(pl.col("part") == _JANUARY).select("item", "year").unique()
    alone = (
        februaries.filter(~pl.col(SINCE))
        .join(januaries, on=["item", "year"], how="semi")
        .unique("item", keep="first", maintain_order=True)
    )
    collector.tell(
        RATE_OF_BOTH,
        both.join(alone, on="item", suffix="_alone"),
        lambda row: figures.location(row["table"], row["row"], row["column"]),
        lambda row: {
            "item": figures.register.item(row["item"]).code,
            "other": figures.location(row["table_alone"], row["row_alone"], row["column_alone"]),
        },
    )
