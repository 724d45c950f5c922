"""A result as one html file: it needs no network, and nothing but what stands in it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from quanheng.documents.page.assets import asset, policy, script, style
from quanheng.documents.page.embedding import embedded
from quanheng.documents.page.model import made, model_of
from quanheng.documents.page.shown import Shown
from quanheng.documents.page.still import said, still_of
from quanheng.findings.errors import UsageError
from quanheng.findings.visible import xml_text
from quanheng.version import VERSION

MOST_UNITS: Final = 20_000
"""A page of more units would be one that no browser shows well."""


def page_html(shown: Shown) -> str:
    """Return the page: the same result gives the same text.

    Raises:
        UsageError: there are too many units for a page.
    """
    count = shown.count
    if count > MOST_UNITS:
        raise UsageError(
            f"a page holds {MOST_UNITS} units at most, and this result has {count}; hand out scores.csv",
            f"网页最多容纳 {MOST_UNITS} 个单位，本结果有 {count} 个；请提供 scores.csv",
        )
    scheme = shown.result.scheme
    facts = {
        "lang": "zh-CN" if shown.language == "zh" else "en",
        "policy": policy(),
        "version": VERSION,
        "title": xml_text(scheme.title.in_language(shown.language) or scheme.id),
        "round": said(shown, "round.is", round=shown.result.round, units=count),
        "skip": said(shown, "skip"),
        "views": said(shown, "views"),
        "made": xml_text(made(shown).in_language(shown.language)),
        "style": style(),
        "still": still_of(shown),
        "data": embedded("data", model_of(shown)),
        "script": script(),
    }
    return _filled(asset("page.html"), facts)


def _filled(template: str, facts: Mapping[str, str]) -> str:
    """Return `template` with a fact in place of each `{{name}}`; what stands in facts is left as it is."""
    head, *parts = template.split("{{")
    split = (part.split("}}", 1) for part in parts)
    return head + "".join(facts[name] + rest for name, rest in split)
