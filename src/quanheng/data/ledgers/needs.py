"""What a scheme asks of ledgers: which columns, and what they must hold.

A ledger may be declared; then its declaration asks first: its dates hold days, its fields what they say. A
column that is summed or averaged, or compared with a number, must hold numbers; one compared with a day or
with another column of days holds days; one compared with words holds texts. Whether a cell is empty
(`== ''`) can be asked of every column and says nothing of what it holds. The order of the items says nothing
either: what all formulas ask is gathered first, and two things asked of one column are a contradiction.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from typing import Final

from quanheng.data.tables.column_types import Content
from quanheng.findings.value import Value, field
from quanheng.scheme.formulas.scopes import LEDGER_WORDS
from quanheng.scheme.formulas.tree import (
    Arithmetic,
    Call,
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
from quanheng.scheme.items.item import FromLedger, Item
from quanheng.scheme.ledgers.ledger import Ledger
from quanheng.scheme.tree.scheme import Scheme


class Needs(Value):
    """What a scheme asks of one ledger.

    `asked_by` is the first item that is taken from it; `columns` are those that items ask for, each with the
    first item that does; `declared` those that a declared ledger and its campaigns must have beside the
    units; `contents` what columns must hold, `contradicted` the columns of which formulas ask two things,
    with these. `conditions` are those of items and campaigns over its records. `headings` are formulas that
    are taken from its records, by their texts with the columns they name: where one is the heading of a
    column, it means that column. `asked_besides` are the columns that items ask for in other ways.
    """

    unit_columns: tuple[str, ...]
    columns: Mapping[str, Item]
    contents: Mapping[str, Content] = field(default_factory=dict)
    asked_by: Item | None = None
    ledger: Ledger | None = None
    declared: tuple[str, ...] = ()
    contradicted: Mapping[str, tuple[Content, Content]] = field(default_factory=dict)
    conditions: tuple[Formula, ...] = ()
    headings: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    asked_besides: frozenset[str] = frozenset()

    def named_by_none(self, there: Collection[str]) -> frozenset[str]:
        """Return the columns that nobody asks for since formulas that name them are headings `there`."""
        passed = {name for text, names in self.headings.items() if text in there for name in names}
        asked = {name for text, names in self.headings.items() if text not in there for name in names}
        return frozenset(passed - asked - self.asked_besides)


def needs_of(scheme: Scheme) -> dict[str, Needs]:
    """Return by ledger what `scheme` asks of it: the ledgers of items first, then what else is declared."""
    by_ledger: dict[str, list[tuple[Item, FromLedger]]] = {}
    for item in scheme.items:
        if isinstance(item.source, FromLedger) and item.source.readings is None:
            by_ledger.setdefault(item.source.ledger, []).append((item, item.source))
    declared = {ledger.code: ledger for ledger in scheme.ledgers}
    for code in (*declared, *(campaign.ledger for campaign in scheme.campaigns)):
        by_ledger.setdefault(code, [])
    conditions = {
        code: [own.condition for own in scheme.campaigns if own.ledger == code and own.condition is not None]
        for code in by_ledger
    }
    return {code: _needs(asked, declared.get(code), conditions[code]) for code, asked in by_ledger.items()}


def _needs(asked: list[tuple[Item, FromLedger]], ledger: Ledger | None, campaigns: list[Formula]) -> Needs:
    columns: dict[str, Item] = {}
    for item, source in asked:
        for column in _columns(source):
            columns.setdefault(column, item)
    own = () if ledger is None else _columns_declared(ledger)
    stated = {} if ledger is None else _contents_declared(ledger)
    conditions = [source.condition for _, source in asked if source.condition is not None] + campaigns
    amounts = {source.amount.text: source.amount for _, source in asked if source.amount is not None}
    summed = {
        source.column
        for _, source in asked
        if source.column is not None and source.statistic.looks_at == "numbers"
    }
    for amount in amounts.values():
        summed.update(_numbers_in(amount.tree))
    told = _told_together([formula.tree for formula in (*conditions, *amounts.values())], summed, stated)
    contradicted = {
        column: (ways[0], ways[1])
        for column, found in sorted(told.items())
        if len(ways := [way for way in _CONTENTS if way in found]) > 1
    }
    contents: dict[str, Content] = {
        column: _only(found) for column, found in told.items() if column not in contradicted
    }
    contents |= stated
    if ledger is not None:
        for column in _texts_declared(ledger):
            contents.setdefault(column, "text")
    named = [name for condition in campaigns for name in _names(condition)]
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
        contradicted=contradicted,
        conditions=tuple(conditions),
        headings={text: tuple(_names(amount)) for text, amount in amounts.items()},
        asked_besides=frozenset(
            column for _, source in asked for column in _columns(replace(source, amount=None, column=None))
        )
        | {source.column for _, source in asked if source.column is not None and source.amount is None},
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
    if source.amount is not None:
        yield from _names(source.amount)
    elif source.column is not None:
        yield source.column
    if source.condition is not None:
        yield from _names(source.condition)


def _numbers_in(tree: Expression) -> Iterator[str]:
    """Yield the columns that have to hold numbers for the formula `tree` to be a number."""
    match tree:
        case Name(name) if name not in LEDGER_WORDS:
            yield name
        case Call("where", (_, *branches)):
            for branch in branches:
                yield from _numbers_in(branch)
        case Call("coalesce" | "max" | "min" | "mean" | "sum", arguments):
            for argument in arguments:
                yield from _numbers_in(argument)
        case _:
            pass
    for part in parts_of(tree):
        match part:
            case Arithmetic("*" | "/" | "**", left, right):
                yield from (side.name for side in (left, right) if isinstance(side, Name))
            case Negated(Name(name)):
                yield name
            case Call(function, arguments) if function not in _ANY_SORT:
                yield from (side.name for side in arguments if isinstance(side, Name))
            case _:
                continue


def _names(condition: Formula) -> Iterator[str]:
    yield from (name for name in names_in(condition.tree) if name not in LEDGER_WORDS)


def _told_together(
    trees: list[Expression], summed: set[str], stated: Mapping[str, Content]
) -> dict[str, set[Content]]:
    """Return all that formulas ask of columns; of one whose content is `stated` nothing else is gathered."""
    told: dict[str, set[Content]] = {column: {content} for column, content in stated.items()}
    for column in summed - stated.keys():
        told[column] = {"number"}
    sides = [together for tree in trees for together in _compared(tree)]
    grew = True
    while grew:  # a content passes from column to column, each of which takes at most three
        grew = False
        for together in sides:
            found = {content for side in together for content in _contents(side, told)}
            for name in {side.name for side in together if isinstance(side, Name)} - {*LEDGER_WORDS, *stated}:
                known = told.setdefault(name, set())
                grew = grew or not found <= known
                known |= found
    return {column: found for column, found in told.items() if found and column not in stated}


def _compared(tree: Expression) -> Iterator[tuple[Expression, ...]]:
    """Yield the terms of `tree` that are of one content, as they are compared or chosen from each other."""
    for part in parts_of(tree):
        match part:
            case Comparison(_, left, right):
                yield left, right
            case OneOf(operand, choices):
                yield operand, *choices
            case Call(function, arguments) if function in _ALIKE:
                yield arguments
            case Call("where", (_, *branches)):
                yield tuple(branches)
            case Call("workdays", arguments):
                yield *arguments, Day(dt.date.min)
            case _:
                continue


_CONTENTS: Final[tuple[Content, ...]] = ("date", "number", "text")
_ALIKE: Final = frozenset({"coalesce", "max", "min"})
"""The functions whose arguments are of one content, which is that of the whole."""
_ANY_SORT: Final = frozenset({*_ALIKE, "where", "workdays"})
"""The functions that take other things than numbers."""


def _only(found: set[Content]) -> Content:
    (content,) = found
    return content


def _contents(side: Expression, told: Mapping[str, set[Content]]) -> set[Content]:
    """Return what a term is; nothing if that is not known."""
    match side:
        case Name(name) if name in LEDGER_WORDS:
            return {"date"}
        case Name(name):
            return told.get(name, set())
        case Day():
            return {"date"}
        case Words(text) if text:
            return {"text"}
        case Number() | Negated():
            return {"number"}
        case Arithmetic("+" | "-", left, right):
            first, second = _contents(left, told), _contents(right, told)
            if first == {"date"} and second:
                return {"number"} if second == {"date"} else {"date"}
            return {"number"} if first == second == {"number"} else set()
        case Arithmetic():
            return {"number"}
        case Call(function, arguments) if function in _ALIKE:
            return {content for argument in arguments for content in _contents(argument, told)}
        case Call("where", (_, *branches)):
            return {content for branch in branches for content in _contents(branch, told)}
        case Call():
            return {"number"}
        case _:
            return set()
