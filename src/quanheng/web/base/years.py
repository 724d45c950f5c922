"""Moments and days as people type them: of years in which there are offices, so that no clock runs over.

A year of two digits too few (0024) is a slip that no deadline survives, and moments of the years 1 and 9999
fall out of the calendar once they are told by another clock: databases cannot give them back.
"""

from __future__ import annotations

import datetime as dt
from typing import Final

from django import forms

from quanheng.findings.text import Text
from quanheng.web.base.looks import language_now

_FIRST: Final = 1900
_LAST: Final = 2999


def is_of_our_time(day: dt.date) -> bool:
    """Return whether a day, or a moment, lies in years that are meant.

    Examples:
        >>> [is_of_our_time(dt.date(year, 4, 10)) for year in (24, 1900, 2024, 9999)]
        [False, True, True, False]
    """
    return _FIRST <= day.year <= _LAST


def check_year(day: dt.date) -> None:
    """Refuse a day or moment of another time, as a field of a form does.

    Raises:
        ValidationError: it is of another time.
    """
    if not is_of_our_time(day):
        said = Text(
            zh=f"请填写{_FIRST}年至{_LAST}年之间的日期", en=f"write a day between {_FIRST} and {_LAST}"
        )
        raise forms.ValidationError(said.in_language(language_now()))
