"""Laws of a declared ledger: what its records must say, each a finding at the cell that breaks it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

import polars as pl

from quanheng.data import frames, ledger_kinds
from quanheng.data.cells import NOT_APPLICABLE_FORMS, text_of_number
from quanheng.data.collector import SHOWN, Collector
from quanheng.data.names import Nearness, shown
from quanheng.data.tables import ROW, Table, texts_of
from quanheng.findings.finding import Finding, Kind, Place
from quanheng.scheme.ledgers import Field, Ledger

_Row: TypeAlias = Mapping[str, Any]
_SOURCE: Final = tuple(frames.RECORD_SOURCE)
_CHOICES: Final = 12


class Cells:
    """Where records were read: the tables by file and sheet, which know the place of a cell."""

    def __init__(self, tables: Iterable[Table]) -> None:
        """Know the places of cells in `tables`."""
        self._tables = {(table.file, table.sheet): table for table in tables}

    def place(self, row: _Row, column: str) -> Place:
        """Return the place of the cell of a record, which has the source columns, in `column`; or its row."""
        table, number = self._find(row, column)
        return table.place(row["source_row"], number)

    def is_written(self, row: _Row, column: str) -> bool:
        """Return whether there is something in the cell of a record, be it readable or not."""
        table, number = self._find(row, column)
        if number is None:
            return False
        here = table.body.filter(pl.col(ROW) == row["source_row"])
        return texts_of(here[str(number)]).count() > 0

    def _find(self, row: _Row, column: str) -> tuple[Table, int | None]:
        table = self._tables[(row["source_file"], row["source_sheet"])]
        number = table.known.get(column)
        if number is None and column in table.headings:
            number = table.headings.index(column)
        return table, number


@dataclass(frozen=True, slots=True, kw_only=True)
class Records:
    """The records of a ledger as they are checked; `frame` has their typed columns and the source columns."""

    frame: pl.DataFrame
    ledger: Ledger
    cells: Cells
    collector: Collector

    def has(self, *columns: str | None) -> bool:
        """Return whether the ledger has all of `columns`."""
        return all(column is not None and column in self.frame.columns for column in columns)

    def tell(
        self, kind: Kind, column: str, wrong: pl.Expr, facts: Callable[[_Row], Mapping[str, object]]
    ) -> None:
        """Add a finding of `kind` at `column` of each record that is `wrong`, with its `facts`."""
        rows = self.frame.filter(wrong)
        for row in rows.head(SHOWN).iter_rows(named=True):
            told: dict[str, object] = {"column": column, **facts(row)}
            self.collector.add(kind.at(self.cells.place(row, column), **told))
        self.collector.count(kind, max(0, rows.height - SHOWN))


def check_records(records: Records) -> None:
    """Add what breaks the laws of the ledger, law by law."""
    ledger = records.ledger
    check_keys(records)
    for column in _needed(ledger):
        if records.has(column):
            _check_needed(column, records)
    for own in ledger.fields:
        if records.has(own.column):
            _check_field(own, records)
    _check_states(records)
    _check_dates(records)
    _check_done(records)


def check_columns(table: Table, ledger: Ledger, declared: Sequence[str]) -> Iterable[Finding]:
    """Yield a finding for each declared column that a table of the ledger does not have."""
    there = [table.headings[number] for number in (*table.others, *table.known.values())]
    near = Nearness(there)
    where = Place(file=table.file, sheet=table.sheet)
    fields = [own.column for own in ledger.fields if own.column not in declared]
    for columns, kind in ((declared, ledger_kinds.NO_DECLARED_COLUMN), (fields, ledger_kinds.NO_FIELD)):
        for column in columns:
            if column not in there and column not in table.known:
                facts = {"column": shown(column), "ledger": shown(ledger.code)}
                yield kind.at(where, **facts, **near.facts(column))


def check_keys(records: Records) -> None:
    """Add a finding for each record whose key another one has before it."""
    key = records.ledger.key
    if key is None or not records.has(key):
        return
    written = records.frame[key].drop_nulls()
    if written.hash().n_unique() == len(written):  # of whole numbers: of texts it takes ten times as long
        return
    twice = records.frame.filter(pl.col(key).is_not_null() & pl.col(key).is_duplicated())
    if twice.is_empty():
        return
    first = twice.unique(key, keep="first", maintain_order=True)
    places = {str(row[key]): records.cells.place(row, key) for row in first.iter_rows(named=True)}
    again = twice.filter(~pl.col(key).is_first_distinct())
    for row in again.head(SHOWN).iter_rows(named=True):
        facts = {"column": key, "text": shown(str(row[key])), "other": places[str(row[key])]}
        records.collector.add(ledger_kinds.KEY_TWICE.at(records.cells.place(row, key), **facts))
    records.collector.count(ledger_kinds.KEY_TWICE, max(0, again.height - SHOWN))


def check_keys_of(frame: pl.DataFrame, tables: Iterable[Table], ledger: Ledger, collector: Collector) -> None:
    """Add a finding for each record of `tables` whose key another one has before it; nothing else."""
    check_keys(Records(frame=frame, ledger=ledger, cells=Cells(tables), collector=collector))


def _needed(ledger: Ledger) -> tuple[str, ...]:
    state = None if ledger.states is None else ledger.states.column
    roles = [column for column in (ledger.key, state) if column is not None]
    return tuple(dict.fromkeys((*roles, *(own.column for own in ledger.fields if own.needed))))


def _check_needed(column: str, records: Records) -> None:
    """Add a finding for each empty cell of a column; what cannot be read has been told, and is not empty."""
    nothing = _nothing(records, column)
    if records.frame[column].dtype != pl.String:
        here = pl.concat_str(_SOURCE, separator="\n", ignore_nulls=True)
        first = records.frame.filter(nothing).head(SHOWN).select(*_SOURCE, here.alias("here"))
        unread = [row["here"] for row in first.iter_rows(named=True) if records.cells.is_written(row, column)]
        nothing = nothing & ~here.is_in(unread)
    records.tell(ledger_kinds.NEEDED_CELL, column, nothing, lambda _: {})


def _check_field(own: Field, records: Records) -> None:
    column = own.column
    cell = pl.col(column)
    if records.frame[column].dtype.is_float() and not (own.least is None and own.most is None):
        wrong = pl.lit(value=False)
        if own.least is not None:
            wrong = wrong | (cell < own.least)
        if own.most is not None:
            wrong = wrong | (cell > own.most)
        limits = _limits(own)
        records.tell(
            ledger_kinds.OUT_OF_RANGE,
            column,
            wrong.fill_null(value=False),
            lambda row: {"text": text_of_number(row[column]), **limits},
        )
    if own.one_of:
        text = cell.cast(pl.String)
        _check_choice(column, text, own.one_of, ledger_kinds.NOT_A_CHOICE, records)


def _limits(own: Field) -> Mapping[str, str]:
    least = None if own.least is None else text_of_number(float(own.least))
    most = None if own.most is None else text_of_number(float(own.most))
    if least is not None and most is not None:
        return {"limits": f"from {least} to {most}", "limits_zh": f"应在 {least} 至 {most} 之间"}
    if least is not None:
        return {"limits": f"{least} or more", "limits_zh": f"应不小于 {least}"}
    return {"limits": f"{most} or less", "limits_zh": f"应不大于 {most}"}


def _check_choice(column: str, text: pl.Expr, choices: Sequence[str], kind: Kind, records: Records) -> None:
    near = Nearness(choices)
    offered = ", ".join(choices[:_CHOICES]) + (" …" if len(choices) > _CHOICES else "")
    records.tell(
        kind,
        column,
        text.is_not_null() & ~text.is_in([*choices, *NOT_APPLICABLE_FORMS]),
        lambda row: {
            "text": shown(str(row[column])),
            "choices": offered,
            **near.facts(str(row[column])),
        },
    )


def _check_states(records: Records) -> None:
    states = records.ledger.states
    if states is None or not records.has(states.column):
        return
    near = Nearness(states.names)
    text = pl.col(states.column).cast(pl.String)
    records.tell(
        ledger_kinds.UNKNOWN_STATE,
        states.column,
        text.is_not_null() & ~text.is_in(list(states.names)),
        lambda row: {
            "text": shown(str(row[states.column])),
            "choices": ", ".join(states.names[:_CHOICES]),
            **near.facts(str(row[states.column])),
        },
    )


def _check_dates(records: Records) -> None:
    ledger = records.ledger
    opened = ledger.opened
    if opened is None or not records.has(opened):
        return
    laws = ((ledger.closed, ledger_kinds.CLOSED_BEFORE_OPENED), (ledger.due, ledger_kinds.DUE_BEFORE_OPENED))
    for column, kind in laws:
        if column is not None and records.has(column):
            _check_order(records, kind, column, opened)


def _check_order(records: Records, kind: Kind, column: str, opened: str) -> None:
    records.tell(
        kind,
        column,
        (pl.col(column) < pl.col(opened)).fill_null(value=False),
        lambda row: {"text": row[column], "opened": row[opened]},
    )


def _check_done(records: Records) -> None:
    """Tell what is done without evidence, and where state and closing date contradict each other."""
    ledger = records.ledger
    closed = pl.col(ledger.closed).is_not_null() if ledger.closed and records.has(ledger.closed) else None
    state = ledger.states.column if ledger.states is not None else None
    finished = None
    if ledger.states is not None and state is not None and records.has(state):
        finished = pl.col(state).is_in(list(ledger.states.done)).fill_null(value=False)
    if closed is not None and finished is not None and state is not None:
        date = ledger.closed
        records.tell(
            ledger_kinds.STATE_AGAINST_DATE,
            state,
            (closed != finished) & pl.col(state).is_not_null(),
            lambda row: {"text": shown(row[state]), "column": date, "closed": row[date or ""] or "∅"},
        )
    done = closed if finished is None else (finished if closed is None else closed | finished)
    evidence = ledger.evidence
    if done is not None and evidence is not None and records.has(evidence):
        nothing = _nothing(records, evidence)
        records.tell(ledger_kinds.NO_EVIDENCE, evidence, done & nothing, lambda _: {})


def _nothing(records: Records, column: str) -> pl.Expr:
    """Return whether a cell is empty, or a text that says that it does not apply."""
    cell = pl.col(column)
    if records.frame[column].dtype != pl.String:
        return cell.is_null()
    return cell.is_null() | cell.is_in(list(NOT_APPLICABLE_FORMS)).fill_null(value=False)
