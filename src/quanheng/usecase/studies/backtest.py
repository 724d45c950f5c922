"""Look back at a book: its earlier rounds, and the lights it would have given within them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import narwhals as nw

from quanheng.data.book.frames import Frame
from quanheng.engine.frame.comparing import compared
from quanheng.findings.finding import FindingsError
from quanheng.findings.text import Text
from quanheng.insight.progress.lights import BAD, WITHOUT_TARGET
from quanheng.insight.progress.progress import lights_by
from quanheng.periods.period import Period
from quanheng.studies.backtest.form import BacktestForm
from quanheng.studies.backtest.lights import GIVEN
from quanheng.studies.backtest.looked import Looked, look_back
from quanheng.studies.backtest.study import NO_LIGHT, NO_YEARS, told

if TYPE_CHECKING:
    from quanheng.data.book.book import Book
    from quanheng.studies.form import StudyForm
    from quanheng.studies.study import Study

_CELL = ("unit", "indicator")
_DECEMBER = 12


def backtest_of(book: Book, settings: StudyForm) -> Study:
    """Return the backtest of `book`, with what its lights within earlier years foretold.

    Raises:
        UsageError: fewer than two rounds have enough figures.
        FindingsError: a round cannot be scored.
    """
    assert isinstance(settings, BacktestForm)  # noqa: S101 - narrows the type: the catalogue pairs them
    looked = look_back(book, settings)
    if not looked.years:
        return told(looked, None, why=NO_YEARS)
    try:
        lights = nw.concat([_lights_of(looked, year) for year in looked.years], how="vertical")
    except FindingsError as error:
        first = error.findings[0]
        return told(looked, None, why=Text(en=first.message("en"), zh=first.message("zh")))
    return told(looked, lights, why=NO_LIGHT)


def _lights_of(looked: Looked, year: int) -> Frame:
    """Return the lights of a year by the month asked for, and whether each was missed by December.

    Missed is a value that does not reach the target at the year's end; where a light has no target but a
    condition, a light that is yellow or red then.
    """
    then = _rows_by(looked, year, looked.settings.month)
    end = _rows_by(looked, year, _DECEMBER)
    less = compared(">", nw.col("value"), nw.col("due"))
    more = compared("<", nw.col("value"), nw.col("due"))
    short = nw.when(nw.col("direction") == "less").then(less).otherwise(more)
    by_light = nw.when(nw.col("light").is_in([*BAD, "green"]) & (nw.col("why") != WITHOUT_TARGET)).then(
        nw.col("light").is_in(list(BAD))
    )
    has_target = ~nw.col("value").is_null() & ~nw.col("due").is_null()
    missed = nw.when(has_target).then(short).otherwise(by_light)
    ended = end.select(*_CELL, missed.alias("missed"))
    joined = then.select(*_CELL, "group", "light").join(ended, on=list(_CELL), how="left")
    return joined.with_columns(nw.lit(str(year)).alias("round")).select(*GIVEN)


def _rows_by(looked: Looked, year: int, month: int) -> Frame:
    return lights_by(looked.book, Period(year=year, first_month=month, length_months=1))
