"""Words of pages, in both languages where they stand: `{% say zh="登录" en="Sign in" %}`.

A page cannot leave one language out, since the tag asks for both; no file of translations can be behind.
"""

from __future__ import annotations

import datetime as dt

from django import template
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

from quanheng.findings.text import Text
from quanheng.web.base.looks import day_in_words, language_now, moment_in_words

register = template.Library()


@register.simple_tag
def say(*, zh: str, en: str, **facts: object) -> SafeString:
    """Return the words in the reader's language, with the facts that fill their gaps.

    The words are the page's own and may hold marks of HTML; the facts are others' and are escaped.

    Examples:
        >>> say(zh="{name}，您好", en="Welcome, {name}", name="<b>")
        '&lt;b&gt;，您好'
    """
    words = Text(zh=zh, en=en).in_language(language_now())
    told = {name: conditional_escape(str(_said(fact))) for name, fact in facts.items()}
    return mark_safe(words.format_map(told) if told else words)  # noqa: S308  the facts are escaped


@register.filter
def said(text: object) -> object:
    """Return a text in both languages in the reader's; anything else as it is."""
    return _said(text)


@register.filter
def day(value: dt.date) -> str:
    """Return a day as it is written in the reader's language."""
    return day_in_words(value)


@register.filter
def moment(value: dt.datetime) -> str:
    """Return a moment as it is written in the reader's language, by the clock of the office."""
    return moment_in_words(value)


def _said(fact: object) -> object:
    return fact.in_language(language_now()) if isinstance(fact, Text) else fact
