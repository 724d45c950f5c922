"""Words of pages, in both languages where they stand: `{% say zh="登录" en="Sign in" %}`.

A page cannot leave one language out, since the tag asks for both; no file of translations can be behind.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from django import template
from django.template.base import FilterExpression, Parser, Token, token_kwargs
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

from quanheng.findings.text import Text
from quanheng.web.base.looks import day_in_words, language_now, moment_in_words

register = template.Library()


class Say(template.Node):
    """Words in the reader's language, with the facts that fill their gaps.

    The words are the page's own and may hold marks of HTML; the facts are others' and are escaped.
    """

    def __init__(self, words: Text, facts: Mapping[str, FilterExpression], called: str = "") -> None:
        """Say `words`, or keep them as the variable that is `called` so."""
        self._words, self._facts, self._called = words, facts, called

    def render(self, context: template.Context) -> SafeString:
        """Return the words, or nothing where they are kept."""
        words = self._words.in_language(language_now())
        if self._facts:
            told = {name: _said(fact.resolve(context)) for name, fact in self._facts.items()}
            words = words.format_map({name: conditional_escape(str(fact)) for name, fact in told.items()})
        if self._called:
            context[self._called] = mark_safe(words)  # noqa: S308  the facts are escaped
            return SafeString()
        return mark_safe(words)  # noqa: S308  the same


@register.tag
def say(parser: Parser, token: Token) -> Say:
    """Read the tag: both languages as they stand, the facts, and `as name` where the words are kept.

    Examples:
        >>> from django.template import Context, Template
        >>> page = Template('{% say zh="{name}，您好" en="Welcome, {name}" name=name %}')
        >>> page.render(Context({"name": "<b>"}))
        '&lt;b&gt;，您好'
    """
    _, *bits = token.split_contents()
    facts = token_kwargs(bits, parser)
    zh, en = (_as_it_stands(facts.pop(language, None)) for language in ("zh", "en"))
    called = bits[1] if len(bits) == len(("as", "name")) and bits[0] == "as" else ""
    if not zh or not en or (bits and not called):
        raise template.TemplateSyntaxError(f"not what is said in both languages: {token.contents}")
    return Say(Text(zh=zh, en=en), facts, called)


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


def _as_it_stands(words: FilterExpression | None) -> str:
    """Return words that stand in the page; nothing where there are none, or a variable has them."""
    return words.var if words and isinstance(words.var, str) and not words.filters else ""


def _said(fact: object) -> object:
    return fact.in_language(language_now()) if isinstance(fact, Text) else fact
