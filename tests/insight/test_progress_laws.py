"""What holds of lights and completions whatever the figures are; many rows at a time."""

from __future__ import annotations

from collections.abc import Sequence

import narwhals as nw
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quanheng.insight.progress.completion import with_completion
from quanheng.insight.progress.lights import with_lights

FIGURE = st.floats(-1e6, 1e6, allow_nan=False).map(lambda x: round(x, 4))
DUE = FIGURE.filter(lambda x: abs(x) >= 0.01)
PAIRS = st.lists(st.tuples(FIGURE, DUE), min_size=1, max_size=50)
ORDER = ("red", "yellow", "green")
few = settings(max_examples=25)


def judged(pairs: Sequence[tuple[float, float]], *, direction: str = "more") -> list[tuple[float, str]]:
    """Return the completion and the light of each value beside what is due."""
    frame = pl.DataFrame(pairs, schema={"value": pl.Float64, "due": pl.Float64}, orient="row").with_columns(
        target=pl.col("due"),
        indicator=pl.lit("a"),
        group=pl.lit("g"),
        nature=pl.lit("level"),
        direction=pl.lit(direction),
        months=pl.lit(6),
        yellow_under=pl.lit(0.95),
        red_under=pl.lit(0.85),
        absent=pl.lit(None, dtype=pl.String),
    )
    lit = with_lights(with_completion(nw.from_native(frame)))
    return list(lit.select("completion", "light").rows())


@few
@given(pairs=PAIRS, better=st.floats(0, 1e6))
def test_better_value_never_has_a_worse_light(pairs: list[tuple[float, float]], better: float) -> None:
    for direction, step in (("more", better), ("less", -better)):
        before = judged(pairs, direction=direction)
        after = judged([(value + step, due) for value, due in pairs], direction=direction)
        for first, second in zip(before, after, strict=True):
            assert second[0] >= first[0] - 1e-9 * abs(first[0])
            assert ORDER.index(second[1]) >= ORDER.index(first[1])


@few
@given(pairs=PAIRS)
def test_what_is_due_is_done_in_full(pairs: list[tuple[float, float]]) -> None:
    for direction in ("more", "less"):
        assert set(judged([(due, due) for _, due in pairs], direction=direction)) == {(1.0, "green")}


@few
@given(pairs=PAIRS, times=st.sampled_from([0.001, 0.1, 10.0, 10000.0]))
def test_unit_of_measurement_changes_no_completion(pairs: list[tuple[float, float]], times: float) -> None:
    other = judged([(value * times, due * times) for value, due in pairs])
    for (first, _), (second, _) in zip(judged(pairs), other, strict=True):
        assert second == pytest.approx(first, rel=1e-9, abs=1e-9)


@few
@given(pairs=PAIRS)
def test_more_and_less_are_mirror_images(pairs: list[tuple[float, float]]) -> None:
    for (more, _), (less, _) in zip(judged(pairs), judged(pairs, direction="less"), strict=True):
        assert more - 1 == pytest.approx(1 - less, rel=1e-9, abs=1e-9)
