"""The board of lights: how far each unit is with each indicator, as `assets/views/lights.js` takes it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from quanheng.documents.page.embedding import Json
from quanheng.documents.page.shown import Shown
from quanheng.documents.page.words import pair
from quanheng.engine.frame import columns as c
from quanheng.insight.progress.lights import LOOKS
from quanheng.insight.progress.progress import Progress


def lights_of(shown: Shown, progress: Progress) -> dict[str, Json]:
    """Return the lights of the units that are shown, with their reasons, and the look of each."""
    index = {str(code): number for number, code in enumerate(shown.column(c.UNIT))}
    nodes = {node.code for node in shown.nodes}
    reasons = progress.described("en")["reason"].to_list()
    rows = progress.described("zh").iter_rows(named=True)
    return {
        "at": str(progress.at),
        "looks": {light: {"mark": look.mark, "word": pair(look.word)} for light, look in LOOKS.items()},
        "rows": [
            _light(row, index[str(row["unit"])], reason)
            for row, reason in zip(rows, reasons, strict=True)
            if str(row["unit"]) in index and row["indicator"] in nodes and row["light"] not in _NOTHING
        ],
    }


_NOTHING = frozenset({"none", "not_applicable"})
"""No target, or not asked of the unit: cells that stay empty."""


def _light(row: Mapping[str, Any], unit: int, in_english: str) -> dict[str, Json]:
    return {
        "unit": unit,
        "node": str(row["indicator"]),
        "light": str(row["light"]),
        "why": [str(row["reason"] or ""), str(in_english or "")],
    }
