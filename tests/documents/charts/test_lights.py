"""The picture of the lights is well-formed whatever the names are, and says everything in words."""

from __future__ import annotations

import xml.etree.ElementTree as ET

from quanheng.documents.charts.lights import Lights, Sign, lights_picture

SIGNS = {
    "green": Sign(mark="●", colour="#1a7f37", word="正常"),
    "red": Sign(mark="■", colour="#c62828", word="告警"),
}
SVG = "{http://www.w3.org/2000/svg}"


def test_names_cannot_break_out_of_the_picture() -> None:
    hostile = '<script>alert("1")</script>'
    drawn = Lights(
        title=hostile, units=[("A", hostile)], indicators=[("i", hostile)], lights={("A", "i"): "red"}
    )
    root = ET.fromstring(lights_picture(drawn, SIGNS))  # noqa: S314  our own picture
    assert root.tag == f"{SVG}svg"
    assert not [element for element in root.iter() if element.tag.endswith("script")]
    assert root.findtext(f"{SVG}title") == hostile


def test_each_light_has_its_mark_and_its_words_and_an_absent_pair_nothing() -> None:
    drawn = Lights(
        title="2023-06",
        units=[("A", "甲"), ("B", "乙")],
        indicators=[("x", "税收"), ("y", "就业")],
        lights={("A", "x"): "green", ("B", "y"): "red"},
    )
    root = ET.fromstring(lights_picture(drawn, SIGNS))  # noqa: S314  our own picture
    said = [title.text for text in root.iter(f"{SVG}text") for title in text.iter(f"{SVG}title")]
    assert said == ["甲, 税收: 正常", "乙, 就业: 告警"]
    legend = "".join(list(root.iter(f"{SVG}text"))[-1].itertext())
    assert legend == "● 正常\xa0\xa0\xa0■ 告警"
