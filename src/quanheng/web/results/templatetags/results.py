"""How scores and figures are written on pages of results: `{% load results %}`."""

from __future__ import annotations

from django import template

from quanheng.engine.formulas.formula_text import number_text
from quanheng.findings.text import Text
from quanheng.process.rounds.reported import REPORTED
from quanheng.web.base.looks import language_now
from quanheng.web.rounds.models import Change

register = template.Library()
_NATURES = {
    "missing": Text(zh="（缺报）", en="(missing)"),
    "not_applicable": Text(zh="不适用", en="does not apply"),
}


@register.filter
def figure(value: object) -> str:
    """Return a number as people write it, and a dash where there is none.

    Examples:
        >>> figure(54.0), figure(0.1 + 0.2), figure(None), figure("")
        ('54', '0.3', '—', '—')
    """
    return number_text(float(value)) if isinstance(value, int | float) else number_text(None)


@register.filter
def taken(change: object) -> str:
    """Return what a change of a figure says: as it was written, or that there is none; a dash for None."""
    if not isinstance(change, Change):
        return number_text(None)
    if change.nature in _NATURES:
        return _NATURES[change.nature].in_language(language_now())
    return change.written


@register.filter
def moved(code: str) -> str:
    """Return what a move of a figure is called."""
    return REPORTED.move(code).name.in_language(language_now())
