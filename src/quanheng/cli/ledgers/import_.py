"""`quanheng ledgers import`: take records into a ledger."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from quanheng.cli.days import day_or_today
from quanheng.cli.language import both
from quanheng.cli.record_words import SHOWN, text_of
from quanheng.cli.show import Column, Screen
from quanheng.usecase.ledger_import import Import, import_records


def import_(
    book: Annotated[Path, Parameter(help=both("the folder of a book", "考核册文件夹"))],
    ledger: Annotated[str, Parameter(help=both("the code of a ledger", "台账代码"))],
    file: Annotated[
        Path,
        Parameter(help=both("a table of records (.csv, .xlsx, .parquet)", "事项表（.csv、.xlsx、.parquet）")),
    ],
    *,
    on: Annotated[
        dt.date | None,
        Parameter(
            help=both(
                "the day the log gets: 2023-07-01; without it, today", "日志所记日期，如 2023-07-01；默认今天"
            )
        ),
    ] = None,
    dry_run: Annotated[
        bool, Parameter(help=both("say what would change, write nothing", "只说明会改动什么，不写入"))
    ] = False,
    screen: Annotated[Screen, Parameter(parse=False)],
) -> int:
    """Take the records in `file` into `ledger` of `book`: new ones and changes, matched by the key."""
    with screen.working("importing", "正在导入"):
        done = import_records(book, ledger, file, on=day_or_today(on), dry_run=dry_run)
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
        Column(heading=both("record", "编号")),
        Column(heading=both("column", "列")),
        Column(heading=both("before", "原值")),
        Column(heading=both("after", "新值")),
    )
    rows = [tuple(map(text_of, row)) for row in done.changes.head(SHOWN).rows()]
    if rows:
        screen.table(columns, rows)
    more = len(done.changes) - len(rows)
    if more > 0:
        screen.say(f"and {more} more changes", f"另有 {more} 处改动")
    screen.say(
        f"{done.new} new, {done.changed} changed, {done.unchanged} as they were",
        f"新增 {done.new} 件，改动 {done.changed} 件，未变 {done.unchanged} 件",
    )
    if done.written:
        screen.say(f"Written to {done.file}", f"已写入 {done.file}")
    elif dry_run:
        screen.say("A trial: nothing was written", "试运行：未写入任何内容")
