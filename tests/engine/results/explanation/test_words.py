"""What an explanation says of gaps, outliers and rounding is said in Chinese too."""

from __future__ import annotations

import pytest

from quanheng.engine.results.explanation.words import STAGES, TREATMENTS
from quanheng.scheme.gaps.policies import (
    Fill,
    FullPoints,
    Gap,
    MissingIsError,
    MissingIsNeutral,
    MissingIsWorst,
    MissingIsZero,
    MissingRedistributed,
)


@pytest.mark.parametrize(
    ("gap", "policy", "text"),
    [
        (Gap("missing", MissingIsError()), "missing: error", "缺失，视为错误"),
        (Gap("missing", MissingIsZero()), "missing: zero", "缺失，计0分"),
        (Gap("missing", MissingIsWorst()), "missing: worst", "缺失，按最低分"),
        (Gap("missing", MissingRedistributed()), "missing: redistribute", "缺失，权重移给同级"),
        (Gap("missing", MissingIsNeutral()), "missing: neutral", "缺失，按基础分"),
        (
            Gap("missing", Fill(statistic="median", within="所属 片区", at="value")),
            "missing: fill median within 所属 片区 at value",
            "缺失，以“所属 片区”相同的单位的中位数填补指标值",
        ),
        (Gap("not_applicable", FullPoints()), "not_applicable: full", "不适用，计满分"),
        (Gap("undefined", MissingIsError()), "undefined: error", "无法计算，视为错误"),
    ],
)
def test_policies_have_their_words(gap: Gap, policy: str, text: str) -> None:
    assert (gap.name, gap.in_words("zh")) == (policy, text)


def test_stages_and_treatments_have_their_words() -> None:
    assert [STAGES[stage].zh for stage in ("ratio", "scores", "total")] == ["比率", "得分", "总分"]
    assert [TREATMENTS[how].zh for how in ("log", "limited")] == ["取对数", "限于分位数之内"]
