"""Completion, gap and needed pace, each number worked out by hand."""

from __future__ import annotations

import narwhals as nw
import polars as pl
import pytest

from quanheng.insight.progress.completion import COMPLETION, COMPLETION_YEAR, GAP, NEEDED, with_completion


def completed(**row: object) -> dict[str, float | None]:
    full = {
        "value": None,
        "target": None,
        "due": None,
        "nature": "accumulates",
        "direction": "more",
        "months": 6,
    }
    frame = pl.DataFrame(
        [full | row], schema_overrides={"value": pl.Float64, "target": pl.Float64, "due": pl.Float64}
    )
    made = with_completion(nw.from_native(frame)).select(COMPLETION, COMPLETION_YEAR, GAP, NEEDED)
    return made.rows(named=True)[0]


def test_amount_at_the_half_year() -> None:
    # 48 of 120, of which 60 are due: 48/60, 48/120, 48 - 60, (120 - 48)/6
    assert completed(value=48.0, target=120.0, due=60.0) == {
        "completion": 0.8,
        "completion_year": 0.4,
        "gap": -12.0,
        "needed": 12.0,
    }


def test_amount_of_which_less_is_better() -> None:
    # a limit of 10, 5 may be used by now, 6 are: 1 - (6 - 5)/5 = 0.8; (10 - 6)/6 a month left
    made = completed(value=6.0, target=10.0, due=5.0, direction="less")
    assert made == pytest.approx({"completion": 0.8, "completion_year": 0.6, "gap": 1.0, "needed": 4 / 6})


def test_level_is_due_all_year_and_needs_the_whole_distance() -> None:
    # 94 of 95: 94/95; what is needed is 1 more, whatever the months
    made = completed(value=94.0, target=95.0, due=95.0, nature="level")
    assert made == {"completion": 94 / 95, "completion_year": 94 / 95, "gap": -1.0, "needed": 1.0}


def test_due_below_zero_counts_by_its_size() -> None:
    # growth of at least -4 due, -3 reached: 1 + (-3 + 4)/4 = 1.25; where less is better -3 is 0.75
    assert completed(value=-3.0, target=-4.0, due=-4.0, nature="level")["completion"] == 1.25
    worse = completed(value=-3.0, target=-4.0, due=-4.0, nature="level", direction="less")
    assert worse["completion"] == 0.75


@pytest.mark.parametrize(
    ("direction", "value", "completion"),
    [("more", 0.0, 1.0), ("more", 2.0, 1.0), ("more", -1.0, 0.0), ("less", 0.0, 1.0), ("less", 1.0, 0.0)],
)
def test_of_nothing_due_a_value_no_worse_than_zero_is_all(
    direction: str, value: float, completion: float
) -> None:
    made = completed(value=value, target=0.0, due=0.0, direction=direction)
    assert made["completion"] == completion
    assert made["completion_year"] is None


def test_in_december_no_month_is_left_for_an_amount() -> None:
    assert completed(value=90.0, target=100.0, due=100.0, months=12)["needed"] is None
    assert completed(value=90.0, target=100.0, due=100.0, months=12, nature="level")["needed"] == 10.0


def test_absent_value_or_target_has_no_completion() -> None:
    nothing = {"completion": None, "completion_year": None, "gap": None, "needed": None}
    assert completed(target=120.0, due=60.0) == nothing
    assert completed(value=48.0) == nothing
    assert completed(target=0.0, due=0.0) == nothing


def test_completion_of_a_year_whose_target_is_below_zero() -> None:
    # a loss of 144 where one of 100 was the target: 2 - 144/100, and the same of what is due
    worse = completed(value=-144.0, target=-100.0, due=-100.0, months=12)
    assert worse["completion_year"] == worse["completion"] == pytest.approx(0.56)
    # a loss of 48: 2 - 48/100
    better = completed(value=-48.0, target=-100.0, due=-100.0, months=12)
    assert better["completion_year"] == better["completion"] == pytest.approx(1.52)
    # a net decrease of 144 where one of 100 was the target, less being better: 144/100
    assert completed(value=-144.0, target=-100.0, due=-100.0, direction="less")["completion_year"] == 1.44
