"""Encodings of China's neighbours, whose bytes are sound GB18030 too: Big5 and EUC-KR.

Which it is, is told by where the bytes lie. The 5,401 usual characters of Big5 begin with A4 to C6, and two
in five end below A1, where GB 2312 has no character at all: what is usual in Big5 is odd in GB18030, and of
the usual characters of GB 2312 two in five are rare in Big5, or none. A Korean text begins its syllables with
B0 to C8 and never leaves that third; a Chinese one soon does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import Final

from quanheng.findings.patterns import linear
from quanheng.findings.value import Value

_BIG5: Final = ("cp950", "big5hkscs")
_USUAL_IN_BIG5: Final = range(0xA1, 0xC7)
_FEW_RARE: Final = 0.05
_SOME_RARE: Final = 0.2
"""The share of characters from beyond the usual ones that a short and a longer text in Big5 may have: names
of places have them, in Hong Kong more than elsewhere."""
_MANY_ODD: Final = 0.3
"""The share of characters that a text in Big5 has odd when it is read as GB18030, at least; mostly half."""
_LONGER: Final = 20
_ENOUGH: Final = 8
"""From so many characters on nothing is left to chance: one in fifteen traditional characters in GB18030
would be usual in Big5."""
_SYLLABLES: Final = range(0xB0, 0xC9)
_KOREAN_SIGNS: Final = range(0xA1, 0xAD)
_DIFFERENT: Final = 16
"""So many different syllables, and a Chinese text would have left their third: 0.58¹⁶ is 1 in 6,000."""
_PAIR: Final = linear(rb"[\x80-\xff].?", re.DOTALL, why="one or two bytes each")
_USUAL_IN_GB: Final = (*range(0xA1, 0xA4), *range(0xA8, 0xD8))
"""First bytes of the signs and usual characters; Japanese, Greek and Russian letters lie between them."""
_SIGNS_IN_GB: Final = range(0xA8, 0xAA)
"""First bytes of the dashes, fractions and frames that GBK has below A1."""
_HIGH_HALF: Final = 0xA1


class Neighbour(Value):
    """A text in the encoding of a neighbour; `sure` unless GB18030 may be meant as well."""

    text: str
    encoding: str
    sure: bool


def neighbour_of(content: bytes, most: int) -> Neighbour | None:
    """Return what `content`, which is no UTF-8, says in Big5 or EUC-KR, if it looks like that.

    Of long texts the first `most` characters beyond ASCII are looked at.
    """
    return _in_big5(content, most) or _in_euc_kr(content, most)


def _in_big5(content: bytes, most: int) -> Neighbour | None:
    characters = odd = rare = 0
    for first, second in _pairs(content, most):
        characters += 1
        rare += first not in _USUAL_IN_BIG5
        odd += first not in _USUAL_IN_GB or (second < _HIGH_HALF and first not in _SIGNS_IN_GB)
    many = odd >= _MANY_ODD * characters
    rare_allowed = _SOME_RARE if many and characters >= _LONGER else _FEW_RARE
    if not odd or rare > rare_allowed * characters:
        return None
    for encoding in _BIG5:
        text = _strictly(content, encoding)
        if text is not None:
            return Neighbour(text=text, encoding="Big5", sure=many and characters >= _ENOUGH)
    return None


def _in_euc_kr(content: bytes, most: int) -> Neighbour | None:
    different = set()
    for first, second in _pairs(content, most):
        if second < _HIGH_HALF or first not in _SYLLABLES:
            if first in _KOREAN_SIGNS and second >= _HIGH_HALF:
                continue
            return None
        different.add((first, second))
    text = _strictly(content, "euc_kr") if len(different) >= _DIFFERENT else None
    return None if text is None else Neighbour(text=text, encoding="EUC-KR", sure=False)


def _pairs(content: bytes, most: int) -> Iterator[tuple[int, int]]:
    """Yield the first `most` characters of two bytes."""
    for pair in islice(_PAIR.finditer(content), most):
        first, second = pair[0].ljust(2, b"\0")
        yield first, second


def _strictly(content: bytes, encoding: str) -> str | None:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        return None
