"""Words for how records stand, and the parts of lists of records that several commands print."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from quanheng.findings.text import Text

STANDINGS: Final[Mapping[str, Text]] = {
    "open": Text(en="open", zh="未办结"),
    "due_soon": Text(en="due soon", zh="即将到期"),
    "overdue": Text(en="overdue", zh="已逾期"),
    "closed": Text(en="closed", zh="已办结"),
    "later": Text(en="not yet there", zh="尚未开始"),
}
"""How a record stands on a day."""
SHOWN: Final = 50
"""So many records are printed for a person; files and `--json` have all."""


def place_of(row: Mapping[str, Any]) -> str:
    """Return where a record stands: `ledgers/requests.csv:12`.

    Examples:
        >>> place_of({"source_file": "a.xlsx", "source_sheet": "June", "source_row": 3})
        'a.xlsx!June:3'
    """
    sheet = f"!{row['source_sheet']}" if row["source_sheet"] else ""
    return f"{row['source_file']}{sheet}:{row['source_row']}"


def text_of(value: object) -> str:
    """Return a cell of a record as people print it: nothing for nothing, whole numbers without a point.

    Examples:
        >>> text_of(12.0), text_of(0.5), text_of(None)
        ('12', '0.5', '')
    """
    if value is None:
        return ""
    return f"{value:z.12g}" if isinstance(value, float) else str(value)
