"""`quanheng ledgers import`: take records into a ledger."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from quanheng.cli.ledgers.record_words import SHOWN, text_of
from quanheng.cli.parameters import day_or_today
from quanheng.cli.show import Column, Screen
from quanheng.findings.text import Text
from quanheng.usecase.ledgers.import_ import Import, import_records


def import_(
    book: Annotated[Path, Text(en="the folder of a book", zh="考核册文件夹")],
    ledger: Annotated[str, Text(en="the code of a ledger", zh="台账代码")],
    file: Annotated[
        Path,
        Text(en="a table of records (.csv, .xlsx, .parquet)", zh="事项表（.csv、.xlsx、.parquet）"),
    ],
    *,
    on: Annotated[
        dt.date | None,
        Text(
            en="the day the log gets: 2023-07-01; without it, today",
            zh="日志所记日期，如 2023-07-01；默认今天",
        ),
    ] = None,
    dry_run: Annotated[
        bool, Text(en="say what would change, write nothing", zh="只说明会改动什么，不写入")
    ] = False,
    screen: Annotated[Screen, Parameter(parse=False)],
) -> int:
    """Take the records in `file` into `ledger` of `book`: new ones and changes, matched by the key."""
    with screen.working(Text(en="importing", zh="正在导入")):
        done = import_records(
            book,
            ledger,
            file,
            on=day_or_today(on),
            dry_run=dry_run,
            writing=screen.writing("quanheng ledgers import"),
        )
    _show(done, screen, dry_run=dry_run)
    screen.findings(done.findings, answer=False)
    if screen.json:
        screen.record(
            {
                "ledger": done.ledger,
                "file": done.file,
                "new": done.new,
                "changed": done.changed,
                "unchanged": done.unchanged,
                "written": done.written,
                "changes": done.changes.rows(named=True),
                "findings": [finding.as_record(screen.language) for finding in done.findings],
            }
        )
    return 0


def _show(done: Import, screen: Screen, *, dry_run: bool) -> None:
    columns = (
        Column(heading=Text(en="record", zh="编号")),
        Column(heading=Text(en="column", zh="列")),
        Column(heading=Text(en="before", zh="原值")),
        Column(heading=Text(en="after", zh="新值")),
    )
    rows = [tuple(map(text_of, row)) for row in done.changes.head(SHOWN).rows()]
    if rows:
        screen.table(columns, rows)
    more = len(done.changes) - len(rows)
    if more > 0:
        screen.say(Text(en=f"and {more} more changes", zh=f"另有 {more} 处改动"))
    screen.say(
        Text(
            en=f"{done.new} new, {done.changed} changed, {done.unchanged} as they were",
            zh=f"新增 {done.new} 件，改动 {done.changed} 件，未变 {done.unchanged} 件",
        ),
    )
    if done.written:
        screen.say(Text(en=f"Written to {done.file}", zh=f"已写入 {done.file}"))
    elif dry_run:
        screen.say(Text(en="A trial: nothing was written", zh="试运行：未写入任何内容"))
