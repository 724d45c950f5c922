"""Runs of lights and of missing reports."""

from __future__ import annotations

import narwhals as nw
import polars as pl
import pytest

from quanheng.insight.progress.runs import missing_in_a_row, same_in_a_row


@pytest.mark.parametrize(
    ("lights", "times"),
    [
        (["green", "red", "red"], 2),
        (["red", "red", "red"], 3),
        (["red", "yellow", "red"], 1),  # a yellow between two reds breaks the run
        (["red", None, "red"], 2),  # a moment without a look does not
        (["red", "red", None], 0),
        ([None, None, "yellow"], 1),
    ],
)
def test_same_light_in_a_row(lights: list[str | None], times: int) -> None:
    frame = nw.from_native(
        pl.DataFrame([lights], schema={"m1": pl.String, "m2": pl.String, "m3": pl.String}, orient="row")
    )
    assert frame.select(same_in_a_row(["m1", "m2", "m3"])).rows() == [(times,)]


@pytest.mark.parametrize(
    ("seen", "times"),
    [((), 4), ((3,), 3), ((6,), 2), ((3, 6, 9, 12), 0), ((12,), 0), ((3, 9), 1), ((1, 2), 4)],
)
def test_reports_missing_in_a_row(seen: tuple[int, ...], times: int) -> None:
    frame = nw.from_native(pl.DataFrame({"seen": [sum(2**month for month in seen)]}))
    assert frame.select(missing_in_a_row("seen", [3, 6, 9, 12])).rows() == [(times,)]
