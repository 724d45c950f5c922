"""The slopes of places: 1 on top, ties together, the greatest moves in the sentence."""

from __future__ import annotations

from typing import Any

import pytest

from quanheng.documents.charts.draw import drawn
from quanheng.documents.charts.place_moves import Move, place_moves
from quanheng.documents.fonts.find import installed_fonts
from quanheng.findings.text import Text
from quanheng.studies.charts.chart import Chart

MOVES = (
    Move(name="甲", before=3, after=1),
    Move(name="乙", before=1, after=2),
    Move(name="丙", before=1, after=2),
    Move(name="丁", before=4, after=4),
)


def chart(*moves: Move) -> Chart:
    return place_moves("m", moves, (Text(zh="2022年"), Text(zh="2023年")), title=Text(zh="位次"))


def labels(definition: dict[str, Any], layer: int) -> list[str]:
    return [row["label"] for row in definition["layer"][layer]["data"]["values"]]


def test_units_that_share_a_place_stand_together_at_its_end() -> None:
    definition = chart(*MOVES).in_language("zh")

    assert labels(definition, 1) == ["乙、丙 1", "甲 3", "丁 4"]
    assert labels(definition, 2) == ["1 甲", "2 乙、丙", "4 丁"]
    assert definition["layer"][0]["encoding"]["y"]["scale"]["reverse"] is True


def test_long_names_and_a_tie_of_thirty_leave_room_for_the_lines() -> None:
    long = "示例市经济技术开发区高新技术产业园区综合管理委员会办公室政务服务中心分中心窗口"
    tied = [Move(name=f"单位{number}", before=2, after=2) for number in range(1, 31)]
    definition = chart(Move(name=long, before=32, after=1), *tied)

    chinese, english = (definition.in_language(language) for language in ("zh", "en"))
    assert labels(chinese, 1) == [
        "单位1、单位2、单位3、单位4、单位5、单位6等30个 2",
        "示例市经济技术开发区高新技…心分中心窗口 32",
    ]
    assert labels(english, 2)[1] == "2 单位1, 单位2, 单位3, 单位4, 单位5, 单位6 and 24 more"
    assert [row[0] for row in definition.cells.rows][:2] == [long, "单位1"]
    whole = [each + "一二"[number] + "乙" * 9 for number, each in enumerate([long, long])]
    both = chart(*(Move(name=name, before=at, after=at) for at, name in enumerate(whole, start=1)))
    assert labels(both.in_language("zh"), 2) == [f"1 {whole[0]}", f"2 {whole[1]}"]


def test_the_sentence_names_the_greatest_moves() -> None:
    assert chart(*MOVES).sentence == Text(
        zh="上升最多的是甲（2位），下降最多的是乙（1位）。", en="甲 rose most, by 2; 乙 fell most, by 1."
    )
    assert chart(MOVES[3]).sentence.zh == "位次没有变化。"


@pytest.mark.parametrize("name", ["甲镇", "<b>&amp;", "甲" * 40])
def test_it_is_drawn_with_every_name(name: str) -> None:
    picture = drawn(chart(Move(name=name, before=2, after=1), MOVES[1]), "zh", installed_fonts())

    assert "2022年" in picture.svg
    assert name.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;") in picture.svg
    assert picture.width > 200
