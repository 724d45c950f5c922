"""The ledgers of a book on a day: how many records are open, due soon and overdue, and which."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

import narwhals as nw

from quanheng.data.book.book import Book
from quanheng.data.book.called import unit_called
from quanheng.data.book.frames import Frame, no_records
from quanheng.data.load import load_early
from quanheng.data.writing.writing import Writing
from quanheng.findings.errors import UsageError
from quanheng.findings.nearest import no_such
from quanheng.findings.text import Text
from quanheng.findings.value import Value
from quanheng.process.lists import Count, Which, counted, listed
from quanheng.scheme.ledgers.ledger import Ledger
from quanheng.scheme.tree.scheme import Scheme
from quanheng.usecase.output import write_csv_output


class Listing(Value):
    """Records of a ledger on a day, as `process.ledger_lists.LISTED`; `soon` is how many days are soon."""

    ledger: Ledger
    on: dt.date
    soon: int
    count: Count
    records: Frame


def ledger_counts(path: Path, *, on: dt.date, unit: str | None = None) -> tuple[Count, ...]:
    """Return for each ledger of the book how many of its records are open, due soon and overdue on a day.

    Raises:
        FindingsError: the book has errors.
        UsageError: there is no such unit (a code or a name).
    """
    book = load_early(path)
    soon = book.scheme.due_soon
    return tuple(
        counted(_of_unit(book, ledger, unit), ledger, on=on, soon=soon)
        for ledger in book.scheme.named_ledgers
    )


def ledger_records(
    path: Path, name: str, *, on: dt.date, which: Which = "all", unit: str | None = None
) -> Listing:
    """Return the records of the ledger `name` that are asked for, the earliest due first.

    Raises:
        FindingsError: the book has errors.
        UsageError: there is no such ledger or unit, or the ledger does not say what is asked.
    """
    book = load_early(path)
    ledger = ledger_of(book.scheme, name)
    untold = _untold(ledger, which)
    if untold is not None:
        raise untold
    return _listing(book, ledger, on=on, which=which, unit=unit)


def records_of_all(path: Path, *, on: dt.date, which: Which, unit: str | None = None) -> tuple[Listing, ...]:
    """Return the records that are asked for of every ledger that tells; those that do not are passed over.

    Raises:
        FindingsError: the book has errors.
        UsageError: there is no such unit.
    """
    book = load_early(path)
    telling = [ledger for ledger in book.scheme.named_ledgers if _untold(ledger, which) is None]
    return tuple(_listing(book, ledger, on=on, which=which, unit=unit) for ledger in telling)


def _listing(book: Book, ledger: Ledger, *, on: dt.date, which: Which, unit: str | None) -> Listing:
    soon = book.scheme.due_soon
    records = _of_unit(book, ledger, unit)
    return Listing(
        ledger=ledger,
        on=on,
        soon=soon,
        count=counted(records, ledger, on=on, soon=soon),
        records=listed(records, ledger, book.units, on=on, soon=soon, which=which),
    )


def write_records(listings: Sequence[Listing], file: Path, *, writing: Writing | None = None) -> None:
    """Write the records of lists as one csv; the column `ledger` says whose they are."""
    parts = [
        listing.records.select(nw.lit(listing.ledger.code).alias("ledger"), nw.all()) for listing in listings
    ]
    write_csv_output(nw.concat(parts, how="vertical"), file, writing)


def ledger_of(scheme: Scheme, name: str) -> Ledger:
    """Return the ledger with this code or name; raise `UsageError` with the nearest one if there is none."""
    known = scheme.named_ledgers
    for ledger in known:
        if name in (ledger.code, ledger.name.zh, ledger.name.en):
            return ledger
    raise no_such(Text(en="ledger", zh="台账"), name, [ledger.code for ledger in known])


def _of_unit(book: Book, ledger: Ledger, unit: str | None) -> Frame:
    """Return the records of the ledger, of all units or of one; none if the book has no records of it yet."""
    records = book.ledgers.get(ledger.code)
    code = None if unit is None else unit_called(book, unit)
    if records is None:
        return no_records(ledger)
    return records if code is None else records.filter(nw.col(ledger.unit) == code)


def _untold(ledger: Ledger, which: Which) -> UsageError | None:
    """Return what is wrong with asking a ledger that does not say which records are open or due.

    An empty list would say too much.
    """
    if which != "all" and ledger.closed is None and ledger.states is None:
        return UsageError(
            f"the ledger {ledger.code!r} declares neither 'closed' nor 'states': what is open is not known",
            f"台账 {ledger.code!r} 未声明 closed（办结日期）或 states（状态），无法判断是否办结",
        )
    if which in ("due_soon", "overdue") and ledger.due is None:
        return UsageError(
            f"the ledger {ledger.code!r} declares no 'due' date",
            f"台账 {ledger.code!r} 未声明 due（到期日）",
        )
    return None
