"""What replicates say of each unit: its places, how often each tier and award, and with whom it is level."""

from __future__ import annotations

from typing import Any, Final

import narwhals as nw
import numpy as np
from numpy.typing import NDArray

from quanheng.engine.replicates.runs import Outcomes
from quanheng.findings.text import Text
from quanheng.findings.value import Value
from quanheng.studies.columns import NUMBER, TEXT, TRUTH, WHOLE, Columns, table_of_columns
from quanheng.studies.robustness.told.together import joint_intervals, told_apart
from quanheng.studies.study import Table

MOST_CHANCES = 2_000_000
"""A longer table of the chances of each place is left out."""


class Standing(Value):
    """The units of one ranking, best first: codes, names, groups, and where they stand in the arrays."""

    codes: tuple[str, ...]
    names: tuple[str, ...]
    groups: tuple[str, ...]
    places: tuple[int | None, ...]
    columns: NDArray[np.int64]


def standing_of(ranking: nw.DataFrame[Any], codes: tuple[str, ...]) -> Standing:
    """Return the units of a ranking and their columns among `codes`."""
    at = {code: index for index, code in enumerate(codes)}
    rows = ranking.select("unit", "name", "group", "place").rows()
    return Standing(
        codes=tuple(str(row[0]) for row in rows),
        names=tuple(str(row[1] or row[0]) for row in rows),
        groups=tuple(str(row[2]) for row in rows),
        places=tuple(row[3] for row in rows),
        columns=np.array([at[str(row[0])] for row in rows], dtype=np.int64),
    )


PLACES: Final[Columns] = {
    "group": (TEXT, Text(en="the group", zh="分组")),
    "unit": (TEXT, Text(en="the unit", zh="单位")),
    "name": (TEXT, Text(en="its name", zh="名称")),
    "nominal": (WHOLE, Text(en="its place as the scheme has it", zh="位次：按现行方案")),
    "low": (WHOLE, Text(en="the best place of its interval", zh="区间上限：较好的位次")),
    "median": (NUMBER, Text(en="the median of its places", zh="位次中位数")),
    "mean": (NUMBER, Text(en="the mean of its places", zh="位次均值")),
    "high": (WHOLE, Text(en="the worst place of its interval", zh="区间下限：较差的位次")),
    "joint_low": (
        WHOLE,
        Text(en="the best place that holds for all units together", zh="联合区间上限：对全体同时成立"),
    ),
    "joint_high": (
        WHOLE,
        Text(en="the worst place that holds for all units together", zh="联合区间下限：对全体同时成立"),
    ),
    "level_with": (
        WHOLE,
        Text(
            en="the number of its group of units that cannot be told apart, in its group",
            zh="难分高下组：组号",
        ),
    ),
    "unplaced": (NUMBER, Text(en="the share of replicates without a place", zh="无位次的比例")),
}


def places_table(outcomes: Outcomes, rows: slice, standing: Standing, level: float) -> Table:
    """Return the interval of each unit's place, best units first."""
    places = outcomes.places[rows][:, standing.columns]
    ranked = np.where(places > 0, places.astype(np.float64), np.nan)
    low, median, high = _quantiles(ranked, level)
    joint_low = np.zeros(len(standing.codes), dtype=np.int64)
    joint_high = np.zeros(len(standing.codes), dtype=np.int64)
    level_with = np.zeros(len(standing.codes), dtype=np.int64)
    for group in dict.fromkeys(standing.groups):
        here = np.array([index for index, each in enumerate(standing.groups) if each == group])
        of_group = places[:, here]
        joint_low[here], joint_high[here] = joint_intervals(of_group, level)
        order = [index for index in range(len(here)) if standing.places[here[index]] is not None]
        for number, members in enumerate(told_apart(of_group, order, level), start=1):
            level_with[here[members]] = number
    has = np.asarray((places > 0).any(axis=0))
    placed = [place is not None for place in standing.places]
    return table_of_columns(
        "places",
        Text(en="Places and their intervals", zh="位次及其区间"),
        PLACES,
        {
            "group": list(standing.groups),
            "unit": list(standing.codes),
            "name": list(standing.names),
            "nominal": list(standing.places),
            "low": _whole(low, has),
            "median": _numbers(median, has),
            "mean": _numbers(_mean(ranked), has),
            "high": _whole(high, has),
            "joint_low": [int(v) if ok and v else None for v, ok in zip(joint_low, has, strict=True)],
            "joint_high": [int(v) if ok and v else None for v, ok in zip(joint_high, has, strict=True)],
            "level_with": [int(v) if ok else None for v, ok in zip(level_with, placed, strict=True)],
            "unplaced": [float(v) for v in (places == 0).mean(axis=0)],
        },
    )


def _quantiles(ranked: NDArray[np.float64], level: float) -> NDArray[np.float64]:
    """Return the bounds and the median of each column; a bound is a place that occurred."""
    outside = 100.0 * (1.0 - level) / 2.0
    filled = np.where(np.isnan(ranked).all(axis=0), 0.0, ranked)
    low = np.nanpercentile(filled, outside, axis=0, method="inverted_cdf")
    high = np.nanpercentile(filled, 100.0 - outside, axis=0, method="inverted_cdf")
    return np.array([low, np.nanmedian(filled, axis=0), high])


def _mean(ranked: NDArray[np.float64]) -> NDArray[np.float64]:
    filled = np.where(np.isnan(ranked).all(axis=0), 0.0, ranked)
    return np.asarray(np.nanmean(filled, axis=0))


def _whole(values: NDArray[np.float64], has: NDArray[np.bool_]) -> list[int | None]:
    return [int(value) if ok else None for value, ok in zip(values, has, strict=True)]


def _numbers(values: NDArray[np.float64], has: NDArray[np.bool_]) -> list[float | None]:
    return [float(value) if ok else None for value, ok in zip(values, has, strict=True)]


CHANCES: Final[Columns] = {
    "group": (TEXT, Text(en="the group", zh="分组")),
    "unit": (TEXT, Text(en="the unit", zh="单位")),
    "place": (WHOLE, Text(en="a place it had", zh="位次")),
    "share": (NUMBER, Text(en="the share of replicates in which it had it", zh="出现比例")),
}


def chances_table(outcomes: Outcomes, rows: slice, standing: Standing) -> Table | None:
    """Return how often each unit had each place; None if the table were too long."""
    places = outcomes.places[rows][:, standing.columns]
    count, units = places.shape
    keys = (np.arange(units) * (units + 1))[None, :] + places
    found, times = np.unique(keys, return_counts=True)
    if len(found) > MOST_CHANCES:
        return None
    unit, place = np.divmod(found, units + 1)
    kept = place > 0
    unit, place, times = unit[kept], place[kept], times[kept]
    return table_of_columns(
        "chances",
        Text(en="How often each place", zh="各位次出现的比例"),
        CHANCES,
        {
            "group": [standing.groups[index] for index in unit],
            "unit": [standing.codes[index] for index in unit],
            "place": [int(value) for value in place],
            "share": [float(value) for value in times / count],
        },
    )


TIERS: Final[Columns] = {
    "group": (TEXT, Text(en="the group", zh="分组")),
    "unit": (TEXT, Text(en="the unit", zh="单位")),
    "name": (TEXT, Text(en="its name", zh="名称")),
    "tier": (TEXT, Text(en="a tier; empty: none", zh="等次：空为无等次")),
    "nominal": (TRUTH, Text(en="whether it is in it as the scheme has it", zh="现行方案下是否属于该等次")),
    "share": (NUMBER, Text(en="the share of replicates in which it is in it", zh="出现比例")),
}


def tiers_table(outcomes: Outcomes, rows: slice, standing: Standing) -> Table | None:
    """Return how often each unit was in each tier; None for a scheme without tiers."""
    if not outcomes.tier_names:
        return None
    tiers = outcomes.tiers[:, standing.columns]
    found: dict[str, list[Any]] = {name: [] for name in TIERS}
    for number, tier in [*enumerate(outcomes.tier_names), (-1, None)]:
        share = (tiers[rows] == number).mean(axis=0)
        if number < 0 and not share.any() and not (tiers[-1] == number).any():
            continue
        found["group"] += standing.groups
        found["unit"] += standing.codes
        found["name"] += standing.names
        found["tier"] += [tier] * len(share)
        found["nominal"] += [bool(value) for value in tiers[-1] == number]
        found["share"] += [float(value) for value in share]
    return table_of_columns("tiers", Text(en="How often each tier", zh="各等次出现的比例"), TIERS, found)


AWARDS: Final[Columns] = {
    "award": (TEXT, Text(en="the award", zh="奖项")),
    "group": (TEXT, Text(en="the group", zh="分组")),
    "unit": (TEXT, Text(en="the unit", zh="单位")),
    "name": (TEXT, Text(en="its name", zh="名称")),
    "nominal": (TRUTH, Text(en="whether it gets it as the scheme has it", zh="现行方案下是否获得")),
    "share": (NUMBER, Text(en="the share of replicates in which it gets it", zh="获得的比例")),
}


def awards_table(outcomes: Outcomes, rows: slice, standing: Standing) -> Table | None:
    """Return how often each unit got each award, where it ever did; None for a scheme without awards."""
    if not outcomes.awards:
        return None
    found: dict[str, list[Any]] = {name: [] for name in AWARDS}
    for award, flags in outcomes.awards.items():
        of_units = flags[:, standing.columns]
        share, nominal = of_units[rows].mean(axis=0), of_units[-1]
        for index in np.flatnonzero((share > 0.0) | nominal):
            found["award"].append(award)
            found["group"].append(standing.groups[index])
            found["unit"].append(standing.codes[index])
            found["name"].append(standing.names[index])
            found["nominal"].append(bool(nominal[index]))
            found["share"].append(float(share[index]))
    return table_of_columns("awards", Text(en="How often each award", zh="各奖项获得的比例"), AWARDS, found)
