"""Days and periods that are not of the calendar: lunar ones, other eras, years of two digits or far away.

They are never converted: what a person meant is asked for, with the reason.
"""

from __future__ import annotations

from typing import Final, Literal, TypeAlias

from quanheng.data.telling.findings import NOT_A_DATE, NOT_A_PERIOD
from quanheng.data.telling.names import shown
from quanheng.findings.finding import Finding, Kind, Location
from quanheng.findings.patterns import bounded
from quanheng.findings.text import Text
from quanheng.periods.spellings import AMBIGUOUS
from quanheng.periods.widths import to_half_width

FIRST_YEAR: Final = 1900
LAST_YEAR: Final = 2199
"""Years outside are no years of an assessment, but of another calendar or mistyped."""

_Calendar: TypeAlias = Literal["lunar", "minguo", "buddhist", "era"]
_NAMES: Final[dict[_Calendar, Text]] = {
    "lunar": Text(en="the lunar calendar", zh="农历"),
    "minguo": Text(en="the Minguo calendar", zh="民国纪年"),
    "buddhist": Text(en="the Buddhist calendar", zh="佛历"),
    "era": Text(en="another era", zh="年号纪年"),
}
_LUNAR: Final = bounded(
    "农历|阴历|旧历|夏历|正月|腊月|冬月|闰.{0,2}月|初[一二三四五六七八九十]|廿|[甲乙丙丁戊己庚辛壬癸][子丑寅卯辰巳午未申酉戌亥]年"
)
_MINGUO: Final = bounded(r"民国|(?<!\d)1\d\d(?:年|[-/.]\d{1,2}(?:[-/.]|$))")
_BUDDHIST: Final = bounded(r"佛历|(?i:b\.?e\.?)$")
_ERA: Final = bounded("令和|平成|昭和|大正|明治|宣统|光绪")
_TWO_DIGITS: Final = bounded(
    r"'?\d{2}(?:年.*|[-/.]\d{1,2}(?:[-/.]\d{1,2})?|-?[QqHh]\d)|\d{1,2}[-/.]\d{1,2}[-/.]\d{2}"
)
_YEAR: Final = bounded(r"(\d{4})(?!\d)|(\d{4})(?:\d{2}){1,2}$")
_BUDDHIST_YEARS: Final = range(FIRST_YEAR + 543, 2100 + 543)
"""Buddhist years run 543 ahead."""


def odd_date(text: str, where: Location) -> Finding:
    """Return the finding for a text at `where` that is no date to be computed with.

    Examples:
        >>> [
        ...     odd_date(text, Location()).code
        ...     for text in ("正月十五", "112/3/18", "23-03-18", "2566-03-18", "soon")
        ... ]
        ['QH340', 'QH340', 'QH341', 'QH340', 'QH328']
    """
    return _odd(text, where, NOT_A_DATE)


def odd_period(text: str, where: Location) -> Finding:
    """Return the finding for a text at `where` that is no period to be computed with.

    Examples:
        >>> texts = ("民国112年", "23年6月", "1823", "2023.1", "in spring")
        >>> [odd_period(text, Location()).code for text in texts]
        ['QH340', 'QH341', 'QH342', 'QH382', 'QH329']
    """
    return _odd(text, where, NOT_A_PERIOD)


def in_range(year: int) -> bool:
    """Return whether `year` may be one of an assessment.

    Examples:
        >>> [in_range(year) for year in (1899, 1900, 2199, 2566)]
        [False, True, True, False]
    """
    return FIRST_YEAR <= year <= LAST_YEAR


OTHER_CALENDAR: Final = Kind(
    code="QH340",
    severity="error",
    en="{text!r} is of {calendar}",
    zh="“{text}”是{calendar}",
    hint_en="write the day of the common calendar: 2023-03-18, 2023-06",
    hint_zh="请改写为公历，如 2023-03-18、2023-06",
)
TWO_DIGIT_YEAR: Final = Kind(
    code="QH341",
    severity="error",
    en="{text!r} has a year of two digits",
    zh="“{text}”的年份只有两位",
    hint_en="write the year with four digits: 2023-03-18, 2023-06",
    hint_zh="请写四位年份，如 2023-03-18、2023-06",
)
YEAR_OUT_OF_RANGE: Final = Kind(
    code="QH342",
    severity="error",
    en="the year of {text!r} is not between {first} and {last}",
    zh="“{text}”的年份不在 {first} 至 {last} 之间",
    hint_en="correct the year; if it is of another calendar, write the common one",
    hint_zh="请更正年份；若为其他历法，请改写为公历",
)


DAY_FOR_PERIOD: Final = Kind(
    code="QH397",
    severity="error",
    en="{text!r} is a day, and not the last of its month: it is unclear of which period the figure is",
    zh="“{text}”是一个日期，且不是当月最后一天，不清楚是哪一期的数据",
    hint_en="write the period: {month} for the month, the quarter or the year that it is of",
    hint_zh="请填写期间：当月写 {month}，否则写所属的季度或年度",
)
_MONTHS: Final = range(1, 13)
_DAY: Final = bounded(r"(\d{4})(?:年|[-/.])(\d{1,2})(?:月|[-/.])(\d{1,2})[日号]?")


JANUARY_OR_OCTOBER: Final = Kind(
    code="QH382",
    severity="error",
    en="{text!r} may be January, or October whose 0 a spreadsheet dropped",
    zh="“{text}”可能是 1 月，也可能是末尾的 0 被表格软件去掉的 10 月",
    hint_en="write the month with two digits and a hyphen: 2023-01, 2023-10",
    hint_zh="请写成 2023-01 或 2023-10",
)


def _odd(text: str, where: Location, otherwise: Kind) -> Finding:
    tidy = "".join(to_half_width(text).split())[:40]
    found = _YEAR.match(tidy)
    year = int(found[1] or found[2]) if found else None
    calendar = _calendar(tidy, year)
    if calendar is not None:
        return OTHER_CALENDAR.at(where, text=shown(text), calendar=_NAMES[calendar])
    day = _DAY.fullmatch(tidy)
    if day and otherwise is NOT_A_PERIOD and in_range(int(day[1])) and int(day[2]) in _MONTHS:
        return DAY_FOR_PERIOD.at(where, text=shown(text), month=f"{day[1]}-{int(day[2]):02}")
    if AMBIGUOUS.fullmatch(tidy) and otherwise is NOT_A_PERIOD:
        return JANUARY_OR_OCTOBER.at(where, text=shown(text))
    if _TWO_DIGITS.fullmatch(tidy):
        return TWO_DIGIT_YEAR.at(where, text=shown(text))
    if year is not None and not in_range(year):
        facts = {"text": shown(text), "first": FIRST_YEAR, "last": LAST_YEAR}
        return YEAR_OUT_OF_RANGE.at(where, **facts)
    return otherwise.at(where, text=shown(text))


def _calendar(text: str, year: int | None) -> _Calendar | None:
    if _LUNAR.search(text):
        return "lunar"
    if _ERA.search(text):
        return "era"
    if _BUDDHIST.search(text) or (year is not None and year in _BUDDHIST_YEARS):
        return "buddhist"
    return "minguo" if _MINGUO.match(text) else None
