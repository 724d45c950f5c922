from __future__ import annotations

from typing import get_args

from quanheng.scheme.files.sheet_names import heading
from quanheng.scheme.ledgers.statistics import STATISTICS, LedgerStatistic
from quanheng.scheme.tree.item_form import ItemForm


def test_every_statistic_is_a_key_of_an_item_with_a_heading_of_its_own() -> None:
    assert {type(statistic) for statistic in STATISTICS.values()} == {*get_args(LedgerStatistic)}
    assert set(STATISTICS) <= set(ItemForm.model_fields)
    assert [heading((name,), "items") for name in STATISTICS] == ["计数台账", "合计字段", "平均字段"]


def test_a_figure_has_its_words() -> None:
    assert [(each.in_words("en"), each.in_words("zh")) for each in STATISTICS.values()] == [
        ("number of records", "事项数"),
        ("sum over records", "事项合计"),
        ("mean over records", "事项均值"),
    ]
