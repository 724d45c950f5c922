"""Published figures of places side by side, in one table: `unit,year,indicator,value,growth`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Final

import narwhals as nw
import polars as pl

from quanheng.data.book import frames
from quanheng.data.files.bytes_of import bytes_of
from quanheng.data.files.delimited import read_csv
from quanheng.data.files.magic import WORKBOOKS
from quanheng.data.files.spreadsheets import read_workbook
from quanheng.data.tables.cutting import cut_table
from quanheng.data.tables.headings import NOTE, PERIOD, Column
from quanheng.data.tables.rows import numbers_in, per_cent_settled, resolve_periods
from quanheng.data.tables.table import ROW, Raw, Table
from quanheng.data.telling import limits
from quanheng.data.telling.findings import EMPTY_FILE, TWO_VALUES
from quanheng.data.telling.room import Room
from quanheng.findings.collector import SHOWN, Collector
from quanheng.findings.finding import Finding, FindingsError, Location, require_no_errors
from quanheng.findings.value import Value
from quanheng.findings.visible import printable
from quanheng.periods.period import Period

_PLACES: Final = ("地区", "区域", "城市", "区县", "单位名称", "place", "city", "name")
PEERS: Final = (
    Column(key="unit", zh="单位", others=_PLACES, needed=True),
    Column(key="item", zh="指标", others=("indicator", "数据项", "项目")),
    replace(PERIOD, needed=True),
    Column(key="value", zh="数值", others=("值", "数据", "总量", "value_yi_yuan"), needed=True),
    Column(key="growth", zh="增速", others=("growth_pct", "增长", "同比增长", "增速%", "增长%")),
    Column(key="measured_in", zh="计量单位", others=("measure", "计量")),
    Column(key="source", zh="来源", others=("出处",)),
    NOTE,
)
_ANYTHING: Final = "数值"
"""What the figure is called in a table that does not say."""
_SCOPED: Final = r"^(.+?)\s*[（(](.+)[）)]$"
_PER_CENT: Final = 100.0


class PeerTable(Value):
    """Published figures: `figures` has unit, item, period (canonical), value, growth (a fraction).

    `measured_in` gives the measuring unit of an item where the table says it. A unit `X (scope)` beside a
    unit `X` is the same place in another scope: its figures are those of an item `item（scope）` of X.
    """

    figures: frames.Frame
    measured_in: Mapping[str, str]

    @property
    def items(self) -> tuple[str, ...]:
        """The names of what is measured, in the order of the table."""
        return tuple(self.figures["item"].unique(maintain_order=True).to_list())

    @property
    def periods(self) -> tuple[str, ...]:
        """The periods that occur, in the order of the table."""
        return tuple(self.figures["period"].unique(maintain_order=True).to_list())


def load_peers(path: Path) -> PeerTable:
    """Return the published figures in the csv file or the workbook at `path`.

    Headings are Chinese or English; growth is in per cent; an empty figure is missing.

    Raises:
        FindingsError: it is no such table, or a cell of it is no number or period; all findings together.
    """
    collector = Collector()
    parts: list[pl.DataFrame] = []
    measured: dict[str, str] = {}
    for raw in _raws(path, collector):
        table = cut_table(raw, (PEERS,), collector=collector)
        if table is not None:
            part = _part(table, collector)
            said = part.drop_nulls("measured_in").unique("item", keep="first", maintain_order=True)
            measured |= dict(said.select("item", "measured_in").iter_rows())
            parts.append(part.drop("measured_in"))
    require_no_errors(collector.findings())
    if not parts:
        raise FindingsError((*collector.findings(), EMPTY_FILE.at(Location(file=printable(path.name)))))
    figures = _by_scope(pl.concat(parts))
    _tell_two_values(figures, path, collector)
    require_no_errors(collector.findings())
    kept = figures.unique(("unit", "item", "period"), keep="first", maintain_order=True)
    known = kept.select("unit", "item", "period", "value", "growth")
    return PeerTable(figures=nw.from_native(known, eager_only=True), measured_in=measured)


def _raws(path: Path, collector: Collector) -> tuple[Raw, ...]:
    file = printable(path.name)
    is_workbook = path.suffix.lower() in WORKBOOKS
    most = limits.WORKBOOK_BYTES if is_workbook else limits.CSV_BYTES
    content = bytes_of(path, most, Location(file=file), Room())
    if isinstance(content, Finding):
        collector.add(content)
        return ()
    if is_workbook:
        return read_workbook(content, file=file, collector=collector)
    sheet = read_csv(content, file=file, collector=collector)
    return () if sheet is None else (sheet,)


def _part(table: Table, collector: Collector) -> pl.DataFrame:
    # the column is needed, so that the round it falls back on is never used
    periods = resolve_periods(table, Period(year=2000), blank=None, collector=collector)
    value = numbers_in(table, table.known["value"], collector=collector)
    growth = pl.Series("growth", [None], dtype=pl.Float64).new_from_index(0, table.body.height)
    if table.has("growth"):
        meant = numbers_in(table, table.known["growth"], collector=collector)
        growth = per_cent_settled(meant, in_per_cent=True) / _PER_CENT
    texts = {number: str(Period.numbered(number)) for number in periods.drop_nulls().unique()}
    return pl.DataFrame(
        {
            ROW: table.body[ROW],
            "unit": table.texts("unit"),
            "item": table.texts("item").fill_null(_ANYTHING),
            "period": periods.replace_strict(list(texts), list(texts.values()), return_dtype=pl.String),
            "value": value["number"],
            "growth": growth,
            "measured_in": table.texts("measured_in"),
        }
    ).drop_nulls(("unit", "period"))


def _by_scope(figures: pl.DataFrame) -> pl.DataFrame:
    stem, scope = pl.col("unit").str.extract(_SCOPED, 1), pl.col("unit").str.extract(_SCOPED, 2)
    of_another = stem.is_in(figures["unit"].unique().to_list()).fill_null(value=False)
    return figures.with_columns(
        pl.when(of_another).then(stem).otherwise("unit").alias("unit"),
        pl.when(of_another)
        .then(pl.concat_str("item", pl.lit("（"), scope, pl.lit("）")))
        .otherwise("item")
        .alias("item"),
    )


def _tell_two_values(figures: pl.DataFrame, path: Path, collector: Collector) -> None:
    key = ("unit", "item", "period")
    first = figures.unique(key, keep="first", maintain_order=True)
    both = figures.join(first, on=key, how="inner", suffix="_first", maintain_order="left")
    differs = pl.any_horizontal(
        pl.col(name).ne_missing(pl.col(f"{name}_first")) for name in ("value", "growth")
    )
    for row in both.filter(differs).head(SHOWN).iter_rows(named=True):
        file = printable(path.name)
        facts = {
            "item": row["item"],
            "unit": row["unit"],
            "period": row["period"],
            "first": row["value"],
            "second": row["value_first"],
            "other": Location(file=file, line=row[f"{ROW}_first"]),
            "more": "",
        }
        collector.add(TWO_VALUES.at(Location(file=file, line=row[ROW]), **facts))
