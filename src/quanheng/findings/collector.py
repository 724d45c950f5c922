"""Findings gathered, so that all are told together and none floods the rest."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Any, Final, Literal, Protocol, Self, TypeAlias

from quanheng.findings.finding import NOWHERE, Finding, Kind, Location
from quanheng.findings.text import Text

SHOWN: Final = 200
"""So many findings of one kind are told one by one where a book or a frame is read; the rest are counted."""

NAMED: Final = 8
"""So many different words are named where all of a file is told in one finding."""

Row: TypeAlias = Mapping[str, Any]


class Rows(Protocol):
    """Rows that something is wrong with: a frame, or what can be looked at like one."""

    def __len__(self) -> int:
        """Return how many rows there are."""

    def head(self, n: int, /) -> Self:
        """Return the first `n` rows."""

    def iter_rows(self, *, named: Literal[True]) -> Iterator[dict[str, Any]]:
        """Yield each row by the names of its columns."""


COUNTED: Final = Kind(
    code="QH398",
    severity="note",
    en="{number} more findings {code} are not listed",
    zh="另有 {number} 条 {code} 未列出",
    hint_en="settle the ones listed first; they often have one cause",
    hint_zh="请先处理已列出的问题，它们往往同因",
)


def counted(kind: Kind, number: int) -> Finding:
    """Return the news that so many more findings of `kind` are not listed."""
    return COUNTED.at(code=kind.code, number=number)


def each_once(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Yield `findings` without those that say the same of the same place as one before.

    Examples:
        >>> kind = Kind(code="QH999", severity="warning", en="odd", zh="怪", hint_en="look", hint_zh="查看")
        >>> [str(finding.where) for finding in each_once([kind.at(Location(file="a")), kind.at(), kind.at()])]
        ['a', '']
    """
    told: set[Hashable] = set()
    for finding in findings:
        if (what := _what(finding)) not in told:
            told.add(what)
            yield finding


class Collector:
    """Findings in the order they came, each once, so many of a kind at most, and a word on those left out.

    Examples:
        >>> kind = Kind(code="QH999", severity="warning", en="odd", zh="怪", hint_en="look", hint_zh="查看")
        >>> collector = Collector()
        >>> for line in range(203):
        ...     collector.add(kind.at(Location(line=line)))
        >>> [finding.code for finding in collector.findings()[199:]]
        ['QH999', 'QH398']
    """

    def __init__(self, *, shown: int = SHOWN, left_out: Callable[[Kind, int], Finding] = counted) -> None:
        """Begin with none; `left_out` words that so many of a kind were not listed."""
        self._shown = shown
        self._left_out = left_out
        self._kept: list[Finding] = []
        self._counts: Counter[Kind] = Counter()
        self._told: set[Hashable] = set()
        self._of_files: dict[tuple[Kind, str], _OfFile] = {}

    def lists(self, kind: Kind) -> bool:
        """Return whether one more finding of `kind` would be listed, and so is worth its facts."""
        return self._counts[kind] < self._shown

    def add(self, finding: Finding) -> None:
        """Keep `finding`, or count it where enough of its kind are kept; one told before is left out."""
        if self.lists(finding.kind):
            if (what := _what(finding)) in self._told:
                return
            self._told.add(what)
            self._kept.append(finding)
        self._counts[finding.kind] += 1

    def add_all(self, findings: Iterable[Finding]) -> None:
        """Keep or count each of `findings`."""
        for finding in findings:
            self.add(finding)

    def count(self, kind: Kind, number: int) -> None:
        """Count so many further findings of `kind` that nobody wrote out."""
        self._counts[kind] += number

    def tell(
        self,
        kind: Kind,
        rows: Rows,
        location: Callable[[Row], Location],
        facts: Callable[[Row], Mapping[str, object]] = lambda _: {},
    ) -> None:
        """Keep a finding of `kind` for each of the first `rows`, with its facts; count the rest."""
        for row in rows.head(self._shown).iter_rows(named=True):
            self.add(kind.at(location(row), **facts(row)))
        self.count(kind, max(0, len(rows) - self._shown))

    def aside(self) -> Collector:
        """Return an empty one like this, for what looks at something at the same time as others."""
        return Collector(shown=self._shown, left_out=self._left_out)

    def take(self, other: Collector) -> None:
        """Take over what `other`, one that was `aside`, has gathered, as if it had been told here.

        Examples:
            >>> kind = Kind(code="QH999", severity="note", en="odd", zh="怪", hint_en="look", hint_zh="查看")
            >>> collector = Collector()
            >>> second = collector.aside()
            >>> second.add(kind.at(Location(line=2)))
            >>> collector.add(kind.at(Location(line=1)))
            >>> collector.take(second)
            >>> [found.where.line for found in collector.findings()]
            [1, 2]
        """
        listed = Counter(finding.kind for finding in other._kept)
        self.add_all(other._kept)
        for kind, number in other._counts.items():
            self.count(kind, number - listed[kind])
        for (kind, _), found in other._of_files.items():
            own = self._of_files.setdefault((kind, _), _OfFile(found.where, found.facts))
            own.words.update(found.words)

    def gather(
        self, kind: Kind, where: Location, words: Mapping[str, int], *, of_all: bool = False, **facts: object
    ) -> None:
        """Count so many of each of `words` at `where`, to be told in one finding of `kind` for the file.

        Its facts are `number`, how many there are in the file, `words`, the first different ones, `listed`
        and `items`, the same for a hint and for codes of items, and those given with the first. With `of_all`
        it is one finding for all files.

        Examples:
            >>> kind = Kind(
            ...     code="QH999",
            ...     severity="note",
            ...     en="{number}: {words}",
            ...     zh="{number}：{words}",
            ...     hint_en="look",
            ...     hint_zh="查看",
            ... )
            >>> collector = Collector()
            >>> collector.gather(kind, Location(file="a.csv", line=2), {"NA": 2})
            >>> collector.gather(kind, Location(file="a.csv", line=5), {"..": 1, "NA": 1})
            >>> [(str(found.where), found.message("en")) for found in collector.findings()]
            [('a.csv:2', '4: NA, ..')]
        """
        if words:
            found = self._of_files.setdefault((kind, "" if of_all else where.file), _OfFile(where, facts))
            found.words.update(words)

    def findings(self) -> tuple[Finding, ...]:
        """Return what is kept, what was gathered file by file, and a word on those left out of a kind."""
        over = (
            replace(self._left_out(kind, count - self._shown), where=self._file_of(kind))
            for kind, count in self._counts.items()
            if count > self._shown
        )
        return (*self._kept, *(found.told(kind) for (kind, _), found in self._of_files.items()), *over)

    def _file_of(self, kind: Kind) -> Location:
        """Return the file, or the sheet, of the last one of `kind` that is listed."""
        last = next((each.where for each in reversed(self._kept) if each.kind == kind), NOWHERE)
        return Location(file=last.file, sheet=last.sheet)


@dataclass(slots=True)
class _OfFile:
    """What is told of one file at once: where it stood first, and its words with how many there are."""

    where: Location
    facts: Mapping[str, object]
    words: Counter[str] = field(default_factory=Counter)

    def told(self, kind: Kind) -> Finding:
        """Return the one finding on them."""
        first = list(self.words)[:NAMED]
        more = "" if len(first) == len(self.words) else " …"
        words = Text(en=", ".join(first) + more, zh="、".join(first) + more)
        listed = ", ".join(first)
        facts = {"number": self.words.total(), "words": words, "listed": listed, "items": listed}
        return kind.at(self.where, **self.facts, **facts)


def _what(finding: Finding) -> Hashable:
    """Return what a finding says, and of which place."""
    return finding.kind, finding.where, tuple(sorted(finding.facts.items(), key=lambda fact: fact[0]))


MORE_OF_THE_SAME: Final = Kind(
    code="QH136",
    severity="note",
    en="there are more findings of this sort than the {count} shown",
    zh="此类问题不止所列的{count}处",
    hint_en="mend those shown first and check again",
    hint_zh="请先修改已列出的问题，再重新检查",
)


def first_of(findings: Iterator[Finding], shown: int, where: Location = NOWHERE) -> Iterator[Finding]:
    """Yield the first of `findings`, and a word on there being more; the rest is not even looked for."""
    yield from islice(findings, shown)
    if next(findings, None) is not None:
        yield MORE_OF_THE_SAME.at(where, count=shown)
