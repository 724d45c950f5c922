from __future__ import annotations

import re

from quanheng.documents.charts.places_over import Stood, places_over
from quanheng.documents.charts.vega import svg_of
from quanheng.findings.text import Text


def test_places_make_a_line_with_first_on_top_and_room_for_a_round_without_one() -> None:
    places = {"2023-Q1": 3, "2023-Q2": None, "2023-Q3": 1, "2023-Q4": 2}
    stood = [Stood(round=Text(zh=period, en=period), place=place) for period, place in places.items()]

    chart = places_over("places", stood, title=Text(zh="历期位次", en="Places"))

    svg = svg_of(chart.in_language("en"))
    assert chart.sentence.en == "Place 3 in 2023-Q1, 2 in 2023-Q4; the best was 1."
    assert [cells[1] for cells in chart.cells.rows] == [3, None, 1, 2]
    assert all(f">{period}</text>" in svg for period in places)
    ticks = re.findall(r'font-size="10px"[^>]*>(\d+)</text>', svg)
    assert sorted(ticks) == ["1", "2", "3"], "each place once, as a whole number"
    points = re.findall(
        r'aria-label="round: (\S+); place: (\d)"[^>]*transform="translate\([\d.]+,([\d.]+)\)"', svg
    )
    high = {int(place): float(y) for _, place, y in points}
    assert high[1] < high[2] < high[3]
