"""Formula trees as column expressions, with the two ways of being absent kept apart (absence §1).

A compiled formula has a value, null where it is absent, and two flags that say why: not applicable, or
undefined (a division by zero that absence §5 makes a finding, the logarithm of a number not above 0). What
is null without a flag is missing. If any operand is not applicable the result is not applicable, else if
any is missing it is missing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Final, TypeAlias, assert_never

import narwhals as nw

from quanheng.engine.formulas.operations import (
    Compiled,
    added,
    any_of,
    arithmetic,
    ceiling_of,
    choice,
    comparison,
    division,
    exponential,
    first,
    floor_of,
    horizontal,
    logarithm,
    logic,
    mapped,
    one_of,
    sign_of,
    square_root,
)
from quanheng.engine.frame import columns as c
from quanheng.engine.frame.rounding import half_up
from quanheng.findings.errors import EngineError
from quanheng.findings.value import Value, field
from quanheng.periods.every import MONTHS_A_YEAR
from quanheng.scheme.formulas.cost import terms_of
from quanheng.scheme.formulas.functions import OVER_UNITS, UNITS
from quanheng.scheme.formulas.sorts import is_number
from quanheng.scheme.formulas.tree import (
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
    OfNode,
    OfSeries,
    OfText,
    OneOf,
    Span,
    Words,
)
from quanheng.scheme.rules.anchors import Direction

NO_SHARE: Final = "|undefined"
"""Ends the name of the column beside a share that says where there is none."""
NOBODYS: Final = "|not_applicable"
"""Ends the name of the column beside a figure of all units that says where it applies to none of them."""


class Shared(Value, kw_only=False):
    """A part of a formula and its meaning, which is columns by now; it is known by its identity."""

    tree: Expression
    meaning: Compiled


PartKey: TypeAlias = tuple[str | None, int, int]
"""The indicator a part is of, if any, its identity, and how many months it is shifted back."""


class SharedParts(dict[PartKey, Shared]):
    """The parts that are columns by now. Sent to another process, they are known by their identity there."""

    def __reduce__(self) -> tuple[Callable[..., SharedParts], tuple[object, ...]]:
        """Return what makes the same of them where they arrive."""
        parts = [(indicator, months, part) for (indicator, _, months), part in self.items()]
        return _shared_again, (parts,)


def _shared_again(parts: Iterable[tuple[str | None, int, Shared]]) -> SharedParts:
    return SharedParts({(indicator, id(part.tree), months): part for indicator, months, part in parts})


class Scope(Value):
    """What the names and pooled functions of a formula mean.

    `columns` are the frame's columns; `items` the names that are items; `names` other names and what they
    stand for; `counted` the items that count records; `pooled` the columns of `share` and `place` calls,
    by the call and the months it is shifted back; `shared` other parts of formulas that are columns by now,
    by the indicator they are of, if any, by identity, and by those months.
    """

    columns: frozenset[str]
    items: frozenset[str]
    counted: frozenset[str] = frozenset()
    names: Mapping[str, Compiled] = field(default_factory=dict)
    pooled: Mapping[tuple[Call, int], str] = field(default_factory=dict)
    shared: SharedParts = field(default_factory=SharedParts)
    indicator: str | None = None
    direction: Direction = "more"


def compiled(tree: Expression, scope: Scope, *, months: int = 0) -> Compiled:
    """Return `tree` as a column expression, every item taken `months` before the round.

    Raises:
        EngineError: a name means nothing in `scope`; the checks of a scheme find this earlier.
    """
    known = scope.shared.get((scope.indicator, id(tree), months))
    if known is not None:
        return known.meaning
    match tree:
        case Number(value):
            return Compiled(value=nw.lit(float(value)))
        case Words(text):
            return Compiled(value=nw.lit(text))
        case Day(date):
            return Compiled(value=nw.lit(date))
        case Name(name):
            return _name(name, scope, months)
        case Negated(operand):
            return mapped(compiled(operand, scope, months=months), lambda value: -value)
        case Not(operand):
            return mapped(compiled(operand, scope, months=months), lambda value: ~value)
        case Arithmetic("+" | "-"):
            return added([_term(negative, term, scope, months) for negative, term in terms_of(tree)])
        case Arithmetic(sign, left, right):
            return arithmetic(
                sign, compiled(left, scope, months=months), compiled(right, scope, months=months)
            )
        case Comparison(sign, left, right):
            sides = (compiled(left, scope, months=months), compiled(right, scope, months=months))
            return comparison(sign, *sides, numbers=_are_numbers(left, right, scope))
        case Logic(word, left, right):
            return logic(word, compiled(left, scope, months=months), compiled(right, scope, months=months))
        case OneOf(operand, choices):
            return one_of(
                compiled(operand, scope, months=months),
                [compiled(choice, scope, months=months) for choice in choices],
                numbers=[_are_numbers(operand, choice, scope) for choice in choices],
            )
        case OfNode() | OfSeries() | OfText():
            return _beside_items(tree, scope, months)
        case Call():
            return _call(tree, scope, months)
        case Span():
            raise EngineError(
                "a span of time stands only as the second argument of lag",
                "时间跨度只能作为往期函数（lag）的第二个参数",
            )
        case _:
            assert_never(tree)


def shift_of(call: Call) -> int:
    """Return how many months `call` (growth, change or lag) looks back."""
    if call.function == "lag":
        match call.arguments[1]:
            case Span(months):
                return months
            case _:
                raise EngineError(
                    "the second argument of lag is a span such as 1y or 3m",
                    "往期函数（lag）的第二个参数是时间跨度，如 1y（一年）、3m（三个月）",
                )
    return MONTHS_A_YEAR


def _over_units(call: Call, column: str) -> Compiled:
    return Compiled(
        value=nw.col(column),
        not_applicable=nw.col(f"{column}{NOBODYS}"),
        undefined=nw.col(f"{column}{NO_SHARE}"),
        counts=call.function == UNITS,
    )


def _of_a_number(call: Call, number: Compiled) -> Compiled:
    match call.function:
        case "sqrt":
            return square_root(number)
        case "exp":
            return exponential(number)
        case "round":
            decimals = decimals_of(call)
            return mapped(number, lambda value: half_up(value, decimals))
        case _:
            return mapped(number, _OF_A_NUMBER[call.function])


def decimals_of(call: Call) -> int:
    """Return how many decimals `call`, of round, keeps."""
    match call.arguments:
        case (_, Number(decimals)):
            return int(decimals)
        case _:
            return 0


_OF_A_NUMBER: Final[Mapping[str, Callable[[nw.Expr], nw.Expr]]] = {
    "abs": lambda value: value.abs(),
    "sign": sign_of,
    "floor": floor_of,
    "ceil": ceiling_of,
}


def _term(negative: bool, tree: Expression, scope: Scope, months: int) -> Compiled:  # noqa: FBT001  a sign
    term = compiled(tree, scope, months=months)
    return mapped(term, lambda value: -value) if negative else term


def _are_numbers(left: Expression, right: Expression, scope: Scope) -> bool:
    texts = {name for name, meaning in scope.names.items() if not meaning.number}
    return all(is_number(tree, texts=texts) for tree in (left, right))


def _name(name: str, scope: Scope, months: int) -> Compiled:
    if name in scope.names:
        return scope.names[name]
    column = c.item(name, months)
    if name not in scope.items or column not in scope.columns:
        raise EngineError(f"{name!r} has no column {column!r} here", f"“{name}”在此处没有“{column}”列")
    flag_column = c.item_na(name, months)
    flag = nw.col(flag_column).fill_null(value=False) if flag_column in scope.columns else None
    return Compiled(value=nw.col(column), not_applicable=flag, counts=name in scope.counted)


def _of_node(part: OfNode, scope: Scope) -> Compiled:
    column = c.of_node(part.node, part.function, part.by)
    if column not in scope.columns:
        # of other rounds, of which only figures are laid out, nothing is known
        return Compiled(value=nw.lit(None, dtype=nw.Float64()))
    flag = nw.col(c.of_node_na(part.node, part.by)).fill_null(value=False)
    return Compiled(value=nw.col(column), not_applicable=flag)


def _beside_items(part: OfNode | OfSeries | OfText, scope: Scope, months: int) -> Compiled:
    match part:
        case OfNode():
            return _of_node(part, scope)
        case OfSeries():
            return _of_series(part, scope, months)
        case OfText():
            return mapped(_name(part.code, scope, months), lambda value: value > _HALF)
        case _:
            assert_never(part)


_HALF: Final = 0.5
"""What holds is 1, what does not is 0."""


def _of_series(series: OfSeries, scope: Scope, months: int) -> Compiled:
    meaning = _name(series.code, scope, months)
    broken = c.item_undefined(series.code, months)
    undefined = nw.col(broken).fill_null(value=False) if broken in scope.columns else None
    return replace(meaning, counts=series.statistic == "count", undefined=undefined)


def _call(call: Call, scope: Scope, months: int) -> Compiled:
    arguments = call.arguments
    match call.function:
        case "growth" | "change" | "lag":
            before = compiled(arguments[0], scope, months=months + shift_of(call))
            if call.function == "lag":
                return before
            now = compiled(arguments[0], scope, months=months)
            difference = arithmetic("-", now, before)
            if call.function == "change":
                return difference
            return arithmetic("/", difference, mapped(before, lambda value: value.abs()))
        case "own":
            if len(arguments) == 1:
                raise EngineError(
                    "own() has no meaning before it is written out for a round",
                    "当期函数（own）须先按考核期展开",
                )
            return compiled(arguments[1], scope, months=months)
        case function if function in OVER_UNITS:
            return _over_units(call, scope.pooled[call, months])
        case "share" | "place":
            inner = compiled(arguments[0], scope, months=months)
            column = scope.pooled[call, months]
            # flags stay the inner ones: whoever has no value has no share and no place
            no_share = nw.col(f"{column}{NO_SHARE}") if call.function == "share" else None
            return Compiled(
                value=nw.col(column),
                not_applicable=inner.not_applicable,
                undefined=any_of([inner.undefined, no_share]),
            )
        case "completion":
            return _completion(compiled(arguments[0], scope, months=months), scope)
        case "log":
            return logarithm(compiled(arguments[0], scope, months=months))
        case "sqrt" | "exp" | "abs" | "sign" | "floor" | "ceil" | "round":
            return _of_a_number(call, compiled(arguments[0], scope, months=months))
        case "min" | "max" | "mean" | "sum":
            parts = [compiled(argument, scope, months=months) for argument in arguments]
            return horizontal(call.function, parts)
        case "coalesce":
            return first([compiled(argument, scope, months=months) for argument in arguments])
        case "where":
            condition, then, otherwise = (compiled(argument, scope, months=months) for argument in arguments)
            return choice(condition, then, otherwise)
        case _:
            raise EngineError(f"the function {call.function!r} does not exist", f"没有函数“{call.function}”")


def _completion(value: Compiled, scope: Scope) -> Compiled:
    """Return the completion of the target, as the rule of targets has it."""
    goal = target_of(scope)
    more = scope.direction == "more"
    return mapped(division(value, goal), lambda part: completed(part, goal.value, more=more))


def completed(part: nw.Expr, goal: nw.Expr, *, more: bool) -> nw.Expr:
    """Return 1 + s·(x − target) ÷ |target| from `part`, x ÷ target; s is 1 for more, −1 for less.

    Of a target above 0 that is x ÷ target, or 2 − x ÷ target where less is better; below 0, the other one.
    """
    other = 2.0 - part
    return nw.when(goal < 0.0).then(other if more else part).otherwise(part if more else other)


def target_of(scope: Scope) -> Compiled:
    """Return the target of the scope's indicator; missing everywhere if no target was ever stated."""
    if scope.indicator is None:
        raise EngineError(
            "completion() stands only in the measure of an indicator",
            "完成率函数（completion）只能用在指标公式中",
        )
    column, flag = c.target(scope.indicator), c.target_na(scope.indicator)
    value = nw.col(column) if column in scope.columns else nw.lit(None, dtype=nw.Float64())
    not_applicable = nw.col(flag).fill_null(value=False) if flag in scope.columns else None
    return Compiled(value=value, not_applicable=not_applicable)
