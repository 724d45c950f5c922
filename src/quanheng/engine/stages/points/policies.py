"""The gap that an absent measure is: why it is one, as the frame has it, and the policy that settles it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from quanheng.engine.frame import columns as c
from quanheng.scheme.gaps.policies import Gap, Reason
from quanheng.scheme.tree.scheme import Indicator

_REASONS: Final[Mapping[int, Reason]] = {
    c.MISSING: "missing",
    c.NOT_APPLICABLE: "not_applicable",
    c.UNDEFINED: "undefined",
}


def gap_of(indicator: Indicator, absence: int) -> Gap:
    """Return why the measure of `indicator` has no value, and how the scheme settles it.

    `absence` is one of the values of `absence|…`: MISSING, NOT_APPLICABLE or UNDEFINED.
    """
    return indicator.gaps.gap(_REASONS[absence])
