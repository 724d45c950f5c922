"""Several rounds in one text: `2005..2015`, `2023-01..2023-12`, `2019, 2021..2023`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from quanheng.findings.errors import DataError
from quanheng.periods.period import Period, parse_period
from quanheng.periods.spellings import LONGEST
from quanheng.periods.widths import to_half_width

MOST_ROUNDS: Final = 1_200
"""So many rounds at most are named at once: a hundred years of months."""
_BETWEEN: Final = ".."


def periods_named(text: str) -> tuple[Period, ...]:
    """Return the periods that `text` names, in the order of time, each once.

    Two periods of one length with `..` between them stand for all from the first to the last; several such
    parts are separated by commas.

    Raises:
        DataError: a part names no period, or two of unlike length or in the wrong order, or there are more
            than 1,200.

    Examples:
        >>> [str(period) for period in periods_named("2019, 2021..2023")]
        ['2019', '2021', '2022', '2023']
        >>> [str(period) for period in periods_named("2022-Q4..2023-Q2")]
        ['2022-Q4', '2023-Q1', '2023-Q2']
    """
    tidy = to_half_width(text).replace("、", ",").replace("…", _BETWEEN)
    found: dict[Period, None] = {}
    for part in tidy.split(","):
        found.update(dict.fromkeys(_between(part.strip())))
        if len(found) > MOST_ROUNDS:
            raise _too_many()
    return tuple(sorted(found))


def text_of_periods(periods: Sequence[Period]) -> str:
    """Return `periods`, of one length and in the order of time, as `periods_named` reads them.

    Examples:
        >>> text_of_periods(periods_named("2019, 2021, 2022, 2023"))
        '2019, 2021..2023'
    """
    runs: list[list[Period]] = []
    for period in periods:
        follows = bool(runs) and _month(period) - _month(runs[-1][-1]) == period.length_months
        if follows:
            runs[-1].append(period)
        else:
            runs.append([period])
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}{_BETWEEN}{run[-1]}" for run in runs)


def _between(text: str) -> tuple[Period, ...]:
    first_text, dots, last_text = text.partition(_BETWEEN)
    first = parse_period(first_text.strip())
    if not dots:
        return (first,)
    last = parse_period(last_text.strip(), year=first.year)
    if first.length_months != last.length_months or last < first:
        shown = text[: 2 * LONGEST]
        raise DataError(
            f"{shown!r} are no rounds: write two of one length, the earlier one first, as in 2005..2015",
            f"“{shown}”不是若干考核期：请写两个长度相同的考核期，先早后晚，如 2005..2015",
        )
    step = first.length_months
    count = (_month(last) - _month(first)) // step + 1
    if count > MOST_ROUNDS:
        raise _too_many()
    return tuple(first.months_before(-step * number) for number in range(count))


def _month(period: Period) -> int:
    return 12 * period.year + period.first_month


def _too_many() -> DataError:
    return DataError(
        f"no more than {MOST_ROUNDS} rounds can be named at once",
        f"一次最多可写 {MOST_ROUNDS} 个考核期",
    )
