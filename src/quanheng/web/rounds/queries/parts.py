"""A part of a table of items and units: at most 2,000 cells."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from quanheng.findings.value import Value
from quanheng.web.rounds.models import AskedItem, AskedUnit

MOST: Final = 2_000
"""Cells of a part."""
_MOST_ACROSS: Final = 100


class Part(Value):
    """The items and units of a part, which one it is, counted from 1, and how many there are."""

    items: tuple[AskedItem, ...]
    units: tuple[AskedUnit, ...]
    part: int
    parts: int


def part_of(items: Sequence[AskedItem], units: Sequence[AskedUnit], part: int) -> Part:
    """Return a part of the table of `items` and `units`; one that is none is the first."""
    across = max(1, min(len(items), _MOST_ACROSS))
    down = max(1, MOST // across)
    blocks = [
        (items[left : left + across], units[top : top + down])
        for top in range(0, len(units), down)
        for left in range(0, len(items), across)
    ]
    at_part = part if 1 <= part <= len(blocks) else 1
    some_items, some_units = blocks[at_part - 1] if blocks else ((), ())
    return Part(items=tuple(some_items), units=tuple(some_units), part=at_part, parts=max(1, len(blocks)))
