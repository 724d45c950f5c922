from __future__ import annotations

from typing import get_args

import pytest

from quanheng.scheme.weights.aggregation import (
    AGGREGATIONS,
    AggregateWord,
    Aggregation,
    Arithmetic,
    Best,
    Last,
    Maximum,
    Minimum,
    Power,
    Product,
    Sum,
)


def test_every_aggregation_has_a_word_or_parameters() -> None:
    assert {type(each) for each in AGGREGATIONS.values()} == {*get_args(Aggregation)} - {Power, Best, Last}
    assert tuple(AGGREGATIONS) == get_args(AggregateWord)


@pytest.mark.parametrize(
    ("aggregation", "name", "chinese"),
    [
        (Arithmetic(), "arithmetic", "算术平均"),
        (Power(-1.5), "power -1.5", "幂平均 -1.5"),
        (Minimum(), "min", "取最小值"),
        (Maximum(), "max", "取最大值"),
        (Best(2), "best 2", "取最好2项"),
        (Last(3), "last 3", "取最差3项"),
        (Product(), "product", "连乘"),
        (Sum(), "sum", "求和"),
    ],
)
def test_aggregations_have_names_and_words(aggregation: Aggregation, name: str, chinese: str) -> None:
    assert (aggregation.name, aggregation.in_words("en"), aggregation.in_words("zh")) == (name, name, chinese)


def test_a_power_mean_is_0_with_a_child_at_0_if_its_exponent_is_below_0() -> None:
    assert [Power(exponent).zero_makes_zero for exponent in (-1.0, 0.5, 2.0)] == [True, False, False]
