"""What a unit is compared with: its group, as far as the reader may know it.

Who reads of one unit alone is told nothing of another: a mean only of so many units that nobody can take it
apart, single totals and what the next place took only where the scheme publishes all totals anyway.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

import narwhals as nw

from quanheng.documents.others import FEWEST
from quanheng.documents.subject import Subject
from quanheng.engine.frame import columns as c
from quanheng.engine.results.result import Result
from quanheng.findings.value import Value
from quanheng.scheme.fields.codes import ROOT
from quanheng.scheme.tree.scheme import Group


class Peers(Value):
    """The units of a group, and the means of its scores and points by node.

    `totals` are those of all units that have one. A mean of scores takes all of these units, with 0 where a
    weight was shared out; a mean of points takes those that have points; `counts` says how many. `beyond` are
    the means of what a total has beside the scores of its parts (`BEYOND`).
    """

    group: Group
    units: int
    totals: tuple[float, ...]
    beyond: Mapping[str, float]
    scores: Mapping[str, float]
    points: Mapping[str, float]
    counts: Mapping[str, int]

    @property
    def mean(self) -> float | None:
        """The mean of the totals."""
        return self.scores.get(ROOT)


def peers_of(result: Result) -> Iterator[Peers]:
    """Yield each group that has units, with its means."""
    for group in result.scheme.groups:
        rows = result.wide.filter(nw.col(c.GROUP) == group.code)
        if not len(rows):
            continue
        scored = rows.filter(~nw.col(c.score(ROOT)).is_null())
        nodes = [node.code for node in result.scheme.nodes if node.code == ROOT or group.code in node.groups]
        scores = {code: _mean(scored[c.score(code)].fill_null(0.0)) for code in nodes}
        known = {code: rows[c.points(code)].drop_nulls() for code in nodes}
        yield Peers(
            group=group,
            units=len(rows),
            totals=tuple(sorted(map(float, scored[c.score(ROOT)].to_list()), reverse=True)),
            beyond={name: sum(each) / len(each) for name, each in _beyond(scored).items()},
            scores={code: mean for code, mean in scores.items() if mean is not None},
            points={code: mean for code, points in known.items() if (mean := _mean(points)) is not None},
            counts={code: len(points) for code, points in known.items()},
        )


def beyond_of(row: Mapping[str, Any]) -> dict[str, float]:
    """Return what the total of a unit has beside the scores of its parts: marks given and taken, reviews.

    Examples:
        >>> beyond_of({"score|total": 82.0, "own|total": 80.0, "adjust|total|penalty": 1.5})
        {'penalty': -1.5, 'fold': 2.0}
    """
    found = {
        kind: sign * (row[c.adjust(ROOT, kind)] or 0.0)
        for kind, sign in (("bonus", 1.0), ("penalty", -1.0))
        if c.adjust(ROOT, kind) in row
    }
    if c.OWN_TOTAL in row and row[c.OWN_TOTAL] is not None and row[c.score(ROOT)] is not None:
        found["fold"] = row[c.score(ROOT)] - row[c.OWN_TOTAL]
    return found


BEYOND: Final = (c.adjust(ROOT, "bonus"), c.adjust(ROOT, "penalty"), c.OWN_TOTAL, c.score(ROOT))
"""The columns that say what a total has beside the scores of its parts; not all are there."""


def _beyond(scored: nw.DataFrame[Any]) -> dict[str, list[float]]:
    found: dict[str, list[float]] = {}
    for row in scored.select([name for name in BEYOND if name in scored.columns]).iter_rows(named=True):
        for name, amount in beyond_of(row).items():
            found.setdefault(name, []).append(amount)
    return found


def _mean(values: nw.Series[Any]) -> float | None:
    return float(values.mean()) if len(values) else None


def shows_totals(subject: Subject) -> bool:
    """Return whether single totals of others may be told, without names."""
    return subject.audience == "internal" or "total" in subject.result.scheme.publish


def shows_means(subject: Subject, peers: Peers) -> bool:
    """Return whether means of the group's scores may be told."""
    return len(peers.totals) > 1 and (subject.audience == "internal" or len(peers.totals) >= FEWEST)


def shows_points(subject: Subject, peers: Peers, code: str) -> bool:
    """Return whether the mean of the group's points at a node may be told."""
    count = peers.counts.get(code, 0)
    known = count >= (1 if subject.audience == "internal" else FEWEST)
    return known and shows_means(subject, peers)


def others(totals: Sequence[float], own: float | None) -> tuple[float, ...]:
    """Return the totals of a group without one unit's own."""
    rest = list(totals)
    if own is not None and own in rest:
        rest.remove(own)
    return tuple(rest)
