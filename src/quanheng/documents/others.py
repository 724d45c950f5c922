"""What a document for one unit alone may tell of the others: so little that nobody can be made out.

The report, the page, the workbook and the charts of a unit all ask here.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from quanheng.engine.results.explanation.explanation import Explanation, Rating
from quanheng.scheme.rules.anchors import Constant, ItemAnchor, TargetAnchor
from quanheng.scheme.rules.pool import ValueOf

FEWEST: Final = 5
"""A mean of fewer units says too much of the others to one of them."""


def without_others(explanation: Explanation, *, scored: int) -> Explanation:
    """Return an explanation that tells nothing of another unit, in a group of which `scored` have a total.

    What a rule looked at in the group is told, without whose it was: without it nobody can check the points.
    It is not told of a group so small that everybody knows whose it is, nor where the rule itself names whose
    it is.
    """
    standing, rating = explanation.standing, explanation.rating
    if standing is not None:
        standing = replace(standing, next_unit=None, next_name=None, next_place=None, needed=None)
    if rating is not None:
        # of a pool nobody here knows how small it is
        few = scored < FEWEST or not isinstance(rating.within, str)
        kept = _untelling(rating, explanation.unit, few=few)
        anchors = tuple(
            replace(anchor, whose=(), names=(), rounds=()) for anchor in rating.anchors if anchor.role in kept
        )
        rating = replace(rating, anchors=anchors)
    return replace(explanation, standing=standing, rating=rating)


def _untelling(rating: Rating, unit: str, *, few: bool) -> set[str]:
    """Return the roles of the anchors that tell nothing of one other unit."""
    kept = set()
    for each in rating.rule.compared(rating.direction):
        match each.looked_up:
            case Constant() | TargetAnchor() | ItemAnchor():
                kept.add(each.role)
            case ValueOf(named):
                if named == unit:
                    kept.add(each.role)
            case _:
                if not few:
                    kept.add(each.role)
    return kept
