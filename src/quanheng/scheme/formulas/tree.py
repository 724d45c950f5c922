"""Formulas as a small typed tree; `parse.py` makes the tree from text, nothing is ever `eval`ed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Literal, TypeAlias

from quanheng.findings.finding import NOWHERE, Location
from quanheng.findings.text import Text
from quanheng.findings.value import Value

ArithmeticSign: TypeAlias = Literal["+", "-", "*", "/", "**"]
ComparisonSign: TypeAlias = Literal["==", "!=", "<", "<=", ">", ">="]
LogicWord: TypeAlias = Literal["and", "or"]
NodeFunction: TypeAlias = Literal["points", "score"]


class Number(Value, kw_only=False):
    """A number; `8%` is 0.08."""

    value: float


class Words(Value, kw_only=False):
    """A text in quotes, for conditions over ledger fields and tiers."""

    value: str


class Day(Value, kw_only=False):
    """A date such as `2023-06-30` written in a condition."""

    value: dt.date


class Name(Value, kw_only=False):
    """A name: an item, a ledger field, or a word the place of the formula defines (`x`, `tier`)."""

    name: str


class Negated(Value, kw_only=False):
    """`-operand`."""

    operand: Expression


class Arithmetic(Value, kw_only=False):
    """`left sign right`."""

    sign: ArithmeticSign
    left: Expression
    right: Expression


class Comparison(Value, kw_only=False):
    """`left sign right`, true or false."""

    sign: ComparisonSign
    left: Expression
    right: Expression


class Logic(Value, kw_only=False):
    """`left and right`, `left or right`."""

    word: LogicWord
    left: Expression
    right: Expression


class Not(Value, kw_only=False):
    """`not operand`."""

    operand: Expression


class OneOf(Value, kw_only=False):
    """`operand in (a, b, …)`."""

    operand: Expression
    choices: tuple[Expression, ...]


class Span(Value, kw_only=False):
    """A span of time back, `1y` or `3m`, the second argument of `lag`."""

    months: int


class OfNode(Value, kw_only=False):
    """`points(node)` or `score(node)` in a formula (points §10); of a rule, what its children make (§9)."""

    function: NodeFunction
    node: str


class Call(Value, kw_only=False):
    """`function(arguments)`; the functions are the closed list of `functions.py`."""

    function: str
    arguments: tuple[Expression, ...]


_BRIEF = 120

Expression: TypeAlias = (
    Number
    | Words
    | Day
    | Name
    | Negated
    | Arithmetic
    | Comparison
    | Logic
    | Not
    | OneOf
    | Span
    | OfNode
    | Call
)


class Computed(Value, kw_only=False):
    """A computed item that a formula names: its code, its name, and how its own formula is written."""

    code: str
    name: Text
    text: str


class Formula(Value, aside=("where",), kw_only=False):
    """A formula as it was written, the tree it means, and where it was written.

    The computed items that it names are written out in the tree; `computed` says which they were.
    """

    text: str
    tree: Expression
    where: Location = NOWHERE
    computed: tuple[Computed, ...] = ()

    def __str__(self) -> str:
        """Return the text as it was written."""
        return self.text

    @property
    def brief(self) -> str:
        """The text on one line, cut where it is long, for messages."""
        return brief(self.text)


def brief(text: str) -> str:
    """Return the text of a formula on one line, cut where it is long, for messages.

    Examples:
        >>> brief("a  +   b")
        'a + b'
    """
    line = " ".join(text.split())
    return line if len(line) <= _BRIEF else f"{line[:_BRIEF]}…"


def parts_of(tree: Expression) -> Iterator[Expression]:
    """Yield `tree` and everything below it, parents first.

    Examples:
        >>> [type(part).__name__ for part in parts_of(Negated(Name("gdp")))]
        ['Negated', 'Name']
    """
    yield tree
    for child in children_of(tree):
        yield from parts_of(child)


def names_in(tree: Expression) -> tuple[str, ...]:
    """Return the names `tree` uses, each once, in the order of first use.

    Examples:
        >>> names_in(Arithmetic("/", Name("a"), Arithmetic("+", Name("b"), Name("a"))))
        ('a', 'b')
    """
    return tuple(dict.fromkeys(part.name for part in parts_of(tree) if isinstance(part, Name)))


def nodes_in(tree: Expression) -> tuple[OfNode, ...]:
    """Return the points and scores of nodes that `tree` asks for, each once, in the order of first use.

    Examples:
        >>> nodes_in(Negated(OfNode("points", "economy")))
        (OfNode(function='points', node='economy'),)
    """
    return tuple(dict.fromkeys(part for part in parts_of(tree) if isinstance(part, OfNode)))


def children_of(tree: Expression) -> tuple[Expression, ...]:
    """Return what stands directly below `tree`."""
    match tree:
        case Negated(operand) | Not(operand):
            return (operand,)
        case Arithmetic(_, left, right) | Comparison(_, left, right) | Logic(_, left, right):
            return (left, right)
        case OneOf(operand, choices):
            return (operand, *choices)
        case Call(_, arguments):
            return arguments
        case _:
            return ()
