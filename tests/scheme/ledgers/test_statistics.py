from __future__ import annotations

from typing import get_args

from quanheng.scheme.files.sheet_names import heading
from quanheng.scheme.items.form import ItemForm
from quanheng.scheme.ledgers.statistics import STATISTICS, Last, LedgerStatistic, TrimmedMean


def test_every_statistic_is_a_key_of_an_item_with_a_heading_of_its_own() -> None:
    assert {*(type(each) for each in STATISTICS.values()), TrimmedMean, Last} == {*get_args(LedgerStatistic)}
    assert set(STATISTICS) <= set(ItemForm.model_fields)
    assert [heading((name,), "items") for name in STATISTICS] == [
        *(
            "计数台账",
            "合计字段",
            "平均字段",
            "中位数字段",
            "百分位数字段",
            "最大值字段",
            "最小值字段",
            "不同值字段",
        ),
    ]


def test_a_figure_has_its_words() -> None:
    assert [(each.in_words("en"), each.in_words("zh")) for each in STATISTICS.values()] == [
        ("number of records", "事项数"),
        ("sum over records", "事项合计"),
        ("mean over records", "事项均值"),
        ("median over records", "事项中位数"),
        ("percentile 50 over records", "事项的第50百分位数"),
        ("greatest of the records", "事项最大值"),
        ("least of the records", "事项最小值"),
        ("number of different values", "不同取值数"),
    ]
    assert [TrimmedMean(records=1).in_words(language) for language in ("en", "zh")] == [
        "mean over records without the 1 greatest and 1 least",
        "去掉最高、最低各1件后的事项均值",
    ]
    assert [TrimmedMean(share=0.1).in_words(language) for language in ("en", "zh")] == [
        "mean over records without 10% at either end",
        "两端各去掉10%后的事项均值",
    ]
