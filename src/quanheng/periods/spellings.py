"""The texts people write for periods: `2023年6月`, `1-9月`, `前三季度`, `2023Q2`, `Jun 2023`.

A text without a year, `6月`, says which part of a year it is. What is counted from January, `1-9月`, is known
by the period that ends with it, and is told apart: a flow of nine months is no figure of the third quarter.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Iterable, Mapping
from typing import Final, TypeAlias

from quanheng.findings.patterns import bounded
from quanheng.findings.value import Value
from quanheng.periods.every import MONTHS_A_YEAR, MONTHS_IN
from quanheng.periods.widths import to_half_width

LONGEST: Final = 40
"""No text of a period is longer."""


class Spelled(Value):
    """What a text says: the months of a year, and the year if it has one.

    `since_january` tells that the text counts the months from January; the period is the one it is known by.
    """

    year: int | None
    first_month: int = 1
    length_months: int = MONTHS_A_YEAR
    since_january: bool = False


_Part: TypeAlias = tuple[int, int, bool]
"""First month, length, and whether it counts the months from January."""

_DASH: Final = "(?:[-—–~]{1,2}|至|到)"
_NUMERAL: Final = "[0-9]{1,2}|[一二三四五六七八九十两]{1,2}"
_END: Final = "(?:份|末|底)?"
_SEPARATED: Final = "[-/.,]?"
_NUMERALS: Final[Mapping[str, int]] = {
    **{letter: number for number, letter in enumerate("一二三四五六七八九十", 1)},
    "两": 2,
    "十一": 11,
    "十二": 12,
}
_IN_ENGLISH: Final = (
    *("january", "february", "march", "april", "may", "june", "july", "august"),
    *("september", "october", "november", "december"),
)
_MONTHS: Final[Mapping[str, int]] = {
    name[:length]: number for number, name in enumerate(_IN_ENGLISH, 1) for length in (3, len(name))
} | {"sept": 9}
_SINCE_JANUARY: Final[Mapping[int, int]] = {3: 3, 6: 6, 9: 3, 12: 12}
"""Length of the period that January to a month is known by; of the others it is the month."""

SIGNS: Final = frozenset("0123456789年季月")
"""What tells a period has one of them at least, but for the English name of a month alone."""

_YEAR: Final = bounded("([0-9]{4})(?:年度|年末|年底|年?全年|年)?")
_YEAR_FIRST: Final = bounded(f"([0-9]{{4}})(?:年度?|{_SEPARATED})(.+)")
_YEAR_LAST: Final = bounded(f"(.+?){_SEPARATED}([0-9]{{4}})")
_MONTH_OF_DIGITS: Final = bounded("([0-9]{4})(?:[-/]([0-9]{1,2})|[.]?([0-9]{2})|[.]([2-9]))")
_DIGITS_OF_MONTH: Final = bounded("([0-9]{1,2})[-/]([0-9]{4})")
_DAY: Final = bounded("([0-9]{4})([-/])([0-9]{1,2})\\2([0-9]{1,2})(?:T?00:00:00(?:[.]0+)?)?")
_CHINESE_DAY: Final = bounded("([0-9]{4})年([0-9]{1,2})月([0-9]{1,2})[日号]")
_BOTH_ENDS: Final = bounded(
    f"([0-9]{{4}})[年./-]([0-9]{{1,2}})月?{_DASH}([0-9]{{4}})[年./-]([0-9]{{1,2}})月?"
)
_WHOLE: Final = bounded("全年")
_HALF: Final = bounded("(?:h([12])|([12])h|([上下])半年)")
_QUARTER: Final = bounded("(?:q([1-4])|([1-4])q|第?([1-4一二三四])季度?)")
_MONTH: Final = bounded(f"({_NUMERAL})月{_END}")
_SPAN: Final = bounded(f"({_NUMERAL})月?份?{_DASH}({_NUMERAL})月{_END}")
_QUARTERS: Final = bounded(f"(?:前([一二两三123])个?|[一1]{_DASH}([二三四234]))季度?")
_FIRST_MONTHS: Final = bounded(f"前({_NUMERAL})个?月")
AMBIGUOUS: Final = bounded("[0-9]{4}[.]1")
"""January, or October whose zero a spreadsheet dropped."""


def spelled(text: str) -> Spelled | None:
    """Return what `text` says of a period, or None if it names none.

    Examples:
        >>> spelled("2023年1-9月")
        Spelled(year=2023, first_month=7, length_months=3, since_january=True)
        >>> spelled("Q2"), spelled("6.1")
        (Spelled(year=None, first_month=4, length_months=3, since_january=False), None)
    """
    if len(text) > LONGEST:
        return None
    tidy = "".join(to_half_width(text).split()).lower()
    if SIGNS.isdisjoint(tidy):
        return _of(None, _month(_MONTHS[tidy])) if tidy in _MONTHS else None
    return next((found for read in _READERS if (found := read(tidy)) is not None), None)


def _year(text: str) -> Spelled | None:
    found = _YEAR.fullmatch(text)
    return Spelled(year=int(found[1])) if found else None


def _digits(text: str) -> Spelled | None:
    if found := _MONTH_OF_DIGITS.fullmatch(text):
        return _of(int(found[1]), _month(int(found[2] or found[3] or found[4])))
    if found := _DIGITS_OF_MONTH.fullmatch(text):
        return _of(int(found[2]), _month(int(found[1])))
    if found := _BOTH_ENDS.fullmatch(text):
        return _of(int(found[1]), _span(int(found[2]), int(found[4]))) if found[1] == found[3] else None
    return None


def _day(text: str) -> Spelled | None:
    """Return the month whose last day it is, or whose first: what spreadsheets make of `2023-06`."""
    if found := _CHINESE_DAY.fullmatch(text):
        year, month, day = int(found[1]), int(found[2]), int(found[3])
        is_end = 1 <= month <= MONTHS_A_YEAR and day == monthrange(year, month)[1]
        return _of(year, _month(month)) if is_end else None
    found = _DAY.fullmatch(text)
    if not found or not 1 <= int(found[3]) <= MONTHS_A_YEAR:
        return None
    year, month, day = int(found[1]), int(found[3]), int(found[4])
    return _of(year, _month(month)) if day in (1, monthrange(year, month)[1]) else None


def _part_of_year(text: str) -> Spelled | None:
    if found := _YEAR_FIRST.fullmatch(text):
        return _of(int(found[1]), _part(found[2]))
    if found := _YEAR_LAST.fullmatch(text):
        return _of(int(found[2]), _part(found[1]))
    return None


def _part_alone(text: str) -> Spelled | None:
    return _of(None, _part(text))


_READERS: Final[Iterable[Callable[[str], Spelled | None]]] = (
    _year,
    _digits,
    _day,
    _part_of_year,
    _part_alone,
)


def _part(text: str) -> _Part | None:
    """Return the part of a year that `text` names."""
    if _WHOLE.fullmatch(text):
        return 1, MONTHS_A_YEAR, False
    if found := _HALF.fullmatch(text):
        second = (found[1] or found[2] or found[3]) in ("2", "下")
        return 1 + MONTHS_IN["half"] * second, MONTHS_IN["half"], False
    if found := _QUARTER.fullmatch(text):
        quarter = _number(found[1] or found[2] or found[3])
        return (quarter - 1) * MONTHS_IN["quarter"] + 1, MONTHS_IN["quarter"], False
    if found := _MONTH.fullmatch(text):
        return _month(_number(found[1]))
    if found := _SPAN.fullmatch(text):
        return _span(_number(found[1]), _number(found[2]))
    if found := _QUARTERS.fullmatch(text):
        return _span(1, _number(found[1] or found[2]) * MONTHS_IN["quarter"])
    if found := _FIRST_MONTHS.fullmatch(text):
        return _span(1, _number(found[1]))
    return _month(_MONTHS[text]) if text in _MONTHS else None


def _of(year: int | None, part: _Part | None) -> Spelled | None:
    if part is None:
        return None
    first, length, since_january = part
    return Spelled(year=year, first_month=first, length_months=length, since_january=since_january)


def _month(month: int) -> _Part | None:
    return (month, 1, False) if 1 <= month <= MONTHS_A_YEAR else None


def _span(first: int, last: int) -> _Part | None:
    """Return what stands for the months from `first` to `last`: a period, or what is known by `last`."""
    length = last - first + 1
    if not 1 <= first < last <= MONTHS_A_YEAR:
        return _month(first) if first == last else None
    if first > 1:
        aligned = length in MONTHS_IN.values() and (first - 1) % length == 0
        return (first, length, False) if aligned else None
    known_by = _SINCE_JANUARY.get(last, 1)
    return last - known_by + 1, known_by, True


def _number(text: str) -> int:
    return int(text) if text.isdecimal() else _NUMERALS.get(text, 0)
