"""What the rows of a chart are called: two of them are never one row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from quanheng.findings.text import Text


def labels_of(names: Sequence[str], codes: Sequence[str]) -> list[str]:
    """Return the names of units, with the code behind where others have the same name.

    Examples:
        >>> labels_of(["Old Town", "Port", "Port"], ["A", "B", "C"])
        ['Old Town', 'Port (B)', 'Port (C)']
        >>> labels_of(["Port", "Port", "Port (B)"], ["B", "C", "D"])
        ['Port (B)', 'Port (C)', 'Port (B) (D)']
    """
    counts = Counter(names)
    with_codes = [f"{name} ({code})" for name, code in zip(names, codes, strict=True)]
    taken = {told for name, told in zip(names, with_codes, strict=True) if counts[name] > 1}
    return [
        told if counts[name] > 1 or name in taken else name
        for name, told in zip(names, with_codes, strict=True)
    ]


def texts_of(names: Sequence[Text], codes: Sequence[str]) -> list[Text]:
    """Return names in both languages, with the code behind where others have the same name in one of them."""
    chinese = labels_of(
        [name.in_language("zh") or code for name, code in zip(names, codes, strict=True)], codes
    )
    english = labels_of(
        [name.in_language("en") or code for name, code in zip(names, codes, strict=True)], codes
    )
    return [Text(zh=zh, en=en) for zh, en in zip(chinese, english, strict=True)]
