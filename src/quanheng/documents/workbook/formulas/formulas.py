"""Formulas of the scheme as formulas of a workbook, with the same three states (absence §1).

A tree becomes a part of a formula (`parts.py`); what cannot stand inside another formula becomes a step, a
column of its own.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Final, Protocol, assert_never

from quanheng.documents.workbook.formulas.cells import UNDEFINED, number, quoted
from quanheng.documents.workbook.formulas.functions import beside_items, of_a_number, over_units
from quanheng.documents.workbook.formulas.parts import (
    Part,
    Strict,
    Whole,
    as_truth,
    as_written,
    cells_in,
    compared,
    division,
    in_a_cell,
    joined,
    ordering,
    settled,
    settled_sum,
    state_of,
    where_present,
)
from quanheng.documents.workbook.formulas.references import group_span, here, over_all_units, over_the_group
from quanheng.engine.formulas.conditions import TEXT_WORDS
from quanheng.engine.formulas.expressions import shift_of
from quanheng.findings.errors import EngineError
from quanheng.findings.value import Value
from quanheng.scheme.formulas.cost import terms_of
from quanheng.scheme.formulas.functions import OVER_UNITS
from quanheng.scheme.formulas.sorts import is_number
from quanheng.scheme.formulas.tree import (
    Arithmetic,
    Call,
    Comparison,
    ComparisonSign,
    Day,
    Expression,
    Logic,
    Name,
    Negated,
    Not,
    Number,
    OfNode,
    OfSeries,
    OfText,
    OneOf,
    Span,
    Words,
)
from quanheng.scheme.rules.anchors import Direction


class Step(Protocol):
    """Gives a formula a column of its own."""

    def __call__(self, formula: str, tree: Expression, months: int, *, ordered: bool) -> str:
        """Return the key of the column of `formula`.

        `tree`, `months` before the round, is what it means; with `ordered` it is the tree's value at 12
        significant digits, by which computed values are placed.
        """
        ...


class Vocabulary(Value):
    """What names mean, where inner steps go, and the indicator's direction and target (for `completion`).

    `placing` says which end is best for `place`: that of the indicator in a measure, the greatest elsewhere.
    """

    name: Callable[[str, int], Strict]
    step: Step
    direction: Direction = "more"
    placing: Direction = "more"
    target: Callable[[], str] | None = None
    anybody: str = "data|unit"
    """A column in which every unit has a cell."""


def translated(tree: Expression, words: Vocabulary, *, months: int = 0) -> Part:
    """Return `tree` as a formula, every item taken `months` before the round.

    Raises:
        EngineError: the tree is none that the engine computes either.
    """
    match tree:
        case Number(value):
            return Strict(text=number(value) if value >= 0 else f"({number(value)})")
        case Words(text):
            return Strict(text=quoted(text))
        case Day(date):
            return Strict(text=number((date - _DAY_ZERO).days))
        case Name(name):
            return words.name(name, months)
        case Negated(operand):
            part = _strict(operand, words, months)
            return joined([part], f"(-{part.text})", counts=part.counts)
        case Not(operand):
            part = _strict(operand, words, months)
            return joined([part], f"NOT({as_truth(part)})", truth=True)
        case Arithmetic("+" | "-"):
            return _sum(tree, words, months)
        case Arithmetic(sign, left, right):
            return _arithmetic(sign, left, right, words, months)
        case Comparison(sign, left, right):
            parts = _side_by_side([left, right], words, months)
            compare = _comparison_of(left, right)
            return joined(parts, f"({compare(sign, parts[0].text, parts[1].text)})", truth=True)
        case Logic(word, left, right):
            return _logic(word, left, right, words, months)
        case OneOf(operand, choices):
            parts = _side_by_side([operand, *choices], words, months)
            equal = ",".join(
                _comparison_of(operand, choice)("==", parts[0].text, part.text)
                for choice, part in zip(choices, parts[1:], strict=True)
            )
            return joined(parts, f"OR({equal})", truth=True)
        case OfNode() | OfText() | OfSeries():
            return beside_items(tree, words.name, months)
        case Call():
            return _call(tree, words, months)
        case Span():
            raise EngineError(
                "a span of time stands only as the second argument of lag",
                "时间跨度只能作为往期函数（lag）的第二个参数",
            )
        case _:
            assert_never(tree)


def unchecked(tree: Expression, words: Vocabulary) -> Strict:
    """Return `tree` as a part that holds wherever its cells hold numbers, without any further check."""
    return _closed(_strict(tree, words, 0), tree, words, 0)


def _call(call: Call, words: Vocabulary, months: int) -> Part:
    arguments = call.arguments
    match call.function:
        case "lag":
            return translated(arguments[0], words, months=months + shift_of(call))
        case "own":
            return translated(arguments[-1], words, months=months)
        case "growth" | "change":
            return _against_before(call, words, months)
        case "share":
            value = _cell(arguments[0], words, months)
            everyone = over_all_units(value)
            total = settled(f"SUM({everyone})", size=f"MAX({everyone}),-MIN({everyone})")
            # a sum that is not above 0 without anything below 0 is one of nothing but 0
            none = f"IF(MIN({everyone})<0,{quoted(UNDEFINED)},0)"
            return Whole(text=where_present(f"IF({total}>0,{value}/{total},{none})", [value]))
        case "place":
            return _place(arguments[0], words, months)
        case function if function in OVER_UNITS:
            return _over_units(call, words, months)
        case "completion":
            return _completion(arguments[0], words, months)
        case "log":
            part = _closed(_strict(arguments[0], words, months), arguments[0], words, months)
            return joined([part], f"LN({part.text})", checks=((f"{part.text}<=0", UNDEFINED),))
        case "abs" | "sign" | "floor" | "ceil" | "round" | "sqrt" | "exp":
            return of_a_number(
                call, _closed(_strict(arguments[0], words, months), arguments[0], words, months)
            )
        case "min" | "max" | "mean" | "sum":
            parts = _side_by_side(arguments, words, months)
            texts = ",".join(part.text for part in parts)
            counts = all(part.counts for part in parts)
            if call.function in ("mean", "sum"):
                total = settled_sum([part.text for part in parts])
                value = total if call.function == "sum" else f"({total}/{len(parts)})"
                return joined(parts, value, counts=counts)
            return joined(parts, f"{_AGGREGATES[call.function]}({texts})", counts=counts)
        case "coalesce":
            return _coalesce(arguments, words, months)
        case "where":
            return _choice(arguments, words, months)
        case _:
            raise EngineError(f"the function {call.function!r} does not exist", f"没有函数“{call.function}”")


def _over_units(call: Call, words: Vocabulary, months: int) -> Part:
    """Return a figure over the rows of the unit's group."""
    if not call.arguments:
        return Strict(text=f"ROWS({group_span(words.anybody)})", counts=True)
    inner = _strict(call.arguments[0], words, months)
    return over_units(call.function, over_the_group(_cell_of(inner, call.arguments[0], words, months)))


def _arithmetic(sign: str, left: Expression, right: Expression, words: Vocabulary, months: int) -> Part:
    first, second = _side_by_side([left, right], words, months)
    if sign == "/":
        first, second = _closed(first, left, words, months), _closed(second, right, words, months)
        return division(first, second)
    if sign == "**":
        first, second = _closed(first, left, words, months), _closed(second, right, words, months)
        text = f"({first.text}^{second.text})"
        if isinstance(right, Number) and right.value >= 0 and right.value.is_integer():
            return joined([first, second], text)
        return joined([first, second], text, checks=((f"ISERROR{text}", UNDEFINED),))
    counts = first.counts and second.counts
    return joined([first, second], f"({first.text}{sign}{second.text})", counts=counts)


def _sum(tree: Expression, words: Vocabulary, months: int) -> Part:
    """Add up a whole chain of terms, which each stand in a cell of their own if they are more than one."""
    signs, trees = zip(*terms_of(tree), strict=True)
    parts = _side_by_side(trees, words, months)
    terms = [f"-{part.text}" if negative else part.text for negative, part in zip(signs, parts, strict=True)]
    return joined(parts, settled_sum(terms), counts=all(part.counts for part in parts))


def _comparison_of(left: Expression, right: Expression) -> Callable[[ComparisonSign, str, str], str]:
    numbers = all(is_number(tree, texts=TEXT_WORDS) for tree in (left, right))
    return compared if numbers else as_written


def _against_before(call: Call, words: Vocabulary, months: int) -> Part:
    tree = call.arguments[0]
    earlier = months + shift_of(call)
    now, before = _strict(tree, words, months), _strict(tree, words, earlier)
    if now.checks or before.checks:
        now, before = _closed(now, tree, words, months), _closed(before, tree, words, earlier)
    if call.function == "change":
        counts = now.counts and before.counts
        return joined([now, before], settled_sum([now.text, f"-{before.text}"]), counts=counts)
    difference = Strict(text=settled_sum([now.text, f"-{before.text}"]), cells=cells_in([now, before]))
    return division(difference, Strict(text=f"ABS({before.text})", cells=before.cells, counts=before.counts))


def _place(tree: Expression, words: Vocabulary, months: int) -> Part:
    value = _cell(tree, words, months)
    computed = not isinstance(tree, Name)  # reported values are placed as they are (comparing §3)
    placed = where_present(ordering(value) if computed else value, [value])
    key = words.step(placed, tree, months, ordered=computed)
    order = 0 if words.placing == "more" else 1
    return Whole(text=where_present(f"RANK({here(key)},{group_span(key)},{order})", [here(key)]))


def _completion(tree: Expression, words: Vocabulary, months: int) -> Part:
    if words.target is None:
        raise EngineError(
            "completion() stands only in the measure of an indicator",
            "完成率函数（completion）只能用在指标公式中",
        )
    value = _closed(_strict(tree, words, months), tree, words, months)
    goal = words.target()
    part = division(value, Strict(text=goal, cells=(goal,)))
    other = f"(2-{part.text})"
    above, below = (part.text, other) if words.direction == "more" else (other, part.text)
    return Strict(text=f"IF({goal}<0,{below},{above})", cells=part.cells, checks=part.checks)


def _coalesce(trees: Sequence[Expression], words: Vocabulary, months: int) -> Part:
    """Take the first value; with none, not applicable only if every part is, else undefined or missing."""
    parts = [translated(tree, words, months=months) for tree in trees]
    texts: list[str] = []
    for part, tree in zip(parts, trees, strict=True):
        if isinstance(part, Strict) and not part.cells:
            texts.append(part.text)
            break  # a plain number always has a value: nothing after it is ever looked at
        texts.append(_cell_of(part, tree, words, months))
    last = parts[len(texts) - 1]
    constant = isinstance(last, Strict) and not last.cells
    cells = texts[:-1] if constant else texts
    result = texts[-1] if constant else state_of(cells, every=True)
    for cell in reversed(cells):
        result = f"IF(ISNUMBER({cell}),{cell},{result})"
    return Whole(text=result, counts=all(part.counts for part in parts))


def _choice(trees: Sequence[Expression], words: Vocabulary, months: int) -> Part:
    """Look only at the condition and at the branch it chooses."""
    condition = _closed(_strict(trees[0], words, months), trees[0], words, months)
    then, otherwise = (in_a_cell(translated(tree, words, months=months)) for tree in trees[1:])
    return Whole(text=where_present(f"IF({as_truth(condition)},{then},{otherwise})", condition.cells))


def _logic(word: str, left: Expression, right: Expression, words: Vocabulary, months: int) -> Part:
    """Join two conditions; where one of them is absent, the other may decide alone."""
    first, second = _strict(left, words, months), _strict(right, words, months)
    if set(first.cells) == set(second.cells) and not first.checks and not second.checks:
        return joined([first, second], f"{word.upper()}({as_truth(first)},{as_truth(second)})", truth=True)
    a = _cell_of(first, left, words, months)
    b = _cell_of(second, right, words, months)
    decides, other = (0, 1) if word == "and" else (1, 0)
    both = f"IF(COUNT({a},{b})=2,{other},{state_of([a, b])})"
    return Whole(text=f"IF(OR({a}={decides},{b}={decides}),{decides},{both})")


def _side_by_side(trees: Sequence[Expression], words: Vocabulary, months: int) -> list[Strict]:
    """Return strict parts that may be joined: checks may only stay if they look at all cells of the join."""
    parts = [_strict(tree, words, months) for tree in trees]
    cells = set(cells_in(parts))
    return [
        part if not part.checks or set(part.cells) == cells else _closed(part, tree, words, months)
        for part, tree in zip(parts, trees, strict=True)
    ]


def _strict(tree: Expression, words: Vocabulary, months: int) -> Strict:
    part = translated(tree, words, months=months)
    return part if isinstance(part, Strict) else _in_step(part, tree, words, months)


def _closed(part: Strict, tree: Expression, words: Vocabulary, months: int) -> Strict:
    """Return `part` without checks: in a column of its own if it has any."""
    return _in_step(part, tree, words, months) if part.checks else part


def _in_step(part: Part, tree: Expression, words: Vocabulary, months: int) -> Strict:
    cell = here(words.step(in_a_cell(part), tree, months, ordered=False))
    return Strict(text=cell, cells=(cell,), counts=part.counts)


def _cell(tree: Expression, words: Vocabulary, months: int) -> str:
    return _cell_of(translated(tree, words, months=months), tree, words, months)


def _cell_of(part: Part, tree: Expression, words: Vocabulary, months: int) -> str:
    """Return the one cell that holds `part`: its own, or a step made for it."""
    if isinstance(part, Strict) and part.cells == (part.text,) and not part.checks and not part.truth:
        return part.text
    return _in_step(part, tree, words, months).text


_DAY_ZERO: Final = dt.date(1899, 12, 30)
"""Day 0 of a workbook's calendar."""
_AGGREGATES: Final = {"min": "MIN", "max": "MAX"}
