"""What the items of a scheme ask of ledgers: which columns, and what they must hold.

A column that is summed or averaged, or compared with a number, must hold numbers; one compared with a day or
with another column of days holds days; one compared with words holds texts.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from quanheng.data.content import Content
from quanheng.scheme.formula import (
    Comparison,
    Day,
    Expression,
    Name,
    Negated,
    Number,
    OneOf,
    Words,
    names_in,
    parts_of,
)
from quanheng.scheme.model import FromLedger, Item, Scheme
from quanheng.scheme.scopes import LEDGER_WORDS


@dataclass(frozen=True, slots=True, kw_only=True)
class Needs:
    """What a scheme asks of one ledger: each column, the item that asks first, and what it must hold."""

    unit_columns: tuple[str, ...]
    columns: Mapping[str, Item]
    contents: Mapping[str, Content] = field(default_factory=dict)


def needs_of(scheme: Scheme) -> dict[str, Needs]:
    """Return by ledger what the items of `scheme` ask of it."""
    by_ledger: dict[str, list[tuple[Item, FromLedger]]] = {}
    for item in scheme.items:
        if isinstance(item.source, FromLedger):
            by_ledger.setdefault(item.source.ledger, []).append((item, item.source))
    return {ledger: _needs(asked) for ledger, asked in by_ledger.items()}


def _needs(asked: list[tuple[Item, FromLedger]]) -> Needs:
    columns: dict[str, Item] = {}
    contents: dict[str, Content] = {}
    for item, source in asked:
        for column in _columns(source):
            columns.setdefault(column, item)
        if source.column is not None:
            contents[source.column] = "number"
    trees = [source.condition.tree for _, source in asked if source.condition is not None]
    for _ in columns:  # a content passes from column to column, at most so many times
        for tree in trees:
            for column, content in _told(tree, contents):
                contents.setdefault(column, content)
    unit_columns = tuple(dict.fromkeys(source.unit_column for _, source in asked))
    return Needs(unit_columns=unit_columns, columns=columns, contents=contents)


def _columns(source: FromLedger) -> Iterator[str]:
    if source.column is not None:
        yield source.column
    if source.condition is not None:
        yield from (name for name in names_in(source.condition.tree) if name not in LEDGER_WORDS)


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
