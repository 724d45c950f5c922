"""Parts of conditions and formulas over the records of a ledger: what they are, and when they are nothing."""

from __future__ import annotations

import functools
import operator
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Final, Literal, TypeAlias

import narwhals as nw

from quanheng.findings.errors import EngineError
from quanheng.findings.text import Text
from quanheng.findings.value import Value
from quanheng.scheme.formulas.numbers import VAST
from quanheng.scheme.formulas.tree import LogicWord

Sort: TypeAlias = Literal["number", "text", "date", "moment", "truth", "nothing", "blank"]
"""What a term is: `nothing` is a column in which every cell is empty, `blank` the text '' of a condition.

A column of dates some of which have a time of day is a `moment`; as a term it is a date.
"""


class RecordConditionError(EngineError):
    """A condition or formula that cannot be asked of the records: `why` says why."""

    def __init__(self, why: Text) -> None:
        """Keep the reason in both languages."""
        self.why = why
        super().__init__(why.en, why.zh)


class Term(Value, kw_only=False):
    """A part of a condition: null where it is empty; a truth is never null. Dates are days since 1970.

    Where one is `timed`, its time of day is a fraction of the day, none if it is a whole number. `date` is
    the same as a date, where it is one as it stands: comparing two of them needs no counting. `undefined`
    says of which records it has no value although its parts have one: a division by 0.
    """

    sort: Sort
    value: nw.Expr
    date: nw.Expr | None = None
    finite: bool = True
    """Whether the value is a number or null; if not, `finite` makes it so when it is looked at."""
    timed: bool = False
    undefined: nw.Expr | None = None

    @property
    def days(self) -> nw.Expr:
        """A date as whole days."""
        return self.value.floor() if self.timed else self.value


def finite(term: Term) -> Term:
    """Return `term` with a value that is a number or null."""
    if term.finite:
        return term
    is_number = term.value.abs() < VAST
    beyond = any_undefined([term.undefined, ~is_number.fill_null(value=True)])
    return replace(term, value=nw.when(is_number).then(term.value), finite=True, undefined=beyond)


def any_undefined(parts: Iterable[nw.Expr | None]) -> nw.Expr | None:
    """Return whether one of `parts` is undefined; None if none ever is."""
    told = [part for part in parts if part is not None]
    return functools.reduce(operator.or_, told) if told else None


def truth(term: Term) -> Term:
    """Return `term`, which is a condition.

    Raises:
        RecordConditionError: it is none.
    """
    if term.sort == "nothing":
        return Term("truth", nw.lit(value=False))
    if term.sort != "truth":
        raise RecordConditionError(
            Text(
                en=f"a {term.sort} stands where a condition belongs",
                zh=f"应为条件之处是{IN_CHINESE[term.sort]}",
            )
        )
    return term


def undecided(word: LogicWord, left: Term, right: Term) -> nw.Expr | None:
    """Return of which records `left and right` or `left or right` is undefined: no side decides it alone."""
    if left.undefined is None and right.undefined is None:
        return None
    never = nw.lit(value=False)
    one, other = (never if side.undefined is None else side.undefined for side in (left, right))
    if word == "and":
        return (one & (right.value | other)) | (other & (left.value | one))
    return (one & (~right.value | other)) | (other & (~left.value | one))


NULL: Final = nw.lit(None, dtype=nw.Float64())
ORDERED: Final = frozenset({"number", "date"})
IN_CHINESE: Final[Mapping[Sort, str]] = {
    "number": "数字",
    "text": "文字",
    "date": "日期",
    "moment": "日期",
    "truth": "条件",
    "nothing": "空值",
    "blank": "空文字",
}
