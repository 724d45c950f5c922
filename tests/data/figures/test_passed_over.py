from __future__ import annotations

from quanheng.data.figures.passed_over import tell_passed_over
from quanheng.data.files.folder import NO_TABLE_ON_SHEET
from quanheng.data.telling.findings import NEVER_REPORTED, NOT_READ
from quanheng.findings.collector import Collector
from quanheng.findings.finding import Location

SHEET = Location(file="data/f.xlsx", sheet="5月")


def told(*, missing: bool) -> list[str]:
    collector = Collector()
    collector.add(NO_TABLE_ON_SHEET.at(SHEET))
    collector.add(NOT_READ.at(Location(file="readme.csv"), what="readme.csv"))
    if missing:
        collector.add(NEVER_REPORTED.at(item="gdp", name="产值"))
    before = len(collector.findings())
    tell_passed_over(collector)
    return [f"{finding.code} {finding.where}" for finding in collector.findings()[before:]]


def test_a_sheet_passed_over_is_told_while_an_item_is_missing() -> None:
    assert told(missing=True) == ["QH395 data/f.xlsx!5月"]
    assert told(missing=False) == []
