"""What an explanation says of gaps, outliers and rounding is said in Chinese too."""

from __future__ import annotations

import pytest

from quanheng.engine.explanation_zh import policy_in_chinese, rounding_in_chinese, treatment_in_chinese


@pytest.mark.parametrize(
    ("policy", "text"),
    [
        ("missing: error", "缺失，视为错误"),
        ("missing: zero", "缺失，计0分"),
        ("missing: worst", "缺失，按最低分"),
        ("missing: redistribute", "缺失，权重移给同级"),
        ("missing: neutral", "缺失，按基础分"),
        ("missing: fill median within 所属 片区 at value", "缺失，以“所属 片区”相同的单位的中位数填补指标值"),
        ("not_applicable: full", "不适用，计满分"),
        ("undefined: error", "无法计算，视为错误"),
    ],
)
def test_policies_have_their_words(policy: str, text: str) -> None:
    assert policy_in_chinese(policy) == text


def test_stages_and_treatments_have_their_words() -> None:
    stages = [rounding_in_chinese(text) for text in ("ratio: 4", "scores: 0", "total: 2")]

    assert stages == ["比率: 4", "得分: 0", "总分: 2"]
    assert [treatment_in_chinese(text) for text in ("log", "limited")] == ["取对数", "限于分位数之内"]
