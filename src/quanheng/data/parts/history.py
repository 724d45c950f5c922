"""History: results of earlier rounds, as `history/<round>.csv` or as the result folder of that round."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Final

import polars as pl

from quanheng.data.book import frames
from quanheng.data.tables.cutting import cut_table
from quanheng.data.tables.headings import AWARDS, HISTORY, RESULT_SCORES
from quanheng.data.tables.rows import numbers_in
from quanheng.data.tables.table import Raw, Table
from quanheng.data.telling.findings import NOT_A_PERIOD
from quanheng.data.telling.names import Roster, shown
from quanheng.findings.collector import Collector
from quanheng.findings.errors import DataError
from quanheng.findings.finding import Kind
from quanheng.periods.period import Period, parse_period
from quanheng.scheme.fields.codes import ROOT

ROUND_NOT_EARLIER: Final = Kind(
    code="QH428",
    severity="warning",
    en="the result of {round} ends after the round {now} and was not read",
    zh="{round} 的结果晚于本考核期 {now}，未读取",
    hint_en="remove it from the history",
    hint_zh="请从历史结果中移除",
)


def read_history(
    rounds: Mapping[str, Sequence[Raw]], units: Roster, now: Period, *, collector: Collector
) -> pl.DataFrame:
    """Return the earlier results: round, unit, score, place, tier; `rounds` gives what was read, by name.

    A unit is named by its code or name; one that is no longer assessed keeps the text it has. What ends
    after the round `now` is told and left out, and so is a name that is no round.
    """
    parts = [frames.empty(frames.HISTORY)]
    for name, raws in rounds.items():
        where = raws[0].location
        try:
            round_ = parse_period(name)
        except DataError:
            collector.add(NOT_A_PERIOD.at(where, text=shown(name)))
            continue
        if round_.end > now.end:
            collector.add(ROUND_NOT_EARLIER.at(where, round=round_, now=now))
            continue
        found = result_in(raws, units, collector)
        parts.append(found.with_columns(round=pl.lit(str(round_))).select(*frames.HISTORY))
    return pl.concat(parts)


def read_awards(
    rounds: Mapping[str, Sequence[Raw]], units: Roster, *, collector: Collector
) -> dict[str, pl.DataFrame]:
    """Return by round who got its awards: unit and award. What is no round is told with its results."""
    found: dict[str, pl.DataFrame] = {}
    for name, raws in rounds.items():
        tables = [cut_table(raw, (AWARDS,), collector=collector) for raw in raws]
        with suppress(DataError):
            found[str(parse_period(name))] = pl.concat(
                [_NOBODY, *(_awards(table, units) for table in tables if table is not None)]
            )
    return found


_NOBODY: Final = pl.DataFrame(schema={"unit": pl.String, "award": pl.String})


def _awards(table: Table, units: Roster) -> pl.DataFrame:
    return pl.DataFrame({"unit": _units(table, units), "award": table.texts("award")}).drop_nulls()


def result_in(raws: Sequence[Raw], units: Roster, collector: Collector) -> pl.DataFrame:
    """Return unit, score, place and tier of one round, from one table or from those of a result folder."""
    whole: pl.DataFrame | None = None
    for raw in raws:
        table = cut_table(raw, (RESULT_SCORES, HISTORY), collector=collector)
        if table is not None:
            part = _columns(table, units, collector)
            whole = part if whole is None else _joined(whole, part)
    return frames.empty(frames.HISTORY).drop("round") if whole is None else whole


def _joined(left: pl.DataFrame, right: pl.DataFrame) -> pl.DataFrame:
    """Return both by unit; what the left has goes before."""
    both = left.join(right, on="unit", how="full", coalesce=True)
    columns = [name for name in frames.HISTORY if name not in ("unit", "round")]
    return both.select("unit", *(pl.coalesce(name, f"{name}_right").alias(name) for name in columns))


def _columns(table: Table, units: Roster, collector: Collector) -> pl.DataFrame:
    """Return unit, score, place and tier of the rows of a table that name a unit, each unit once."""
    if table.has("node"):
        table = table.with_body(table.body.filter(table.texts("node") == ROOT))
    return (
        pl.DataFrame(
            {
                "unit": _units(table, units),
                "score": _numbers(table, "score", collector),
                "place": _numbers(table, "place", collector).cast(pl.Int64, strict=False),
                "tier": table.texts("tier"),
            }
        )
        .filter(pl.col("unit").is_not_null())
        .unique("unit", keep="first", maintain_order=True)
    )


def _units(table: Table, units: Roster) -> pl.Series:
    """Return the codes of the units that a table names; the texts of those that are no longer assessed."""
    texts = table.texts("unit")
    codes = units.codes.gather(units.find(texts).index)
    return codes.to_frame("code").select(pl.coalesce("code", pl.lit(texts))).to_series()


def _numbers(table: Table, key: str, collector: Collector) -> pl.Series:
    if not table.has(key):
        return pl.Series(key, [None], dtype=pl.Float64).new_from_index(0, table.body.height)
    return numbers_in(table, table.known[key], collector=collector)["number"]
