"""Laws of a declared ledger: what its records must say, each a finding at the cell that breaks it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from math import inf
from typing import Final

import polars as pl

from quanheng.data.book import frames
from quanheng.data.cells.number_texts import text_of_number
from quanheng.data.ledgers.records import Cells, Records
from quanheng.data.tables.table import Table
from quanheng.data.telling.findings import NEEDED_CELL
from quanheng.data.telling.names import Nearness, shown
from quanheng.findings.collector import SHOWN, Collector
from quanheng.findings.finding import Finding, Kind, Location
from quanheng.findings.text import Text
from quanheng.scheme.ledgers.ledger import Field, Ledger

_SOURCE: Final = tuple(frames.RECORD_SOURCE)
_CHOICES: Final = 12


def _check_needed(records: Records) -> None:
    """Add a finding for each empty cell of a column that each record must fill."""
    for column in _needed(records.ledger):
        if records.has(column) and records.frame[column].has_nulls():
            _check_filled(column, records)


def _check_fields(records: Records) -> None:
    """Add a finding for each cell that is not what is declared of its column."""
    for own in records.ledger.fields:
        if records.has(own.column):
            _check_field(own, records)


NO_DECLARED_COLUMN: Final = Kind(
    code="QH460",
    severity="error",
    en="the ledger {ledger!r} is declared with the column {column!r}, which it does not have{near}",
    zh="方案为台账“{ledger}”声明了“{column}”列，但台账没有{near}",
    hint_en="add the column to the ledger, or correct the scheme",
    hint_zh="请在台账中添加该列，或更正方案",
)
NO_FIELD: Final = Kind(
    code="QH475",
    severity="warning",
    en="the ledger {ledger!r} does not have the field {column!r} that is declared for it{near}",
    zh="台账“{ledger}”没有方案声明的“{column}”列{near}",
    hint_en="add the column, or remove the field from the scheme",
    hint_zh="请添加该列，或从方案中删除该字段",
)


def check_columns(table: Table, ledger: Ledger, declared: Sequence[str]) -> Iterable[Finding]:
    """Yield a finding for each declared column that a table of the ledger does not have."""
    there = [table.headings[number] for number in (*table.others, *table.known.values())]
    near = Nearness(there)
    where = Location(file=table.file, sheet=table.sheet)
    fields = [own.column for own in ledger.fields if own.column not in declared]
    for columns, kind in ((declared, NO_DECLARED_COLUMN), (fields, NO_FIELD)):
        for column in columns:
            if column not in there and column not in table.known:
                facts = {"column": shown(column), "ledger": shown(ledger.code)}
                yield kind.at(where, **facts, **near.facts(column))


KEY_TWICE: Final = Kind(
    code="QH462",
    severity="error",
    en="the {column!r} {text!r} stands here again; it identifies the record at {other}",
    zh="“{column}”{text} 重复，它已标识 {other} 的事项",
    hint_en="give each record a {column!r} of its own, or keep one of the two",
    hint_zh="请使每件事项的“{column}”唯一，或只保留一条",
)


def check_keys(records: Records) -> None:
    """Add a finding for each record whose key another one has before it."""
    key = records.ledger.key
    if key is None or not records.has(key):
        return
    keys = records.frame[key]
    written = keys.drop_nulls() if keys.has_nulls() else keys
    if written.hash().n_unique() == len(written):  # of whole numbers: of texts it takes ten times as long
        return
    twice = records.frame.filter(pl.col(key).is_not_null() & pl.col(key).is_duplicated())
    if twice.is_empty():
        return
    first = twice.unique(key, keep="first", maintain_order=True)
    earlier = {str(row[key]): records.cells.location(row, key) for row in first.iter_rows(named=True)}
    again = twice.filter(~pl.col(key).is_first_distinct())
    records.collector.tell(
        KEY_TWICE,
        again,
        lambda row: records.cells.location(row, key),
        lambda row: {"column": key, "text": shown(str(row[key])), "other": earlier[str(row[key])]},
    )


def check_keys_of(frame: pl.DataFrame, tables: Iterable[Table], ledger: Ledger, collector: Collector) -> None:
    """Add a finding for each record of `tables` whose key another one has before it; nothing else."""
    check_keys(Records(frame=frame, ledger=ledger, cells=Cells(tables), collector=collector))


def _needed(ledger: Ledger) -> tuple[str, ...]:
    state = None if ledger.states is None else ledger.states.column
    roles = [column for column in (ledger.key, state) if column is not None]
    return tuple(dict.fromkeys((*roles, *(own.column for own in ledger.fields if own.needed))))


def _check_filled(column: str, records: Records) -> None:
    """Add a finding for each empty cell of a column; what cannot be read has been told, and is not empty."""
    nothing = pl.col(column).is_null()
    if records.frame[column].dtype != pl.String:
        here = pl.concat_str(_SOURCE, separator="\n", ignore_nulls=True)
        first = records.frame.filter(nothing).head(SHOWN).select(*_SOURCE, here.alias("here"))
        unread = [row["here"] for row in first.iter_rows(named=True) if records.cells.is_written(row, column)]
        nothing = nothing & ~here.is_in(unread)
    records.tell(NEEDED_CELL, column, nothing, lambda _: {})


OUT_OF_RANGE: Final = Kind(
    code="QH464",
    severity="error",
    en="{text} under {column!r} is not {limits}",
    zh="“{column}”的 {text} 超出范围：{limits}",
    hint_en="correct the number, or the limits in the scheme",
    hint_zh="请更正数值，或修改方案中的范围",
)
NOT_A_CHOICE: Final = Kind(
    code="QH465",
    severity="error",
    en="{text!r} is none of what {column!r} may say{near}",
    zh="“{text}”不是“{column}”的可选值{near}",
    hint_en="choose one of: {choices}",
    hint_zh="请选用：{choices}",
)


def _check_field(own: Field, records: Records) -> None:
    column = own.column
    cell = pl.col(column)
    if records.frame[column].dtype.is_float() and not (own.least is None and own.most is None):
        wrong = ~cell.is_between(
            -inf if own.least is None else own.least, inf if own.most is None else own.most
        )
        limits = _limits(own)
        records.tell(
            OUT_OF_RANGE,
            column,
            wrong,
            lambda row: {"text": text_of_number(row[column]), **limits},
        )
    if own.one_of:
        text = cell.cast(pl.String)
        _check_choice(column, text, own.one_of, NOT_A_CHOICE, records)


def _limits(own: Field) -> Mapping[str, Text]:
    least = None if own.least is None else text_of_number(float(own.least))
    most = None if own.most is None else text_of_number(float(own.most))
    if least is not None and most is not None:
        return {"limits": Text(en=f"from {least} to {most}", zh=f"应在 {least} 至 {most} 之间")}
    if least is not None:
        return {"limits": Text(en=f"{least} or more", zh=f"应不小于 {least}")}
    return {"limits": Text(en=f"{most} or less", zh=f"应不大于 {most}")}


def _check_choice(column: str, text: pl.Expr, choices: Sequence[str], kind: Kind, records: Records) -> None:
    near = Nearness(choices)
    offered = ", ".join(choices[:_CHOICES]) + (" …" if len(choices) > _CHOICES else "")
    records.tell(
        kind,
        column,
        text.is_not_null() & ~text.is_in(list(choices)),
        lambda row: {
            "text": shown(str(row[column])),
            "choices": offered,
            **near.facts(str(row[column])),
        },
    )


UNKNOWN_STATE: Final = Kind(
    code="QH466",
    severity="error",
    en="{text!r} is no state of this ledger{near}",
    zh="“{text}”不是该台账的状态{near}",
    hint_en="the states are: {choices}",
    hint_zh="状态有：{choices}",
)


def _check_states(records: Records) -> None:
    states = records.ledger.states
    if states is None or not records.has(states.column):
        return
    near = Nearness(states.names)
    text = pl.col(states.column).cast(pl.String)
    records.tell(
        UNKNOWN_STATE,
        states.column,
        text.is_not_null() & ~text.is_in(list(states.names)),
        lambda row: {
            "text": shown(str(row[states.column])),
            "choices": ", ".join(states.names[:_CHOICES]),
            **near.facts(str(row[states.column])),
        },
    )


CLOSED_BEFORE_OPENED: Final = Kind(
    code="QH467",
    severity="error",
    en="the record was closed on {text}, before it was opened on {opened}",
    zh="办结日期 {text} 早于开始日期 {opened}",
    hint_en="correct one of the two dates",
    hint_zh="请更正其中一个日期",
)
DUE_BEFORE_OPENED: Final = Kind(
    code="QH468",
    severity="error",
    en="the record is due on {text}, before it was opened on {opened}",
    zh="到期日 {text} 早于开始日期 {opened}",
    hint_en="correct one of the two dates",
    hint_zh="请更正其中一个日期",
)


def _check_dates(records: Records) -> None:
    ledger = records.ledger
    opened = ledger.opened
    if opened is None or not records.has(opened):
        return
    laws = ((ledger.closed, CLOSED_BEFORE_OPENED), (ledger.due, DUE_BEFORE_OPENED))
    for column, kind in laws:
        if column is not None and records.has(column):
            _check_order(records, kind, column, opened)


def _check_order(records: Records, kind: Kind, column: str, opened: str) -> None:
    records.tell(
        kind,
        column,
        pl.col(column).cast(pl.Date) < pl.col(opened).cast(pl.Date),
        lambda row: {"text": row[column], "opened": row[opened]},
    )


NO_EVIDENCE: Final = Kind(
    code="QH469",
    severity="warning",
    en="the record is done, but there is nothing under {column!r}",
    zh="该事项已办结，但“{column}”为空",
    hint_en="write what proves it: a document's number, a file, a photograph",
    hint_zh="请填写佐证，如文号、附件、照片",
)
STATE_AGAINST_DATE: Final = Kind(
    code="QH470",
    severity="warning",
    en="the state is {text!r}, but the record has {closed} under {column!r}",
    zh="状态为“{text}”，但“{column}”为 {closed}",
    hint_en="let state and date say the same; the date decides what is open",
    hint_zh="请使状态与日期一致；是否办结以日期为准",
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
            STATE_AGAINST_DATE,
            state,
            (closed != finished) & pl.col(state).is_not_null(),
            lambda row: {"text": shown(row[state]), "column": date, "closed": row[date or ""] or "∅"},
        )
    done = closed if finished is None else (finished if closed is None else closed | finished)
    evidence = ledger.evidence
    if done is not None and evidence is not None and records.has(evidence):
        records.tell(NO_EVIDENCE, evidence, done & pl.col(evidence).is_null(), lambda _: {})


RECORD_LAWS: Final[tuple[Callable[[Records], None], ...]] = (
    check_keys,
    _check_needed,
    _check_fields,
    _check_states,
    _check_dates,
    _check_done,
)
"""What records must be by the declaration of their ledger; each adds what breaks it."""
