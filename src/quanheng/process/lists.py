"""Lists of a ledger's records on a day: all of them, or those that are open, due soon or overdue."""

from __future__ import annotations

import datetime as dt
from typing import Any, Final, Literal, TypeAlias

import narwhals as nw

from quanheng.findings.value import Value
from quanheng.process.deadlines import (
    DAYS_LEFT,
    days_left,
    is_due_soon,
    is_open,
    is_overdue,
    standing,
    tallies,
)
from quanheng.scheme.ledgers.ledger import Ledger

Which: TypeAlias = Literal["all", "open", "due_soon", "overdue"]
"""What is asked for; what is due soon or overdue is open, too."""
STANDING: Final = "standing"
LISTED: Final = (
    *("key", "unit", "name", "owner", "opened", "due", "closed", "state", "evidence"),
    *(STANDING, DAYS_LEFT, "source_file", "source_sheet", "source_row"),
)
"""The columns of a list, whatever the ledger calls them; what it does not have is null."""


class Count(Value):
    """How many records of a ledger are there on a day, and how many of them are open, due soon and overdue.

    None where the ledger does not say: `open` needs a closing date or states, the others a due date.
    """

    ledger: Ledger
    records: int
    open: int | None
    due_soon: int | None
    overdue: int | None


def listed(
    records: nw.DataFrame[Any],
    ledger: Ledger,
    units: nw.DataFrame[Any],
    *,
    on: dt.date,
    soon: int,
    which: Which = "all",
) -> nw.DataFrame[Any]:
    """Return the records asked for (`LISTED`), as they stand on the day `on`; the earliest due first.

    Dates are Date, `days_left` to the due date Float64 (negative when it has passed), `name` is the unit's.
    Records without a due date come last, equals in the order of their source. Records opened later than the
    day are in `all` only.
    """
    match which:
        case "all":
            asked = records
        case "open":
            asked = records.filter(is_open(ledger, on))
        case "due_soon":
            asked = records.filter(is_due_soon(ledger, on, soon))
        case "overdue":
            asked = records.filter(is_overdue(ledger, on))
    day, text = nw.Date(), nw.String()
    state = None if ledger.states is None else ledger.states.column
    told = asked.select(
        _cell(asked, ledger.key, text).alias("key"),
        _cell(asked, ledger.unit, text).alias("unit"),
        _cell(asked, ledger.owner, text).alias("owner"),
        _cell(asked, ledger.opened, day).alias("opened"),
        _cell(asked, ledger.due, day).alias("due"),
        _cell(asked, ledger.closed, day).alias("closed"),
        _cell(asked, state, text).alias("state"),
        _cell(asked, ledger.evidence, text).alias("evidence"),
        standing(ledger, on, soon=soon).alias(STANDING),
        days_left(ledger, on).alias(DAYS_LEFT),
        "source_file",
        "source_sheet",
        "source_row",
    )
    named = told.join(units.select("unit", "name"), on="unit", how="left").select(*LISTED)
    return named.sort("due", "source_file", "source_sheet", "source_row", nulls_last=True)


def counted(records: nw.DataFrame[Any], ledger: Ledger, *, on: dt.date, soon: int) -> Count:
    """Return how many of `records` there are on the day `on`; those of no unit do not count.

    Examples:
        >>> import polars as pl
        >>> from quanheng.findings.text import Text
        >>> ledger = Ledger(code="tasks", name=Text(), due="due", closed="closed")
        >>> day, later = dt.date(2023, 6, 30), dt.date(2023, 7, 1)
        >>> records = {"unit": ["A", "A", "B"], "due": [day, day, None], "closed": [day, None, None]}
        >>> count = counted(nw.from_native(pl.DataFrame(records)), ledger, on=later, soon=14)
        >>> count.records, count.open, count.due_soon, count.overdue
        (3, 2, 0, 1)
    """
    by_unit = tallies(records, ledger, on, soon=soon)
    knows_open = ledger.closed is not None or ledger.states is not None
    sums = {name: int(by_unit[name].sum()) for name in ("records", "open", "due_soon", "overdue")}
    return Count(
        ledger=ledger,
        records=sums["records"],
        open=sums["open"] if knows_open else None,
        due_soon=None if ledger.due is None else sums["due_soon"],
        overdue=None if ledger.due is None else sums["overdue"],
    )


def _cell(records: nw.DataFrame[Any], column: str | None, dtype: nw.dtypes.DType) -> nw.Expr:
    if column is None or column not in records.columns:
        return nw.lit(None, dtype=dtype)
    return nw.col(column) if records.schema[column] == dtype else nw.col(column).cast(dtype)
