"""Bars of scores, best on top: two units of one name are two bars."""

from __future__ import annotations

from quanheng.documents.charts.draw import drawn
from quanheng.documents.charts.ranking_bars import ranking_bars
from quanheng.documents.fonts.find import installed_fonts
from quanheng.findings.text import Text


def test_every_unit_has_a_bar_with_its_score() -> None:
    units = [("A", "甲镇"), ("B", "同名镇"), ("C", "同名镇"), ("D", "")]
    chart = ranking_bars("s", units, [90.125, 80, 70.5, -1], decimals=2, title=Text(zh="得分"))

    rows = chart.definition["data"]["values"]
    assert [(row["name"], row["label"]) for row in rows] == [
        ("甲镇", "90.12"),
        ("同名镇 (B)", "80.00"),
        ("同名镇 (C)", "70.50"),
        ("D", "-1.00"),
    ]
    assert chart.sentence.zh == "得分最高的是甲镇（90.12），最低的是D（-1.00）。"
    svg = drawn(chart, "zh", installed_fonts()).svg
    for row in rows:
        assert row["name"] in svg
        assert row["label"].replace("-", "\N{MINUS SIGN}") in svg or row["label"] in svg
