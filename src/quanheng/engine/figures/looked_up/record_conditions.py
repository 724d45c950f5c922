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
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, Final, Literal, TypeAlias, assert_never

import narwhals as nw

from quanheng.engine.formulas.operations import all_present
from quanheng.engine.frame.days import days_in, days_of
from quanheng.engine.frame.sums import greatest, least
from quanheng.findings.errors import EngineError
from quanheng.findings.text import Text
from quanheng.findings.value import Value
from quanheng.periods.stretch import Stretch
from quanheng.scheme.formulas.numbers import VAST
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
    OneOf,
    Span,
    Words,
    children_of,
)

Sort: TypeAlias = Literal["number", "text", "date", "moment", "truth", "nothing", "blank"]
"""What a term is: `nothing` is a column in which every cell is empty, `blank` the text '' of a condition.

A column of dates some of which have a time of day is a `moment`; as a term it is a date.
"""

PERIOD_START: Final = "period_start"
PERIOD_END: Final = "period_end"


class RecordConditionError(EngineError):
    """A condition that cannot be asked of the records: `why` says why."""

    def __init__(self, why: Text) -> None:
        """Keep the reason in both languages."""
        self.why = why
        super().__init__(why.en, why.zh)


class Term(Value, kw_only=False):
    """A part of a condition: null where it is empty; a truth is never null. Dates are days since 1970.

    Where one is `timed`, its time of day is a fraction of the day, none if it is a whole number. `date` is
    the same as a date, where it is one as it stands: comparing two of them needs no counting.
    """

    sort: Sort
    value: nw.Expr
    date: nw.Expr | None = None
    finite: bool = True
    """Whether the value is a number or null; if not, `_finite` makes it so when it is looked at."""
    timed: bool = False

    @property
    def days(self) -> nw.Expr:
        """A date as whole days."""
        return self.value.floor() if self.timed else self.value


class Fields(Value, kw_only=False):
    """What the names of a condition mean: columns by what they hold, and the ends of a stretch."""

    sorts: Mapping[str, Sort]
    stretch: Stretch

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
                return Term("nothing", _NULL)


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
    if _steps(condition) > _MOST_STEPS:
        raise RecordConditionError(
            Text(
                en="it takes too many steps: nest fewer quotients, powers, max and min in each other",
                zh="计算步数过多：请减少除法、乘方、max、min 的层层嵌套",
            )
        )
    return _truth(_term(condition, fields)).value


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
            return Term("text", nw.lit(text)) if text else Term("blank", _NULL)
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
            equal = [_comparison("==", member, _term(choice, fields)).value for choice in choices]
            return Term("truth", functools.reduce(operator.or_, equal))
        case Logic(word, left, right):
            join = operator.and_ if word == "and" else operator.or_
            return Term("truth", join(_truth(_term(left, fields)).value, _truth(_term(right, fields)).value))
        case Not(operand):
            return Term("truth", ~_truth(_term(operand, fields)).value)
        case Call(function, arguments):
            return _call(function, [_term(argument, fields) for argument in arguments])
        case Span():
            raise RecordConditionError(
                Text(en="a span of time has no meaning here", zh="此处不能使用时间跨度")
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


def _truth(term: Term) -> Term:
    if term.sort == "nothing":
        return Term("truth", nw.lit(value=False))
    if term.sort != "truth":
        raise RecordConditionError(
            Text(en=f"a {term.sort} stands where a condition belongs", zh=f"应为条件之处是{_ZH[term.sort]}")
        )
    return term


def _finite(term: Term) -> Term:
    """Return `term` with a value that is a number or null."""
    if term.finite:
        return term
    return replace(term, value=nw.when(term.value.abs() < VAST).then(term.value), finite=True)


def _comparison(sign: str, left: Term, right: Term) -> Term:
    left, right = _finite(left), _finite(right)
    if "blank" in (left.sort, right.sort) and sign in _EQUALITY:
        other = left if right.sort == "blank" else right
        return Term("truth", other.value.is_null() if sign == "==" else ~other.value.is_null())
    if "nothing" in (left.sort, right.sort):
        return Term("truth", nw.lit(value=False))
    if left.sort != right.sort or not (left.sort in _ORDERED or sign in _EQUALITY):
        raise RecordConditionError(
            Text(
                en=f"a {left.sort} is compared with a {right.sort} by '{sign}'",
                zh=f"用“{sign}”比较了{_ZH[left.sort]}和{_ZH[right.sort]}",
            )
        )
    compare = _COMPARISONS[sign]
    if left.timed and right.timed:
        both = (left.value > left.days) & (right.value > right.days)
        met = nw.when(both).then(compare(left.value, right.value)).otherwise(compare(left.days, right.days))
        return Term("truth", met.fill_null(value=False))
    if left.date is not None and right.date is not None:
        return Term("truth", compare(left.date, right.date).fill_null(value=False))
    return Term("truth", compare(left.days, right.days).fill_null(value=False))


def _arithmetic(sign: str, left: Term, right: Term) -> Term:
    sorts = (left.sort, right.sort)
    if "nothing" in sorts and {*sorts} <= {"nothing", *_ORDERED}:
        return Term("nothing", _NULL)
    match (sorts, sign):
        case (("number", "number"), _):
            pass
        case (("date", "date"), "-"):
            pass
        case (("date", "number"), "+" | "-") | (("number", "date"), "+"):
            moved = _OPERATIONS[sign](_finite(left).value, _finite(right).value)
            return Term("date", moved, timed=left.timed or right.timed)
        case _:
            raise RecordConditionError(
                Text(
                    en=f"'{sign}' does not join a {left.sort} and a {right.sort}",
                    zh=f"“{sign}”不能用于{_ZH[left.sort]}和{_ZH[right.sort]}",
                )
            )
    # what is not finite stays so in sums, products and numerators: it is enough to look at the end of a chain
    if sign == "**":
        left = _finite(left)
    if sign in {"/", "**"}:
        right = _finite(right)
    return Term("number", _OPERATIONS[sign](left.days, right.days), finite=False)


def _call(function: str, parts: list[Term]) -> Term:
    sorts = {part.sort for part in parts} - {"nothing"} or {"nothing"}
    if function not in _FUNCTIONS or len(sorts) > 1 or not sorts <= {"number", "date", "nothing"}:
        raise RecordConditionError(
            Text(
                en=f"{function}() has no meaning here: only coalesce, max and min of numbers or dates",
                zh=f"此处不能使用 {function}()：只能对数字或日期使用 coalesce、max、min",
            )
        )
    (sort,) = sorts
    timed = any(part.timed for part in parts)
    return Term(sort, _FUNCTIONS[function]([_finite(part).value for part in parts]), timed=timed)


_NULL: Final = nw.lit(None, dtype=nw.Float64())
_EQUALITY: Final = frozenset({"==", "!="})
_ORDERED: Final = frozenset({"number", "date"})
_ZH: Final[Mapping[Sort, str]] = {
    "number": "数字",
    "text": "文字",
    "date": "日期",
    "moment": "日期",
    "truth": "条件",
    "nothing": "空值",
    "blank": "空文字",
}
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
_FUNCTIONS: Final[Mapping[str, Callable[[list[nw.Expr]], nw.Expr]]] = {
    "coalesce": lambda values: nw.coalesce(*values),
    "max": lambda values: nw.when(all_present(values)).then(greatest(values)),
    "min": lambda values: nw.when(all_present(values)).then(least(values)),
}
