"""The headings of a table of items across, as HTML: put together here as the rows below them are."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from django.utils.safestring import SafeString

from quanheng.findings.text import Language
from quanheng.web.base.markup import repeated
from quanheng.web.rounds.models import AskedItem

_HEADING: Final = '<th scope="col" id="i{}">{}<small>{} {}</small></th>'


def headings_of(items: Iterable[AskedItem], language: Language) -> SafeString:
    """Return a heading for each of `items`, which the cells below are named by."""
    rows = ((item.pk, item.name.in_language(language), item.measured_in, item.period) for item in items)
    return repeated(_HEADING, rows)
