"""What holds of lights and completions whatever the figures are."""

from __future__ import annotations

import narwhals as nw
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quanheng.insight.completion import with_completion
from quanheng.insight.lights import with_lights

FIGURE = st.floats(-1e6, 1e6, allow_nan=False).map(lambda x: round(x, 4))
DUE = FIGURE.filter(lambda x: abs(x) >= 0.01)
ORDER = ("red", "yellow", "green")


def judged(value: float, due: float, *, direction: str = "more", nature: str = "level") -> tuple[float, str]:
    row = {
        "indicator": "a",
        "group": "g",
        "value": value,
        "target": due,
        "due": due,
        "nature": nature,
        "direction": direction,
        "months": 6,
        "yellow_under": 0.95,
        "red_under": 0.85,
        "absent": None,
    }
    frame = pl.DataFrame([row], schema_overrides={"absent": pl.String})
    lit = with_lights(with_completion(nw.from_native(frame)))
    completion, light = lit.select("completion", "light").rows()[0]
    return completion, light


@given(value=FIGURE, better=st.floats(0, 1e6), due=DUE)
def test_better_value_never_has_a_worse_light(value: float, better: float, due: float) -> None:
    for direction, step in (("more", better), ("less", -better)):
        first, second = (
            judged(value, due, direction=direction),
            judged(value + step, due, direction=direction),
        )
        assert second[0] >= first[0] - 1e-9 * abs(first[0])
        assert ORDER.index(second[1]) >= ORDER.index(first[1])


@given(due=DUE, direction=st.sampled_from(["more", "less"]))
def test_what_is_due_is_done_in_full(due: float, direction: str) -> None:
    assert judged(due, due, direction=direction) == (1.0, "green")


@given(value=FIGURE, due=DUE, times=st.sampled_from([0.001, 0.1, 10.0, 10000.0]))
def test_unit_of_measurement_changes_no_completion(value: float, due: float, times: float) -> None:
    assert judged(value * times, due * times)[0] == pytest.approx(judged(value, due)[0], abs=1e-9)


@given(value=FIGURE, due=DUE)
def test_more_and_less_are_mirror_images(value: float, due: float) -> None:
    assert judged(value, due)[0] + judged(value, due, direction="less")[0] == pytest.approx(2.0, abs=1e-6)
