"""How a reader sees the site: the language and the care mode (large letters), kept in two cookies."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation

from quanheng.findings.text import Language, Text

LANGUAGE_COOKIE: Final = "quanheng-language"
CARE_COOKIE: Final = "quanheng-care"
_CHINESE: Final = "zh-hans"
_ENGLISH: Final = "en"
"""What Django calls the languages."""


def language_now() -> Language:
    """Return the language of the page that is being made.

    Examples:
        >>> with translation.override("en"):
        ...     language_now()
        'en'
    """
    return "en" if (translation.get_language() or "").startswith("en") else "zh"


def looks(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Answer each request in the reader's language: the one of the cookie, else the site's own."""

    def answer(request: HttpRequest) -> HttpResponse:
        chosen = request.COOKIES.get(LANGUAGE_COOKIE)
        language = _ENGLISH if chosen == "en" else _CHINESE if chosen == "zh" else None
        with translation.override(language or settings.LANGUAGE_CODE):
            response = get_response(request)
            response.headers.setdefault("Content-Language", translation.get_language() or "")
        return response

    return answer


def looks_of(request: HttpRequest) -> dict[str, object]:
    """Return what every template knows of how its reader sees the site."""
    language = language_now()
    return {
        "language": language,
        "lang": "zh-CN" if language == "zh" else "en",
        "other_language": "en" if language == "zh" else "zh",
        "care": request.COOKIES.get(CARE_COOKIE) == "1",
        "site_name": settings.SITE_NAME,
        "demonstration": settings.DEMONSTRATION,
    }


def day_in_words(day: dt.date) -> str:
    """Return a day as it is written in the reader's language.

    Examples:
        >>> day_in_words(dt.date(2024, 3, 29))
        '2024年3月29日'
    """
    written = Text(zh=f"{day.year}年{day.month}月{day.day}日", en=f"{day.day} {day:%B %Y}")
    return written.in_language(language_now())


def moment_in_words(moment: dt.datetime) -> str:
    """Return a moment as it is written in the reader's language, by the clock of the office."""
    here = timezone.localtime(moment)
    between = Text(zh=" ", en=", ").in_language(language_now())
    return f"{day_in_words(here)}{between}{here:%H:%M}"
