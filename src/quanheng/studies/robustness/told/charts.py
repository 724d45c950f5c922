"""The charts of a study of robustness."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

import narwhals as nw

from quanheng.findings.text import Text
from quanheng.studies.charts import kinds
from quanheng.studies.charts.chart import Chart
from quanheng.studies.robustness.causes.causes import TITLES

_MOST: Final = 60
"""So many units of a group are drawn; the table has them all."""

Frames = Mapping[str, nw.DataFrame[Any]]


def charts_of(tables: Frames, level: float) -> tuple[Chart, ...]:
    """Return the charts of its tables."""
    return (
        *_intervals(tables["places"], level),
        *_tiers(tables),
        *_sensitivity(tables.get("sensitivity")),
        *_left_out(tables["left_out"]),
    )


def _intervals(places: nw.DataFrame[Any], level: float) -> Iterator[Chart]:
    share = f"{100.0 * level:.12g}%"
    groups = places["group"].unique(maintain_order=True).to_list()
    for group in groups:
        rows = [
            row for row in places.iter_rows(named=True) if row["group"] == group and row["low"] is not None
        ]
        suffix = f"-{group}" if len(groups) > 1 else ""
        heading = Text(en="place", zh="位次")
        shown = rows[:_MOST]
        drawn = [
            {
                "name": row["name"],
                "low": row["low"],
                "high": row["high"],
                "middle": row["median"],
                "nominal": row["nominal"],
            }
            for row in shown
        ]
        yield Chart(
            name=f"places{suffix}",
            title=Text(en=f"Places in {share} of the replicates", zh=f"{share}的重复中的位次"),
            sentence=Text(
                en="Line: interval; dot: median; diamond: place as the scheme has it.",
                zh="线段：区间；圆点：中位数；菱形：现行方案的位次。",
            ),
            definition=kinds.intervals(drawn, heading, reverse=True),
        )
        level_rows = [
            {
                "name": f"{row['name']}  [{row['level_with'] or '—'}]",
                "low": row["joint_low"],
                "high": row["joint_high"],
                "middle": row["median"],
                "nominal": row["nominal"],
            }
            for row in shown
        ]
        yield Chart(
            name=f"level{suffix}",
            title=Text(en="Places that hold for all units together", zh="对全体单位同时成立的位次区间"),
            sentence=Text(
                en="In brackets: the group of units that cannot be told apart from its first.",
                zh="方括号内为难分高下组的组号。",
            ),
            definition=kinds.intervals(level_rows, heading, reverse=True),
        )


def _tiers(tables: Frames) -> Iterator[Chart]:
    if "tiers" not in tables:
        return
    none = Text(en="none", zh="无")
    rows = [
        {"row": row["name"], "column": row["tier"] or none, "value": row["share"]}
        for row in tables["tiers"].iter_rows(named=True)
    ]
    names = list(dict.fromkeys(row["row"] for row in rows))[:_MOST]
    yield Chart(
        name="tiers",
        title=Text(en="How often each tier", zh="各等次出现的比例"),
        sentence=Text(en="The share of replicates, 0 to 1.", zh="占重复次数的比例，0 至 1。"),
        definition=kinds.heat_map([row for row in rows if row["row"] in names], Text(en="share", zh="比例")),
    )


def _sensitivity(table: nw.DataFrame[Any] | None) -> Iterator[Chart]:
    if table is None:
        return
    alone, whole = (
        Text(en="alone (first order)", zh="单独（一阶）"),
        Text(en="with others (total)", zh="含交互（总）"),
    )
    rows = [
        {
            "name": TITLES[row["cause"]],
            "series": text,
            "value": row[kind],
            "low": row[f"{kind}_low"],
            "high": row[f"{kind}_high"],
        }
        for row in table.iter_rows(named=True)
        if row["unit"] is None and row["total"] is not None
        for kind, text in (("first", alone), ("total", whole))
    ]
    if rows:
        yield Chart(
            name="sensitivity",
            title=Text(en="Shares of variance of the mean shift of places", zh="平均位次变动的方差占比"),
            sentence=Text(en="Lines: 95 % bootstrap intervals.", zh="细线：95% 自助法区间。"),
            definition=kinds.bars(
                rows, Text(en="share of variance", zh="方差占比"), series=Text(en="index", zh="指数")
            ),
        )


def _left_out(table: nw.DataFrame[Any]) -> Iterator[Chart]:
    rows = sorted(table.rows(named=True), key=lambda row: -row["mean_shift"])[:_MOST]
    if rows:
        yield Chart(
            name="left_out",
            title=Text(en="What it does to leave something out", zh="去掉某项的影响"),
            sentence=Text(en="Mean shift of places.", zh="平均位次变动。"),
            definition=kinds.bars(
                [
                    {"name": Text(zh=row["name"], en=row["name_en"]), "value": row["mean_shift"]}
                    for row in rows
                ],
                Text(en="places", zh="位"),
            ),
        )
