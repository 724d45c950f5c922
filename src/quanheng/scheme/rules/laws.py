"""Laws that hold for every rule, whatever it does."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from quanheng.findings.finding import Finding, Kind
from quanheng.scheme.fields.told import told_key
from quanheng.scheme.rules.entry import Ruled

RANGE_REVERSED: Final = Kind(
    code="QH239",
    severity="error",
    en="{key} of '{code}' goes from {low} to {high}",
    zh="“{code}”的 {key} 为 {low} 至 {high}，起止颠倒或相等",
    hint_en="write the lower bound first, the upper above it",
    hint_zh="请先写下限，且上限大于下限",
)


def check_ranges(ruled: Ruled) -> Iterator[Finding]:
    """Yield a QH239 for each range, of the rule or the treatment, whose bounds are not in order."""
    for stated in (*ruled.rule.ranges, *ruled.treated_ranges):
        if stated.low > stated.high or (stated.low == stated.high and not stated.may_be_a_point):
            facts = {"low": f"{stated.low:.12g}", "high": f"{stated.high:.12g}"}
            yield RANGE_REVERSED.at(ruled.where, key=told_key(stated.key), code=ruled.code, **facts)


NEUTRAL_WITHOUT_BASE: Final = Kind(
    code="QH243",
    severity="note",
    en="the rule of '{code}' has no base, so 'missing: neutral' gives 0 points",
    zh="“{code}”的规则没有基础分（base），应报未报“计基础分”（missing: neutral）按0分处理",
    hint_en="write 'missing: zero' or 'redistribute' if that is meant",
    hint_zh="如属本意请写“计零分”（zero），否则可写“权重移转”（redistribute）",
)


def check_neutral(ruled: Ruled) -> Iterator[Finding]:
    """Yield a QH243 where gaps are neutral but the rule has no base."""
    if ruled.needs_base and not ruled.rule.base_points:
        yield NEUTRAL_WITHOUT_BASE.at(ruled.where, code=ruled.code)
