"""Formulas: read into nested tuples, and worked out for one unit at a time (docs/reference/formulas.md)."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Final, Protocol, TypeAlias, cast

from tests.exact.naive.numerals import (
    Absent,
    Value,
    completion,
    divided,
    first_absence,
    half_up,
    logarithm,
    mean,
    median,
    number,
    power_of_e,
    root,
    variance,
)

Outcome: TypeAlias = Fraction | bool | str | Absent
Tree: TypeAlias = tuple[Any, ...]

TOKEN: Final = re.compile(
    r"\s*(?:(?P<span>\d+[ym]\b)|(?P<number>\d+(?:\.\d+)?(?:[eE][+-]?\d+)?%?)|(?P<text>'[^']*'|\"[^\"]*\")"
    r"|(?P<word>[A-Za-z_]\w*)|(?P<sign>\*\*|<=|>=|==|!=|[-+*/()<>,]))"
)
LOSSES: Final = "a share of a sum with losses"
COMPARISONS: Final = ("<", "<=", ">", ">=", "==", "!=")


class Place(Protocol):
    """Where a formula is worked out: for whom, at what time, among whom."""

    direction: str

    def note(self, edge: str) -> None:
        """Note what was met on the way."""

    def look_up(self, name: str) -> Outcome:
        """Return what a name means here."""

    def of_node(self, function: str, node: str, by: str | None = None) -> Value:
        """Return the points or the score that a node has by itself; of the units that are led, the mean."""

    def in_month(self, month: int) -> Place:
        """Return the same place in a month of the round, 1 to 12."""

    def earlier(self, months: int) -> Place:
        """Return the same place so many months before."""

    def everybody(self) -> Sequence[Place]:
        """Return the places of all units of the book."""

    def group(self) -> Sequence[Place]:
        """Return the places of the units that are compared with this one."""


def parse(text: str) -> Tree:
    """Return the formula as nested tuples."""
    reader = _Reader(_tokens(text))
    tree = reader.either()
    if reader.at < len(reader.tokens):
        raise ValueError(f"not a formula: {text}")
    return tree


def evaluate(tree: Tree, place: Place) -> Outcome:
    """Return what a formula gives."""
    kind, *parts = tree
    if kind == "number":
        return cast(Fraction, parts[0])
    if kind == "text":
        return cast(str, parts[0])
    if kind == "name":
        return place.look_up(parts[0])
    if kind in {"and", "or"}:
        return _joined(kind, evaluate(parts[0], place), evaluate(parts[1], place), place)
    if kind == "call":
        return _call(parts[0], parts[1], place)
    values = [evaluate(part, place) for part in parts]
    absence = first_absence(values)
    return _signs(kind, values) if absence is None else absence


def measured(text: str, place: Place) -> Value:
    """Return the number that a formula gives."""
    value = evaluate(parse(text), place)
    assert not isinstance(value, bool | str), text
    return value


def decided(text: str, place: Place) -> bool | Absent:
    """Return whether a condition holds, or why that is open."""
    value = evaluate(parse(text), place)
    assert isinstance(value, bool | Absent), text
    return value


def _signs(kind: str, values: list[Outcome]) -> Outcome:
    if kind == "not":
        return not values[0]
    if kind == "in":
        return values[0] in values[1:]
    if kind == "negative":
        return -cast(Fraction, values[0])
    if kind in {"==", "!="}:
        return (values[0] == values[1]) == (kind == "==")
    one, other = cast(tuple[Fraction, Fraction], tuple(values))
    if kind in COMPARISONS:
        return {"<": one < other, "<=": one <= other, ">": one > other, ">=": one >= other}[kind]
    if kind == "/":
        return divided(one, other)
    if kind == "**":
        return Absent.UNDEFINED if one == 0 and other < 0 else Fraction(one**other)
    return {"+": one + other, "-": one - other, "*": one * other}[kind]


def _joined(kind: str, one: Outcome, other: Outcome, place: Place) -> Outcome:
    """Join two conditions: one side settles it if that is enough (absence §1 d)."""
    settles = kind == "or"
    if any(side is settles for side in (one, other)):
        if Absent.NOT_APPLICABLE in (one, other):
            place.note("a condition settled beside a side that does not apply")
        return settles
    absence = first_absence((one, other))
    return (not settles) if absence is None else absence


def _call(function: str, arguments: list[Tree], place: Place) -> Outcome:
    if function == "where":
        holds = evaluate(arguments[0], place)
        return holds if isinstance(holds, Absent) else evaluate(arguments[1 if holds else 2], place)
    if function in {"points", "score"}:
        return place.of_node(function, *(argument[1] for argument in arguments))
    if _is_series(("call", function, arguments)) or (arguments and _is_series(arguments[0])):
        return _over_months(function, arguments, place)
    if function == "coalesce":
        return _coalesce([evaluate(argument, place) for argument in arguments])
    if function == "units" or (arguments and arguments[0][:2] == ("call", "units")):
        return _units(function, arguments, place)
    if function in LOOKING_AROUND:
        return LOOKING_AROUND[function](arguments, place)
    values = [evaluate(argument, place) for argument in arguments]
    absence = first_absence(values)
    return PLAIN[function](cast(list[Fraction], values)) if absence is None else absence


def _coalesce(values: list[Outcome]) -> Outcome:
    for value in values:
        if not isinstance(value, Absent) or value is Absent.UNDEFINED:
            return value
    return Absent.NOT_APPLICABLE if set(values) == {Absent.NOT_APPLICABLE} else Absent.MISSING


def _log(values: list[Fraction]) -> Value:
    return logarithm(values[0]) if values[0] > 0 else Absent.UNDEFINED


def _before(arguments: list[Tree], place: Place) -> Outcome:
    span = cast(str, arguments[1][1])
    return evaluate(arguments[0], place.earlier(int(span[:-1]) * (12 if span.endswith("y") else 1)))


def _change(arguments: list[Tree], place: Place) -> Outcome:
    values = [evaluate(arguments[0], place), evaluate(arguments[0], place.earlier(12))]
    absence = first_absence(values)
    return _signs("-", values) if absence is None else absence


def _growth(arguments: list[Tree], place: Place) -> Outcome:
    values = [evaluate(arguments[0], place), evaluate(arguments[0], place.earlier(12))]
    absence = first_absence(values)
    if absence is not None:
        return absence
    now, before = cast(list[Fraction], values)
    return divided(now - before, abs(before))


def _share(arguments: list[Tree], place: Place) -> Outcome:
    own = evaluate(arguments[0], place)
    if isinstance(own, Absent):
        return own
    parts = _numbers(arguments[0], place.everybody())
    if min(parts) < 0:
        place.note(LOSSES)
    total = sum(parts, Fraction(0))
    if total <= 0:
        return Fraction(0) if set(parts) == {0} else Absent.UNDEFINED
    return cast(Fraction, own) / total


def _units(function: str, arguments: list[Tree], place: Place) -> Outcome:
    """Look at the units of the group (formulas i)."""
    if function == "units" and not arguments:
        return Fraction(len(place.group()))
    asked = arguments[0] if function == "units" else arguments[0][2][0]
    values = [evaluate(asked, other) for other in place.group()]
    if Absent.UNDEFINED in values:
        return Absent.UNDEFINED
    if function == "units":
        return Fraction(sum(value is True for value in values))
    known = [cast(Fraction, value) for value in values if not isinstance(value, Absent)]
    if len(known) < (2 if function == "sd" else 1):
        return Absent.NOT_APPLICABLE if known or Absent.NOT_APPLICABLE in values else Absent.MISSING
    return {"sd": lambda of: root(variance(of, 1)), "median": median, **PLAIN}[function](known)


def _is_series(tree: Tree) -> bool:
    return tree[0] == "call" and tree[1] in {"months", *_CHOOSING}


def _over_months(function: str, arguments: list[Tree], place: Place) -> Outcome:
    """Take the months of the round together (formulas k); of a condition, count or share."""
    counted = function in {"months", *_CHOOSING}
    tree = ("call", function, arguments) if counted else arguments[0]
    chosen, number_of = None, 12
    if tree[1] in _CHOOSING:
        chosen, number_of, tree = tree[1], int(tree[2][0][1]), tree[2][1]
    asked, *enough = tree[2]
    first = 13 - number_of if chosen == "last" else 1
    values = [evaluate(asked, place.in_month(month)) for month in range(first, 13)]
    due = [value for value in values if value is not Absent.NOT_APPLICABLE]
    known = [_as_number(value) for value in due if not isinstance(value, Absent)]
    if Absent.UNDEFINED in values:
        return Absent.UNDEFINED
    if not due:
        return Absent.NOT_APPLICABLE
    wanted = Fraction(len(due))
    if enough:
        wanted = enough[0][1] * len(due) if enough[0][1] < 1 else enough[0][1]
    if chosen in {"best", "worst"}:
        wanted = max(wanted, Fraction(number_of))
        greatest = (chosen == "best") == (place.direction == "more")
        known, there = sorted(known, reverse=greatest)[:number_of], len(known)
    else:
        there = len(known)
    if there < wanted or not known:
        return Absent.MISSING
    if counted:
        return sum(known, Fraction(0))
    return {"share": mean, "median": median, **PLAIN}[function](known)


def _as_number(value: Outcome) -> Fraction:
    return Fraction(value) if isinstance(value, bool) else cast(Fraction, value)


_CHOOSING: Final = ("best", "worst", "last")


def _place(arguments: list[Tree], place: Place) -> Outcome:
    own = evaluate(arguments[0], place)
    if isinstance(own, Absent):
        return own
    others = _numbers(arguments[0], place.group())
    if place.direction == "less":
        return Fraction(1 + sum(other < cast(Fraction, own) for other in others))
    return Fraction(1 + sum(other > cast(Fraction, own) for other in others))


def _completion(arguments: list[Tree], place: Place) -> Outcome:
    values = [evaluate(arguments[0], place), place.look_up("target")]
    absence = first_absence(values)
    if absence is not None:
        return absence
    reached, target = cast(list[Fraction], values)
    if target == 0:
        return Absent.UNDEFINED
    return completion(reached, target, less=place.direction == "less")


def _numbers(tree: Tree, places: Sequence[Place]) -> list[Fraction]:
    values = [evaluate(tree, place) for place in places]
    return [cast(Fraction, value) for value in values if not isinstance(value, Absent)]


PLAIN: Final[dict[str, Callable[[list[Fraction]], Value]]] = {
    "min": min,
    "max": max,
    "sum": lambda values: sum(values, Fraction(0)),
    "mean": mean,
    "log": _log,
    "abs": lambda values: abs(values[0]),
    "sign": lambda values: Fraction((values[0] > 0) - (values[0] < 0)),
    "floor": lambda values: Fraction(values[0].__floor__()),
    "ceil": lambda values: -Fraction((-values[0]).__floor__()),
    "round": lambda values: half_up(values[0], int((*values, Fraction(0))[1])),
    "sqrt": lambda values: root(values[0]) if values[0] >= 0 else Absent.UNDEFINED,
    "exp": lambda values: power_of_e(values[0]),
}
LOOKING_AROUND: Final[dict[str, Callable[[list[Tree], Place], Outcome]]] = {
    "lag": _before,
    "change": _change,
    "growth": _growth,
    "share": _share,
    "place": _place,
    "completion": _completion,
}


def _tokens(text: str) -> list[tuple[str, str]]:
    found = []
    at = 0
    stripped = text.rstrip()
    while at < len(stripped):
        token = TOKEN.match(stripped, at)
        if token is None or token.lastgroup is None:
            raise ValueError(f"not a formula: {text}")
        found.append((token.lastgroup, token[token.lastgroup]))
        at = token.end()
    return found


@dataclass
class _Reader:
    """Reads tokens from left to right, a method for each strength of sign."""

    tokens: list[tuple[str, str]]
    at: int = 0

    def either(self) -> Tree:
        tree = self.both()
        while self._take("or"):
            tree = ("or", tree, self.both())
        return tree

    def both(self) -> Tree:
        tree = self.negation()
        while self._take("and"):
            tree = ("and", tree, self.negation())
        return tree

    def negation(self) -> Tree:
        return ("not", self.negation()) if self._take("not") else self.comparison()

    def comparison(self) -> Tree:
        one = self.sum()
        if self._take("in"):
            return ("in", one, *self._listed())
        if self._take("not"):
            self._need("in")
            return ("not", ("in", one, *self._listed()))
        whole: Tree | None = None
        while (sign := self._take(*COMPARISONS)) is not None:
            other = self.sum()
            part = (sign, one, other)
            whole = part if whole is None else ("and", whole, part)
            one = other
        return one if whole is None else whole

    def sum(self) -> Tree:
        tree = self.product()
        while (sign := self._take("+", "-")) is not None:
            tree = (sign, tree, self.product())
        return tree

    def product(self) -> Tree:
        tree = self.negative()
        while (sign := self._take("*", "/")) is not None:
            tree = (sign, tree, self.negative())
        return tree

    def negative(self) -> Tree:
        return ("negative", self.negative()) if self._take("-") else self.power()

    def power(self) -> Tree:
        tree = self.single()
        return ("**", tree, self.negative()) if self._take("**") else tree

    def single(self) -> Tree:
        if self._take("("):
            tree = self.either()
            self._need(")")
            return tree
        kind, text = self.tokens[self.at]
        self.at += 1
        if kind == "number":
            return ("number", number(text))
        if kind == "text":
            return ("text", text[1:-1])
        if kind == "span":
            return ("span", text)
        if self._take("("):
            self.at -= 1
            return ("call", text, self._listed())
        return ("name", text)

    def _listed(self) -> list[Tree]:
        self._need("(")
        if self._take(")"):
            return []
        found = [self.either()]
        while self._take(","):
            found.append(self.either())
        self._need(")")
        return found

    def _take(self, *wanted: str) -> str | None:
        if self.at < len(self.tokens) and self.tokens[self.at][1] in wanted:
            self.at += 1
            return self.tokens[self.at - 1][1]
        return None

    def _need(self, sign: str) -> None:
        if self._take(sign) is None:
            raise ValueError(f"{sign} is missing")
