"""How figures are written on boards: `{% load boards %}`."""

from __future__ import annotations

from typing import Final

from django import template

from quanheng.web.results.templatetags.results import figure

register = template.Library()
_PER_CENT: Final = 100.0


@register.filter
def per_cent(value: object) -> str:
    """Return a fraction in per cent with one decimal, and a dash where there is none.

    Examples:
        >>> per_cent(0.0615), per_cent(None)
        ('6.2%', '—')
    """
    return f"{value * _PER_CENT:.1f}%" if isinstance(value, int | float) else "—"


@register.filter
def lost(gained: int) -> int:
    """Return how many places are lost where fewer than none are gained.

    Examples:
        >>> lost(-2)
        2
    """
    return -gained


@register.filter
def cell(value: object) -> object:
    """Return what stands in the table of a chart: a number as people write it, a dash for nothing.

    Examples:
        >>> cell(54.0), cell("T1"), cell(None)
        ('54', 'T1', '—')
    """
    return figure(value) if value is None or isinstance(value, int | float) else value
