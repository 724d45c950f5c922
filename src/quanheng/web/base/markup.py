"""What is repeated a hundred times in a page, as HTML: a template takes longer for it than the database."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

_OPTION: Final = '<option value="{}"{}>{}</option>'
_SELECTED: Final = mark_safe(" selected")


def options_of(choices: Iterable[tuple[object, object]], chosen: object) -> SafeString:
    """Return the options of `choices`, each a value and what it is called; `chosen` is selected.

    Examples:
        >>> options_of([(1, "GDP"), (2, "<b>")], 2)
        '<option value="1">GDP</option><option value="2" selected>&lt;b&gt;</option>'
    """
    rows = ((value, _SELECTED if value == chosen else "", name) for value, name in choices)
    return repeated(_OPTION, rows)


def repeated(form: str, rows: Iterable[Sequence[object]]) -> SafeString:
    """Return `form` with the facts of each of `rows` in its gaps, which are escaped.

    Examples:
        >>> repeated("<li>{}</li>", [("<a>",), ("b",)])
        '<li>&lt;a&gt;</li><li>b</li>'
    """
    filled = "".join([form.format(*[conditional_escape(str(fact)) for fact in row]) for row in rows])
    return mark_safe(filled)  # noqa: S308  every fact is escaped
