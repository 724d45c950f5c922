"""Versions: what was known of each figure and when, and what of it counts on a day (time §4).

A figure may carry the day from which it was known. Without one it was known from the beginning.
"""

from __future__ import annotations

import datetime as dt

import polars as pl

from quanheng.data.cells.numbers import IS_MISSING, IS_VALUE
from quanheng.data.figures.figures import KEY, Figures, repeated, with_frame


def each_version(figures: Figures) -> Figures:
    """Return `figures` with one row a key and day: a value before not applicable before missing.

    Of several alike the first that was read stays. Rows are in the order of keys, then of days.
    """
    frame = figures.frame
    if not repeated(frame).any():
        return figures
    rank = (
        pl.when(pl.col("state") == IS_VALUE).then(0).when(pl.col("state") == IS_MISSING).then(2).otherwise(1)
    )
    ranked = frame.sort(KEY, "known_on", rank, nulls_last=False, maintain_order=True)
    return with_frame(figures, ranked.filter(~_same_day(ranked)))


def as_known(versions: Figures, as_of: dt.date | None) -> Figures:
    """Return what was known on the day `as_of`, or is known at all: one row a key.

    The latest version counts. An empty cell takes back nothing that was said before.
    """
    frame = versions.frame
    if as_of is not None:
        frame = frame.filter(pl.col("known_on").is_null() | (pl.col("known_on") <= as_of))
    if not repeated(frame).any():
        return versions if frame.height == versions.frame.height else with_frame(versions, frame)
    is_said = pl.col("state") != IS_MISSING
    newest_first = frame.sort(
        KEY, is_said, "known_on", descending=[False, True, True], nulls_last=True, maintain_order=True
    )
    return with_frame(versions, newest_first.filter(~repeated(newest_first)))


def _same_day(frame: pl.DataFrame) -> pl.Series:
    """Return which rows of a frame sorted by key and day have the key and the day of the row before."""
    day = pl.col("known_on")
    same = (pl.col(KEY) == pl.col(KEY).shift()) & day.eq_missing(day.shift())
    return frame.select(same.fill_null(value=False)).to_series()


def repeated_on_a_day(frame: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return the first rows of `frame` (sorted by key) for each key and day, and the further ones."""
    if not repeated(frame).any():
        return frame, frame.clear()
    by_day = frame.sort(KEY, "known_on", nulls_last=False, maintain_order=True)
    again = _same_day(by_day)
    return by_day.filter(~again), by_day.filter(again)
