"""Taking records into a ledger: what would change, and whether the ledger's laws and moves allow it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any, Final

import narwhals as nw

from quanheng.data.ledgers.arrivals import Arrivals
from quanheng.data.ledgers.file import LedgerFile, touched
from quanheng.data.ledgers.laws import RECORD_LAWS
from quanheng.data.ledgers.records import Cells, Records
from quanheng.data.telling.findings import NEEDED_CELL
from quanheng.data.telling.names import shown
from quanheng.findings.collector import Collector
from quanheng.findings.finding import Kind
from quanheng.findings.value import Value
from quanheng.process.moves import AFTER, BEFORE, COLUMN, KEY, changes, may_begin, may_move, states_after

_NONE: Final = "∅"


class Plan(Value):
    """What an import does: the cells that change (key, column, before, after), and the keys of records.

    `new` and `changed` are the keys of records that were not there and of those that change.
    """

    changes: nw.DataFrame[Any]
    new: nw.Series[Any]
    changed: nw.Series[Any]


def plan_import(there: LedgerFile, arrivals: Arrivals, *, on: dt.date, collector: Collector) -> Plan:
    """Return what taking in `arrivals` on the day `on` changes; what is not allowed goes to `collector`.

    Only records that are new or change are looked at. No key may stand in `arrivals` twice.
    """
    old = nw.from_native(there.texts, eager_only=True)
    arriving = nw.from_native(arrivals.texts, eager_only=True)
    told = changes(old, arriving, key=there.key, columns=arriving.columns)
    keys = arriving.select(nw.col(there.key).alias(KEY))
    new = keys.join(old.select(nw.col(there.key).alias(KEY)), on=KEY, how="anti")
    changed = told.select(KEY).unique(maintain_order=True).join(new, on=KEY, how="anti")
    records = Records(
        frame=touched(there, arrivals, nw.concat([new, changed])[KEY]),
        ledger=there.ledger,
        cells=Cells(arrivals.tables),
        collector=collector,
    )
    for law in RECORD_LAWS:
        law(records)
    checks = _Checks(there=there, records=records)
    checks.units()
    checks.moves(told, new)
    checks.closing(on)
    return Plan(changes=told, new=new[KEY], changed=changed[KEY])


MOVE_NOT_ALLOWED: Final = Kind(
    code="QH471",
    severity="error",
    en="the record {key!r} may not go from {before!r} to {after!r}",
    zh="事项“{key}”不能由“{before}”变为“{after}”",
    hint_en="allowed from there: {choices}; steps on the way are imported one by one",
    hint_zh="该状态之后可为：{choices}；中间步骤请逐步导入",
)
NOT_A_FIRST_STATE: Final = Kind(
    code="QH472",
    severity="error",
    en="the new record {key!r} may not begin in the state {after!r}",
    zh="新事项“{key}”不能以“{after}”为初始状态",
    hint_en="begin in one of: {choices}",
    hint_zh="初始状态可为：{choices}",
)
CLOSED_LATER: Final = Kind(
    code="QH477",
    severity="warning",
    en="the record is closed on {text}, after the day of the import, {on}",
    zh="办结日期 {text} 晚于导入日期 {on}",
    hint_en="correct the date; until it comes the record counts as open",
    hint_zh="请更正日期；在该日之前事项仍算未办结",
)


class _Checks(Value):
    """What an import asks beyond the laws of the ledger."""

    there: LedgerFile
    records: Records

    @property
    def _frame(self) -> nw.DataFrame[Any]:
        return nw.from_native(self.records.frame, eager_only=True)

    def units(self) -> None:
        """Tell each record that would be nobody's."""
        unit = self.there.ledger.unit
        frame = self._frame
        if unit in frame.columns:
            frame = frame.filter(nw.col(unit).is_null())
        self._tell(NEEDED_CELL, unit, frame, lambda _: {"column": unit})

    def moves(self, changes: nw.DataFrame[Any], new: nw.DataFrame[Any]) -> None:
        """Tell each state that a new record may not begin in, and each move that is not allowed."""
        states = self.there.ledger.states
        if states is None:
            return
        known = nw.col(AFTER).is_in(list(states.names))  # of an unknown one it is told already
        moved = changes.filter((nw.col(COLUMN) == states.column) & known)
        begun = moved.join(new, on=KEY, how="semi").filter(~may_begin(states, nw.col(AFTER)))
        moved = moved.join(new, on=KEY, how="anti")
        moved = moved.filter(~may_move(states, nw.col(BEFORE), nw.col(AFTER)))
        for kind, rows in ((NOT_A_FIRST_STATE, begun), (MOVE_NOT_ALLOWED, moved)):
            placed = rows.join(self._frame.rename({self.there.key: KEY}), on=KEY, how="left")
            self._tell(
                kind,
                states.column,
                placed,
                lambda row: {
                    "key": shown(row[KEY]),
                    "before": row[BEFORE] or _NONE,
                    "after": shown(row[AFTER]),
                    "choices": ", ".join(states_after(states, row[BEFORE]) if row[BEFORE] else states.first)
                    or _NONE,
                },
            )

    def closing(self, on: dt.date) -> None:
        """Tell each record that is said to be closed on a day to come."""
        closed = self.there.ledger.closed
        if closed is not None and closed in self._frame.columns:
            late = self._frame.filter(nw.col(closed).cast(nw.Date()) > nw.lit(on))
            facts = {"on": on.isoformat()}
            self._tell(CLOSED_LATER, closed, late, lambda row: {"text": row[closed], **facts})

    def _tell(
        self,
        kind: Kind,
        column: str,
        rows: nw.DataFrame[Any],
        facts: Callable[[Mapping[str, Any]], Mapping[str, object]],
    ) -> None:
        self.records.collector.tell(kind, rows, lambda row: self.records.cells.location(row, column), facts)
