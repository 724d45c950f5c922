"""Files of a book by the last part of their names, of which each stands for one thing."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from quanheng.data.files.source import Source
from quanheng.findings.collector import Collector
from quanheng.findings.finding import Kind

TWO_FILES: Final = Kind(
    code="QH319",
    severity="error",
    en="{what} is here twice: also as {other}",
    zh="{what} 重复出现：另见 {other}",
    hint_en="keep one of the two",
    hint_zh="请只保留一个",
)


def by_stem(sources: Iterable[Source], collector: Collector) -> dict[str, Source]:
    """Return the sources by the last part of their names; a second one of a name is told and left out."""
    found: dict[str, Source] = {}
    for source in sources:
        other = found.setdefault(source.stem, source)
        if other is not source:
            collector.add(TWO_FILES.at(source.location, what=source.stem, other=other.name))
    return found
