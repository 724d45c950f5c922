"""How large a scheme may be; looked at before anything is made of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from quanheng.findings import Finding
from quanheng.scheme import law_kinds
from quanheng.scheme.document import Document, nodes_of
from quanheng.scheme.places import Places

MAX_INDICATORS: Final = 5_000
MAX_ITEMS: Final = 10_000
MAX_GROUPS: Final = 200


def check_sizes(document: Document, places: Places) -> Iterator[Finding]:
    """Yield a QH212 where there are more indicators, items or groups than a scheme may have."""
    indicators = sum(not node.children for _, _, node in nodes_of(document))
    for key, count, limit, en, zh in (
        ("indicators", indicators, MAX_INDICATORS, "indicators", "指标"),
        ("items", len(document.items), MAX_ITEMS, "items", "数据项"),
        ("groups", len(document.groups), MAX_GROUPS, "groups", "分组"),
    ):
        if count > limit:
            yield law_kinds.TOO_MANY.at(places.of(key), count=count, limit=limit, what_en=en, what_zh=zh)
