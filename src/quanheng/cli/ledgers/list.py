"""`quanheng ledgers list`: which records are open, due soon or overdue on a day."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from quanheng.cli.ledgers.record_words import SHOWN, STANDINGS, place_of, text_of
from quanheng.cli.parameters import BookPath, Force, On, day_or_today
from quanheng.cli.show import Column, Screen
from quanheng.findings.errors import UsageError
from quanheng.findings.text import Text
from quanheng.usecase.ledgers.on_a_day import (
    Listing,
    ledger_counts,
    ledger_records,
    records_of_all,
    write_records,
)

if TYPE_CHECKING:
    from quanheng.process.lists import Count, Which


def list(  # noqa: A001, PLR0913 - the word of the command, and its options
    book: BookPath,
    ledger: Annotated[
        str | None,
        Text(en="the code or the name of a ledger; without it, all", zh="台账的代码或名称；默认全部"),
    ] = None,
    *,
    on: On = None,
    open: Annotated[bool, Text(en="only open records", zh="只列未办结的事项")] = False,  # noqa: A002 - the word of the option
    due_soon: Annotated[bool, Text(en="only records due soon", zh="只列即将到期的事项")] = False,
    overdue: Annotated[bool, Text(en="only overdue records", zh="只列已逾期的事项")] = False,
    unit: Annotated[
        str | None, Text(en="only this unit's: a code or a name", zh="只看该单位（代码或名称）")
    ] = None,
    csv: Annotated[
        Path | None, Text(en="write all records listed there", zh="把所列事项全部写入该文件")
    ] = None,
    force: Force = False,
    screen: Annotated[Screen, Parameter(parse=False)],
) -> int:
    """Print how many records each ledger of `book` has on a day, or the records of one."""
    which = _which(open=open, due_soon=due_soon, overdue=overdue)
    day = day_or_today(on)
    if ledger is None and which == "all":
        if csv is not None:
            raise UsageError("name a ledger to list records of", "请指定要列出事项的台账")
        with screen.working(Text(en="reading", zh="正在读取")):
            counts = ledger_counts(book, on=day, unit=unit)
        _show_counts(counts, screen)
        screen.record({"on": day, "ledgers": [_record_of(count) for count in counts]})
        return 0
    with screen.working(Text(en="reading", zh="正在读取")):
        listings = (
            records_of_all(book, on=day, which=which, unit=unit)
            if ledger is None
            else (ledger_records(book, ledger, on=day, which=which, unit=unit),)
        )
    if not listings:
        raise UsageError(
            "no ledger of the book declares its due and closing dates", "考核册没有声明到期日和办结日期的台账"
        )
    if csv is not None:
        write_records(listings, csv, writing=screen.writing("quanheng ledgers list", force=force))
    for listing in listings:
        _show_records(listing, screen)
    if csv is not None:
        screen.say(Text(en=f"Written to {csv}", zh=f"已写入 {csv}"))
    if screen.json:
        told = [
            {"ledger": _record_of(each.count), "records": each.records.rows(named=True)} for each in listings
        ]
        screen.record({"on": day, **(told[0] if ledger is not None else {"ledgers": told})})
    return 0


def _which(*, open: bool, due_soon: bool, overdue: bool) -> Which:  # noqa: A002 - the word of the option
    if open + due_soon + overdue > 1:
        raise UsageError(
            "choose one of --open, --due-soon and --overdue", "--open、--due-soon、--overdue 只能选一个"
        )
    if overdue:
        return "overdue"
    if due_soon:
        return "due_soon"
    return "open" if open else "all"


def _show_counts(counts: Sequence[Count], screen: Screen) -> None:
    if not counts:
        screen.say(Text(en="the book has no ledgers", zh="考核册没有台账"))
        return
    columns = (
        Column(heading=Text(en="ledger", zh="台账")),
        Column(heading=Text(en="name", zh="名称")),
        Column(heading=Text(en="records", zh="事项数"), number=True),
        Column(heading=STANDINGS["open"], number=True),
        Column(heading=STANDINGS["due_soon"], number=True),
        Column(heading=STANDINGS["overdue"], number=True),
    )
    rows = [
        (
            count.ledger.code,
            count.ledger.name.in_language(screen.language),
            str(count.records),
            *(
                "–" if number is None else str(number)
                for number in (count.open, count.due_soon, count.overdue)
            ),
        )
        for count in counts
    ]
    screen.table(columns, rows)


def _show_records(listing: Listing, screen: Screen) -> None:
    if screen.json:
        return
    columns = (
        Column(heading=Text(en="record", zh="编号")),
        Column(heading=Text(en="unit", zh="单位")),
        Column(heading=Text(en="owner", zh="责任人")),
        Column(heading=Text(en="due", zh="到期日")),
        Column(heading=Text(en="days left", zh="剩余天数"), number=True),
        Column(heading=Text(en="state", zh="状态")),
        Column(heading=Text(en="standing", zh="办理情况")),
        Column(heading=Text(en="place", zh="位置")),
    )
    rows = [
        (
            text_of(row["key"]),
            text_of(row["name"] or row["unit"]),
            text_of(row["owner"]),
            text_of(row["due"]),
            text_of(row["days_left"]),
            text_of(row["state"]),
            screen.choose(STANDINGS[row["standing"]]),
            place_of(row),
        )
        for row in listing.records.head(SHOWN).rows(named=True)
    ]
    name = listing.ledger.name.in_language(screen.language)
    screen.text(f"{name}  {listing.on}")
    screen.table(columns, rows)
    more = len(listing.records) - len(rows)
    if more > 0:
        screen.say(Text(en=f"and {more} more; --csv writes all", zh=f"另有 {more} 件，--csv 可写出全部"))
    if not rows:
        screen.say(Text(en="no records", zh="没有事项"))


def _record_of(count: Count) -> dict[str, object]:
    return {
        "ledger": count.ledger.code,
        "name": count.ledger.name.in_language("zh"),
        "records": count.records,
        "open": count.open,
        "due_soon": count.due_soon,
        "overdue": count.overdue,
    }
