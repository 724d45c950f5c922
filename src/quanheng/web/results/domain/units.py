"""The table of units that was handed in for a round: attributes, and from when to when each unit exists.

Who takes part, what a unit is called and in which group it stands, the round says. The table adds what the
round does not know: attributes, other times of a unit, and units that went into one of the round's before.
"""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from pathlib import Path, PurePosixPath
from typing import Any, Final

from quanheng.data.book.spells import FROM, INTO, TO
from quanheng.data.files.folder import open_folder
from quanheng.data.parts.units import read_units_in_time
from quanheng.findings.collector import Collector
from quanheng.findings.finding import require_no_errors
from quanheng.findings.value import Value, field
from quanheng.periods.period import parse_period
from quanheng.web.library.reading import scheme_of

UNITS: Final = "units"
_OWN: Final = ("unit", "name", "group")
_TIMES: Final = {"from": FROM, "to": TO, "into": INTO}
"""The columns of time, as a table has them and as the core calls them."""


class Asked(Value):
    """A unit of the round: its code, its name and its group there."""

    code: str
    name: str
    group: str


class Row(Value):
    """A row of the table: what the unit was called, its group, from when to when, into what it went.

    `here` says whether it holds on the last day of the round.
    """

    name: str
    group: str
    here: bool
    into: str
    more: tuple[str, ...]
    first: dt.date | None = None
    last: dt.date | None = None


class Absence(Value):
    """When a unit that is not there on the last day of a round was, or will be: what an `AskedUnit` says."""

    gone_since: dt.date | None = None
    went_into: str = ""
    there_from: dt.date | None = None


class Handed(Value):
    """What the table says: its further columns, and the rows of each unit as they stand under them."""

    head: tuple[str, ...] = ()
    rows: Mapping[str, tuple[Row, ...]] = field(default_factory=dict)

    def went_into(self, asked: Iterable[str]) -> tuple[str, ...]:
        """Return the units that went into one of `asked`, at once or through others, and are no more."""
        found = dict.fromkeys(asked)
        own = frozenset(found)
        count = -1
        while count != len(found):
            count = len(found)
            found |= dict.fromkeys(
                code
                for code, rows in self.rows.items()
                if any(row.into in found for row in rows) and not any(row.here for row in rows)
            )
        return tuple(code for code in found if code not in own)

    def absence_of(self, code: str, day: dt.date, names: Mapping[str, str]) -> Absence:
        """Return when a unit was there and will be, if it is not on `day`, the last one of the round.

        Of one of which the table says nothing, it is there. What it went into is called as in
        `names`, by code, else as in the table.
        """
        rows = self.rows.get(code, ())
        if any(row.here for row in rows):
            return Absence()
        ended = [row for row in rows if row.last is not None and row.last < day]
        begun = [row.first for row in rows if row.first is not None and row.first > day]
        newest = max(ended, key=lambda row: row.last or day, default=None)
        return Absence(
            gone_since=newest.last + dt.timedelta(days=1) if newest and newest.last else None,
            went_into=names.get(newest.into) or self._name(newest.into) if newest else "",
            there_from=min(begun, default=None),
        )

    def _name(self, code: str) -> str:
        return next((row.name for row in reversed(self.rows.get(code, ())) if row.name), code)

    def table(self, asked: Iterable[Asked]) -> Iterator[tuple[str, ...]]:
        """Yield the table of units of a book: its head, then those of the round, then what went into them."""
        units = list(asked)
        yield (*_OWN, *self.head)
        blank = Row(name="", group="", here=True, into="", more=("",) * len(self.head))
        for unit in units:
            for row in self.rows.get(unit.code, (blank,)):
                yield (unit.code, unit.name, unit.group if row.here else row.group, *row.more)
        for code in self.went_into(unit.code for unit in units):
            for row in self.rows[code]:
                yield (code, row.name, row.group, *row.more)


def handed_in(parts: Mapping[str, bytes], scheme: str, period: str) -> Handed:
    """Return what the table of units among `parts` says; nothing where there is none.

    Raises:
        FindingsError: it cannot be read.
    """
    path = next((path for path in parts if PurePosixPath(path).stem == UNITS), None)
    if path is None:
        return Handed()
    collector = Collector()
    with tempfile.TemporaryDirectory(prefix="quanheng-") as place:
        folder = Path(place)
        (folder / "scheme.yaml").write_text(scheme, encoding="utf-8", newline="\n")
        (folder / path).write_bytes(parts[path])
        contents = open_folder(folder, collector=collector)
        read = read_units_in_time(contents.units, scheme_of(scheme), collector=collector)
    require_no_errors(collector.findings())
    frame = read.units if read.spells is None else read.spells
    further = [column for column in frame.columns if column not in {*_OWN, *_TIMES.values()}]
    times = {} if read.spells is None else _TIMES
    columns = [*times.values(), *further]
    day = parse_period(period).end
    rows: dict[str, tuple[Row, ...]] = {}
    for told in frame.iter_rows(named=True):
        row = Row(
            name=str(told["name"]),
            group=str(told["group"]),
            here=read.spells is None or _is_in_force(told, day),
            into=str(told.get(INTO) or ""),
            more=tuple(_said(told[column]) for column in columns),
            first=told.get(FROM),
            last=told.get(TO),
        )
        rows[str(told["unit"])] = (*rows.get(str(told["unit"]), ()), row)
    return Handed(head=(*times, *further), rows=rows)


def _is_in_force(told: Mapping[str, Any], day: dt.date) -> bool:
    first, last = told[FROM], told[TO]
    return (first is None or first <= day) and (last is None or last >= day)


def _said(value: object) -> str:
    """Return how an attribute stands in a table."""
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{Decimal(repr(value)):f}"
    return value.isoformat() if isinstance(value, dt.date) else str(value)
