"""Looking at several parts of a large table at the same time: Polars looks at one column with one core."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Final, TypeVar

from quanheng.findings.collector import Collector

MANY: Final = 200_000
"""Rows from which on it is worth the threads."""
_T = TypeVar("_T")


def side_by_side(parts: Sequence[Callable[[Collector], _T]], rows: int, collector: Collector) -> list[_T]:
    """Return what each of `parts` gives, which looks at a table of so many `rows`, in their order.

    What they find is told in this order, too, whichever ends first.

    Examples:
        >>> side_by_side([lambda _: 1, lambda _: 2], 1_000_000, Collector())
        [1, 2]
    """
    cores = os.cpu_count() or 1
    if rows < MANY or cores == 1:
        return [part(collector) for part in parts]
    told = [collector.aside() for _ in parts]
    with ThreadPoolExecutor(max_workers=cores) as threads:
        done = list(threads.map(lambda part, own: part(own), parts, told))
    for own in told:
        collector.take(own)
    return done
