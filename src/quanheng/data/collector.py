"""The findings of one reading, gathered so that all are told together and none floods the rest."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Final

from quanheng.findings.finding import Finding, Kind

SHOWN: Final = 200
"""So many findings of one kind are told one by one; the rest are counted."""


MORE: Final = Kind(
    code="QH398",
    severity="note",
    en="{number} more findings {code} are not listed",
    zh="另有 {number} 条 {code} 未列出",
    hint_en="settle the ones listed first; they often have one cause",
    hint_zh="请先处理已列出的问题，它们往往同因",
)


class Collector:
    """Findings in the order they came, at most `SHOWN` of a kind and the number of those left out.

    Examples:
        >>> kind = Kind(code="QH999", severity="warning", en="odd", zh="怪", hint_en="look", hint_zh="查看")
        >>> collector = Collector()
        >>> for _ in range(203):
        ...     collector.add(kind.at())
        >>> [finding.code for finding in collector.findings()[199:]]
        ['QH999', 'QH398']
    """

    def __init__(self) -> None:
        """Begin with none."""
        self._kept: list[Finding] = []
        self._counts: Counter[Kind] = Counter()

    def add(self, finding: Finding) -> None:
        """Keep `finding`, or count it where enough of its kind are kept."""
        self._counts[finding.kind] += 1
        if self._counts[finding.kind] <= SHOWN:
            self._kept.append(finding)

    def add_all(self, findings: Iterable[Finding]) -> None:
        """Keep or count each of `findings`."""
        for finding in findings:
            self.add(finding)

    def count(self, kind: Kind, number: int) -> None:
        """Count so many further findings of `kind` that nobody wrote out."""
        self._counts[kind] += number

    def findings(self) -> tuple[Finding, ...]:
        """Return what is kept, then for each kind that ran over how many more there are."""
        over = tuple(
            MORE.at(code=kind.code, number=count - SHOWN)
            for kind, count in self._counts.items()
            if count > SHOWN
        )
        return (*self._kept, *over)
