"""Functions over the columns of a record: of numbers, of dates, and the choice between two values."""

from __future__ import annotations

import functools
import operator
from collections.abc import Callable, Mapping
from typing import Final

import narwhals as nw

from quanheng.engine.figures.looked_up.record_terms import (
    IN_CHINESE,
    NULL,
    ORDERED,
    RecordConditionError,
    Term,
    any_undefined,
    finite,
    truth,
)
from quanheng.engine.formulas.operations import all_present, ceiling_of, floor_of, sign_of
from quanheng.engine.frame.rounding import half_up
from quanheng.engine.frame.sums import greatest, least
from quanheng.findings.text import Text
from quanheng.periods.calendar import Calendar


def called(function: str, parts: list[Term]) -> Term:
    """Return what `function` gives of `parts`.

    Raises:
        RecordConditionError: it has no meaning here, or takes no such parts.
    """
    parts = [finite(part) for part in parts]
    if function == "where":
        return _choice(*parts)
    sorts = {part.sort for part in parts} - {"nothing"} or {"nothing"}
    taken = _ORDERED if function in _OF_ORDERED else frozenset({"number", "nothing"})
    if function not in {*_OF_ORDERED, *_OF_NUMBERS} or len(sorts) > 1 or not sorts <= taken:
        raise _no_meaning(function)
    (sort,) = sorts
    undefined = any_undefined(part.undefined for part in parts)
    values = [part.value for part in parts]
    if function in _OF_ORDERED:
        timed = any(part.timed for part in parts)
        return Term(sort, _OF_ORDERED[function](values), timed=timed, undefined=undefined)
    return Term("number", _OF_NUMBERS[function](values), finite=False, undefined=undefined)


def rounded(number: Term, decimals: int) -> Term:
    """Return `number` rounded half up to `decimals`.

    Raises:
        RecordConditionError: it is no number.
    """
    number = finite(number)
    if number.sort not in {"number", "nothing"}:
        raise _no_meaning("round")
    if number.sort == "nothing":
        return number
    return Term("number", half_up(number.value, decimals), undefined=number.undefined)


def workdays(first: Term, last: Term, calendar: Calendar | None) -> Term:
    """Return how many working days there are after the day `first`, up to and with the day `last`.

    Of days outside the years of `calendar` it is undefined.

    Raises:
        RecordConditionError: one is no date, or the book has no calendar.
    """
    first, last = finite(first), finite(last)
    if not {first.sort, last.sort} <= {"date", "nothing"}:
        raise RecordConditionError(Text(en="workdays() takes two dates", zh="workdays() 须用两个日期"))
    if calendar is None:
        raise RecordConditionError(
            Text(
                en="workdays() needs calendar.csv, with the days off and the days made up of each year",
                zh="workdays() 需要 calendar.csv（“日历”表），写明每年放假和调休上班的日子",
            )
        )
    if "nothing" in {first.sort, last.sort}:
        return Term("nothing", NULL)
    passed = [_passed(day, calendar) for day in (first, last)]
    outside = [
        passed_by.is_null() & ~day.value.is_null()
        for passed_by, day in zip(passed, (first, last), strict=True)
    ]
    undefined = any_undefined([first.undefined, last.undefined, *outside])
    return Term("number", passed[1] - passed[0], undefined=undefined)


def _passed(day: Term, calendar: Calendar) -> nw.Expr:
    """Return how many working days have passed with the end of `day`; null outside the calendar."""
    first, passed = calendar.counted
    number = day.days.cast(nw.Int64())
    inside = (number >= first) & (number < first + len(passed))
    days = list(range(first, first + len(passed)))
    within = nw.when(inside).then(number)
    return within.replace_strict(days, [float(count) for count in passed], return_dtype=nw.Float64())


def _choice(condition: Term, then: Term, otherwise: Term) -> Term:
    """Return `where(condition, then, otherwise)`; a branch that is not taken is undefined for nobody."""
    met = truth(condition)
    sorts = {then.sort, otherwise.sort} - {"nothing"} or {"nothing"}
    if len(sorts) > 1 or not sorts <= {*_ORDERED, "text"}:
        raise RecordConditionError(
            Text(
                en=f"where() chooses between a {then.sort} and a {otherwise.sort}",
                zh=f"where() 在{IN_CHINESE[then.sort]}和{IN_CHINESE[otherwise.sort]}之间选择",
            )
        )
    (sort,) = sorts
    null = nw.lit(None, dtype=nw.String()) if sort == "text" else NULL
    one, other = (null if part.sort == "nothing" else part.value for part in (then, otherwise))
    undefined = None
    if then.undefined is not None or otherwise.undefined is not None:
        never = nw.lit(value=False)
        first, second = (never if part.undefined is None else part.undefined for part in (then, otherwise))
        undefined = nw.when(met.value).then(first).otherwise(second)
    return Term(
        sort,
        nw.when(met.value).then(one).otherwise(other),
        timed=then.timed or otherwise.timed,
        undefined=any_undefined([met.undefined, undefined]),
    )


def _no_meaning(function: str) -> RecordConditionError:
    if function in {*_OF_NUMBERS, "round"}:
        return RecordConditionError(
            Text(en=f"{function}() takes numbers only", zh=f"{function}() 只能用于数字")
        )
    return RecordConditionError(
        Text(
            en=f"{function}() has no meaning here: only coalesce, max and min of numbers or dates",
            zh=f"此处不能使用 {function}()：只能对数字或日期使用 coalesce、max、min",
        )
    )


_ORDERED: Final = ORDERED | {"nothing"}
_OF_ORDERED: Final[Mapping[str, Callable[[list[nw.Expr]], nw.Expr]]] = {
    "coalesce": lambda values: nw.coalesce(*values),
    "max": lambda values: nw.when(all_present(values)).then(greatest(values)),
    "min": lambda values: nw.when(all_present(values)).then(least(values)),
}
"""Of numbers or of dates."""


def _sum(values: list[nw.Expr]) -> nw.Expr:
    return functools.reduce(operator.add, values)


_OF_NUMBERS: Final[Mapping[str, Callable[[list[nw.Expr]], nw.Expr]]] = {
    "log": lambda values: values[0].log(),
    "sqrt": lambda values: values[0].sqrt(),
    "exp": lambda values: values[0].exp(),
    "abs": lambda values: values[0].abs(),
    "sign": lambda values: sign_of(values[0]),
    "floor": lambda values: floor_of(values[0]),
    "ceil": lambda values: ceiling_of(values[0]),
    "sum": _sum,
    "mean": lambda values: _sum(values) / float(len(values)),
}
"""Of numbers alone; what is not finite is undefined."""
