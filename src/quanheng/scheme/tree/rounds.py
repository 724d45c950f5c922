"""Rounds as people name them: `2023年上半年`, or `6月` of the year of the scheme's round."""

from __future__ import annotations

from quanheng.findings.errors import DataError
from quanheng.periods.period import parse_period
from quanheng.periods.spellings import spelled
from quanheng.scheme.items.item import Reported
from quanheng.scheme.tree.scheme import Scheme


def round_named(scheme: Scheme, text: str | None) -> str:
    """Return the canonical text of the round that `text` names, of the scheme's own if there is none.

    Raises:
        DataError: `text` names no period, or counts from January what the scheme's flows do not.
    """
    own = parse_period(scheme.round)
    if text is None:
        return str(own)
    period = parse_period(text, year=own.year)
    found = spelled(text)
    whole = period.first_month == 1
    flows = [item.code for item in scheme.items if item.kind == "flow" and isinstance(item.source, Reported)]
    if found is not None and found.since_january and not whole and flows:
        raise DataError(
            f"{text!r} counts from January, but {period} has the flow {flows[0]!r} of its own months only: "
            f"name the round {period}, a half or the year",
            f"“{text}”自 1 月起累计，{period} 的当期数（{flows[0]}）只计自身月份：请写 {period}、半年或全年",
        )
    return str(period)
