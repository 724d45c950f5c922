"""The first-quarter and half-year checks, by hand."""

from __future__ import annotations

import narwhals as nw
import polars as pl
import pytest

from quanheng.insight.progress.milestones import checkpoint_at, units_past, with_passed


def is_past(
    month: int, *, nature: str, value: float | None, target: float | None, due: float, direction: str = "more"
) -> bool | None:
    checkpoint = checkpoint_at(month)
    assert checkpoint is not None
    row = {"nature": nature, "value": value, "target": target, "due": due, "direction": direction}
    types = {"value": pl.Float64, "target": pl.Float64}
    judged: bool | None = with_passed(
        nw.from_native(pl.DataFrame([row], schema_overrides=types)), checkpoint
    )["passed"][0]
    return judged


@pytest.mark.parametrize(("month", "code"), [(3, "first_quarter"), (6, "half_year")])
def test_checks_stand_at_the_first_quarter_and_at_the_half_year(month: int, code: str) -> None:
    checkpoint = checkpoint_at(month)
    assert checkpoint is not None
    assert checkpoint.code == code


@pytest.mark.parametrize("month", [1, 2, 4, 5, 7, 9, 12])
def test_other_months_have_no_check(month: int) -> None:
    assert checkpoint_at(month) is None


def test_half_of_the_task_is_asked_at_the_half_year_whatever_the_curve() -> None:
    # 45 are due by a seasonal curve, but time is past half: 50 of 100 are asked
    assert is_past(6, nature="accumulates", value=49.9, target=100.0, due=45.0) is False
    assert is_past(6, nature="accumulates", value=50.0, target=100.0, due=45.0) is True
    assert is_past(6, nature="accumulates", value=0.1 + 0.2, target=0.6, due=0.3) is True


def test_quarter_of_the_task_is_asked_at_the_first_quarter() -> None:
    assert is_past(3, nature="accumulates", value=24.0, target=100.0, due=20.0) is False
    assert is_past(3, nature="accumulates", value=25.0, target=100.0, due=30.0) is True


def test_limit_is_held_while_no_more_than_its_part_is_used() -> None:
    assert is_past(6, nature="accumulates", value=5.0, target=10.0, due=5.0, direction="less") is True
    assert is_past(6, nature="accumulates", value=5.1, target=10.0, due=5.0, direction="less") is False


def test_level_is_to_be_reached_and_a_way_from_a_start_to_keep_its_pace() -> None:
    assert is_past(6, nature="level", value=94.0, target=95.0, due=95.0) is False
    assert is_past(6, nature="level", value=95.0, target=95.0, due=95.0) is True
    # 200 at the start, 220 to be reached: half the way is 210
    assert is_past(6, nature="from_start", value=210.0, target=220.0, due=210.0) is True
    assert is_past(6, nature="from_start", value=209.0, target=220.0, due=210.0) is False


def test_no_target_is_no_task_and_no_report_has_not_passed() -> None:
    assert is_past(6, nature="accumulates", value=49.9, target=None, due=0.0) is None
    assert is_past(6, nature="accumulates", value=None, target=100.0, due=50.0) is False


def test_units_are_past_when_every_task_is() -> None:
    frame = pl.DataFrame(
        {"unit": ["B", "A", "A", "A", "C"], "passed": [True, True, False, None, None]},
    )
    # A: one of two; B: one of one; C has no task and is not named
    assert units_past(nw.from_native(frame)).rows() == [("A", 2, 1, False), ("B", 1, 1, True)]


def test_half_of_a_loss_is_no_more_than_half_of_the_one_allowed() -> None:
    assert is_past(6, nature="accumulates", value=-50.0, target=-100.0, due=-50.0) is True
    assert is_past(6, nature="accumulates", value=-50.1, target=-100.0, due=-50.0) is False
    assert is_past(6, nature="accumulates", value=-50.0, target=-100.0, due=-50.0, direction="less") is True
