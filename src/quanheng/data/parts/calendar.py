"""The calendar of the book: `date,day[,holiday]`, a row for each day off and each day that is made up.

A year is covered if a day of it is there. Days that are off or made up as any week has them say nothing new.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Final

import polars as pl

from quanheng.data.tables.cutting import cut_table
from quanheng.data.tables.headings import CALENDAR
from quanheng.data.tables.rows import dates_in
from quanheng.data.tables.strangers.columns import tell_not_used
from quanheng.data.tables.table import ROW, Raw, Table
from quanheng.data.telling.names import shown
from quanheng.findings.collector import Collector
from quanheng.findings.finding import Kind, Location
from quanheng.periods.calendar import Calendar
from quanheng.scheme.reading.reading import Reading

OFF: Final = "off"
WORK: Final = "work"
DAYS: Final = {
    "off": OFF,
    "holiday": OFF,
    "放假": OFF,
    "休息": OFF,
    "休": OFF,
    "work": WORK,
    "上班": WORK,
    "班": WORK,
    "补班": WORK,
    "调休上班": WORK,
}
"""What people write for a day off and for one on which work is made up."""

NO_SUCH_DAY: Final = Kind(
    code="QH693",
    severity="error",
    en="'{value}' says neither that the day is off nor that work is done",
    zh="“{value}”既不是放假也不是上班",
    hint_en="write 'off' or 'work'",
    hint_zh="请写“放假”或“上班”",
)
DAY_TWICE: Final = Kind(
    code="QH694",
    severity="error",
    en="{date} stands here again, and says something else than before",
    zh="{date}重复出现，且内容不同",
    hint_en="leave the row that is right",
    hint_zh="请保留正确的一行",
)
YEARS_BETWEEN: Final = Kind(
    code="QH695",
    severity="error",
    en="the calendar has days of {years}, but none of {missing}",
    zh="日历有{years}年的日期，但没有{missing}年的",
    hint_en="add the days off of that year, as the State Council has published them",
    hint_zh="请补充该年的放假和调休安排",
)


def read_calendar(raws: Iterable[Raw], reading: Reading, *, collector: Collector) -> Calendar | None:
    """Return the calendar in `raws`; None if there is none.

    Told are days that are no dates, that say neither, or two things, and years between others without a day.
    """
    days: dict[dt.date, str] = {}
    where = None
    for raw in raws:
        table = cut_table(raw, (CALENDAR,), collector=collector, reading=reading)
        if table is not None:
            where = where or raw.location
            tell_not_used(table, table.others, [column.key for column in CALENDAR], collector)
            _add_days(table, days, collector)
    if not days:
        return None
    found = Calendar(
        off=frozenset(day for day, said in days.items() if said == OFF),
        made_up=frozenset(day for day, said in days.items() if said == WORK),
    )
    missing = sorted({*range(found.years[0], found.years[-1])} - {*found.years})
    if missing:
        years = ", ".join(map(str, found.years))
        collector.add(
            YEARS_BETWEEN.at(where or Location(), years=years, missing=", ".join(map(str, missing)))
        )
    return found


def _add_days(table: Table, days: dict[dt.date, str], collector: Collector) -> None:
    dates = dates_in(table, table.known["date"], collector=collector)["date"]
    rows = pl.DataFrame({ROW: table.body[ROW], "date": dates, "day": table.texts("day")})
    for row in rows.filter(pl.col("date").is_not_null()).iter_rows(named=True):
        said = DAYS.get((row["day"] or "").strip().lower())
        where = table.location_of(row[ROW], "day")
        if said is None:
            collector.add(NO_SUCH_DAY.at(where, value=shown(row["day"] or "")))
        elif days.setdefault(row["date"], said) != said:
            collector.add(DAY_TWICE.at(where, date=row["date"].isoformat()))
