"""The bars of a headline: the chosen peer told by an arrow, too, and what is not known left out."""

from __future__ import annotations

from typing import Any

from tests.documents.charts.pictures import HOSTILE, require_named, texts_in

from quanheng.documents.charts.headline import headline_bars
from quanheng.findings.text import Text


def row(place: int, name: str, value: float | None, growth: float | None = None) -> dict[str, Any]:
    return {
        "place": place,
        "unit": f"U{place}",
        "name": name,
        "value": value,
        "growth": growth,
        "share_change": None,
    }


def test_names_cannot_break_out_of_the_picture() -> None:
    rows = [row(number, name, 10.0 - number) for number, name in enumerate(HOSTILE)]

    require_named(headline_bars(rows, title=Text(zh="总量"), measured_in="<亿元>", unit="U1"))


def test_the_chosen_one_has_an_arrow_and_losses_are_told() -> None:
    rows = [row(1, "甲", 12.5, 0.05), row(2, "乙", -3.0, -0.1), row(3, "丙", None)]
    chart = headline_bars(rows, title=Text(zh="总量"), measured_in="亿元", unit="U2")

    texts = texts_in(chart, "zh")
    assert {"1 甲", "▶ 2 乙", "12.50 +5.00%", "-3.00 -10.00%"} <= {
        " ".join(text.replace("\N{MINUS SIGN}", "-").split()) for text in texts
    }
    assert not [text for text in texts if "丙" in text]
    assert chart.sentence == Text(zh="2个中总量最高的是甲（12.50）。", en="The highest of 2 is 甲 (12.50).")
    assert chart.cells.rows[2] == (3, "U3", "丙", None, None, None)


def test_no_figure_at_all_is_said() -> None:
    chart = headline_bars([], title=Text(zh="总量"), measured_in="", unit=None)

    assert chart.sentence.en == "There are no figures."
    assert texts_in(chart, "en")
