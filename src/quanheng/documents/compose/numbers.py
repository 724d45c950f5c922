"""Numbers and days as documents write them: in figures as the scheme rounds them, in Chinese for headings."""

from __future__ import annotations

import datetime as dt
from typing import Final

from quanheng.findings.printing import printed
from quanheng.findings.text import Language, Text
from quanheng.scheme.tree.scheme import Scheme

_DECIMALS: Final = 4
"""What is shown of a score that the scheme does not round."""
_DIGITS: Final = "〇一二三四五六七八九"
_TEN: Final = 10
_HUNDRED: Final = 100
_MONTHS: Final = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def decimals_of_totals(scheme: Scheme) -> int:
    """Return with how many decimals totals are shown."""
    decimals = scheme.rounding.shown_total
    return _DECIMALS if decimals is None else decimals


def decimals_of_scores(scheme: Scheme) -> int:
    """Return with how many decimals the scores of nodes are shown."""
    decimals = scheme.rounding.shown_scores
    return _DECIMALS if decimals is None else decimals


def figure(value: float | None, decimals: int) -> str:
    """Return a number as a table shows it, a dash where there is none.

    Examples:
        >>> figure(87.5, 2), figure(-0.001, 2), figure(None, 2)
        ('87.50', '0.00', '—')
    """
    return "—" if value is None else printed(value, decimals)


def in_chinese(number: int) -> str:
    """Return a whole number from 1 to 99 as headings count.

    Examples:
        >>> [in_chinese(number) for number in (1, 10, 11, 20, 35)]
        ['一', '十', '十一', '二十', '三十五']
    """
    if not 0 < number < _HUNDRED:
        raise ValueError(number)
    tens, ones = divmod(number, _TEN)
    before = "" if tens == 0 else "十" if tens == 1 else f"{_DIGITS[tens]}十"
    return before + (_DIGITS[ones] if ones else "")


def day_in_words(day: dt.date, language: Language) -> str:
    """Return a day as a paper is dated: without zeros before month and day.

    Examples:
        >>> day_in_words(dt.date(2024, 2, 6), "zh"), day_in_words(dt.date(2024, 2, 6), "en")
        ('2024年2月6日', '6 February 2024')
    """
    return Text(
        zh=f"{day.year}年{day.month}月{day.day}日", en=f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
    ).in_language(language)
