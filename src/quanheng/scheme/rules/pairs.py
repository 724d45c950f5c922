"""What bands and steps share: tables of `[x, points]`, x rising."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Final, TypeAlias

from quanheng.findings.finding import Finding, Kind
from quanheng.scheme.fields.told import told_value
from quanheng.scheme.rules.entry import Ruled

Pairs: TypeAlias = tuple[tuple[float, float], ...]


def pairs_in_chinese(pairs: Pairs) -> str:
    """Return the rows of the table in one line.

    Examples:
        >>> pairs_in_chinese(((0, 0), (5, 100)))
        '0→0分，5→100分'
    """
    return "，".join(f"{x:g}→{earned:g}分" for x, earned in pairs)


NOT_RISING: Final = Kind(
    code="QH234",
    severity="error",
    en="the thresholds of '{code}' do not rise: {first} is followed by {second}",
    zh="“{code}”的分档值未递增：{first}之后是{second}",
    hint_en="order them from small to large, each once; in bands an x may stand twice, with other points, "
    "where the line jumps",
    hint_zh="请从小到大排列，不得重复；区间插值中同一值可写两次（得分不同），表示在该处跳档",
)


def check_thresholds_rise(ruled: Ruled) -> Iterator[Finding]:
    """Yield a QH234 where the thresholds of a table do not rise; an x of bands may stand twice, as a jump."""
    jumped: float | None = None
    for (first, before), (second, after) in pairwise(ruled.rule.pairs):
        if second == first and ruled.rule.name == "bands" and first != jumped and before != after:
            jumped = first
            continue
        if second <= first:
            facts = {"first": f"{first:.12g}", "second": f"{second:.12g}"}
            yield NOT_RISING.at(ruled.where, code=ruled.code, **facts)
            break


POINTS_AGAINST_DIRECTION: Final = Kind(
    code="QH238",
    severity="warning",
    en="'{code}' says 'direction: {direction}', but its points run the other way",
    zh="“{code}”的方向为{direction}，但得分变化方向相反",
    hint_en="check the points of the table, or remove 'direction'",
    hint_zh="请核对分值，或删去方向（direction）",
)


def check_points_follow_direction(ruled: Ruled) -> Iterator[Finding]:
    """Yield a QH238 where the points of a table run against a written direction."""
    points = [points for _, points in ruled.rule.pairs]
    if ruled.direction is None or len(points) < 2 or points[0] == points[-1]:  # noqa: PLR2004  # first and last
        return
    monotone = points in (sorted(points), sorted(points, reverse=True))
    if monotone and (points[-1] > points[0]) != (ruled.direction == "more"):
        yield POINTS_AGAINST_DIRECTION.at(
            ruled.where, code=ruled.code, direction=told_value("direction", ruled.direction)
        )
