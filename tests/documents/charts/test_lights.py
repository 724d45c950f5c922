"""The picture of the lights is well-formed whatever the names are, and says everything in words."""

from __future__ import annotations

import xml.etree.ElementTree as ET

from tests.documents.charts.pictures import HOSTILE, SVG, require_named, texts_in

from quanheng.documents.charts.lights import Lights, Sign, lights
from quanheng.documents.charts.vega import svg_of
from quanheng.findings.text import Text
from quanheng.studies.charts.chart import Chart

SIGNS = {
    "green": Sign(mark="●", colour="#1a7f37", word=Text(zh="正常", en="on pace")),
    "red": Sign(mark="■", colour="#c62828", word=Text(zh="告警", en="alarm")),
}


def chart(
    units: list[tuple[str, str]], indicators: list[tuple[str, str]], found: dict[tuple[str, str], str]
) -> Chart:
    named = [(code, Text(zh=name)) for code, name in indicators]
    drawn = Lights(units=units, indicators=named, lights=found, signs=SIGNS, alarms=("red",))
    return lights("lights", drawn, title=Text(zh="2023-06"))


def test_names_cannot_break_out_of_the_picture() -> None:
    rows = [(f"U{number}", name) for number, name in enumerate(HOSTILE)]
    require_named(chart(rows, [("i", HOSTILE[0])], {("U0", "i"): "red"}))


def test_each_light_has_its_mark_and_its_words_and_an_absent_pair_nothing() -> None:
    drawn = chart(
        [("A", "甲"), ("B", "乙")], [("x", "税收"), ("y", "就业")], {("A", "x"): "green", ("B", "y"): "red"}
    )

    root = ET.fromstring(svg_of(drawn.in_language("zh")))  # noqa: S314  our own picture
    marks = [text for text in root.iter(f"{SVG}text") if text.get("aria-label")]
    assert [(text.get("aria-label"), text.text) for text in marks if "，" in text.attrib["aria-label"]] == [
        ("甲，税收：正常", "●"),
        ("乙，就业：告警", "■"),
    ]
    assert texts_in(drawn, "zh")[-4:] == ["●", "正常", "■", "告警"]
    assert drawn.sentence == Text(
        zh="正常 1，告警 1。告警最多的是乙（1项）。", en="on pace 1, alarm 1. 乙 has most of alarm (1)."
    )
    assert drawn.cells.in_language("en") == {
        "unit": ["A", "B"],
        "name": ["甲", "乙"],
        "indicator": ["税收", "就业"],
        "light": ["on pace", "alarm"],
    }


def test_units_and_indicators_of_one_name_are_not_one() -> None:
    drawn = chart(
        [("A", "镇"), ("B", "镇")], [("x", "税"), ("y", "税")], {("A", "x"): "red", ("B", "y"): "red"}
    )

    texts = texts_in(drawn, "en")
    assert [text for text in texts if "(" in text] == ["税 (x)", "税 (y)", "镇 (A)", "镇 (B)"]
    assert drawn.sentence.zh == "告警 2。告警最多的是镇 (A)等2个单位（1项）。"


def test_nothing_and_many_are_drawn() -> None:
    assert chart([("A", "甲")], [("x", "税收")], {}).sentence.en == "There are no lights."
    many = [(f"U{number}", f"单位{number}") for number in range(60)]
    texts = texts_in(chart(many, [("x", "税收")], {(code, "x"): "green" for code, _ in many}), "zh")
    assert texts.count("●") == 61
    assert {name for _, name in many} <= set(texts)
