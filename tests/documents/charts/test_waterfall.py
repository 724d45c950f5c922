"""A waterfall adds up as it is printed, whatever the numbers."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st
from tests.documents.charts.pictures import HOSTILE, require_named, texts_in

from quanheng.documents.charts.waterfall import ROUNDING, Ends, Step, printed, waterfall
from quanheng.findings.text import Text
from quanheng.studies.charts.chart import Chart

MEAN = Text(zh="本组平均", en="the group's mean")
AMOUNTS = st.floats(min_value=-1e4, max_value=1e4)


def steps(*amounts: float) -> list[Step]:
    return [Step(code=f"s{at}", name=Text(zh=f"步骤{at}"), amount=each) for at, each in enumerate(amounts)]


def drawn(begin: float, end: float, *amounts: float, who: str = "甲镇") -> Chart:
    ends = Ends(start=MEAN, begin=begin, stop=Text(zh=who), end=end)
    return waterfall("w", ends, steps(*amounts), decimals=2, title=Text(zh=who), who=Text(zh=who))


@given(begin=AMOUNTS, amounts=st.lists(AMOUNTS, max_size=8), decimals=st.integers(0, 4))
def test_what_is_printed_adds_up_exactly(begin: float, amounts: list[float], decimals: int) -> None:
    end = begin + sum(amounts)
    ends = Ends(start=MEAN, begin=begin, stop=Text(zh="甲"), end=end)

    told = printed(ends, steps(*amounts), decimals)
    first, last = printed(ends, (), decimals), [step for step in told if step.name == ROUNDING]

    whole = first[0].amount if first else Decimal(0)
    assert sum(step.amount for step in told) == whole
    # each of n steps and both ends are off by half a last digit at most
    assert all(
        abs(step.amount) <= Decimal(len(amounts) + 2) / 2 * Decimal(1).scaleb(-decimals) for step in last
    )


def test_steps_levels_and_the_sentence() -> None:
    # 80.00 + 3.25 - 1.13 = 82.12; printed 82.13: 0.01 is rounding
    chart = drawn(80.0, 82.125, 3.25, -1.125)

    assert [row["label"] for row in chart.definition["data"]["values"]] == [
        *("80.00", "+3.25", "-1.13", "+0.01", "82.13"),
    ]
    assert chart.cells.rows == (
        (MEAN, None, 80.0),
        (Text(zh="步骤0"), 3.25, 83.25),
        (Text(zh="步骤1"), -1.13, 82.12),
        (ROUNDING, 0.01, 82.13),
        (Text(zh="甲镇"), None, 82.13),
    )
    assert (
        chart.sentence.zh
        == "甲镇与本组平均相比高2.13分，拉高最多的是步骤0（+3.25），拉低最多的是步骤1（-1.13）。"
    )
    assert chart.sentence.en.startswith("甲镇 is 2.13 above the group's mean; 步骤0 adds most (+3.25)")
    assert {"80.00", "+3.25", "82.13", "本组平均"} <= set(texts_in(chart, "zh"))


def test_no_difference_and_losses_below_zero() -> None:
    assert drawn(80.0, 80.0).sentence.zh == "甲镇与本组平均相比相同。"
    chart = drawn(-3.0, -5.0, -2.0)
    first, step, last = chart.definition["data"]["values"]
    assert (first["start"], step["start"], step["end"], last["start"]) == (-5.0, -3.0, -5.0, -5.0)


def test_names_cannot_break_out_of_the_picture() -> None:
    named = [Step(code=f"s{at}", name=Text(zh=name), amount=1.0) for at, name in enumerate(HOSTILE)]
    ends = Ends(start=MEAN, begin=0.0, stop=Text(zh="甲"), end=float(len(HOSTILE)))

    require_named(waterfall("w", ends, named, decimals=1, title=Text(zh="甲"), who=Text(zh="甲")))


def test_an_end_that_is_0_as_printed_has_no_sign() -> None:
    ends = Ends(start=Text(en="mean"), begin=-0.001, stop=Text(en="A"), end=0.5)

    chart = waterfall("way", ends, [], decimals=2, title=Text(en="way"), who=Text(en="A"))

    assert "-0.00" not in str(chart.definition)
    assert "0.00" in str(chart.definition)
