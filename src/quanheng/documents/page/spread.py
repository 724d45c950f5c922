"""How a group is spread, without names: what a unit is compared with."""

from __future__ import annotations

from typing import Any

import narwhals as nw

from quanheng.documents.others import FEWEST
from quanheng.documents.page.embedding import Json
from quanheng.documents.page.scoring import numbers_of
from quanheng.documents.page.shown import Shown
from quanheng.engine.frame import columns as c
from quanheng.scheme.fields.codes import ROOT


def stats_of(shown: Shown) -> list[Json]:
    """Return for each group the mean score of its units at each node, and the mean of their points.

    Whose weight was shared out to siblings scores 0 here, as a sum of scores takes it, and has no points: so
    the means of scores add up as the scores do. On a page of one unit there is no mean of so few
    that it tells of the others.
    """
    return [_means(shown, group.code) for group in shown.result.scheme.groups]


def spreads_of(shown: Shown) -> list[Json]:
    """Return for each group how many totals it has; where told, their least, quartiles and greatest."""
    return [
        _quartiles(_of_group(shown, group.code), told=shown.tells_totals)
        for group in shown.result.scheme.groups
    ]


def _of_group(shown: Shown, group: str) -> nw.DataFrame[Any]:
    return shown.everyone.filter(nw.col(c.GROUP) == group)


def _means(shown: Shown, group: str) -> dict[str, dict[str, Json]]:
    rows = _of_group(shown, group)
    rows = rows.filter(~nw.col(c.score(ROOT)).is_null())
    means: dict[str, dict[str, Json]] = {}
    fewest = 1 if shown.unit is None else FEWEST
    if len(rows) < fewest:
        return means
    for node in shown.nodes:
        if node.code == ROOT or group in node.groups:
            score, points = rows[c.score(node.code)].fill_null(0.0), rows[c.points(node.code)]
            means[node.code] = {"mean": _mean(score)}
            if len(points.drop_nulls()) >= fewest:
                means[node.code]["points"] = _mean(points)
    return means


def _mean(values: nw.Series[Any]) -> Json:
    known = values.drop_nulls()
    return numbers_of([float(known.mean())])[0] if len(known) else None


def _quartiles(rows: nw.DataFrame[Any], *, told: bool) -> dict[str, Json]:
    totals = rows[c.score(ROOT)].drop_nulls()
    if not told or not len(totals):
        return {"count": len(totals)}
    least, lower, middle, upper, greatest = numbers_of(
        [float(totals.quantile(part, interpolation="linear")) for part in (0.0, 0.25, 0.5, 0.75, 1.0)]
    )
    return {
        "count": len(totals),
        "low": least,
        "q1": lower,
        "median": middle,
        "q3": upper,
        "high": greatest,
    }
