"""Texts of strangers on their way to a screen or a document: what would act there is shown instead.

A terminal obeys control characters (OSC 52 writes the clipboard), a reader's eye follows marks that turn
the direction of writing, and XML and UTF-8 know neither all controls nor halves of characters. Whatever is
printed passes through `printable` or `printable_lines`, whatever is JSON through `json_text`.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable
from html import escape
from typing import Final

TURNING: Final = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Marks that turn the direction of writing for all that follows: a text reads otherwise than it is."""
ACTING: Final = r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufffe\uffff\ufdd0-\ufdef]"
"""What no name may hold, as a regular expression: what acts instead of being seen."""
_BLANKS: Final = frozenset("\t\n\r\x0b\x0c\x1c\x1d\x1e\x1f\x85\u2028\u2029")
_JOINERS: Final = frozenset("\u200c\u200d")
"""What joins letters or keeps them apart, in Persian, Hindi and emoji, acts on nothing else."""
_NO_CHARACTER: Final = 0xFFFE


def acts(letter: str) -> bool:
    r"""Return whether `letter` acts instead of being seen; breaks of lines and tabs are blanks and do not.

    Examples:
        >>> [acts(letter) for letter in "a权\x1b\u202e\n"]
        [False, False, True, True, False]
    """
    if letter in "\n\t":
        return False
    return letter in TURNING or unicodedata.category(letter) in {"Cc", "Cs", "Zl", "Zp"} or _is_none(letter)


def printable(text: str) -> str:
    r"""Return `text` on one line, with the number of each character that would act or is not seen.

    Examples:
        >>> print(printable("a\x1b]52;c;aGk=\x07\nb"), printable("T\u200b1"))
        a<U+001B>]52;c;aGk=<U+0007> b T<U+200B>1
    """
    return text if text.isprintable() else _shown(text, " ")


def printable_lines(text: str) -> str:
    r"""Return `text` as `printable` does, but with its lines.

    Examples:
        >>> print(printable_lines("a\n\x9b31mb"))
        a
        <U+009B>31mb
    """
    return text if text.isprintable() else _shown(text, "\n")


def json_text(
    value: object,
    *,
    indent: int | None = 2,
    sort_keys: bool = False,
    default: Callable[[object], object] | None = None,
) -> str:
    r"""Return `value` as JSON that shows what it holds: what acts is escaped, and reads back as it was.

    Examples:
        >>> print(json_text({"单位": "a\u202eb\x9b"}, indent=None))
        {"单位": "a\u202eb\u009b"}
    """
    text = json.dumps(
        value, ensure_ascii=False, indent=indent, sort_keys=sort_keys, default=default, allow_nan=False
    )
    for letter in _odd(text):
        if letter != "\n":
            text = text.replace(letter, json.dumps(letter).strip('"') if letter != "\x7f" else "\\u007f")
    return text


def xml_text(text: str) -> str:
    r"""Return `text` as it stands in a picture or a page: XML knows no control characters, not even escaped.

    Examples:
        >>> print(xml_text("<A>\x07"))
        &lt;A&gt;&lt;U+0007&gt;
    """
    return escape(printable(text))


def _shown(text: str, line: str) -> str:
    for letter in _odd(text):
        shown = f"<U+{ord(letter):04X}>"
        if letter in _BLANKS:
            shown = line if letter == "\n" else " "
        text = text.replace(letter, shown)
    return text


def _odd(text: str) -> list[str]:
    """Return the characters of `text` that are not simply shown, each once."""
    return [letter for letter in set(text) if not letter.isprintable() and _is_odd(letter)]


def _is_odd(letter: str) -> bool:
    """Return whether `letter` acts or is unseen; blanks of any width and characters without a name are none.

    Private characters are Chinese ones that GB18030 has no other place for.
    """
    kind = unicodedata.category(letter)
    return (kind == "Cf" and letter not in _JOINERS) or kind in {"Cc", "Cs", "Zl", "Zp"} or _is_none(letter)


def _is_none(letter: str) -> bool:
    number = ord(letter)
    return number & _NO_CHARACTER == _NO_CHARACTER or number in range(0xFDD0, 0xFDF0)
