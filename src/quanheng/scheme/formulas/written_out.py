"""Formulas over computed items as formulas over what is reported: each item written out once, and shared."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from quanheng.scheme.formulas.tree import (
    Arithmetic,
    Call,
    Comparison,
    Expression,
    Logic,
    Name,
    Negated,
    Not,
    OfSeries,
    OneOf,
    children_of,
    names_in,
)

MOST_PARTS: Final = 5_000
MOST_LEVELS: Final = 400
_NONE: Final = Name("")


class WrittenOut:
    """Computed items by code, and what formulas mean that name them.

    Examples:
        >>> from quanheng.scheme.formulas.parse import parse_formula
        >>> items = {"a": parse_formula("b * 2").tree, "b": parse_formula("x + y").tree}
        >>> names_in(WrittenOut(items).of(parse_formula("a / z").tree))
        ('x', 'y', 'z')
    """

    limit: Final = MOST_PARTS

    def __init__(self, items: Mapping[str, Expression]) -> None:
        """Write out the items, those that others name first."""
        self._items = items
        self._written: dict[str, Expression] = {}
        self._sizes: dict[str, tuple[int, int]] = {}
        self.circles: list[tuple[str, ...]] = []
        self.too_large: list[str] = []
        for code in items:
            self._write(code)

    def of(self, tree: Expression) -> Expression:
        """Return `tree` with what is written out in the place of names; itself if it names none."""
        match tree:
            case Name(name):
                return self._written.get(name, tree)
            case Negated(operand) | Not(operand):
                inner = self.of(operand)
                return tree if inner is operand else replace(tree, operand=inner)
            case Arithmetic(_, left, right) | Comparison(_, left, right) | Logic(_, left, right):
                first, second = self.of(left), self.of(right)
                same = first is left and second is right
                return tree if same else replace(tree, left=first, right=second)
            case OneOf(operand, choices):
                inner, others = self.of(operand), tuple(map(self.of, choices))
                same = inner is operand and _same(others, choices)
                return tree if same else replace(tree, operand=inner, choices=others)
            case OfSeries(_, _, of):
                inner = self.of(of)
                return tree if inner is of else replace(tree, of=inner)
            case Call(_, arguments):
                others = tuple(map(self.of, arguments))
                return tree if _same(others, arguments) else replace(tree, arguments=others)
            case _:
                return tree

    def named_in(self, tree: Expression) -> tuple[str, ...]:
        """Return the items that `tree` names, then those that they name, each once."""
        found: dict[str, None] = {}
        open_codes = [name for name in names_in(tree) if name in self._items]
        for code in open_codes:
            if code not in found:
                found[code] = None
                open_codes.extend(name for name in names_in(self._items[code]) if name in self._items)
        return tuple(found)

    def _write(self, code: str) -> None:
        """Write out one item after those that it names, without recursion: chains may be long."""
        open_codes, way = [code], list[str]()
        while open_codes:
            last = open_codes[-1]
            if last in self._written:
                open_codes.pop()
                continue
            if way and way[-1] == last:
                self._finish(last)
                way.pop()
                open_codes.pop()
                continue
            way.append(last)
            for name in names_in(self._items[last]):
                if name in way:
                    self.circles.append((*way[way.index(name) :], name))
                    self._written.update(dict.fromkeys(way[way.index(name) :], _NONE))
                elif name in self._items and name not in self._written:
                    open_codes.append(name)

    def _finish(self, code: str) -> None:
        if code in self._written:
            return
        self._sizes[code] = parts, levels = self._size(self._items[code])
        if parts > MOST_PARTS or levels > MOST_LEVELS:
            self.too_large.append(code)
            self._sizes[code] = (1, 1)
            self._written[code] = _NONE
            return
        self._written[code] = self.of(self._items[code])

    def _size(self, tree: Expression) -> tuple[int, int]:
        """Return how many parts a tree has, each counted where it stands, and how many levels."""
        if isinstance(tree, Name):
            return self._sizes.get(tree.name, (1, 1))
        below = [self._size(child) for child in children_of(tree)]
        return 1 + sum(parts for parts, _ in below), 1 + max((levels for _, levels in below), default=0)


def _same(left: tuple[Expression, ...], right: tuple[Expression, ...]) -> bool:
    return all(one is other for one, other in zip(left, right, strict=True))
