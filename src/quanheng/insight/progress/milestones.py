"""The checks of the year that have a name: the first quarter, and the half-year's 双过半.

Time past half, tasks past half: by a month, that part of the year's target is to be done that is gone of the
year, whatever curve the pace follows. A level is to be reached as it is. Of a target below 0, such as a loss
of 100, no more than that part is to be made by then.
"""

from __future__ import annotations

from typing import Final

import narwhals as nw

from quanheng.data.book.frames import Frame
from quanheng.engine.frame.comparing import compared
from quanheng.findings.text import Text
from quanheng.findings.value import Value
from quanheng.insight.progress.completion import DIRECTION, DUE, NATURE, TARGET, VALUE
from quanheng.periods.every import MONTHS_A_YEAR

CHECKED: Final = "checked"
PASSED: Final = "passed"
HELD: Final = "held"


class Checkpoint(Value):
    """A named check at the end of a month: `part` of the tasks of the year are to be done."""

    code: str
    name: Text
    month: int

    @property
    def part(self) -> float:
        """The part of the year that is over."""
        return self.month / MONTHS_A_YEAR


CHECKPOINTS: Final = (
    Checkpoint(
        code="first_quarter",
        name=Text(
            zh="首季开门红：一季度时间过四分之一，任务过四分之一",
            en="first quarter: a quarter of the time, a quarter of the tasks",
        ),
        month=3,
    ),
    Checkpoint(
        code="half_year",
        name=Text(zh="双过半：时间过半，任务过半", en="half-year: time past half, tasks past half"),
        month=6,
    ),
)


def checkpoint_at(month: int) -> Checkpoint | None:
    """Return the check that stands at the end of `month`.

    Examples:
        >>> checkpoint_at(6).code, checkpoint_at(5)
        ('half_year', None)
    """
    return next((checkpoint for checkpoint in CHECKPOINTS if checkpoint.month == month), None)


def with_passed(frame: Frame, checkpoint: Checkpoint) -> Frame:
    """Add `passed`: whether the task is past the part that `checkpoint` asks for; null for no task.

    `frame` has the columns of `completion.py`. What has no target is not asked; what has one and was never
    reported has not passed.

    Examples:
        >>> import polars as pl
        >>> row = {"value": 48.0, "target": 100.0, "due": 45.0, "nature": "accumulates", "direction": "more"}
        >>> half = CHECKPOINTS[1]
        >>> with_passed(nw.from_native(pl.DataFrame([row])), half)[PASSED].to_list()
        [False]
    """
    asked = ~nw.col(TARGET).is_null()
    return frame.with_columns(
        nw.when(asked).then(_is_past(checkpoint.part).fill_null(value=False)).alias(PASSED)
    )


def units_past(frame: Frame) -> Frame:
    """Return unit, `checked` (its tasks), `passed` (how many are past), `held` (whether all are), by unit.

    Examples:
        >>> import polars as pl
        >>> rows = {"unit": ["A", "A", "B"], "passed": [True, False, None]}
        >>> units_past(nw.from_native(pl.DataFrame(rows))).rows()
        [('A', 2, 1, False)]
    """
    asked = frame.filter(~nw.col(PASSED).is_null())
    counted = asked.group_by("unit").agg(
        nw.len().cast(nw.Int64()).alias(CHECKED), nw.col(PASSED).sum().cast(nw.Int64())
    )
    return counted.with_columns((nw.col(CHECKED) == nw.col(PASSED)).alias(HELD)).sort("unit")


def _is_past(part: float) -> nw.Expr:
    """Return whether the value has passed what a plain passing of time asks for."""
    value, due, target = nw.col(VALUE), nw.col(DUE), nw.col(TARGET)
    # the way from a start is due by its pace: where it began stands in what is due
    on_its_way = nw.when(nw.col(NATURE) == "from_start").then(due).otherwise(target)
    asked = nw.when(nw.col(NATURE) == "accumulates").then(part * target).otherwise(on_its_way)
    no_more, no_less = compared("<=", value, asked), compared(">=", value, asked)
    return nw.when(nw.col(DIRECTION) == "less").then(no_more).otherwise(no_less)
