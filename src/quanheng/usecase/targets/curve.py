"""A curve as it is written on a command line: `even`, `seasonal`, `seasonal:3`, `2023-Q1=22%,2023-H1=48%`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from quanheng.findings.errors import DataError, UsageError
from quanheng.findings.patterns import bounded
from quanheng.periods.period import Period, parse_period
from quanheng.scheme.pace.pace import Curve, Even, Given, Seasonal

_BETWEEN: Final = bounded("[,，;；]", most=5_000)
_SEASONAL: Final = bounded(r"seasonal(?::([1-9]\d?))?")
_SHARE: Final = bounded(r"(\d{1,3}(?:\.\d{1,6})?)%|([01](?:\.\d{1,8})?)")
_PER_CENT: Final = 100.0


def curve_of(text: str, *, year: int) -> Curve:
    """Return the curve that `text` means; given shares are of `year`, lie between 0 and 1 and never fall.

    Raises:
        UsageError: it means none.

    Examples:
        >>> curve_of("2023-Q1=22%, 2023-H1=0.48", year=2023)
        Given(shares={'2023-Q1': 0.22, '2023-H1': 0.48})
        >>> curve_of("seasonal:3", year=2023)
        Seasonal(years=3)
    """
    word = text.strip().lower()
    if word == "even":
        return Even()
    if found := _SEASONAL.fullmatch(word):
        return Seasonal(years=int(found[1])) if found[1] else Seasonal()
    pairs = sorted(_pairs(text, year), key=lambda pair: pair[0].end)
    ends = [period.end for period, _ in pairs]
    shares = [share for _, share in pairs]
    if len(set(ends)) < len(ends) or shares != sorted(shares) or shares[-1] > 1:
        raise _refused(text, year)
    return Given({str(period): share for period, share in pairs})


def _pairs(text: str, year: int) -> Iterator[tuple[Period, float]]:
    for part in _BETWEEN.split(text):
        name, sign, amount = part.partition("=")
        found = _SHARE.fullmatch(amount.strip())
        try:
            period = parse_period(name) if sign else None
        except DataError:
            period = None
        if period is None or found is None or period.year != year:
            raise _refused(text, year)
        yield period, float(found[1]) / _PER_CENT if found[1] else float(found[2])


def _refused(text: str, year: int) -> UsageError:
    return UsageError(
        f"{text!r} is no curve: write even, seasonal, seasonal:3, or shares that rise, such as "
        f"{year}-Q1=22%,{year}-H1=48%,{year}-Q3=72%",
        f"“{text}”不是分解曲线：请写均匀（even）、按往年规律（seasonal）、参照往年三年（seasonal:3），或递增的比例，"
        f"如 {year}-Q1=22%,{year}-H1=48%,{year}-Q3=72%",
    )
