"""Files that a person asked for (`--csv`, `--svg`): written whole, and never over what a person made.

A csv has no room for a mark. One that this program wrote is known by its first line: a byte order mark, the
heading of one of the tables it writes so, and a line feed alone. A spreadsheet program that saves it ends
lines otherwise.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import narwhals as nw

from quanheng.data.writing.marks import BLANK_MARK, is_marked, marked
from quanheng.data.writing.output import write_output
from quanheng.data.writing.writing import Writing
from quanheng.documents.tables.csv import write_csv_table

_BOM: Final = "\ufeff"
_LONGEST_LINE: Final = 100_000
WHOSE: Final = ("unit", "name", "group", "round_before", "round_after", "cause", "node", "title")
"""The first columns of the table of what moved units."""
COLUMNS: Final = (
    "item",
    "period",
    "peers",
    "place",
    "unit",
    "name",
    "value",
    "before",
    "of",
    "places_gained",
    "compared",
    "growth",
    "growth_basis",
    "average",
    "lead",
    "share",
    "share_change",
    "next_unit",
    "next_name",
    "next_value",
    "next_growth",
    "needed",
    "needed_moving",
)
"""The columns of the table of headlines; growth, shares and leads are fractions."""


def write_csv_output(table: nw.DataFrame[Any], target: Path, writing: Writing | None) -> None:
    """Write a table as csv.

    Raises:
        UsageError: what lies there was not written by this program, and `writing` has no force.
        LockedError: somebody else writes there.
    """
    write_output(target, lambda file: write_csv_table(table, file), writing or Writing(), is_own=is_own_csv)


def write_picture(svg: str, target: Path, writing: Writing | None) -> None:
    """Write a picture, with its mark in a comment at the end.

    Raises:
        UsageError: what lies there was not written by this program, or was changed since, and `writing` has
            no force.
        LockedError: somebody else writes there.
    """
    text = marked(f"{svg.rstrip()}\n<!-- {BLANK_MARK} -->\n")
    write_output(target, lambda file: _write(text, file), writing or Writing(), is_own=is_marked)


def is_own_csv(path: Path) -> bool:
    """Return whether the file at `path` is a table that this program wrote where a person asked for it."""
    try:
        with path.open("rb") as file:
            first = file.readline(_LONGEST_LINE)
    except OSError:
        return False
    return first in {f"{_BOM}{','.join(heading)}\n".encode() for heading in headings()}


def headings() -> Iterator[tuple[str, ...]]:
    """Yield the heading of each table that is written where a person asks for it."""
    from quanheng.engine.results.each_round import RANKING as PANEL  # noqa: PLC0415  the same
    from quanheng.insight.moves.moves import CAUSES  # noqa: PLC0415  only where a file is there already
    from quanheng.insight.progress.alerts import ALERTS  # noqa: PLC0415  the same
    from quanheng.insight.progress.progress import FORECAST, TABLE  # noqa: PLC0415  the same
    from quanheng.insight.unusual.unusual import REPORTS  # noqa: PLC0415  the same
    from quanheng.process.lists import LISTED  # noqa: PLC0415  the same

    yield PANEL
    yield ("ledger", *LISTED)
    yield TABLE
    yield (*TABLE, *FORECAST)
    yield ALERTS
    yield (*REPORTS, "finding", "place", "message")
    yield (*WHOSE, *(name for name in CAUSES if name not in WHOSE))
    yield COLUMNS


def _write(text: str, target: Path) -> None:
    target.write_text(text, encoding="utf-8", newline="")
