"""Sheets that were passed over while an item is missing: its figures may well stand there."""

from __future__ import annotations

from typing import Final

from quanheng.data.files.folder import NO_TABLE_ON_SHEET
from quanheng.data.telling.findings import HIDDEN_SHEET, NEVER_REPORTED, NOT_READ
from quanheng.findings.collector import Collector
from quanheng.findings.finding import Kind

_PASSED_OVER: Final = (HIDDEN_SHEET, NOT_READ, NO_TABLE_ON_SHEET)
_SHOWN: Final = 5

MISSING_BESIDE_SHEET: Final = Kind(
    code="QH395",
    severity="warning",
    en="this sheet was not read, and {items} is never reported",
    zh="该工作表未读取，而 {items} 没有任何数据",
    hint_en="if its figures stand here, unhide the sheet, or name it and its columns so that it is read",
    hint_zh="若数据在此表中，请取消隐藏，或更正工作表名和表头使其可以读取",
)


def tell_passed_over(collector: Collector) -> None:
    """Add a warning for each sheet that was passed over, if an item is never reported."""
    found = collector.findings()
    items = [str(finding.facts["item"]) for finding in found if finding.kind == NEVER_REPORTED]
    if not items:
        return
    names = ", ".join(items[:_SHOWN]) + (" …" if len(items) > _SHOWN else "")
    places = {
        finding.where: None
        for finding in found
        if finding.kind in _PASSED_OVER and finding.where.sheet is not None
    }
    for where in places:
        collector.add(MISSING_BESIDE_SHEET.at(where, items=names))
