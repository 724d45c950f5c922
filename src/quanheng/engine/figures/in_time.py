"""Who takes part in a round, where units come, go and change their group (units §1-§2)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Final

import narwhals as nw

from quanheng.data.book.mergers import merged_on
from quanheng.data.book.spells import FROM, TO, book_on, in_force, is_in_force
from quanheng.engine.frame import columns as c
from quanheng.engine.frame.findings import first_units
from quanheng.findings.collector import SHOWN
from quanheng.findings.finding import Finding, Kind, Location
from quanheng.periods.period import Period, parse_period

if TYPE_CHECKING:
    from quanheng.data.book.book import Book
    from quanheng.data.book.frames import Frame

PART_OF_THE_ROUND: Final = Kind(
    code="QH673",
    severity="note",
    en="{unit}{more} took part in {round} only from {day} on: its figures are of a part of the round",
    zh="{unit}{more}自{day}起才参加{round}考核：其数据只含考核期的一部分",
    hint_en="nothing if that is meant; to leave it out of this round, let it begin after the round",
    hint_zh="如属本意则无需处理；不参加本期考核的，请把起始写在本期之后",
)
OTHER_GROUP_BEFORE: Final = Kind(
    code="QH674",
    severity="note",
    en="{unit}{more} left the group {group!r} inside {round}: it is compared in the group of the last day",
    zh="{unit}{more}在{round}内由分组“{group}”调出：按期末所在分组考核",
    hint_en="nothing if that is meant; a review held before the change is of the group before",
    hint_zh="如属本意则无需处理；调整之前的季季评按原分组",
)
ADJUSTMENT_OF_NOBODY: Final = Kind(
    code="QH675",
    severity="note",
    en="the adjustment of {unit!r} does not count in {round}: the unit takes no part in it",
    zh="{unit!r}的加减分（否决）不计入{round}：该单位不参加本期考核",
    hint_en="write it for the unit that it goes into, or correct when the unit exists",
    hint_zh="应由并入单位承担的，请写在并入单位名下；或更正该单位的起止",
)


def in_round(book: Book, period: Period) -> tuple[Book, tuple[Finding, ...]]:
    """Return `book` with the units that exist on the last day of `period`, each in its group of then.

    Beside it, notes on those that were not there, or in another group, at its beginning, and on adjustments
    of units that take no part. Of earlier rounds in which a unit was in another group its place counts no
    longer: it is a place among others.
    """
    if book.spells is None:
        return book, ()
    there = book_on(merged_on(book, period.end), period.end)
    codes = there.units.select(c.UNIT)
    rows, lost = _of_units(book.adjustments, codes)
    told = (*_notes(book.spells, there.units, period), *_of_nobody(lost, period))
    return replace(there, adjustments=rows, history=_comparable(book, there.units)), told


def _of_units(rows: Frame, codes: Frame) -> tuple[Frame, Frame]:
    return rows.join(codes, on=c.UNIT, how="semi"), rows.join(codes, on=c.UNIT, how="anti")


def _of_nobody(rows: Frame, period: Period) -> Iterator[Finding]:
    date = nw.col("date")
    inside = date.is_null() | ((date >= period.start) & (date <= period.end))
    own = rows.filter(inside.fill_null(value=True))
    for row in own.head(SHOWN).iter_rows(named=True):
        where = Location(file=row["file"], sheet=row["sheet"], cell=row["cell"])
        yield ADJUSTMENT_OF_NOBODY.at(where, unit=row[c.UNIT], round=period)


def _notes(spells: Frame, there: Frame, period: Period) -> Iterator[Finding]:
    """Yield who came inside the round, by day, and who changed its group inside it, by the group left."""
    now = there.select(c.UNIT, nw.col(c.GROUP).alias("group_now"))
    inside = spells.filter(nw.col(TO).is_null() | (nw.col(TO) >= period.start)).join(
        now, on=c.UNIT, how="inner"
    )
    first = nw.col(FROM).fill_null(dt.date.min)
    begun = inside.group_by(c.UNIT).agg(first.min().alias("day"))
    late = begun.filter((nw.col("day") > period.start) & (nw.col("day") <= period.end)).sort("day", c.UNIT)
    for day in late["day"].unique().sort().to_list():
        codes = late.filter(nw.col("day") == day)[c.UNIT].to_list()
        yield PART_OF_THE_ROUND.at(round=period, day=day, **first_units(codes, len(codes)))
    left = inside.filter((nw.col(TO) < period.end) & (nw.col(c.GROUP) != nw.col("group_now")))
    for group in left[c.GROUP].unique().sort().to_list():
        codes = left.filter(nw.col(c.GROUP) == group)[c.UNIT].unique().sort().to_list()
        yield OTHER_GROUP_BEFORE.at(round=period, group=group, **first_units(codes, len(codes)))


def _comparable(book: Book, there: Frame) -> Frame:
    """Return the history without the places that a unit had in another group than now."""
    spells = book.spells
    if spells is None or not len(book.history):
        return book.history
    now = there.select(c.UNIT, nw.col(c.GROUP).alias("group_now"))
    parts = []
    for text in book.history["round"].unique(maintain_order=True).to_list():
        own = book.history.filter(nw.col("round") == text)
        then = in_force(spells, parse_period(str(text)).end).select(
            c.UNIT, nw.col(c.GROUP).alias("group_then")
        )
        both = own.join(then, on=c.UNIT, how="left").join(now, on=c.UNIT, how="left")
        moved = (nw.col("group_then") != nw.col("group_now")).fill_null(value=False)
        parts.append(both.with_columns(nw.when(~moved).then(nw.col("place")).alias("place")))
    return nw.concat([part.select(book.history.columns) for part in parts], how="vertical")


def groups_of(book: Book, period: Period) -> dict[str, str]:
    """Return the group that each unit is in at the end of `period`, where the book says when units exist."""
    if book.spells is None:
        return {}
    found = book.spells.filter(is_in_force(period.end)).select(c.UNIT, c.GROUP)
    return {str(unit): str(group) for unit, group in found.rows()}
