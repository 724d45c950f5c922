"""What bands and steps share: tables of `[x, points]`, x rising."""

from __future__ import annotations

from typing import TypeAlias

Pairs: TypeAlias = tuple[tuple[float, float], ...]


def pairs_in_chinese(pairs: Pairs) -> str:
    """Return the rows of the table in one line.

    Examples:
        >>> pairs_in_chinese(((0, 0), (5, 100)))
        '0→0分，5→100分'
    """
    return "，".join(f"{x:g}→{earned:g}分" for x, earned in pairs)
