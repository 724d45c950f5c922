from __future__ import annotations

import pytest

from quanheng.data.context.brackets import said_by, words_in
from quanheng.findings.text import Text
from quanheng.scheme.items.item import Item, ItemKind


def item(name: str, *, measured_in: str = "", kind: ItemKind = "cumulative", scope: str = "") -> Item:
    return Item(code="x", name=Text(zh=name), measured_in=measured_in, kind=kind, scope=scope)


@pytest.mark.parametrize(
    "word",
    [
        *("位次", "排名", "全市名次", "rank", "ranking", "目标", "年度目标", "计划数", "target", "预计数"),
        *("同比", "增速", "同比增长", "增幅", "yoy", "growth", "占比", "完成率", "进度", "上年同期", "去年"),
        *("当月", "本季"),
    ],
)
def test_a_word_makes_it_another_thing(word: str) -> None:
    assert said_by(word, item("产值", measured_in="亿元")) == "another"


@pytest.mark.parametrize(
    ("word", "own", "said"),
    [
        ("亿元", item("产值", measured_in="亿元"), "measure"),
        ("亿 元", item("产值", measured_in="亿元"), "measure"),
        ("万元", item("产值", measured_in="亿元"), "measure"),
        ("万元", item("产值"), "measure"),
        ("2022年", item("产值"), "period"),
        ("1-5月", item("产值"), "period"),
        ("2022", item("产值"), "period"),
        ("2022年数", item("产值"), "period"),
        ("同比", item("产值增速", measured_in="%", kind="rate"), "nothing"),
        ("完成率", item("任务完成率", kind="rate"), "nothing"),
        ("占比", item("优良率", kind="rate"), "nothing"),
        ("累计", item("产值"), "nothing"),
        ("累计", item("件数", kind="flow"), "another"),
        ("当月", item("件数", kind="flow"), "nothing"),
        ("规上", item("产值"), "scope"),
        ("不含园区", item("产值"), "scope"),
        ("规上", item("规上工业增加值"), "nothing"),
        ("不含园区", item("产值", scope="不含园区"), "nothing"),
        ("μg/m³", item("PM2.5"), "unclear"),
        ("current US$", item("产值"), "unclear"),
    ],
)
def test_a_word_is_weighed_with_the_item(word: str, own: Item, said: str) -> None:
    assert said_by(word, own) == said


def test_brackets_may_hold_several_words() -> None:
    assert words_in("2022年，亿元、累计") == ("2022年", "亿元", "累计")
