"""Statistics over several rounds (`over`, observed §4): found beforehand, laid beside the round's own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

import narwhals as nw

from quanheng.engine.frame import columns as c
from quanheng.engine.frame.tables import names_in
from quanheng.findings.finding import Kind, require_no_errors
from quanheng.scheme.rules.pool import ValueOf
from quanheng.scheme.tree.scheme import Indicator

NO_OTHER_ROUNDS: Final = Kind(
    code="QH859",
    severity="error",
    en="'{code}' is compared over several rounds, and the figures that are scored here stand in none:"
    " they are a frame's, or are tried out by a study",
    zh="“{code}”合看若干考核期，而此处计分的数据不属于任何考核期（数据表，或研究中试算的数据）",
    hint_en="score a book, or leave 'over' out for this question",
    hint_zh="请对考核册计分；或就此问题去掉合看考核期（over）",
)


def statistics_over(indicator: Indicator) -> Iterator[str]:
    """Yield the names of what the rule of `indicator` asks of several rounds.

    Units that anchors name are looked at in the round itself.
    """
    names = (each.name for each in indicator.rule.statistics() if not isinstance(each, ValueOf))
    yield from dict.fromkeys(names)


def with_found_over(frame: nw.LazyFrame[Any], indicators: Sequence[Indicator]) -> nw.LazyFrame[Any]:
    """Set what was found over several rounds where statistics of the round's own pool would stand.

    Raises:
        FindingsError: nothing was found: the frame is of no round of a book.
    """
    there = set(names_in(frame))
    columns = []
    for indicator in indicators:
        for name in statistics_over(indicator):
            if c.over(indicator.code, name) not in there:
                require_no_errors((NO_OTHER_ROUNDS.at(indicator.where, code=indicator.code),))
            columns.append(nw.col(c.over(indicator.code, name)).alias(c.stat(indicator.code, name)))
    return frame.with_columns(*columns)
