"""Formulas of the scheme as formulas of a workbook, with the same three states (absence §1).

A tree becomes either a `Strict` part, which holds wherever all its cells hold numbers and can stand inside
another formula, or a `Whole` formula, which says itself what it gives where something is absent and
therefore needs a cell of its own. `in_a_cell` closes a strict part: what it gives where a cell is absent is
`/` if one of them is not applicable, else the mark of what cannot be computed, else empty.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, Protocol, TypeAlias, assert_never

from quanheng.engine.expressions import shift_of
from quanheng.errors import EngineError
from quanheng.report.audit_workbook.cells import MISSING, NOT_APPLICABLE, UNDEFINED, number, quoted
from quanheng.report.audit_workbook.references import group_span, here, over_all_units
from quanheng.scheme.formula import (
    Arithmetic,
    Call,
    Comparison,
    Day,
    Expression,
    Logic,
    Name,
    Negated,
    Not,
    Number,
    OneOf,
    Span,
    Words,
)
from quanheng.scheme.model import Direction


@dataclass(frozen=True, slots=True, kw_only=True)
class Strict:
    """A formula that holds where all `cells` hold numbers.

    `checks` are conditions under which it gives a state instead (0/0 is not applicable), `truth` says
    that it is true or false, `counts` that it counts records, so that 0 means there is nothing to divide by.
    """

    text: str
    cells: tuple[str, ...] = ()
    checks: tuple[tuple[str, str], ...] = ()
    truth: bool = False
    counts: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole:
    """A formula that says for itself what it gives where something is absent."""

    text: str
    counts: bool = False


Part: TypeAlias = Strict | Whole


class Step(Protocol):
    """Gives a formula a column of its own."""

    def __call__(self, formula: str, tree: Expression, months: int, *, ordered: bool) -> str:
        """Return the key of the column of `formula`.

        `tree`, `months` before the round, is what it means; with `ordered` it is the tree's value at 12
        significant digits, by which computed values are placed.
        """
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """What names mean, where inner steps go, and the indicator's direction and target (for `completion`).

    `placing` says which end is best for `place`: that of the indicator in a measure, the greatest elsewhere.
    `judging` asks only whether a condition holds: one half of `or` may decide although the other is absent.
    """

    name: Callable[[str, int], Strict]
    step: Step
    direction: Direction = "more"
    placing: Direction = "more"
    target: Callable[[], str] | None = None
    judging: bool = False


def in_a_cell(part: Part) -> str:
    """Return `part` as a complete formula of a cell: a number, or the state of what is absent."""
    match part:
        case Whole(text=text):
            return text
        case Strict(text=text, cells=cells, checks=checks, truth=truth):
            value = f"IF({text},1,0)" if truth else text
            for condition, state in reversed(checks):
                value = f"IF({condition},{quoted(state)},{value})"
            return where_present(value, cells)
        case _:
            assert_never(part)


def where_present(value: str, cells: Sequence[str]) -> str:
    """Return the formula that is `value` where all `cells` hold numbers, else the state of the absent."""
    if not cells:
        return value
    if len(cells) == 1:
        return f"IF(ISNUMBER({cells[0]}),{value},{cells[0]}&{quoted(MISSING)})"
    return f"IF(COUNT({','.join(cells)})={len(cells)},{value},{_state_of(cells)})"


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
            return _joined([part], f"(-{part.text})", counts=part.counts)
        case Not(operand):
            part = _strict(operand, words, months)
            return _joined([part], f"NOT({as_truth(part)})", truth=True)
        case Arithmetic(sign, left, right):
            return _arithmetic(sign, left, right, words, months)
        case Comparison(sign, left, right):
            parts = _side_by_side([left, right], words, months)
            return _joined(parts, f"({parts[0].text}{_SIGNS[sign]}{parts[1].text})", truth=True)
        case Logic(word, left, right):
            return _logic(word, left, right, words, months)
        case OneOf(operand, choices):
            parts = _side_by_side([operand, *choices], words, months)
            equal = ",".join(f"{parts[0].text}={part.text}" for part in parts[1:])
            return _joined(parts, f"OR({equal})", truth=True)
        case Call():
            return _call(tree, words, months)
        case Span():
            raise EngineError("a span of time stands only as the second argument of lag")
        case _:
            assert_never(tree)


def unchecked(tree: Expression, words: Vocabulary) -> Strict:
    """Return `tree` as a part that holds wherever its cells hold numbers, without any further check."""
    return _closed(_strict(tree, words, 0), tree, words, 0)


def as_truth(part: Strict) -> str:
    """Return `part` as something that is true or false: a number is true unless it is 0."""
    return part.text if part.truth else f"({part.text}<>0)"


def _call(call: Call, words: Vocabulary, months: int) -> Part:
    arguments = call.arguments
    match call.function:
        case "lag":
            return translated(arguments[0], words, months=months + shift_of(call))
        case "growth" | "change":
            return _against_before(call, words, months)
        case "share":
            value = _cell(arguments[0], words, months)
            total = f"SUM({over_all_units(value)})"
            return Whole(text=where_present(f"IF({total}<>0,{value}/{total},0)", [value]))
        case "place":
            return _place(arguments[0], words, months)
        case "completion":
            return _completion(arguments[0], words, months)
        case "log":
            part = _closed(_strict(arguments[0], words, months), arguments[0], words, months)
            return _joined([part], f"LN({part.text})", checks=((f"{part.text}<=0", UNDEFINED),))
        case "min" | "max" | "mean" | "sum":
            parts = _side_by_side(arguments, words, months)
            texts = ",".join(part.text for part in parts)
            counts = all(part.counts for part in parts)
            return _joined(parts, f"{_AGGREGATES[call.function]}({texts})", counts=counts)
        case "coalesce":
            return _coalesce(arguments, words, months)
        case "where":
            return _choice(arguments, words, months)
        case _:
            raise EngineError(f"the function {call.function!r} does not exist")


def _arithmetic(sign: str, left: Expression, right: Expression, words: Vocabulary, months: int) -> Part:
    first, second = _side_by_side([left, right], words, months)
    if sign == "/":
        first, second = _closed(first, left, words, months), _closed(second, right, words, months)
        return _division(first, second)
    if sign == "**":
        first, second = _closed(first, left, words, months), _closed(second, right, words, months)
        text = f"({first.text}^{second.text})"
        if isinstance(right, Number) and right.value >= 0 and right.value.is_integer():
            return _joined([first, second], text)
        return _joined([first, second], text, checks=((f"ISERROR{text}", UNDEFINED),))
    counts = first.counts and second.counts
    return _joined([first, second], f"({first.text}{sign}{second.text})", counts=counts)


def _division(top: Strict, bottom: Strict) -> Strict:
    """Divide by absence §5: 0/0 and a denominator that counts nothing are not applicable."""
    text = f"({top.text}/{bottom.text})"
    if not bottom.cells and bottom.text not in ("0", "0.0"):
        return _joined([top, bottom], text)
    zero = f"{bottom.text}=0"
    if bottom.counts:
        return _joined([top, bottom], text, checks=((zero, NOT_APPLICABLE),))
    checks = ((f"AND({zero},{top.text}=0)", NOT_APPLICABLE), (zero, UNDEFINED))
    return _joined([top, bottom], text, checks=checks)


def _against_before(call: Call, words: Vocabulary, months: int) -> Part:
    tree = call.arguments[0]
    earlier = months + shift_of(call)
    now, before = _strict(tree, words, months), _strict(tree, words, earlier)
    if now.checks or before.checks:
        now, before = _closed(now, tree, words, months), _closed(before, tree, words, earlier)
    if call.function == "change":
        return _joined([now, before], f"({now.text}-{before.text})", counts=now.counts and before.counts)
    difference = Strict(text=f"({now.text}-{before.text})", cells=_cells([now, before]))
    return _division(difference, Strict(text=f"ABS({before.text})", cells=before.cells, counts=before.counts))


def _place(tree: Expression, words: Vocabulary, months: int) -> Part:
    value = _cell(tree, words, months)
    key = words.step(where_present(ordering(value), [value]), tree, months, ordered=True)
    order = 0 if words.placing == "more" else 1
    return Whole(text=where_present(f"RANK({here(key)},{group_span(key)},{order})", [here(key)]))


def ordering(value: str) -> str:
    """Return `value` at 12 significant digits, as the engine compares computed values."""
    return f"IF({value}=0,0,ROUND({value},11-INT(LOG10(ABS({value})))))"


def _completion(tree: Expression, words: Vocabulary, months: int) -> Part:
    if words.target is None:
        raise EngineError("completion() stands only in the measure of an indicator")
    value = _closed(_strict(tree, words, months), tree, words, months)
    goal = words.target()
    part = _division(value, Strict(text=goal, cells=(goal,)))
    if words.direction == "more":
        return part
    return Strict(text=f"(2-{part.text})", cells=part.cells, checks=part.checks)


def _coalesce(trees: Sequence[Expression], words: Vocabulary, months: int) -> Part:
    """Take the first value; with none, not applicable only if every part is, else undefined or missing."""
    parts = [translated(tree, words, months=months) for tree in trees]
    texts: list[str] = []
    for part, tree in zip(parts, trees, strict=True):
        if isinstance(part, Strict) and not part.cells:
            texts.append(part.text)
            break  # a plain number always has a value: nothing after it is ever looked at
        texts.append(_cell_of(part, tree, words, months))
    constant = isinstance(parts[len(texts) - 1], Strict) and not _cells_of(parts[len(texts) - 1])
    cells = texts[:-1] if constant else texts
    result = texts[-1] if constant else _state_of(cells, every=True)
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
        return _joined([first, second], f"{word.upper()}({as_truth(first)},{as_truth(second)})", truth=True)
    a = _cell_of(first, left, words, months)
    b = _cell_of(second, right, words, months)
    decides, other = (0, 1) if word == "and" else (1, 0)
    value = f"IF(OR({a}={decides},{b}={decides}),{decides},IF(COUNT({a},{b})=2,{other},{quoted(MISSING)}))"
    if words.judging:
        return Whole(text=value)
    absent = f"OR({a}={quoted(NOT_APPLICABLE)},{b}={quoted(NOT_APPLICABLE)})"
    broken = f"OR({a}={quoted(UNDEFINED)},{b}={quoted(UNDEFINED)})"
    return Whole(text=f"IF({absent},{quoted(NOT_APPLICABLE)},IF({broken},{quoted(UNDEFINED)},{value}))")


def _side_by_side(trees: Sequence[Expression], words: Vocabulary, months: int) -> list[Strict]:
    """Return strict parts that may be joined: checks may only stay if they look at all cells of the join."""
    parts = [_strict(tree, words, months) for tree in trees]
    cells = set(_cells(parts))
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


def _joined(
    parts: Sequence[Strict],
    text: str,
    *,
    checks: tuple[tuple[str, str], ...] = (),
    truth: bool = False,
    counts: bool = False,
) -> Strict:
    every = [*(check for part in parts for check in part.checks), *checks]
    # not applicable comes before what cannot be computed
    every.sort(key=lambda check: check[1] != NOT_APPLICABLE)
    return Strict(text=text, cells=_cells(parts), checks=tuple(every), truth=truth, counts=counts)


def _cells(parts: Sequence[Strict]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(cell for part in parts for cell in part.cells))


def _cells_of(part: Part) -> tuple[str, ...]:
    return part.cells if isinstance(part, Strict) else ("",)


def _state_of(cells: Sequence[str], *, every: bool = False) -> str:
    absent = ",".join(f"{cell}={quoted(NOT_APPLICABLE)}" for cell in cells)
    broken = ",".join(f"{cell}={quoted(UNDEFINED)}" for cell in cells)
    test = "AND" if every else "OR"
    rest = f"IF(OR({broken}),{quoted(UNDEFINED)},{quoted(MISSING)})"
    return f"IF({test}({absent}),{quoted(NOT_APPLICABLE)},{rest})"


_DAY_ZERO: Final = dt.date(1899, 12, 30)
"""Day 0 of a workbook's calendar."""
_SIGNS: Final = {"==": "=", "!=": "<>", "<": "<", "<=": "<=", ">": ">", ">=": ">="}
_AGGREGATES: Final = {"min": "MIN", "max": "MAX", "mean": "AVERAGE", "sum": "SUM"}
