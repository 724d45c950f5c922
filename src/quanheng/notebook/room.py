"""How much of something large a notebook shows, and the words for the rest."""

from __future__ import annotations

from typing import Final

from quanheng.findings.text import Text

MOST_ROWS: Final = 40
"""Rows of a table, and units in a chart."""
MOST_GROUPS: Final = 12
MOST_CHARTS: Final = 8
MOST_FINDINGS: Final = 20
MOST_STEPS: Final = 200
"""Nodes of an explanation."""
LONGEST: Final = 1_000
"""Characters of a cell or a line."""


def more(count: int, where: str) -> Text:
    """Return the words for `count` more that are not shown, and where all are.

    Examples:
        >>> more(153, "result.ranking").en
        '… and 153 more: result.ranking has them all'
    """
    return Text(en=f"… and {count} more: {where} has them all", zh=f"……另有 {count} 项，全部见 {where}")
