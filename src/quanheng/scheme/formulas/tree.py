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
SeriesWord: TypeAlias = Literal["months", "quarters", "reviews"]
SeriesStatistic: TypeAlias = Literal[
    "sum", "mean", "max", "min", "sd", "median", "percentile", "share", "count", "alone"
]
SeriesChoice: TypeAlias = Literal["best", "worst", "last", "highest", "lowest"]


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
    """`points(node)` or `score(node)` in a formula (points §10); of a rule, what its children make (§9).

    With `by`, a column of the units, it is the mean of the units whose column names this unit.
    """

    function: NodeFunction
    node: str
    by: str | None = None

    @property
    def text(self) -> str:
        """How it is written.

        Examples:
            >>> OfNode("points", "work", "led_by").text
            'points(work, led_by)'
        """
        of = "" if self.by is None else f", {self.by}"
        return f"{self.function}({self.node}{of})"


class Call(Value, kw_only=False):
    """`function(arguments)`; the functions are the closed list of `functions.py`."""

    function: str
    arguments: tuple[Expression, ...]


class OfSeries(Value, kw_only=False, aside=("said",)):
    """`mean(months(x))`: what `of` is in each month or quarter of the round, taken together (formulas k).

    `reviews(place <= 3)` looks at each review inside the round: the names in it are words of a review's
    result (formulas m).

    `months(x > 35)` is a `count`; `alone` is a series that nothing takes together, which means nothing.
    `needs` is how many periods have to be there (a part of them below 1), None for all; `chosen` says which
    `number` of them are taken; `at` is the place of a percentile, 0 to 1.
    """

    statistic: SeriesStatistic
    every: SeriesWord
    of: Expression
    needs: float | None = None
    chosen: SeriesChoice | None = None
    number: int = 0
    at: float = 0.0
    text: str = ""
    """How `of` is written, on one line."""
    said: SeriesChoice | None = None
    """The word of the scheme for `chosen`, where that was settled by what is best; no part of what it is."""

    @property
    def code(self) -> str:
        """The code of the figure that it is, which says what it is.

        Examples:
            >>> OfSeries("mean", "months", Name("x"), 9.0, "last", 10, text="x").code
            'mean(last(10, months(x, 9)))'
        """
        return self._told(self.text, self.chosen)

    @property
    def written(self) -> str:
        """It as the scheme writes it."""
        return self.told_with(self.text)

    def told_with(self, of: str) -> str:
        """Return it as it is written, with another text in the place of what is looked at."""
        return self._told(of, self.said or self.chosen)

    def _told(self, of: str, chosen: SeriesChoice | None) -> str:
        needs = "" if self.needs is None else f", {_told(self.needs)}"
        text = f"{self.every}({of}{needs})"
        if chosen is not None:
            text = f"{chosen}({self.number}, {text})"
        if self.statistic == "percentile":
            return f"percentile({100 * self.at:.12g}%, {text})"
        return text if self.statistic in {"count", "alone"} else f"{self.statistic}({text})"

    @property
    def function(self) -> str:
        """The function that looks at the periods."""
        return self.every

    @property
    def of_reviews(self) -> bool:
        """Whether it looks at results of reviews, not at figures."""
        return self.every == "reviews"


class OfText(Value, kw_only=False):
    """`type == 'mountain'`, `type in ('town', 'park')`: whether a text is one of `words` (formulas l)."""

    name: str
    words: tuple[str, ...]

    @property
    def code(self) -> str:
        """The code of the figure, 1 or 0, that it is.

        Examples:
            >>> OfText("type", ("town", "park")).code
            "type in ('town', 'park')"
        """
        first, *others = (f"'{word}'" for word in self.words)
        return f"{self.name} in ({', '.join((first, *others))})" if others else f"{self.name} == {first}"


def _told(needs: float) -> str:
    return f"{needs:.12g}" if needs >= 1 else f"{100 * needs:.12g}%"


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
    | OfSeries
    | OfText
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


def reviews_in_formula(tree: Expression) -> tuple[OfSeries, ...]:
    """Return what `tree` asks of reviews, each once, in the order of first use.

    Examples:
        >>> reviews_in_formula(Negated(OfSeries("count", "reviews", Name("x"), text="x")))[0].code
        'reviews(x)'
    """
    asked = (part for part in parts_of(tree) if isinstance(part, OfSeries) and part.of_reviews)
    return tuple(dict.fromkeys(asked))


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
        (OfNode(function='points', node='economy', by=None),)
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
        case OfSeries(_, every, of):
            # what is asked of reviews are no names of the place where the formula stands
            return () if every == "reviews" else (of,)
        case OfText(name):
            return (Name(name),)
        case _:
            return ()
