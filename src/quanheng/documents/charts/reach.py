"""How far an axis reaches, where several charts are parts of one: a bar means the same in each."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeAlias

Reach: TypeAlias = tuple[float, float]
"""From where to where; 0 lies within."""


def reach_of(values: Iterable[float]) -> Reach:
    """Return from where to where `values` and 0 reach.

    Examples:
        >>> reach_of([3.0, 5.0]), reach_of([-2.0, 1.0]), reach_of([])
        ((0.0, 5.0), (-2.0, 1.0), (0.0, 0.0))
    """
    known = (0.0, *values)
    return min(known), max(known)


def scaled(reach: Reach | None) -> dict[str, Any]:
    """Return what an axis is told of its reach; nothing where it is that of its own values."""
    return {} if reach is None else {"scale": {"domain": list(reach), "nice": True}}
