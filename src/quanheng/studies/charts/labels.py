"""What the units of a chart are called: two of them are never one row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence


def labels_of(names: Sequence[str], codes: Sequence[str]) -> list[str]:
    """Return the names of units, with the code behind where others have the same name.

    Examples:
        >>> labels_of(["Old Town", "Port", "Port"], ["A", "B", "C"])
        ['Old Town', 'Port (B)', 'Port (C)']
    """
    counts = Counter(names)
    return [
        name if counts[name] == 1 else f"{name} ({code})" for name, code in zip(names, codes, strict=True)
    ]
