"""Headings of several rows: what a column is called when a parent stands over it, 地区生产总值 over 增速.

A name is looked for in this order: the parents and the leaf joined; some parent and the leaf; the leaf before
a parent (增速 over 地区生产总值); the parent, where the leaf only says that it is the figure itself (总量);
the leaf.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, Protocol, TypeAlias

from quanheng.data.cells.addresses import Merge
from quanheng.data.context.brackets import says_of_when
from quanheng.data.tables.headings import plain, without_measure
from quanheng.findings.value import Value

Row: TypeAlias = Sequence[str | None]

ITSELF: Final = frozenset(
    {
        *("总量", "总额", "总值", "总数", "绝对量", "绝对值", "绝对额", "绝对数", "数值", "数量", "数额"),
        *(
            "实绩",
            "实际",
            "实际值",
            "实际数",
            "实际完成",
            "完成值",
            "完成数",
            "完成额",
            "value",
            "level",
            "amount",
            "total",
        ),
    }
)
"""Leaves that say that a column holds what its parent names, and nothing derived from it."""
_MOST: Final = 6
"""So many levels over a column are looked at."""
_ABOVE: Final = 2
"""So many rows above the row with the keys may hold parents."""


class Level(Value):
    """A row of a heading, blanks filled from the cell they belong to; `origin` is the column of that cell."""

    texts: tuple[str | None, ...]
    origin: tuple[int, ...]

    def is_shared(self, column: int) -> bool:
        """Return whether the cell over `column` stands over other columns too."""
        return self.origin.count(self.origin[column]) > 1


class Called(Value):
    """What a column is called, and the measuring unit that stands below its name."""

    name: str
    measured: str = ""


class Names(Protocol):
    """What columns may be called; `each_named` says that every column needs a heading of its own."""

    each_named: bool

    def __call__(self, text: str) -> bool:
        """Return whether `text` names something that a column may hold."""

    def measured_in(self, name: str) -> str:
        """Return what it is measured in; nothing if that is not known."""


class NamesIn:
    """The names among a few words, of which nobody knows what they are measured in."""

    def __init__(self, words: Iterable[str] = (), *, each_named: bool = False) -> None:
        """Know `words`."""
        self._words = frozenset(words)
        self.each_named = each_named

    def __call__(self, text: str) -> bool:
        """Return whether `text` is one of the words."""
        return text in self._words

    def measured_in(self, name: str) -> str:
        """Return nothing."""
        return name[:0]


NO_NAMES: Final = NamesIn()


def levels_of(rows: Mapping[int, Row], merged: Sequence[Merge], keys: frozenset[int]) -> tuple[Level, ...]:
    """Return the `rows` of a heading by their numbers, merged cells filled, as levels.

    A blank cell above others belongs to the next text to its left, as where nobody merged the cells, but not
    across the bounds of a parent; the columns `keys` name what the rows are about, and stand over no other.
    """
    lowest = max(rows)
    levels: list[Level] = []
    for number, row in sorted(rows.items()):
        above = levels[-1] if levels else None
        levels.append(_level(row, number, merged, keys, above, spread=number < lowest))
    return tuple(levels)


def rows_above(top: Sequence[Row], first: int, keys: frozenset[int]) -> dict[int, Row]:
    """Return the rows right above row `first` that may hold parents: nothing of their own over the `keys`."""
    above: dict[int, Row] = {}
    for number in range(first - 1, max(-1, first - 1 - _ABOVE), -1):
        row = top[number]
        free = all(not _filled(row[column]) or row[column] == top[first][column] for column in keys)
        if not free or not any(_filled(text) for text in row):
            break
        above[number] = row
    return above


def call_columns(
    names: list[str | None],
    measured: dict[int, str],
    levels: Sequence[Level],
    keys: frozenset[int],
    known: Names,
) -> None:
    """Put into `names` what each column is called, and into `measured` the measuring unit below it.

    A column that stays a stranger under a parent it shares is called by all that stands over it, so that it
    is not taken for its parent. So is one that only a lower row names, 实际 beside 目标.
    """
    for column, name in enumerate(names):
        if column in keys or (not _filled(name) and column not in measured):
            continue
        found = called(levels, column, known)
        if found is not None:
            names[column] = found.name
            measured.pop(column, None)
            if found.measured:
                measured[column] = found.measured
        elif not _filled(name) or any(known((level.texts[column] or "").strip()) for level in levels):
            names[column] = joined(levels, column)
            measured.pop(column, None)


def is_called_by_leaf(levels: Sequence[Level], column: int, names: Names) -> bool:
    """Return whether the lowest text over `column` is part of the name of something."""
    texts = [(level.texts[column] or "").strip() for level in levels]
    return any(names(text) for text in _candidates(tuple(texts)))


def called(levels: Sequence[Level], column: int, names: Names) -> Called | None:
    """Return what `column` is called under `levels`, the highest first; None if nothing there is a name.

    What stands below a name is its measuring unit, but not where the name stands over other columns too: then
    only if the item is measured so, for else it is another figure (人均 beside 总量).
    """
    own = [level for level in levels if _filled(level.texts[column])][-_MOST:]
    texts = [(level.texts[column] or "").strip() for level in own]
    for count in range(len(own), 0, -1):
        name = next((text for text in _candidates(tuple(texts[:count])) if names(text)), None)
        if name is None:
            continue
        below = next((text for text in texts[count:] if plain(text) != plain(texts[count - 1])), "")
        if below and own[count - 1].is_shared(column) and plain(below) != plain(names.measured_in(name)):
            return None
        return Called(name=name, measured=below)
    return None


def joined(levels: Sequence[Level], column: int) -> str:
    """Return all that stands over `column`, from the highest level down, each text once."""
    return "".join(_without_repeats([(level.texts[column] or "").strip() for level in levels]))


def _level(
    row: Row,
    number: int,
    merged: Sequence[Merge],
    keys: frozenset[int],
    above: Level | None,
    *,
    spread: bool,
) -> Level:
    texts, origin = list(row), list(range(len(row)))
    for merge in merged:
        if merge.top <= number <= merge.bottom:
            for column in range(merge.left, min(merge.right + 1, len(row))):
                origin[column] = merge.left
    for column in range(1, len(texts)):
        left = column - 1
        of_one_parent = above is None or above.origin[left] == above.origin[column]
        is_free = spread and of_one_parent and left not in keys and column not in keys
        if is_free and not _filled(texts[column]) and _filled(texts[left]):
            texts[column], origin[column] = texts[left], origin[left]
    return Level(texts=tuple(texts), origin=tuple(origin))


def _candidates(texts: tuple[str, ...]) -> Iterator[str]:
    """Yield what a column under `texts` may be called, the likeliest first."""
    *parents, leaf = _without_repeats(texts)
    bare = [without_measure(text)[0] for text in parents]
    for start in range(len(parents)):
        yield "".join(bare[start:]) + leaf
    for parent in reversed(bare):
        yield parent + leaf
    for parent in reversed(parents):
        yield without_measure(leaf)[0] + parent
    word, measure = without_measure(leaf)
    if parents and plain(word) in ITSELF:
        for name in _candidates(tuple(parents)):
            yield f"{without_measure(name)[0]}({measure})" if measure else name
    elif parents and says_of_when(word):
        said = f"{word},{measure}" if measure else word
        for name in _candidates(tuple(parents)):
            yield f"{without_measure(name)[0]}({said})"
    yield leaf


def _without_repeats(texts: Sequence[str]) -> list[str]:
    """Return `texts` without blanks and without what only repeats the text above it."""
    filled = [text for text in texts if text]
    return [text for number, text in enumerate(filled) if number == 0 or text != filled[number - 1]]


def _filled(text: str | None) -> bool:
    return bool(text and text.strip())
