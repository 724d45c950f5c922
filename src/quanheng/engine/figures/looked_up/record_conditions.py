"""Conditions over the records of a ledger: which of them an item counts, sums or averages.

A record either meets a condition or does not; nothing is left open as it is for units. A comparison with
an empty cell is false, and `not` of it is true; `== ''` asks whether a cell is empty, `!= ''` whether it is
not. Dates are compared as days, and where both have a time of day with it; their difference is a number of
whole days, and a date plus a number is a date.
"""

from __future__ import annotations

import datetime as dt
import functools
import operator
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final, assert_never

import narwhals as nw

from quanheng.engine.figures.looked_up.record_functions import called, rounded, workdays
from quanheng.engine.figures.looked_up.record_terms import (
    IN_CHINESE,
    NULL,
    ORDERED,
    RecordConditionError,
    Sort,
    Term,
    any_undefined,
    finite,
    truth,
    undecided,
)
from quanheng.engine.formulas.expressions import decimals_of
from quanheng.engine.frame.days import days_in, days_of
from quanheng.findings.text import Text
from quanheng.findings.value import Value
from quanheng.periods.calendar import Calendar
from quanheng.periods.stretch import Stretch
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
    children_of,
)

PERIOD_START: Final = "period_start"
PERIOD_END: Final = "period_end"


class Fields(Value, kw_only=False):
    """What the names of a condition mean: columns by what they hold, the ends of a stretch; working days."""

    sorts: Mapping[str, Sort]
    stretch: Stretch
    calendar: Calendar | None = None

    def term(self, name: str) -> Term:
        """Return what `name` means."""
        if name in (PERIOD_START, PERIOD_END):
            day = self.stretch.start if name == PERIOD_START else self.stretch.end
            return _day(day)
        if name not in self.sorts:
            raise RecordConditionError(Text(en=f"there is no column {name!r}", zh=f"没有“{name}”列"))
        column = nw.col(name)
        match self.sorts[name]:
            case "number":
                return Term("number", column.cast(nw.Float64()))
            case "text":
                return Term("text", nw.when(column != "").then(column))
            case "date":
                return Term("date", days_in(column), column.cast(nw.Date()))
            case "moment":
                return Term("date", _moment(column), column.cast(nw.Date()), timed=True)
            case "truth":
                return Term("truth", column.fill_null(value=False))
            case "nothing" | "blank":
                return Term("nothing", NULL)


def sorts_of(ledger: nw.DataFrame[Any]) -> dict[str, Sort]:
    """Return what the columns of `ledger` hold; columns of other types are left out."""
    return {name: sort for name, dtype in ledger.schema.items() if (sort := _sort_of(ledger, name, dtype))}


def meets(condition: Expression, fields: Fields) -> nw.Expr:
    """Return whether a record meets `condition`; never null.

    Raises:
        RecordConditionError: it is no condition, or compares what cannot be compared.

    Examples:
        >>> import polars as pl
        >>> from quanheng.scheme.formulas.parse import parse_formula
        >>> ledger = nw.from_native(pl.DataFrame({"days": [3.0, 9.0, None]}))
        >>> late = parse_formula("not (days <= 5)").tree
        >>> fields = Fields(sorts_of(ledger), Stretch(first=12 * 2023, length=12))
        >>> ledger.filter(meets(late, fields))["days"].to_list()
        [9.0, None]
    """
    return condition_of(condition, fields).value


def condition_of(condition: Expression, fields: Fields) -> Term:
    """Return the condition as a term: `undefined` says of which records it cannot be told.

    Raises:
        RecordConditionError: as `meets`.
    """
    _require_few_steps(condition)
    return truth(_term(condition, fields))


def value_of(formula: Expression, fields: Fields) -> Term:
    """Return the number that `formula` gives for a record: null where a part is empty or it is undefined.

    Raises:
        RecordConditionError: it is no number, or joins what cannot be joined.

    Examples:
        >>> import polars as pl
        >>> from quanheng.scheme.formulas.parse import parse_formula
        >>> ledger = nw.from_native(pl.DataFrame({"paid": [13.0, 3.0, None]}))
        >>> fields = Fields(sorts_of(ledger), Stretch(first=12 * 2023, length=12))
        >>> marks = value_of(parse_formula("where(paid >= 10, 20, 10) / (paid - 3)").tree, fields)
        >>> ledger.select(marks.value.alias("marks"))["marks"].to_list()
        [2.0, None, None]
        >>> ledger.select(marks.undefined.alias("undefined"))["undefined"].to_list()
        [False, True, False]
    """
    _require_few_steps(formula)
    term = finite(_term(formula, fields))
    if term.sort == "nothing":
        return Term("number", NULL, undefined=term.undefined)
    if term.sort != "number":
        raise RecordConditionError(
            Text(en=f"it gives a {term.sort}, not a number", zh=f"结果是{IN_CHINESE[term.sort]}，不是数字")
        )
    return term


def _require_few_steps(tree: Expression) -> None:
    if _steps(tree) > _MOST_STEPS:
        raise RecordConditionError(
            Text(
                en="it takes too many steps: nest fewer quotients, powers, max and min in each other",
                zh="计算步数过多：请减少除法、乘方、max、min 的层层嵌套",
            )
        )


def _steps(tree: Expression) -> int:
    """Return how many steps a condition takes for a record, parts that are looked at twice counted twice."""
    inside = sum(_steps(child) for child in children_of(tree))
    match tree:
        case Call() | Arithmetic("/" | "**", _, _) | OneOf():
            return 1 + 2 * inside
        case _:
            return 1 + inside


_MOST_STEPS: Final = 20_000


def _sort_of(ledger: nw.DataFrame[Any], name: str, dtype: nw.dtypes.DType) -> Sort | None:
    if dtype.is_numeric():
        return "number"
    if dtype == nw.Date:
        return "date"
    if dtype == nw.Datetime:
        return "moment"
    if dtype == nw.Boolean:
        return "truth"
    if dtype == nw.String:
        return "text" if bool((~ledger[name].is_null()).any()) else "nothing"
    return None


def _term(tree: Expression, fields: Fields) -> Term:
    match tree:
        case Number(value):
            return Term("number", nw.lit(float(value)))
        case Words(text):
            return Term("text", nw.lit(text)) if text else Term("blank", NULL)
        case Day(date):
            return _day(date)
        case Name(name):
            return fields.term(name)
        case Negated(operand):
            return _arithmetic("-", Term("number", nw.lit(0.0)), _term(operand, fields))
        case Arithmetic(sign, left, right):
            return _arithmetic(sign, _term(left, fields), _term(right, fields))
        case Comparison(sign, left, right):
            return _comparison(sign, _term(left, fields), _term(right, fields))
        case OneOf(operand, choices):
            member = _term(operand, fields)
            equal = [_comparison("==", member, _term(choice, fields)) for choice in choices]
            return Term(
                "truth", functools.reduce(operator.or_, [each.value for each in equal]), undefined=_of(equal)
            )
        case Logic(word, left, right):
            join = operator.and_ if word == "and" else operator.or_
            both = [truth(_term(side, fields)) for side in (left, right)]
            return Term("truth", join(both[0].value, both[1].value), undefined=undecided(word, *both))
        case Not(operand):
            denied = truth(_term(operand, fields))
            return Term("truth", ~denied.value, undefined=denied.undefined)
        case Call("workdays", (first, last)):
            return workdays(_term(first, fields), _term(last, fields), fields.calendar)
        case Call("round", (number, *_)):
            return rounded(_term(number, fields), decimals_of(tree))
        case Call(function, arguments):
            return called(function, [_term(argument, fields) for argument in arguments])
        case Span() | OfNode() | OfSeries() | OfText():
            raise RecordConditionError(
                Text(en="a span of time, or a node, has no meaning here", zh="此处不能使用时间跨度或节点")
            )
        case _:
            assert_never(tree)


def _day(day: dt.date) -> Term:
    return Term("date", nw.lit(float(days_of(day))), nw.lit(day))


def _moment(column: nw.Expr) -> nw.Expr:
    """Return a column of moments as days since 1970-01-01 and the time of day as a fraction."""
    parts = ((column.dt.hour(), 3600.0), (column.dt.minute(), 60.0), (column.dt.second(), 1.0))
    seconds = functools.reduce(operator.add, [part.cast(nw.Float64()) * size for part, size in parts])
    return days_in(column) + seconds / 86_400.0


def _comparison(sign: str, left: Term, right: Term) -> Term:
    left, right = finite(left), finite(right)
    return Term("truth", _compared(sign, left, right), undefined=_of((left, right)))


def _compared(sign: str, left: Term, right: Term) -> nw.Expr:
    if "blank" in (left.sort, right.sort) and sign in _EQUALITY:
        other = left if right.sort == "blank" else right
        return other.value.is_null() if sign == "==" else ~other.value.is_null()
    if "nothing" in (left.sort, right.sort):
        return nw.lit(value=False)
    if left.sort != right.sort or not (left.sort in ORDERED or sign in _EQUALITY):
        raise RecordConditionError(
            Text(
                en=f"a {left.sort} is compared with a {right.sort} by '{sign}'",
                zh=f"用“{sign}”比较了{IN_CHINESE[left.sort]}和{IN_CHINESE[right.sort]}",
            )
        )
    compare = _COMPARISONS[sign]
    if left.timed and right.timed:
        both = (left.value > left.days) & (right.value > right.days)
        met = nw.when(both).then(compare(left.value, right.value)).otherwise(compare(left.days, right.days))
        return met.fill_null(value=False)
    if left.date is not None and right.date is not None:
        return compare(left.date, right.date).fill_null(value=False)
    return compare(left.days, right.days).fill_null(value=False)


def _arithmetic(sign: str, left: Term, right: Term) -> Term:
    sorts = (left.sort, right.sort)
    if "nothing" in sorts and {*sorts} <= {"nothing", *ORDERED}:
        return Term("nothing", NULL, undefined=_of((left, right)))
    match (sorts, sign):
        case (("number", "number"), _):
            pass
        case (("date", "date"), "-"):
            pass
        case (("date", "number"), "+" | "-") | (("number", "date"), "+"):
            left, right = finite(left), finite(right)
            moved = _OPERATIONS[sign](left.value, right.value)
            return Term("date", moved, timed=left.timed or right.timed, undefined=_of((left, right)))
        case _:
            raise RecordConditionError(
                Text(
                    en=f"'{sign}' does not join a {left.sort} and a {right.sort}",
                    zh=f"“{sign}”不能用于{IN_CHINESE[left.sort]}和{IN_CHINESE[right.sort]}",
                )
            )
    # what is not finite stays so in sums, products and numerators: it is enough to look at the end of a chain
    if sign == "**":
        left = finite(left)
    if sign in {"/", "**"}:
        right = finite(right)
    value = _OPERATIONS[sign](left.days, right.days)
    return Term("number", value, finite=False, undefined=_of((left, right)))


def _of(terms: Iterable[Term]) -> nw.Expr | None:
    return any_undefined(term.undefined for term in terms)


_EQUALITY: Final = frozenset({"==", "!="})
_COMPARISONS: Final[Mapping[str, Callable[[nw.Expr, nw.Expr], nw.Expr]]] = {
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
_OPERATIONS: Final[Mapping[str, Callable[[nw.Expr, nw.Expr], nw.Expr]]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
    "**": operator.pow,
}
