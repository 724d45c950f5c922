"""专项行动, a campaign on a day: what of its tasks is done by each milestone, and what its indicators did.

A task is done by a day if its closing date is not after it. In a ledger without closing dates it is done if
its state says so; that is known as it is now only, and so is what was done by an earlier milestone.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any, Literal, TypeAlias

import narwhals as nw

from quanheng.data.book.book import Book
from quanheng.data.book.frames import no_records
from quanheng.engine.figures.looked_up.record_conditions import Fields, meets, sorts_of
from quanheng.engine.frame.comparing import alike
from quanheng.findings.value import Value
from quanheng.insight.campaign.effects import Movement, movements_of
from quanheng.periods.every import MONTHS_A_YEAR
from quanheng.periods.period import parse_period
from quanheng.periods.stretch import Stretch
from quanheng.process.deadlines import is_closed, tallies
from quanheng.scheme.ledgers.ledger import Campaign, Ledger, Milestone

Mark: TypeAlias = Literal["reached", "late", "missed", "to_come", "no_tasks"]
"""What became of a milestone: reached in time, only after its day, not at all yet, or not due yet."""


class Stage(Value):
    """A milestone on the day looked at.

    `done` of `tasks` were done by its day, or by the day looked at if that is earlier; `now` by the latter.
    `share` is done ÷ tasks (a fraction), None without tasks.
    """

    milestone: Milestone
    tasks: int
    done: int
    now: int
    share: float | None
    mark: Mark


class CampaignState(Value):
    """A campaign on a day: its stages, its tasks by unit (unit, name, records, done, due_soon, overdue)."""

    campaign: Campaign
    on: dt.date
    tasks: int
    done: int
    stages: tuple[Stage, ...]
    units: nw.DataFrame[Any]
    movements: tuple[Movement, ...]


def campaign_on(book: Book, campaign: Campaign, *, on: dt.date, soon: int) -> CampaignState:
    """Return how `campaign` stands on the day `on`; records are due soon `soon` days ahead.

    Raises:
        RecordConditionError: its condition cannot be asked of its ledger.
        FindingsError: a figure of its indicators cannot be had from the book.
    """
    ledger = _ledger(book, campaign)
    tasks = _tasks(book, campaign, ledger)
    now = len(tasks.filter(is_closed(ledger, on)))
    return CampaignState(
        campaign=campaign,
        on=on,
        tasks=len(tasks),
        done=now,
        stages=tuple(_stage(each, tasks, ledger, now, on) for each in campaign.milestones),
        units=_by_unit(book, tasks, ledger, on=on, soon=soon),
        movements=movements_of(book, campaign, on),
    )


def _ledger(book: Book, campaign: Campaign) -> Ledger:
    for ledger in book.scheme.ledgers:
        if ledger.code == campaign.ledger:
            return ledger
    return Ledger(code=campaign.ledger, name=campaign.name)


def _tasks(book: Book, campaign: Campaign, ledger: Ledger) -> nw.DataFrame[Any]:
    """Return the records of the campaign; `period_start` and `period_end` are its first and last day."""
    records = book.ledgers.get(ledger.code)
    if records is None:
        return no_records(ledger)
    if campaign.condition is None:
        return records
    fields = Fields(sorts_of(records), _span(book, campaign))
    return records.filter(meets(campaign.condition.tree, fields))


def _span(book: Book, campaign: Campaign) -> Stretch:
    """Return the months of the campaign, those of the book's round where it does not say."""
    round_ = parse_period(book.scheme.round)
    starts, ends = campaign.starts or round_.start, campaign.ends or round_.end
    first = starts.year * MONTHS_A_YEAR + starts.month - 1
    last = ends.year * MONTHS_A_YEAR + ends.month - 1
    return Stretch(first, max(1, last - first + 1))


def _stage(milestone: Milestone, tasks: nw.DataFrame[Any], ledger: Ledger, now: int, on: dt.date) -> Stage:
    done = len(tasks.filter(is_closed(ledger, min(milestone.by, on))))
    share = done / len(tasks) if len(tasks) else None
    return Stage(
        milestone=milestone,
        tasks=len(tasks),
        done=done,
        now=now,
        share=share,
        mark=_mark(milestone, share, now / len(tasks) if len(tasks) else None, on),
    )


def _mark(milestone: Milestone, share: float | None, share_now: float | None, on: dt.date) -> Mark:
    if share is None or share_now is None:
        return "no_tasks"
    if share > milestone.done or alike(share, milestone.done):
        return "reached"
    if milestone.by > on:
        return "to_come"
    return "late" if share_now > milestone.done or alike(share_now, milestone.done) else "missed"


def _by_unit(
    book: Book, tasks: nw.DataFrame[Any], ledger: Ledger, *, on: dt.date, soon: int
) -> nw.DataFrame[Any]:
    """Return the tasks of each unit that has one, in the order of the units, also those not begun yet."""
    whole = replace(ledger, opened=None)  # of a plan every task counts from the start
    counts = tallies(tasks, whole, on, soon=soon).with_columns(
        (nw.col("records") - nw.col("open")).alias("done")
    )
    return (
        book.units.select("unit", "name")
        .join(counts, on="unit", how="inner")
        .select("unit", "name", "records", "done", "due_soon", "overdue")
    )
