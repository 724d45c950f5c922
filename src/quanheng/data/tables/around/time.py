"""Of which period a table without a column of periods is: its title, its sheet or its file may tell.

What tells it more closely counts before what tells it from further off: the line above the heading, the
sheet, the file. A year around a month is no contradiction, `2023年` on the file and `5月` on the sheet.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from dataclasses import replace
from pathlib import PurePosixPath
from typing import Final

import polars as pl

from quanheng.data.context.mentions import Mention, told_by
from quanheng.data.tables.table import Table
from quanheng.data.telling.names import shown
from quanheng.findings.collector import Collector
from quanheng.findings.finding import Kind, Location
from quanheng.findings.text import Text
from quanheng.findings.value import Value
from quanheng.periods.every import MONTHS_A_YEAR
from quanheng.periods.period import Period
from quanheng.periods.spellings import Spelled, spelled
from quanheng.periods.stretch import Stretch

_TITLE: Final = Text(en="the title", zh="标题")
_SHEET: Final = Text(en="the name of the sheet", zh="工作表名")
_FILE: Final = Text(en="the name of the file", zh="文件名")


class TableTime(Value):
    """Of when a table is.

    `period` is that of a row without one, `year` that of a period without one. `is_told` says whether
    something around the table tells the period, else it is the round's for want of another; with
    `since_january` it counts the months from January.
    """

    period: Period
    year: int
    is_told: bool = False
    since_january: bool = False


class _Place(Value):
    """A place around a table that tells a period, and which."""

    place: Text
    where: Location
    mention: Mention
    period: Period

    @property
    def is_frame(self) -> bool:
        """Whether it is a year that may stand around a part of it."""
        own = self.mention
        return self.period.length_months == MONTHS_A_YEAR and not (own.whole or own.spelled.since_january)

    @property
    def stretch(self) -> Stretch:
        """The months it tells."""
        whole = Stretch.of(self.period)
        return whole.from_january() if self.mention.spelled.since_january else whole


CONTRADICTING: Final = Kind(
    code="QH383",
    severity="error",
    en="{first} says {one!r}, {second} says {other!r}: it is unclear of which period the figures are",
    zh="{first}写的是“{one}”，{second}写的是“{other}”，无法判断数据属于哪一期间",
    hint_en="correct one of them, or write the period of each row in a column 'period'",
    hint_zh="请更正其中一处，或增加“期间”列逐行填写",
)
NOT_THE_ROUND: Final = Kind(
    code="QH384",
    severity="error",
    en="{place} says {words!r}, the round is {round}, and the table has no column of periods",
    zh="{place}中有“{words}”，而考核期是 {round}，表中又没有期间列",
    hint_en="write the period of each row in a column 'period', or take the year out of the name",
    hint_zh="请增加“期间”列逐行填写，或去掉名称中的年份",
)
TAKEN_FROM: Final = Kind(
    code="QH385",
    severity="note",
    en="the table has no column of periods; its figures are those of {words}, as {place} says",
    zh="该表没有期间列，按{place}作为以下期间的数据：{words}",
    hint_en="nothing if that is right; else write the period of each row in a column 'period'",
    hint_zh="若正确则无需处理；否则请增加“期间”列逐行填写",
)


def settle_time(
    table: Table,
    round_: Period,
    *,
    across: Iterable[Spelled] = (),
    years: Container[Location] = (),
    collector: Collector,
) -> TableTime | None:
    """Return of when `table` is; None and a finding if what stands around it contradicts itself.

    `across` are the periods that its headings are; the names at `years` surely have years in them.
    """
    places = tuple(_places(table, round_, years))
    headings = tuple(across)
    if headings or table.has("period"):
        has_parts = any(said.year is None for said in (*headings, *_in_column(table)))
        return _beside_periods(places, round_, collector, has_parts=has_parts)
    told: _Place | None = None
    for place in places:
        both = place if told is None else _together(told, place)
        if told is not None and both is None:
            facts = {"one": shown(told.mention.words), "second": place.place, "other": place.mention.words}
            collector.add(CONTRADICTING.at(told.where, first=told.place, **facts))
            return None
        told = both
    return TableTime(period=round_, year=round_.year) if told is None else _at_round(told, round_, collector)


def _beside_periods(
    places: tuple[_Place, ...], round_: Period, collector: Collector, *, has_parts: bool
) -> TableTime | None:
    """Return the year that parts of a year are of, in a table that has periods of its own."""
    dated = [place for place in places if place.mention.spelled.year is not None]
    if not dated:
        return TableTime(period=round_, year=round_.year, is_told=True)
    other = next((place for place in dated if place.period.year != dated[0].period.year), None)
    if has_parts and other is not None:
        facts = {"one": shown(dated[0].mention.words), "second": other.place, "other": other.mention.words}
        collector.add(CONTRADICTING.at(dated[0].where, first=dated[0].place, **facts))
        return None
    return TableTime(period=round_, year=dated[0].period.year, is_told=True)


def _in_column(table: Table) -> Iterator[Spelled]:
    """Yield the periods of the column of periods, each once."""
    texts = table.texts("period").drop_nulls().unique()
    return (said for text in texts if (said := spelled(text)) is not None)


def _at_round(told: _Place, round_: Period, collector: Collector) -> TableTime | None:
    period, words = told.period, shown(told.mention.words)
    if told.is_frame and period.year == round_.year:
        return TableTime(period=round_, year=round_.year, is_told=True)
    if not told.mention.sure:
        collector.add(NOT_THE_ROUND.at(told.where, place=told.place, words=words, round=round_))
        return None
    if period != round_:
        collector.gather(TAKEN_FROM, told.where, {f"{period} ({words})": 1}, place=told.place)
    since_january = told.mention.spelled.since_january
    return TableTime(period=period, year=period.year, is_told=True, since_january=since_january)


OTHER_PERIODS: Final = Kind(
    code="QH386",
    severity="warning",
    en="{place} says {words!r}, but no row below is of that period",
    zh="{place}写的是“{words}”，但表中没有该期间的行",
    hint_en="check the column of periods, which counts, or correct {place}",
    hint_zh="请核对期间列（以其为准），或更正{place}",
)


def tell_other_periods(table: Table, periods: pl.Series, round_: Period, collector: Collector) -> None:
    """Add a warning for each place around a table that tells another period than all of its rows have."""
    numbers = periods.drop_nulls().unique() if table.has("period") else ()
    rows = [Stretch.of(Period.numbered(number)) for number in numbers]
    if not rows:
        return
    for place in _places(table, round_):
        if place.mention.sure and not any(_overlap(place.stretch, row) for row in rows):
            facts = {"place": place.place, "words": shown(place.mention.words)}
            collector.add(OTHER_PERIODS.at(place.where, **facts))


def names_with_years(tables: Iterable[tuple[str, str | None]]) -> frozenset[Location]:
    """Return the files and sheets whose names differ from another's beside them only in their four digits.

    `tables` are files, each with a sheet or None. `gdp_2022` beside `gdp_2023` is a year.

    Examples:
        >>> [str(where) for where in names_with_years([("data/x_2022.csv", None), ("data/y_2023.csv", None)])]
        []
        >>> len(names_with_years([("data/x_2022.csv", None), ("data/x_2023.csv", None)]))
        2
    """
    alike: dict[tuple[str, str], dict[str, set[Location]]] = {}
    for file, sheet in tables:
        path = PurePosixPath(file)
        names = [(str(path.parent), path.stem, Location(file=file))]
        names += [] if sheet is None else [(file, sheet, Location(file=file, sheet=sheet))]
        for beside, name, where in names:
            found = told_by(name)
            if found is not None and not found.sure:
                key = beside, name.replace(found.words, "|", 1)
                alike.setdefault(key, {}).setdefault(found.words, set()).add(where)
    return frozenset().union(
        *(where for years in alike.values() if len(years) > 1 for where in years.values())
    )


def _places(table: Table, round_: Period, sure: Container[Location] = ()) -> Iterator[_Place]:
    """Yield the places that tell a period, the closest first; a part of a year is of the year around it."""
    found = [(place, where, mention) for place, where, text in _texts(table) if (mention := told_by(text))]
    years = [mention.spelled.year for _, _, mention in found if mention.spelled.year is not None]
    year = years[0] if years else round_.year
    for place, where, mention in found:
        own = replace(mention.spelled, year=mention.spelled.year or year)
        period = Period(year=own.year or year, first_month=own.first_month, length_months=own.length_months)
        told = replace(mention, sure=mention.sure or where in sure)
        yield _Place(place=place, where=where, mention=told, period=period)


def _texts(table: Table) -> Iterator[tuple[Text, Location, str]]:
    """Yield the texts around a table that may tell its period, the closest first.

    A book in one workbook is more than this table: its name tells nothing of it.
    """
    for row, texts in reversed(table.above):
        yield _TITLE, table.location(row), " ".join(texts)
    if table.sheet is not None:
        yield _SHEET, Location(file=table.file, sheet=table.sheet), table.sheet
    path = PurePosixPath(table.file)
    if len(path.parts) > 1:
        yield _FILE, Location(file=table.file), path.stem


def _together(close: _Place, far: _Place) -> _Place | None:
    """Return what two places tell together, or None if they contradict each other."""
    inner, outer = close.stretch, far.stretch
    if _holds(outer, inner) or inner.last == outer.last:
        # what ends at the same time is the same month told twice: `1-5月` in the title, `5月` on the file
        return far if close.is_frame and not far.is_frame else close
    return far if close.is_frame and _holds(inner, outer) else None


def _holds(outer: Stretch, inner: Stretch) -> bool:
    return outer.first <= inner.first and inner.last <= outer.last


def _overlap(one: Stretch, other: Stretch) -> bool:
    return one.first <= other.last and other.first <= one.last
