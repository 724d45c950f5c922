"""`quanheng targets list`: the targets of a unit with their revisions."""

from __future__ import annotations

from typing import Annotated

from cyclopts import Parameter

from quanheng.cli.parameters import AsOf, BookPath, Unit
from quanheng.cli.show import Column, Screen
from quanheng.data.book.frames import NOT_APPLICABLE
from quanheng.findings.text import Text
from quanheng.usecase.targets.list import listed

_COLUMNS = (
    Column(heading=Text(en="indicator", zh="指标")),
    Column(heading=Text(en="period", zh="期间")),
    Column(heading=Text(en="target", zh="目标"), number=True),
    Column(heading=Text(en="floor", zh="底线"), number=True),
    Column(heading=Text(en="stretch", zh="挑战"), number=True),
    Column(heading=Text(en="set on", zh="下达日期")),
    Column(heading=Text(en="counts", zh="有效")),
    Column(heading=Text(en="reason", zh="事由")),
    Column(heading=Text(en="from", zh="出处")),
)
_KEPT = ("indicator", "period", "target", "floor", "stretch", "state", "set_on", "reason", "counts")


def list(  # noqa: A001  the word of the command
    book: BookPath,
    *,
    unit: Unit,
    indicator: Annotated[str | None, Text(en="only of this one", zh="只列该指标")] = None,
    as_of: AsOf = None,
    screen: Annotated[Screen, Parameter(parse=False)],
) -> int:
    """Print each target of the unit, the earlier ones too, with the day and the reason of each change."""
    found = listed(book, unit, indicator=indicator, as_of=as_of)
    names = {one.code: one.name.in_language(screen.language) for one in found.book.scheme.indicators}
    cells = [
        (
            names[row["indicator"]] or row["indicator"],
            row["period"],
            "/" if row["state"] == NOT_APPLICABLE else _number(row["target"]),
            _number(row["floor"]),
            _number(row["stretch"]),
            "" if row["set_on"] is None else row["set_on"].isoformat(),
            screen.choose(Text(en="yes", zh="是") if row["counts"] else Text(en="no", zh="否")),
            row["reason"] or "",
            _place(row["file"], row["sheet"], row["cell"]),
        )
        for row in found.rows
    ]
    screen.table(_COLUMNS, cells)
    records = [
        {**{key: row[key] for key in _KEPT}, "place": _place(row["file"], row["sheet"], row["cell"])}
        for row in found.rows
    ]
    screen.record({"unit": found.unit, "targets": records})
    return 0


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:z.10g}"


def _place(file: str, sheet: str | None, cell: str) -> str:
    return "!".join(part for part in (file, sheet, cell) if part)
