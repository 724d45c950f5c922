"""Whether the lights of a month foretold the year's end: which targets were missed, who ended low."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import narwhals as nw

from quanheng.data.book.frames import Frame
from quanheng.engine.frame import columns as c
from quanheng.engine.frame.tables import small_table
from quanheng.findings.text import Text
from quanheng.findings.value import Value
from quanheng.studies.backtest.looked import Looked
from quanheng.studies.columns import GROUP, INDICATOR, NUMBER, TEXT, TRUTH, WHOLE, Columns, table_of_columns
from quanheng.studies.study import Table

GIVEN: Final = ("round", "group", "unit", "indicator", "light", "missed")
"""The columns of lights: the year, the light of the month (green, yellow, red), and whether the indicator was
missed at the year's end, null where that is not known."""
BAD: Final = ("red", "yellow")
_ORDER: Final = ("red", "yellow", "green")
_HALF_UP: Final = 0.5

_LIGHTS: Final[Columns] = {
    "group": GROUP,
    "light": (TEXT, Text(en="the light in the month", zh="亮灯：当月的灯")),
    "given": (
        WHOLE,
        Text(en="how often it was given and the year's end is known", zh="次数：年底结果已知的"),
    ),
    "missed": (
        WHOLE,
        Text(en="how often the indicator was missed at the year's end", zh="未完成：年底未完成的次数"),
    ),
    "share": (NUMBER, Text(en="the part that was missed", zh="未完成比例")),
}
_BY_INDICATOR: Final[Columns] = {
    "indicator": INDICATOR,
    "given": _LIGHTS["given"],
    "missed": _LIGHTS["missed"],
    "warned": (WHOLE, Text(en="how often the light was red or yellow", zh="预警：亮红灯或黄灯的次数")),
    "hits": (WHOLE, Text(en="of these, how often it was missed", zh="命中：预警后确未完成")),
    "false_alarms": (WHOLE, Text(en="of these, how often it was not missed", zh="虚警：预警后仍完成")),
    "unforeseen": (WHOLE, Text(en="missed after a green light", zh="漏警：亮绿灯后未完成")),
    "hit_rate": (NUMBER, Text(en="hits as a part of all that were missed", zh="命中率：占全部未完成的比例")),
}
_UNITS: Final[Columns] = {
    "round": (TEXT, Text(en="the year", zh="年份")),
    "group": GROUP,
    "unit": (TEXT, Text(en="the unit's code", zh="单位代码")),
    "name": (TEXT, Text(en="its name", zh="单位名称")),
    "red": (WHOLE, Text(en="red lights in the month", zh="红灯数")),
    "yellow": (WHOLE, Text(en="yellow ones", zh="黄灯数")),
    "green": (WHOLE, Text(en="green ones", zh="绿灯数")),
    "warned": (
        TRUTH,
        Text(
            en="whether more of its lights are red or yellow than the group's mean",
            zh="预警：红黄灯比例高于组内平均",
        ),
    ),
    "place": (WHOLE, Text(en="its place at the year's end", zh="年底位次")),
    "low": (TRUTH, Text(en="whether that is among the last ones of its group", zh="靠后：年底位次是否靠后")),
}


class Counted(Value):
    """Warnings beside what came: hits, false alarms, what came unforeseen, the rest."""

    hits: int
    false_alarms: int
    unforeseen: int
    quiet: int

    @property
    def came(self) -> int:
        """How often it came."""
        return self.hits + self.unforeseen

    @property
    def warned(self) -> int:
        """How often was warned."""
        return self.hits + self.false_alarms


@dataclass(frozen=True, kw_only=True)
class Foretold:
    """What lights foretold: of indicators and of units, as counts and as tables."""

    indicators: Counted
    units: Counted
    tables: tuple[Table, ...]


def foretold_by(lights: Frame, looked: Looked) -> Foretold | None:
    """Return what `lights` (`GIVEN`) foretold of the years looked back at; None where none was given."""
    years = [str(year) for year in looked.years]
    given = lights.filter(nw.col("light").is_in(list(_ORDER)), nw.col("round").is_in(years))
    if not len(given):
        return None
    known = given.filter(~nw.col("missed").is_null())
    units = _of_units(given, looked)
    return Foretold(
        indicators=_counted(known.with_columns(nw.col("light").is_in(list(BAD)).alias("warned")), "missed"),
        units=_counted(units, "low"),
        tables=(_by_light(known), _by_indicator(known), _told_of_units(units)),
    )


def _counted(rows: Frame, came: str) -> Counted:
    counts: dict[tuple[bool, bool], int] = {}
    for warned, there, count in rows.group_by("warned", came).agg(nw.len()).rows():
        counts[warned, there] = count
    return Counted(
        hits=counts.get((True, True), 0),
        false_alarms=counts.get((True, False), 0),
        unforeseen=counts.get((False, True), 0),
        quiet=counts.get((False, False), 0),
    )


def _by_light(known: Frame) -> Table:
    missed = nw.col("missed").cast(nw.Int64())
    rows = known.group_by("group", "light").agg(nw.len().cast(nw.Int64()).alias("given"), missed.sum())
    order = nw.col("light").replace_strict(list(_ORDER), list(range(3)), return_dtype=nw.Int64())
    rows = rows.with_columns((nw.col("missed") / nw.col("given")).alias("share"), order.alias("order"))
    return _table(
        "lights",
        Text(en="What became of each light", zh="各种灯的年底结果"),
        _LIGHTS,
        rows.sort("group", "order"),
    )


def _by_indicator(known: Frame) -> Table:
    warned = nw.col("light").is_in(list(BAD))
    there = nw.col("missed")

    def count(what: nw.Expr, name: str) -> nw.Expr:
        return what.cast(nw.Int64()).sum().alias(name)

    flagged = known.with_columns(warned.alias("warned"))
    bad = nw.col("warned")
    rows = flagged.group_by("indicator").agg(
        nw.len().cast(nw.Int64()).alias("given"),
        count(there, "missed"),
        count(bad, "warned"),
        count(bad & there, "hits"),
        count(bad & ~there, "false_alarms"),
        count(~bad & there, "unforeseen"),
    )
    missed = nw.col("missed")
    rows = rows.with_columns((nw.col("hits") / nw.when(missed > 0).then(missed)).alias("hit_rate"))
    title = Text(en="Lights and the year's end, by indicator", zh="亮灯与年底结果：按指标")
    return _table("lights_by_indicator", title, _BY_INDICATOR, rows.sort("indicator"))


def _of_units(given: Frame, looked: Looked) -> Frame:
    """Return a row for each unit and year that has a light and a place."""
    counts = given.group_by("round", "group", "unit").agg(
        *((nw.col("light") == light).cast(nw.Int64()).sum().alias(light) for light in _ORDER)
    )
    placed = [row for row in looked.rows if row[c.PLACE] is not None]
    places = small_table(
        {name: [row[name] for row in placed] for name in ("round", "unit", "name", "place")},
        {"round": nw.String(), "unit": nw.String(), "name": nw.String(), "place": nw.Int64()},
    )
    pool = ("round", "group")
    rows = counts.join(places, on=["round", "unit"], how="inner")
    part = (nw.col("red") + nw.col("yellow")) / (nw.col("red") + nw.col("yellow") + nw.col("green"))
    rows = rows.with_columns(part.alias("part"))
    rows = rows.with_columns(
        (nw.col("part") > nw.col("part").mean().over(*pool) + _NOISE).alias("warned"),
        nw.len().over(*pool).cast(nw.Int64()).alias("count"),
    )
    last = (looked.settings.low * nw.col("count") + _HALF_UP).floor()
    last = nw.when(last < 1.0).then(nw.lit(1.0)).otherwise(last)
    alone = nw.col("count") < 2  # noqa: PLR2004  nobody is last where there is nobody else
    rows = rows.with_columns(((nw.col("place") > nw.col("count") - last) & ~alone).alias("low"))
    return rows.sort("round", "group", "place", "unit")


_NOISE: Final = 1e-9


def _told_of_units(rows: Frame) -> Table:
    title = Text(
        en="Units: lights in the month, and the place at the year's end", zh="各单位：当月亮灯与年底位次"
    )
    return _table("lights_of_units", title, _UNITS, rows)


def _table(name: str, title: Text, columns: Columns, rows: Frame) -> Table:
    cells: Mapping[str, Any] = {column: rows[column].to_list() for column in columns}
    return table_of_columns(
        name, title, columns, cells, words={"light": _WORDS} if "light" in columns else None
    )


_WORDS: Final = {
    "red": Text(en="red", zh="红灯"),
    "yellow": Text(en="yellow", zh="黄灯"),
    "green": Text(en="green", zh="绿灯"),
}
