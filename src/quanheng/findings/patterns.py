"""Regular expressions over what strangers wrote: each has a bound, or says why it needs none.

An expression that looks back costs the square of a text's length, or worse: one heading of 120,000 blanks
once took 80 seconds. So expressions are made here, and nowhere else (`tools.check_patterns`). Each is
compiled when it first looks at a text: a process needs few of them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cached_property
from typing import Any, AnyStr, Final, Generic

LONGEST: Final = 200
"""Characters that an expression looks at, unless it says otherwise: no name, period or number is longer."""
BOUNDED: Final[list[Bounded]] = []
LINEAR: Final[list[Linear[Any]]] = []
"""All that there are, for the tests to try each on the worst of texts."""


class Bounded:
    """An expression that looks at the first `most` characters of a text."""

    def __init__(self, pattern: str, flags: int, most: int) -> None:
        """Keep it as it is written; `bounded` is how to call this."""
        self.pattern = pattern
        self.most = most
        self._flags = flags
        BOUNDED.append(self)

    @cached_property
    def _compiled(self) -> re.Pattern[str]:
        return re.compile(self.pattern, self._flags)

    def fullmatch(self, text: str) -> re.Match[str] | None:
        """Return the match of all of `text`; a longer text than is looked at has none."""
        return None if len(text) > self.most else self._compiled.fullmatch(text)

    def match(self, text: str, at: int = 0) -> re.Match[str] | None:
        """Return the match that begins `at`."""
        return self._compiled.match(text, at, at + self.most)

    def search(self, text: str) -> re.Match[str] | None:
        """Return the first match."""
        return self._compiled.search(text, 0, self.most)

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """Return the matches."""
        return self._compiled.finditer(text, 0, self.most)

    def findall(self, text: str) -> list[str]:
        """Return the matches as texts, of an expression without groups."""
        return self._compiled.findall(text, 0, self.most)

    def sub(self, new: str | Callable[[re.Match[str]], str], text: str) -> str:
        """Return `text` with `new` in place of each match."""
        return self._compiled.sub(new, text[: self.most]) + text[self.most :]

    def split(self, text: str) -> list[str]:
        """Return the parts of `text` between the matches."""
        *parts, last = self._compiled.split(text[: self.most])
        return [*parts, last + text[self.most :]]


class Linear(Generic[AnyStr]):
    """An expression that looks at all of a text, whatever its length."""

    def __init__(self, pattern: AnyStr, flags: int) -> None:
        """Keep it as it is written; `linear` is how to call this."""
        self.pattern: AnyStr = pattern
        self._flags = flags
        LINEAR.append(self)

    @cached_property
    def _compiled(self) -> re.Pattern[AnyStr]:
        return re.compile(self.pattern, self._flags)

    def match(self, text: AnyStr, at: int = 0) -> re.Match[AnyStr] | None:
        """Return the match that begins `at`."""
        return self._compiled.match(text, at)

    def search(self, text: AnyStr) -> re.Match[AnyStr] | None:
        """Return the first match."""
        return self._compiled.search(text)

    def finditer(self, text: AnyStr) -> Iterator[re.Match[AnyStr]]:
        """Return the matches."""
        return self._compiled.finditer(text)

    def findall(self, text: AnyStr) -> list[AnyStr]:
        """Return the matches as texts, of an expression without groups."""
        return self._compiled.findall(text)

    def sub(self, new: AnyStr | Callable[[re.Match[AnyStr]], AnyStr], text: AnyStr) -> AnyStr:
        """Return `text` with `new` in place of each match."""
        return self._compiled.sub(new, text)

    def split(self, text: AnyStr) -> list[AnyStr]:
        """Return the parts of `text` between the matches, of an expression without groups."""
        return self._compiled.split(text)


def bounded(pattern: str, flags: int = 0, *, most: int = LONGEST) -> Bounded:
    """Return the expression `pattern`, which looks at the first `most` characters of a text.

    Examples:
        >>> word = bounded("[a-z]+", most=5)
        >>> word.fullmatch("words") is None, word.fullmatch("wording") is None, word.sub("x", "one more")
        (False, True, 'x xore')
    """
    return Bounded(pattern, flags, most)


def linear(pattern: AnyStr, flags: int = 0, *, why: str) -> Linear[AnyStr]:
    """Return the expression `pattern` for texts of any length; `why` says that it never looks at much twice.

    Examples:
        >>> linear("[0-9]", why="one character each").sub("#", "a1b22")
        'a#b##'
    """
    if not why:
        raise ValueError(pattern)
    return Linear(pattern, flags)
