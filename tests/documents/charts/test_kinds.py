"""Parts, panels and dots: drawn with every name, at one unit and at sixty, with what is missing."""

from __future__ import annotations

import pytest
from tests.documents.charts.pictures import HOSTILE, require_named, texts_in

from quanheng.documents.charts.interval_dots import Interval, interval_dots
from quanheng.documents.charts.scatter import Dot, scatter
from quanheng.documents.charts.small_multiples import Panel, small_multiples
from quanheng.documents.charts.stacked_parts import Stack, stacked_parts
from quanheng.findings.text import Text
from quanheng.studies.charts.chart import Chart
from quanheng.studies.charts.looks import colour, on

PARTS = (Text(zh="经济", en="Economy"), Text(zh="加减分", en="Marks"))
TITLE = Text(zh="图", en="Chart")


def stacked(*stacks: Stack) -> Chart:
    return stacked_parts("s", PARTS, stacks, decimals=2, title=TITLE)


def stack(number: int, name: str, *amounts: float | None) -> Stack:
    return Stack(code=f"U{number}", name=name, amounts=amounts, total=sum(each or 0 for each in amounts))


def test_parts_stand_behind_each_other_and_those_below_zero_to_the_left() -> None:
    chart = stacked(stack(0, "甲", 60.0, 2.5), stack(1, "乙", 70.0, -3.0), stack(2, "丙", None, 0.0))

    pieces = chart.definition["data"]["values"]
    assert [(piece["name"], piece["start"], piece["end"]) for piece in pieces] == [
        ("甲", 0.0, 60.0),
        ("甲", 60.0, 62.5),
        ("乙", 0.0, 70.0),
        ("乙", 0.0, -3.0),
    ]
    assert {"① 60.00", "① 70.00", "① 经济", "② 加减分", "62.50", "67.00"} <= set(texts_in(chart, "zh"))
    # 70 - 60 = 10 against 2.5 + 3 = 5.5: the missing part of the third is no part, not 0
    assert chart.sentence == Text(
        zh="拉开差距最大的是经济：最高的乙与最低的甲相差10.00分。",
        en="What sets units apart most is Economy: 10.00 between 乙 (highest) and 甲 (lowest).",
    )
    assert chart.cells.rows[-2:] == (("U2", "丙", PARTS[0], None, 0.0), ("U2", "丙", PARTS[1], 0.0, 0.0))


def test_more_parts_than_colours_have_marks_of_their_own() -> None:
    parts = [Text(zh=f"方面{number}") for number in range(23)]
    one = Stack(code="A", name="甲", amounts=tuple([1.0] * 23), total=23.0)

    texts = texts_in(stacked_parts("s", parts, [one], decimals=0, title=TITLE), "zh")

    assert {"① 方面0", "⑨ 方面8", "⑳ 方面19", "(23) 方面22"} <= set(texts)


@pytest.mark.parametrize("number", range(8))
def test_letters_on_a_part_can_be_read(number: int) -> None:
    light, dark = sorted((luminance(colour(number)), luminance(on(colour(number)))), reverse=True)

    assert (light + 0.05) / (dark + 0.05) >= 4.5


def luminance(shade: str) -> float:
    """Return the relative luminance of a colour (WCAG 2.2)."""
    parts = [int(shade[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def panels(*values: tuple[float | None, ...]) -> list[Panel]:
    return [Panel(code=f"p{number}", name=PARTS[number], values=each) for number, each in enumerate(values)]


def test_panels_say_who_is_best_in_each_and_what_is_missing() -> None:
    units = [("A", "甲"), ("B", "乙"), ("C", "丙")]
    chart = small_multiples(
        "m", units, panels((80.0, 80.0, 60.0), (None, -2.0, -1.0)), decimals=1, title=TITLE
    )

    assert chart.sentence == Text(
        zh="各方面得分最高的：经济甲等2个（80.0），加减分丙（-1.0）。",
        en="Highest: 甲 and 1 more in Economy (80.0), 丙 in Marks (-1.0).",
    )
    texts = texts_in(chart, "zh")
    assert texts.count("80.0") == 2
    assert "—" in texts
    assert {"经济", "加减分"} <= set(texts)
    nothing = small_multiples("m", units[:1], panels((None,)), decimals=1, title=TITLE)
    assert nothing.sentence.zh == "没有得分。"


def interval(number: int, name: str, low: float | None, high: float | None) -> Interval:
    return Interval(code=f"U{number}", name=name, place=number, low=low, high=high)


def test_intervals_say_how_many_places_are_certain() -> None:
    units = [interval(1, "甲", 1, 1), interval(2, "乙", 2, 5), interval(3, "丙", None, None)]
    chart = interval_dots("i", units, share=0.95, title=TITLE)

    assert chart.sentence.zh.startswith("2个单位中1个的位次确定；区间最宽的是乙（2—5位）；线段为95%的重复")
    assert {"甲", "乙", "丙"} <= set(texts_in(chart, "en"))
    sure = interval_dots("i", units[:1], share=0.9, title=TITLE)
    assert sure.sentence.en.startswith("The places of all 1 are certain; line: interval of 90%")
    none = interval_dots("i", units[2:], share=0.9, title=TITLE)
    assert none.sentence.zh.startswith("没有位次区间")


def test_dots_say_who_rose_and_who_is_not_drawn() -> None:
    units = [
        Dot(code="A", name="甲", x=80.0, y=85.0),
        Dot(code="B", name="乙", x=90.0, y=83.5),
        Dot(code="C", name="丙", x=None, y=70.0),
    ]
    chart = scatter("d", units, (Text(zh="上期"), Text(zh="本期")), decimals=1, title=TITLE)

    assert chart.sentence == Text(
        zh="1个上升，1个下降（菱形），变化最大的是乙（-6.5）；1个缺一期得分，未画出。",
        en="1 rose, 1 fell (diamonds); 乙 moved most (-6.5); 1 without one of the scores are not drawn.",
    )
    assert [dot["marked"] for dot in chart.definition["data"]["values"]] == [False, True]


def test_names_cannot_break_out_of_any_picture() -> None:
    named = list(enumerate(HOSTILE))
    require_named(stacked(*(stack(number, name, 60.0, 1.0) for number, name in named)))
    units = [(f"U{number}", name) for number, name in named]
    values = tuple(float(number) for number, _ in named)
    require_named(small_multiples("m", units, panels(values), decimals=1, title=TITLE))
    require_named(
        interval_dots("i", [interval(n, name, n, n + 1) for n, name in named], share=0.9, title=TITLE)
    )
    dots = [Dot(code=f"U{n}", name=name, x=float(n), y=20.0 * n) for n, name in named]
    require_named(scatter("d", dots, (Text(zh=HOSTILE[0]), Text(zh="本期")), decimals=1, title=TITLE))


@pytest.mark.parametrize("count", [1, 60])
def test_every_unit_is_drawn(count: int) -> None:
    names = {f"单位{number}" for number in range(count)}
    chart = stacked(*(stack(number, f"单位{number}", 50.0, 1.0) for number in range(count)))

    assert names <= set(texts_in(chart, "zh"))
