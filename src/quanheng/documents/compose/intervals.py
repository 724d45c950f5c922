"""How sure a place is, as a cell, and who may see it."""

from __future__ import annotations

from typing import Final

from quanheng.documents.studied import Certainty, Robustness
from quanheng.documents.subject import Subject
from quanheng.findings.text import Text

INTERVAL: Final = Text(zh="位次区间", en="Interval")
NO_ROBUSTNESS: Final = Text(
    zh="注：结果旁没有该结果的稳健性研究，未列位次区间。",
    en="Note: no study of robustness of this result lies beside it; intervals of places are left out.",
)


def wants_intervals(subject: Subject) -> bool:
    """Return whether this audience may see how sure places are: intervals, and places at all."""
    return subject.shows("intervals") and subject.shows("place")


def shown_robustness(subject: Subject) -> Robustness | None:
    """Return the study of robustness, where there is one that this audience may see."""
    return subject.studies.robustness if wants_intervals(subject) else None


def interval(known: Certainty | None) -> str:
    """Return the places of an interval as a cell.

    Examples:
        >>> interval(Certainty(place=2, low=1, high=5)), interval(Certainty(place=2, low=2, high=2))
        ('1—5', '2')
        >>> interval(None)
        '—'
    """
    if known is None or known.low is None or known.high is None or known.place is None:
        return "—"
    return f"{known.low}" if known.low == known.high else f"{known.low}—{known.high}"


def percent(share: float) -> str:
    """Return a share in whole percent; what is neither all nor nothing is not rounded to it.

    Examples:
        >>> percent(1.0), percent(0.999), percent(0.903), percent(0.001), percent(0.0)
        ('100%', '99%', '90%', '1%', '0%')
    """
    if share in (0.0, 1.0):
        return f"{share:.0%}"
    return f"{min(0.99, max(0.01, round(share, 2))):.0%}"
