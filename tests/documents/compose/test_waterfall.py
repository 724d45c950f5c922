"""A waterfall adds up exactly, as it is printed."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quanheng.documents.charts.waterfall import at
from quanheng.documents.compose.waterfall import MOST_STEPS, Step, Waterfall, waterfall
from quanheng.findings.text import Text

AMOUNTS = st.floats(min_value=-1e6, max_value=1e6, allow_nan=False)


def way(start: float, changes: list[float], end: float, decimals: int) -> Waterfall:
    return waterfall(
        start_label=Text(en="mean"),
        start=start,
        steps=[(Text(en=f"step {number}"), change) for number, change in enumerate(changes)],
        end_label=Text(en="unit"),
        end=end,
        decimals=decimals,
        rest=Text(en="rounding"),
    )


@given(AMOUNTS, st.lists(AMOUNTS, max_size=30), AMOUNTS, st.integers(0, 6))
def test_start_and_changes_are_the_end_in_printed_digits(
    start: float, changes: list[float], end: float, decimals: int
) -> None:
    found = way(start, changes, end, decimals)

    assert found.start == at(start, decimals)
    assert found.end == at(end, decimals)
    assert found.start + sum((step.change for step in found.steps), Decimal(0)) == found.end
    assert len(found.steps) <= MOST_STEPS + 1
    assert all(step.change for step in found.steps)


def test_the_smallest_of_many_steps_are_joined_in_place() -> None:
    found = way(0, [1.0, 50.0, *range(2, 12)], 116, 0)

    assert [step.label.en for step in found.steps] == [
        "step 1",
        *(f"step {number}" for number in range(4, 12)),
        "3 others",
    ]
    assert found.steps[-1].change == 1 + 2 + 3


def test_steps_that_do_not_add_up_are_refused() -> None:
    with pytest.raises(ValueError, match="do not add up"):
        Waterfall(
            start_label=Text(),
            start=Decimal(1),
            steps=(Step(label=Text(), change=Decimal(1)),),
            end_label=Text(),
            end=Decimal(3),
        )
