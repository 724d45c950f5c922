"""What differs between two runs of a round: which figures changed, by whom and why, which scores moved."""

from __future__ import annotations

import math
from typing import Final, TypeAlias

from quanheng.findings.text import Text
from quanheng.findings.value import Value
from quanheng.process.rounds.people import Person
from quanheng.web.library.reading import scheme_of
from quanheng.web.results.models import KeptRun, Score, Taken
from quanheng.web.rounds.models import Change

MOST: Final = 300
"""So many figures, and so many scores, are shown; how many there are is said."""
_SAME: Final = 1e-9
Place: TypeAlias = tuple[str, str, str]
"""A unit, an item, a period."""


class ChangedFigure(Value):
    """A figure that two runs took in different versions, and the steps from the one to the other."""

    before: Change | None
    after: Change | None
    steps: tuple[Change, ...]

    @property
    def one(self) -> Change:
        """Either of the two: of which item and unit it is."""
        found = self.after or self.before
        assert found is not None  # noqa: S101  one of them is there
        return found


class MovedScore(Value):
    """A score that differs between two runs."""

    name: Text
    before: Score | None
    after: Score | None

    @property
    def one(self) -> Score:
        """Either of the two: of which unit and node it is."""
        found = self.after or self.before
        assert found is not None  # noqa: S101  one of them is there
        return found


class Differences(Value):
    """What differs between two runs; there may be more than is shown."""

    figures: tuple[ChangedFigure, ...]
    scores: tuple[MovedScore, ...]
    more_figures: int
    more_scores: int


def differences(person: Person, before: KeptRun, after: KeptRun) -> Differences:
    """Return what differs between two runs of a round."""
    figures, more_figures = _figures(person, before, after)
    scores, more_scores = _scores(person, before, after)
    return Differences(figures=figures, scores=scores, more_figures=more_figures, more_scores=more_scores)


def _figures(person: Person, before: KeptRun, after: KeptRun) -> tuple[tuple[ChangedFigure, ...], int]:
    taken = Taken.objects.visible_to(person)
    of: dict[int, set[int]] = {before.pk: set(), after.pk: set()}
    for run, change in taken.filter(run__in=list(of)).values_list("run", "change"):
        of[run].add(change)
    was, now = of[before.pk], of[after.pk]
    changes = Change.objects.visible_to(person).filter(pk__in=was ^ now)
    places: dict[Place, dict[bool, Change]] = {}
    for change in changes.select_related("item", "unit__unit").order_by("unit__place", "item__place"):
        place = (str(change.unit.unit_id), change.item.code, change.item.period)
        places.setdefault(place, {})[change.pk in now] = change
    shown = list(places.values())[:MOST]
    cells = {(change.item_id, change.unit_id) for pair in shown for change in pair.values()}
    steps: dict[tuple[int, int], list[Change]] = {}
    between = Change.objects.visible_to(person).filter(
        item__in={item for item, _ in cells}, unit__in={unit for _, unit in cells}
    )
    for change in between:
        steps.setdefault((change.item_id, change.unit_id), []).append(change)
    pairs = [(pair.get(False), pair.get(True)) for pair in shown]
    found = [ChangedFigure(before=old, after=new, steps=_between(old, new, steps)) for old, new in pairs]
    return tuple(found), len(places) - len(shown)


def _between(
    before: Change | None, after: Change | None, steps: dict[tuple[int, int], list[Change]]
) -> tuple[Change, ...]:
    """Return all changes of a cell after the one that the earlier run took, up to that of the later one."""
    if after is None:
        return ()
    own = steps.get((after.item_id, after.unit_id), [])
    same_cell = before is not None and (before.item_id, before.unit_id) == (after.item_id, after.unit_id)
    first = before.version if before is not None and same_cell else 0
    return tuple(change for change in own if first < change.version <= after.version)


def _scores(person: Person, before: KeptRun, after: KeptRun) -> tuple[tuple[MovedScore, ...], int]:
    names = {node.code: node.name for node in scheme_of(after.scheme.text).nodes}
    found: dict[tuple[int, str], dict[bool, Score]] = {}
    both = Score.objects.visible_to(person).filter(run__in=[before.pk, after.pk]).select_related("unit__unit")
    for score in both.order_by("line"):
        found.setdefault((score.unit_id, score.node), {})[score.run_id == after.pk] = score
    moved = [
        MovedScore(name=names.get(node, Text(zh=node)), before=pair.get(False), after=pair.get(True))
        for (_, node), pair in found.items()
        if _differ(pair.get(False), pair.get(True))
    ]
    return tuple(moved[:MOST]), max(0, len(moved) - MOST)


def _differ(before: Score | None, after: Score | None) -> bool:
    if before is None or after is None:
        return True
    if before.place != after.place or before.tier != after.tier:
        return True
    if before.score is None or after.score is None:
        return before.score is not after.score
    return not math.isclose(before.score, after.score, rel_tol=0.0, abs_tol=_SAME)
