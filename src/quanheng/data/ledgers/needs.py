"""What a scheme asks of ledgers: which columns, and what they must hold.

A ledger may be declared; then its declaration asks first: its dates hold days, its fields what they say. A
column that is summed or averaged, or compared with a number, must hold numbers; one compared with a day or
with another column of days holds days; one compared with words holds texts.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from quanheng.data.tables.column_types import Content
from quanheng.scheme.formulas.scopes import LEDGER_WORDS
from quanheng.scheme.formulas.tree import (
    Comparison,
    Day,
    Expression,
    Formula,
    Name,
    Negated,
    Number,
    OneOf,
    Words,
    names_in,
    parts_of,
)
from quanheng.scheme.ledgers.ledger import Ledger
from quanheng.scheme.tree.scheme import FromLedger, Item, Scheme


@dataclass(frozen=True, slots=True, kw_only=True)
class Needs:
    """What a scheme asks of one ledger.

    `asked_by` is the first item that is taken from it; `columns` are those that items ask for, each with the
    first item that does; `declared` those that a declared ledger and its campaigns must have beside the
    units; `contents` what columns must hold.
    """

    unit_columns: tuple[str, ...]
    columns: Mapping[str, Item]
    contents: Mapping[str, Content] = field(default_factory=dict)
    asked_by: Item | None = None
    ledger: Ledger | None = None
    declared: tuple[str, ...] = ()


def needs_of(scheme: Scheme) -> dict[str, Needs]:
    """Return by ledger what `scheme` asks of it: the ledgers of items first, then what else is declared."""
    by_ledger: dict[str, list[tuple[Item, FromLedger]]] = {}
    for item in scheme.items:
        if isinstance(item.source, FromLedger):
            by_ledger.setdefault(item.source.ledger, []).append((item, item.source))
    declared = {ledger.code: ledger for ledger in scheme.ledgers}
    for code in (*declared, *(campaign.ledger for campaign in scheme.campaigns)):
        by_ledger.setdefault(code, [])
    conditions = {
        code: [own.condition for own in scheme.campaigns if own.ledger == code and own.condition is not None]
        for code in by_ledger
    }
    return {code: _needs(asked, declared.get(code), conditions[code]) for code, asked in by_ledger.items()}


def _needs(asked: list[tuple[Item, FromLedger]], ledger: Ledger | None, conditions: list[Formula]) -> Needs:
    columns: dict[str, Item] = {}
    contents: dict[str, Content] = {}
    for item, source in asked:
        for column in _columns(source):
            columns.setdefault(column, item)
        if source.column is not None:
            contents[source.column] = "number"
    own = () if ledger is None else _columns_declared(ledger)
    if ledger is not None:
        contents |= _contents_declared(ledger)
    trees = [source.condition.tree for _, source in asked if source.condition is not None]
    trees += [condition.tree for condition in conditions]
    named = [name for condition in conditions for name in _names(condition)]
    for _ in {*columns, *own, *named}:  # a content passes from column to column, at most so many times
        for tree in trees:
            for column, content in _told(tree, contents):
                contents.setdefault(column, content)
    if ledger is not None:
        for column in _texts_declared(ledger):
            contents.setdefault(column, "text")
    units = [] if ledger is None else [ledger.unit]
    units += [source.unit_column for _, source in asked]
    unit_columns = tuple(dict.fromkeys(units)) or ("unit",)
    declared = tuple(column for column in dict.fromkeys((*own, *named)) if column not in unit_columns)
    return Needs(
        unit_columns=unit_columns,
        columns=columns,
        contents=contents,
        asked_by=asked[0][0] if asked else None,
        ledger=ledger,
        declared=declared,
    )


def _columns_declared(ledger: Ledger) -> tuple[str, ...]:
    """Return the columns that a declared ledger must have; fields that are not needed may be left out."""
    roles = (ledger.key, ledger.owner, ledger.evidence, ledger.opened, ledger.due, ledger.closed)
    state = () if ledger.states is None else (ledger.states.column,)
    needed = (own.column for own in ledger.fields if own.needed)
    return tuple(dict.fromkeys((*(role for role in roles if role is not None), *state, *needed)))


def _contents_declared(ledger: Ledger) -> dict[str, Content]:
    """Return what is said of columns as such: the dates of records, and fields that are no texts."""
    dates = (ledger.opened, ledger.due, ledger.closed)
    contents: dict[str, Content] = {column: "date" for column in dates if column is not None}
    return contents | {own.column: own.sort for own in ledger.fields if own.sort != "text"}


def _texts_declared(ledger: Ledger) -> Iterator[str]:
    """Yield the columns that hold texts unless a formula says otherwise: nobody said so of them outright."""
    yield from (own.column for own in ledger.fields if own.sort == "text")
    yield from (role for role in (ledger.key, ledger.owner, ledger.evidence) if role is not None)
    if ledger.states is not None:
        yield ledger.states.column


def _columns(source: FromLedger) -> Iterator[str]:
    if source.column is not None:
        yield source.column
    if source.condition is not None:
        yield from _names(source.condition)


def _names(condition: Formula) -> Iterator[str]:
    yield from (name for name in names_in(condition.tree) if name not in LEDGER_WORDS)


def _told(tree: Expression, known: Mapping[str, Content]) -> Iterator[tuple[str, Content]]:
    """Yield the columns of which `tree` tells what they hold, given what is `known` of others."""
    for part in parts_of(tree):
        match part:
            case Comparison(_, left, right):
                sides: tuple[Expression, ...] = (left, right)
            case OneOf(operand, choices):
                sides = (operand, *choices)
            case _:
                continue
        content = next((content for side in sides if (content := _content(side, known)) is not None), None)
        if content is not None:
            yield from (
                (side.name, content)
                for side in sides
                if isinstance(side, Name) and side.name not in LEDGER_WORDS
            )


def _content(side: Expression, known: Mapping[str, Content]) -> Content | None:
    """Return what `side` of a comparison is, None if that is not known."""
    match side:
        case Name(name) if name in LEDGER_WORDS:
            return "date"
        case Name(name):
            return known.get(name)
        case Day():
            return "date"
        case Words():
            return "text"
        case Number() | Negated():
            return "number"
        case _:
            return None
