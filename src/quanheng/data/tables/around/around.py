"""What stands around a table: of when it is, and the measuring units that lines beside it name."""

from __future__ import annotations

from quanheng.data.tables.around.measures import MeasureLine
from quanheng.data.tables.around.time import TableTime
from quanheng.findings.value import Value


class Around(Value):
    """What stands around a table."""

    time: TableTime
    lines: tuple[MeasureLine, ...] = ()
