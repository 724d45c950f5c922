"""The name of the policy that settles an absent measure, as the trace and the explanation give it."""

from __future__ import annotations

from typing import assert_never

from quanheng.engine import columns as c
from quanheng.scheme.gaps import (
    Fill,
    MissingIsError,
    MissingIsNeutral,
    MissingIsWorst,
    MissingIsZero,
    MissingRedistributed,
)
from quanheng.scheme.model import Indicator


def policy_name(indicator: Indicator, reason: int) -> str:
    """Return how the scheme settles it where the measure of `indicator` is absent for `reason`.

    `reason` is one of the values of `absence|…`: MISSING, NOT_APPLICABLE or UNDEFINED.
    """
    if reason == c.NOT_APPLICABLE:
        return f"not_applicable: {indicator.gaps.not_applicable}"
    if reason == c.UNDEFINED:
        return "undefined: error"
    return f"missing: {_missing(indicator)}"


def _missing(indicator: Indicator) -> str:
    policy = indicator.gaps.missing
    match policy:
        case MissingIsError():
            return "error"
        case MissingIsZero():
            return "zero"
        case MissingIsWorst():
            return "worst"
        case MissingRedistributed():
            return "redistribute"
        case MissingIsNeutral():
            return "neutral"
        case Fill(statistic=statistic, within=within, at=at):
            return f"fill {statistic} within {within or 'group'} at {at}"
        case _:
            assert_never(policy)
