"""瀑布图: from one amount to another in steps that add up exactly, as they are printed."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from quanheng.documents.charts.waterfall import at
from quanheng.findings.text import Text
from quanheng.findings.value import Value

MOST_STEPS: Final = 10
"""More steps are joined: the smallest of them."""


class Step(Value):
    """One step: what changes, and by how much."""

    label: Text
    change: Decimal


class Waterfall(Value):
    """A start, steps and an end: start and changes add up to the end exactly.

    All are decimals of as many digits as are printed.
    """

    start_label: Text
    start: Decimal
    steps: tuple[Step, ...]
    end_label: Text
    end: Decimal

    def __post_init__(self) -> None:
        """See that it adds up."""
        if self.start + sum((step.change for step in self.steps), Decimal(0)) != self.end:
            raise ValueError("the steps do not add up")


def waterfall(  # noqa: PLR0913  a start, an end, and what lies between
    *,
    start_label: Text,
    start: float,
    steps: Sequence[tuple[Text, float]],
    end_label: Text,
    end: float,
    decimals: int,
    rest: Text,
) -> Waterfall:
    """Return the way from `start` to `end`; what the `steps` as printed leave over is a step called `rest`.

    Examples:
        >>> way = waterfall(
        ...     start_label=Text(en="mean"),
        ...     start=80.004,
        ...     steps=[(Text(en="economy"), 3.333), (Text(en="order"), -1.111)],
        ...     end_label=Text(en="A"),
        ...     end=82.23,
        ...     decimals=2,
        ...     rest=Text(en="rounding"),
        ... )
        >>> [(step.label.en, str(step.change)) for step in way.steps]
        [('economy', '3.33'), ('order', '-1.11'), ('rounding', '0.01')]
    """
    first, last = at(start, decimals), at(end, decimals)
    told = [Step(label=label, change=at(change, decimals)) for label, change in steps]
    told = _joined([step for step in told if step.change])
    over = last - first - sum((step.change for step in told), Decimal(0))
    if over:
        told.append(Step(label=rest, change=over))
    return Waterfall(start_label=start_label, start=first, steps=tuple(told), end_label=end_label, end=last)


def _joined(steps: list[Step]) -> list[Step]:
    """Return the steps in their order, the smallest as one at the end where there are too many."""
    if len(steps) <= MOST_STEPS:
        return steps
    kept = sorted(steps, key=lambda step: -abs(step.change))[: MOST_STEPS - 1]
    names = {id(step) for step in kept}
    others = [step for step in steps if id(step) not in names]
    together = sum((step.change for step in others), Decimal(0))
    label = Text(zh=f"其他{len(others)}项", en=f"{len(others)} others")
    joined = [Step(label=label, change=together)] if together else []
    return [*(step for step in steps if id(step) in names), *joined]
