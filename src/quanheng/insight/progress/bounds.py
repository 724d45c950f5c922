"""底线 and 挑战: whether a value keeps the pace of the floor, the target or the stretch goal (progress §2 f).

A bound is due as the target is: due of the bound = due + share × (bound − target).
"""

from __future__ import annotations

from typing import Final

import narwhals as nw

from quanheng.data.book.frames import Frame
from quanheng.engine.frame.comparing import compared
from quanheng.findings.text import Language, Text
from quanheng.insight.progress.completion import COMPLETION, DIRECTION, DUE, TARGET, VALUE
from quanheng.insight.progress.lights import BY_COMPLETION, LIGHT, WHY
from quanheng.insight.progress.reasons import REASON, percent_of
from quanheng.insight.progress.worded import worded

FLOOR: Final = "floor"
STRETCH: Final = "stretch"
SHARE: Final = "share"
FLOOR_DUE: Final = "floor_due"
STRETCH_DUE: Final = "stretch_due"
REACHED: Final = "reached"
BY_FLOOR: Final = "floor"
"""What sets the light of a value under what is due of the floor."""
_UNDER: Final = Text(
    zh="应达进度完成率{part}，低于底线应达{due}",
    en="{part} of what is due is done, under the {due} due of the floor",
)
_KEPT: Final = Text(zh="；已达挑战目标进度", en="; on the pace of the stretch goal")


def with_bounds(frame: Frame) -> Frame:
    """Add `floor_due`, `stretch_due` and `reached` to rows of `completion.py` with floor, stretch and share.

    `reached` is the best of `stretch`, `target`, `floor` whose pace the value keeps, `under` below that of
    the floor; null without a value, where neither bound is stated, and under the target without a floor.

    Examples:
        >>> import polars as pl
        >>> row = {"value": 38.0, "target": 80.0, "due": 40.0, "share": 0.5, "floor": 72.0, "stretch": 88.0}
        >>> frame = nw.from_native(pl.DataFrame([row | {"direction": "more"}]))
        >>> with_bounds(frame).select(FLOOR_DUE, STRETCH_DUE, REACHED).rows()
        [(36.0, 44.0, 'floor')]
    """
    for bound, due in ((FLOOR, FLOOR_DUE), (STRETCH, STRETCH_DUE)):
        asked = nw.col(DUE) + nw.col(SHARE) * (nw.col(bound) - nw.col(TARGET))
        frame = frame.with_columns(asked.alias(due))
    stated = ~(nw.col(FLOOR_DUE).is_null() & nw.col(STRETCH_DUE).is_null())
    reached = (
        nw.when(_keeps(STRETCH_DUE))
        .then(nw.lit("stretch"))
        .when(_keeps(DUE))
        .then(nw.lit("target"))
        .when(_keeps(FLOOR_DUE))
        .then(nw.lit("floor"))
        .when(~nw.col(FLOOR_DUE).is_null())
        .then(nw.lit("under"))
        .otherwise(nw.lit(None, dtype=nw.String()))
    )
    return frame.with_columns(nw.when(stated & ~nw.col(VALUE).is_null()).then(reached).alias(REACHED))


def without_bounds(frame: Frame) -> Frame:
    """Add the columns of `with_bounds`, empty: nothing is judged yet."""
    number = nw.lit(None, dtype=nw.Float64())
    return frame.with_columns(
        number.alias(FLOOR_DUE),
        number.alias(STRETCH_DUE),
        nw.lit(None, dtype=nw.String()).alias(REACHED),
    )


def with_floor_lights(frame: Frame) -> Frame:
    """Turn the light of a value under the floor's pace red, unless a condition of the scheme has set it."""
    here = _under_floor() & (nw.col(WHY) == BY_COMPLETION)
    return frame.with_columns(
        nw.when(here).then(nw.lit("red")).otherwise(nw.col(LIGHT)).alias(LIGHT),
        nw.when(here).then(nw.lit(BY_FLOOR)).otherwise(nw.col(WHY)).alias(WHY),
    )


def with_bound_words(frame: Frame, language: Language) -> Frame:
    """Say in `reason` what is due of the floor where the value is under it, and where the stretch is kept."""
    due = nw.col(FLOOR_DUE).round(4).cast(nw.String())
    under = worded(_UNDER, language, part=percent_of(nw.col(COMPLETION)), due=due)
    kept = _KEPT.in_language(language)
    has_kept = (nw.col(REACHED) == "stretch").fill_null(value=False)
    reason = nw.when(nw.col(WHY) == BY_FLOOR).then(under).otherwise(nw.col(REASON))
    words = nw.when(has_kept).then(nw.lit(kept)).otherwise(nw.lit(""))
    return frame.with_columns(nw.concat_str(reason, words).alias(REASON))


def _keeps(asked: str) -> nw.Expr:
    """Return whether the value is no worse than what is asked (comparing §2)."""
    value, due = nw.col(VALUE), nw.col(asked)
    no_more, no_less = compared("<=", value, due), compared(">=", value, due)
    better = nw.when(nw.col(DIRECTION) == "less").then(no_more).otherwise(no_less)
    return better.fill_null(value=False)


def _under_floor() -> nw.Expr:
    return (nw.col(REACHED) == "under").fill_null(value=False)
