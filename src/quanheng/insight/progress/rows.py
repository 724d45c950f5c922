"""The rows of one month: from the wide frame of the engine and what is due to a light for each value."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import narwhals as nw

from quanheng.data.book.frames import Frame
from quanheng.engine.frame import columns as c
from quanheng.engine.frame.tables import small_table
from quanheng.insight.progress.bounds import with_bounds, with_floor_lights, without_bounds
from quanheng.insight.progress.completion import COMPLETION, COMPLETION_YEAR, GAP, NEEDED, with_completion
from quanheng.insight.progress.lights import ABSENT, BY_ABSENCE, GROWTH, LIGHT, WHY, with_lights
from quanheng.insight.progress.runs import TIMES
from quanheng.insight.progress.watches import Watch, conditions_of_lights

_OF_DUE: Final = ("target", "floor", "stretch", "share", "due", "nature", "basis")
_SPECS: Final = {
    "indicator": nw.String(),
    "direction": nw.String(),
    "yellow_under": nw.Float64(),
    "red_under": nw.Float64(),
    "repeat": nw.Int64(),
    "reported": nw.Boolean(),
    "paced": nw.Boolean(),
}
_JANUARY: Final = 1
ROW: Final = "row"
"""The number of the unit in the book."""
CELL: Final = "cell"
"""The number of a unit's indicator: by it the rows stand in order, and rows of several months are joined."""
MOST_INDICATORS: Final = 100_000


def lit_rows(
    wide: Frame, due: Frame, watches: Sequence[Watch], *, month: int, before: Frame | None = None
) -> Frame:
    """Return a row for each unit and indicator of `watches`, with its completion and light.

    `wide` has the units' numbers (`row`), values, points and scores of one round that ends with `month`
    (`columns.py`), `due` what is due in it (`due.py`), `before` the values of the year before for the
    conditions that ask for growth.
    """
    rows = _with_growth(_joined(wide, due, watches, month=month), before, watches)
    rows = rows.with_columns(_why_absent(month).alias(ABSENT))
    judged = with_bounds(with_completion(rows))
    return with_floor_lights(with_lights(judged, conditions_of_lights(watches)))


def not_due_rows(wide: Frame, due: Frame, watches: Sequence[Watch], *, month: int) -> Frame:
    """Return the rows of indicators whose first figure of the year is not due yet: no completion, no light.

    A stock has the figure and the points of its last report, of the year before (time §2).
    """
    rows = _joined(wide, due, watches, month=month)
    number = nw.lit(None, dtype=nw.Float64())
    stated_away = (nw.col("basis") == "not_applicable").fill_null(value=False)
    absent = nw.when(stated_away).then(nw.lit("not_applicable")).otherwise(nw.lit("not_due"))
    blank = (number.alias(name) for name in (COMPLETION, COMPLETION_YEAR, GAP, NEEDED, GROWTH))
    return (
        without_bounds(rows)
        .with_columns(*blank, absent.alias(ABSENT))
        .with_columns(
            nw.col(ABSENT).alias(LIGHT),
            nw.lit(BY_ABSENCE).alias(WHY),
            nw.lit(0, dtype=nw.Int64()).alias(TIMES),
        )
    )


def with_score_of(rows: Frame, wide: Frame, watches: Sequence[Watch]) -> Frame:
    """Return earlier rows with their score as `wide` has it today, so that the scores add up to its total.

    Points are today's too; where there are none today, those of the rows' own month stay.
    """
    today = nw.concat([_of(wide, watch) for watch in watches], how="vertical")
    scores = today.select(CELL, nw.col("points").alias("points today"), nw.col("score").alias("score today"))
    joined = rows.join(scores, on=CELL, how="left")
    points = nw.coalesce(nw.col("points today"), nw.col("points"))
    return joined.with_columns(points.alias("points"), nw.col("score today").alias("score")).drop(
        "points today", "score today"
    )


def _joined(wide: Frame, due: Frame, watches: Sequence[Watch], *, month: int) -> Frame:
    # joined one indicator at a time, by unit alone: half the work of one join by unit and indicator
    dues = {key[0]: rows for key, rows in due.select("unit", "indicator", *_OF_DUE).group_by("indicator")}
    nothing = due.head(0)
    long = [
        _of(wide, watch).join(
            dues.get(watch.indicator.code, nothing).select("unit", *_OF_DUE), on="unit", how="left"
        )
        for watch in watches
    ]
    joined = nw.concat(long, how="vertical").join(_specs(watches), on="indicator", how="left")
    return joined.with_columns(nw.lit(month).cast(nw.Int64()).alias("months"))


def _of(wide: Frame, watch: Watch) -> Frame:
    code = watch.indicator.code
    everyone = set(watch.indicator.groups) >= set(wide[c.GROUP].unique().to_list())
    here = wide if everyone else wide.filter(nw.col(c.GROUP).is_in(list(watch.indicator.groups)))
    return here.select(
        (nw.col(ROW) * MOST_INDICATORS + watch.number).alias(CELL),
        c.UNIT,
        c.NAME,
        c.GROUP,
        nw.col(c.ROUND).alias("period"),
        nw.lit(code).alias("indicator"),
        nw.col(_value_column(wide, code)).alias("value"),
        nw.col(c.absence(code)).cast(nw.Int64()).alias("absence"),
        nw.col(c.points(code)).alias("points"),
        nw.col(c.score(code)).alias("score"),
    )


def _value_column(wide: Frame, code: str) -> str:
    """Return the column of what a target is stated of."""
    return c.value(code) if c.value(code) in wide.columns else c.measure(code)


def _specs(watches: Sequence[Watch]) -> Frame:
    """Return what the rows need to know of each indicator."""
    rows: Mapping[str, Sequence[object]] = {
        "indicator": [watch.indicator.code for watch in watches],
        "direction": [watch.indicator.direction for watch in watches],
        "yellow_under": [watch.pace.yellow for watch in watches],
        "red_under": [watch.pace.red for watch in watches],
        "repeat": [watch.pace.repeat for watch in watches],
        "reported": [watch.reported for watch in watches],
        "paced": [watch.paced for watch in watches],
    }
    return small_table(rows, _SPECS)


def _with_growth(rows: Frame, before: Frame | None, watches: Sequence[Watch]) -> Frame:
    """Add `growth`, (value − a) ÷ |a| with a = the value a year before; null where it is not known or 0."""
    if before is None:
        return rows.with_columns(nw.lit(None, dtype=nw.Float64()).alias(GROWTH))
    earlier = nw.concat([_of(before, watch) for watch in watches], how="vertical").select(
        "unit", "indicator", nw.col("value").alias("earlier")
    )
    a = nw.col("earlier")
    size = nw.when(a != 0.0).then(a.abs())
    joined = rows.join(earlier, on=["unit", "indicator"], how="left")
    return joined.with_columns(((nw.col("value") - a) / size).alias(GROWTH)).drop("earlier")


def _why_absent(month: int) -> nw.Expr:
    """Return why there is no light; null where there may be one.

    What nobody has in January is part of February (time §1). Where all comes from ledgers, nobody has to
    report: without a record that counts, the indicator does not apply.
    """
    no_value = nw.col("value").is_null()
    counted = nw.col("absence") != c.UNDEFINED
    away = (nw.col("basis") == "not_applicable").fill_null(value=False)
    away = away | (no_value & (nw.col("absence") == c.NOT_APPLICABLE).fill_null(value=False))
    away = away | (no_value & ~nw.col("reported") & counted.fill_null(value=True))
    reason = nw.when(no_value).then(nw.lit("missing")).otherwise(nw.lit(None, dtype=nw.String()))
    if month == _JANUARY:
        nobody = no_value.all().over("indicator")
        reason = nw.when(nobody).then(nw.lit("not_due")).otherwise(reason)
    return nw.when(away).then(nw.lit("not_applicable")).otherwise(reason)
