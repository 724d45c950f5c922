"""Import records into a ledger of a book: checked against the ledger's laws and moves, then written."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import narwhals as nw

from quanheng.data.ledgers.arrivals import open_file, read_arrivals, without_strange_columns
from quanheng.data.ledgers.file import open_ledger
from quanheng.data.ledgers.keys import with_keys_of
from quanheng.data.ledgers.laws import check_keys_of
from quanheng.data.ledgers.write import write_changes
from quanheng.data.writing.locks import Lock, holding
from quanheng.data.writing.writing import Writing
from quanheng.findings.collector import Collector
from quanheng.findings.finding import Finding, FindingsError, require_no_errors
from quanheng.findings.value import Value
from quanheng.process.imports import plan_import


class Import(Value):
    """What an import does: how many records are new, changed, or as they were; each cell that changes.

    `changes` has the columns key, column, before, after. `written` is false after a trial.
    """

    ledger: str
    file: Path
    new: int
    changed: int
    unchanged: int
    changes: nw.DataFrame[Any]
    findings: tuple[Finding, ...]
    written: bool


def import_records(
    book: Path,
    name: str,
    file: Path,
    *,
    on: dt.date,
    dry_run: bool = False,
    writing: Writing | None = None,
) -> Import:
    """Take the records in `file` into the ledger `name` of the book at `book`, a folder or a workbook.

    Records are matched by the ledger's key, however it is spelled. A column that `file` lacks and a cell that
    is empty leave what is there; `/` empties it. `on` is the day that the log of changes gets. With `dry_run`
    nothing is written. The book is locked from the reading of the ledger until it is written.

    Raises:
        FindingsError: something is wrong with the book or with what arrives; nothing is written.
        UsageError: the ledger is not declared with a key, or cannot be written to.
        LockedError: somebody else writes to the book.
    """
    if dry_run or not book.exists():
        return _imported(book, name, file, on=on, lock=None, command="")
    writing = writing or Writing(command="quanheng ledgers import")
    with holding(book, writing) as lock:
        return _imported(book, name, file, on=on, lock=lock, command=writing.command)


def _imported(book: Path, name: str, file: Path, *, on: dt.date, lock: Lock | None, command: str) -> Import:
    """Take the records in; without a `lock` nothing is written."""
    collector = Collector()
    there = open_ledger(book, name, collector=collector)
    raws = open_file(file, collector=collector)
    arrivals = read_arrivals(raws, there.needs, there.register, key=there.key, collector=collector)
    if arrivals is None:
        raise FindingsError(collector.findings())
    arrivals = without_strange_columns(arrivals, there.columns, collector)
    check_keys_of(arrivals.records, arrivals.tables, there.ledger, collector)
    arrivals = with_keys_of(there.texts[there.key], arrivals, collector)
    require_no_errors(collector.findings())
    plan = plan_import(there, arrivals, on=on, collector=collector)
    require_no_errors(collector.findings())
    touched = len(plan.new) + len(plan.changed)
    if touched and lock is not None:
        write_changes(there, plan.changes, plan.new.to_list(), on=on, lock=lock, command=command)
    return Import(
        ledger=name,
        file=book if book.is_file() else book / "ledgers" / there.path.name,
        new=len(plan.new),
        changed=len(plan.changed),
        unchanged=len(arrivals.texts) - touched,
        changes=plan.changes,
        findings=collector.findings(),
        written=touched > 0 and lock is not None,
    )
