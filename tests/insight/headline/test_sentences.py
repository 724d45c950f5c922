from __future__ import annotations

from typing import Any

import narwhals as nw
import polars as pl
import pytest

from quanheng.findings.text import Text
from quanheng.insight.headline.figures import Headline
from quanheng.insight.headline.headline import FIGURES, Whole, headline
from quanheng.insight.headline.sentences import sentences, since_january
from quanheng.periods.period import parse_period


def about(*rows: tuple[Any, ...], whole: Whole | None = None) -> Headline:
    table = pl.DataFrame(
        [(name, name, *rest) for name, *rest in rows],
        schema=dict(zip(FIGURES, (pl.String, pl.String, pl.Float64, pl.Float64, pl.Float64), strict=True)),
        orient="row",
    )
    return Headline(
        item="gdp",
        name=Text(zh="地区生产总值", en="Gross domestic product"),
        measured_in="亿元",
        scope="",
        period="2023-Q3",
        peers=Text(),
        whole=whole,
        rows=headline(nw.from_native(table, eager_only=True), whole),
    )


def test_a_loss_of_places_a_fall_and_a_lead_are_said_as_such() -> None:
    # before B 120, A 100; now A 108, B 90: B loses a place, falls by 25 %, mean (8 - 25) / 2 = -8.5 %
    told = about(("A", 108.0, 100.0, None), ("B", 90.0, 120.0, None))

    assert [text.zh for text in sentences(told, "B")] == [
        "2023年前三季度，B地区生产总值90.00亿元，在2个地区中居第2位，较上年后移1位。",
        "未公布增速，按两年总量计算名义下降25%，低于同口径平均增速-8.5% 16.5个百分点。",
        "占2个地区合计的45.45%，占比较上年降低9.09个百分点。",
        "距第1位的A差18.00亿元：若对方持平，明年增长20%即可追平；若对方总量继续按8%变化，需增长29.6%（按现价总量）。",
    ]
    assert [text.en for text in sentences(told, "A")][3] == "It leads the next by 18.00 亿元."


def test_growth_alone_and_nothing_at_all() -> None:
    told = about(("A", None, None, 0.04), ("B", 90.0, None, None))

    assert sentences(told, "A")[0].en == (
        "In the first three quarters of 2023 no total of the gross domestic product of A was published."
    )
    assert sentences(told, "B")[1].zh == "没有公布增速，也没有上年数可以推算。"
    assert sentences(told, "C") == ()


@pytest.mark.parametrize(
    ("period", "zh", "en"),
    [
        ("2023", "2023年", "2023"),
        ("2023-H1", "2023年上半年", "the first half of 2023"),
        ("2023-Q1", "2023年一季度", "the first quarter of 2023"),
        ("2023-01", "2023年1月", "January 2023"),
        ("2023-05", "2023年1—5月", "January to May 2023"),
        ("2023-12", "2023年", "2023"),
    ],
)
def test_the_months_since_january_have_names(period: str, zh: str, en: str) -> None:
    words = since_january(parse_period(period))

    assert (words.zh, words.en) == (zh, en)


def test_a_loss_of_the_year_before_is_known_and_no_base_of_growth() -> None:
    # 110 + 205 - 20 = 295: C has -20/295 = -6.78 %
    told = about(("A", 110.0, 100.0, None), ("B", 205.0, 0.0, None), ("C", -20.0, -50.0, None))

    assert [text.en for text in sentences(told, "C")][1:3] == [
        "No growth is published, and none is taken from the year before, which was -50.00 and not above 0.",
        "It has -6.78% of the sum of all 3 (with figures below 0); the change of its share says nothing.",
    ]
    assert [text.zh for text in sentences(told, "B")][1:3] == [
        "没有公布增速；上年数为0.00，不大于0，不按总量推算增速。",
        "占3个地区合计的69.49%（合计中含负数），占比变化不作比较。",
    ]


def test_a_growing_loss_is_no_growth_and_a_sum_of_losses_has_no_shares() -> None:
    told = about(("A", -100.0, -50.0, None), ("B", 40.0, 30.0, None))

    assert [text.en for text in sentences(told, "A")][1:3] == [
        "No growth is published, and none is taken from the year before, which was -50.00 and not above 0.",
        "The sum of all 2 holds figures below 0 and is not above 0: no share is given.",
    ]
