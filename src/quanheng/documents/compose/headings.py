"""Headings count themselves: 一、（一）1.（1） in Chinese, 1, 1.1 and so on in English."""

from __future__ import annotations

from quanheng.documents.blocks import Heading
from quanheng.documents.compose.numbers import in_chinese
from quanheng.findings.text import Language

_DEEPEST = 4


class Headings:
    """Makes the headings of one document, one after the other.

    Examples:
        >>> headings = Headings("zh")
        >>> [headings.at(level, "甲").text for level in (1, 2, 3, 4, 2, 1)]
        ['一、甲', '（一）甲', '1. 甲', '（1）甲', '（二）甲', '二、甲']
    """

    def __init__(self, language: Language) -> None:
        """Begin to count at 1."""
        self._language = language
        self._counts = [0] * _DEEPEST

    def at(self, level: int, text: str) -> Heading:
        """Return the next heading of `level`, 1 to 4."""
        self._counts[level - 1] += 1
        self._counts[level:] = [0] * (_DEEPEST - level)
        return Heading(level=level, text=self._number(level) + text)

    def _number(self, level: int) -> str:
        count = self._counts[level - 1]
        if self._language == "en":
            return ".".join(map(str, self._counts[:level])) + (". " if level == 1 else " ")
        match level:
            case 1:
                return f"{in_chinese(count)}、"
            case 2:
                return f"（{in_chinese(count)}）"
            case 3:
                return f"{count}. "
            case _:
                return f"（{count}）"
