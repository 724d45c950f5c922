"""The marks of the Chinese notation of values, and a text taken apart at them.

    功效系数法（最差值：10%分位，最好值：90%分位，基础分：60）

Brackets, commas and colons may be wide or narrow. A text that holds one of them stands in quotes.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Final

OPENING: Final = "（([【{"
CLOSING: Final = "）)]】}"
BETWEEN: Final = "，,；;\n"
"""Between the parts of something that has keys."""
IN_LISTS: Final = "、，,；;\n"
"""Between the parts of a list."""
COLONS: Final = "：:"
_QUOTES: Final = {"'": "'", '"': '"', "“": "”", "‘": "’", "`": "`"}
_MARKS: Final = frozenset(
    OPENING + CLOSING + IN_LISTS + COLONS + "".join(_QUOTES) + "".join(_QUOTES.values())
)


def separate(text: str, marks: str) -> list[str]:
    """Return the parts of `text` between `marks` that stand in no brackets and no quotes, without empty ones.

    Examples:
        >>> separate("上限：5，条件：max(甲, 乙) >= 4", BETWEEN)
        ['上限：5', '条件：max(甲, 乙) >= 4']
    """
    parts: list[str] = []
    begin = 0
    for at in (*_outside(text, marks), len(text)):
        parts.append(text[begin:at].strip())
        begin = at + 1
    return [part for part in parts if part]


def head_of(text: str) -> tuple[str, str | None]:
    """Return the word before a colon, or before brackets that end the text, and what follows; else None.

    Examples:
        >>> head_of("基础分：60"), head_of("对照表（1：100，2：90）"), head_of("直接评分法")
        (('基础分', '60'), ('对照表', '1：100，2：90'), ('直接评分法', None))
    """
    opening = next((at for at, sign in enumerate(text) if sign in "（("), len(text))
    colon = next(iter(_outside(text, COLONS)), len(text))
    if colon < opening:
        return text[:colon].strip(), text[colon + 1 :].strip()
    if opening < len(text) and text[-1] in "）)" and _closes_at_the_end(text, opening):
        return text[:opening].strip(), text[opening + 1 : -1].strip()
    return text.strip(), None


def quoted(text: str) -> str:
    """Return `text` in quotes where it could be taken for something else than one text."""
    plain = text and text == text.strip() and not _MARKS.intersection(text) and text[0] not in "-=+@"
    return text if plain else in_quotes(text)


def in_quotes(text: str) -> str:
    """Return `text` in quotes; `unquoted` takes them off again."""
    return json.dumps(text, ensure_ascii=False)


def unquoted(text: str) -> str | None:
    """Return the text that stands in quotes; None where `text` is not in quotes as a whole."""
    if len(text) > 1 and text[0] == text[-1] == '"':
        try:
            value = json.loads(text, strict=False)
        except ValueError:
            return None
        return value if isinstance(value, str) else None
    return None


def _outside(text: str, marks: str) -> Iterator[int]:
    """Yield where `marks` stand outside brackets and quotes."""
    depth = 0
    quote = ""
    skip = False
    for at, sign in enumerate(text):
        if skip:
            skip = False
        elif quote:
            skip = sign == "\\" and quote == '"'
            if sign == quote:
                quote = ""
        elif sign in _QUOTES and _QUOTES[sign] in text[at + 1 :]:
            quote = _QUOTES[sign]
        elif sign in OPENING:
            depth += 1
        elif sign in CLOSING:
            depth -= 1
        elif depth == 0 and sign in marks:
            yield at


def _closes_at_the_end(text: str, opening: int) -> bool:
    """Return whether the bracket at `opening` is closed by the last sign and not before."""
    inner = text[opening + 1 : -1]
    depth = 0
    for sign in inner:
        depth += (sign in OPENING) - (sign in CLOSING)
        if depth < 0:
            return False
    return depth == 0
