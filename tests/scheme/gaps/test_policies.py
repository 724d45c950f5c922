from __future__ import annotations

from typing import get_args

import pytest

from quanheng.scheme.gaps.policies import (
    NOT_APPLICABLE_POLICIES,
    POLICIES,
    Fill,
    Gaps,
    MissingIsWorst,
    MissingIsZero,
    MissingPolicy,
    MissingWord,
    NotApplicablePolicy,
    NotApplicableWord,
    Reason,
)


def test_every_policy_has_a_word_or_parameters() -> None:
    assert {type(policy) for policy in POLICIES.values()} == {*get_args(MissingPolicy)} - {Fill}
    assert tuple(POLICIES) == get_args(MissingWord)
    assert {type(policy) for policy in NOT_APPLICABLE_POLICIES.values()} == {*get_args(NotApplicablePolicy)}
    assert tuple(NOT_APPLICABLE_POLICIES) == get_args(NotApplicableWord)


@pytest.mark.parametrize(
    ("gaps", "reason", "name", "chinese"),
    [
        (Gaps(), "missing", "missing: error", "缺失，视为错误"),
        (Gaps(missing=MissingIsZero()), "missing", "missing: zero", "缺失，计0分"),
        (Gaps(missing=MissingIsWorst()), "undefined", "undefined: error", "无法计算，视为错误"),
        (Gaps(), "not_applicable", "not_applicable: redistribute", "不适用，权重移给同级"),
        (
            Gaps(missing=Fill(statistic="median", within="片区", at="points")),
            "missing",
            "missing: fill median within 片区 at points",
            "缺失，以“片区”相同的单位的中位数填补得分",
        ),
        (
            Gaps(missing=Fill(statistic="mean")),
            "missing",
            "missing: fill mean within group at value",
            "缺失，以本组的平均值填补指标值",
        ),
    ],
)
def test_a_gap_says_why_it_is_one_and_what_is_done(
    gaps: Gaps, reason: Reason, name: str, chinese: str
) -> None:
    gap = gaps.gap(reason)

    assert (gap.name, gap.in_words("en"), gap.in_words("zh")) == (name, name, chinese)
