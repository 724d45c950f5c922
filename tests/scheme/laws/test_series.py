"""What may be asked of each month, and how series are written (formulas k)."""

from __future__ import annotations

import pytest

from quanheng.findings.finding import FindingsError
from quanheng.scheme.files.read import scheme_from_mapping
from quanheng.scheme.formulas.worded.chinese import in_chinese, in_english


def codes(formula: str, **more: object) -> set[str]:
    leaf = {"measure": formula, "weight": 50, "rule": "percentile"}
    items = {"x": {"every": "month"}, "q": {"every": "quarter"}, "r": {"formula": "mean(months(x))"}}
    scheme = {"items": items, "indicators": {"k": leaf, "other": {**leaf, "measure": "x + q + r"}}, **more}
    try:
        scheme_from_mapping(scheme)
    except FindingsError as error:
        return {finding.code for finding in error.findings}
    return set()


@pytest.mark.parametrize(
    ("formula", "code"),
    [
        ("months(x)", "QH179"),
        ("best(3, months(x)) + 1", "QH179"),
        ("months()", "QH170"),
        ("months(x, 13)", "QH180"),
        ("quarters(q, 5)", "QH180"),
        ("months(x, 100%) + 1", "QH179"),
        ("mean(months(x, 0))", "QH180"),
        ("mean(months(x, x))", "QH180"),
        ("mean(best(0, months(x)))", "QH180"),
        ("mean(best(1.5, months(x)))", "QH180"),
        ("mean(best(13, months(x)))", "QH180"),
        ("mean(best(3, x))", "QH180"),
        ("mean(last(3, months(x, 4)))", "QH180"),
        ("percentile(98, months(x))", "QH180"),
        ("percentile(98%, x)", "QH180"),
        ("mean(months(x > 1))", "QH181"),
        ("best(3, months(x > 1))", "QH181"),
        ("percentile(5%, months(x > 1))", "QH181"),
        ("share(months(x))", "QH181"),
        ("max(months(x), 3)", "QH181"),
        ("mean(best(3, last(6, months(x))))", "QH181"),
        ("months(months(x > 1) > 1)", "QH181"),
        # a computed item of months, written out
        ("max(months(r))", "QH182"),
        ("max(months(place(x)))", "QH182"),
        ("max(months(completion(x)))", "QH182"),
        ("max(months(points(other)))", "QH182"),
        ("max(months(q))", "QH183"),
        ("mean(months(x + y))", "QH220"),
        ("mean(months(x)) > 1", "QH224"),
        ("months(x and x)", "QH224"),
    ],
)
def test_misuse_is_told(formula: str, code: str) -> None:
    assert code in codes(formula)


@pytest.mark.parametrize(
    "formula",
    ["max(quarters(q))", "r / 2", "min(max(months(x)), 5)", "max(months(x > 1), 2)", "months(x > 1, 1)"],
)
def test_what_is_sound(formula: str) -> None:
    assert codes(formula) == set()


def test_conditions_of_tiers_look_at_the_round_alone() -> None:
    tiers = [{"name": "A", "top": 1, "unless": "months(x > 1) > 2"}, {"name": "B"}]

    assert codes("x", tiers=tiers) == {"QH223"}


def test_series_in_chinese_and_back() -> None:
    text = "mean(best(3, months(x, 9))) + share(last(3, quarters(x > 1)))"

    chinese = in_chinese(text)

    assert chinese == "平均(最好(3, 各月(x, 9))) + 占比(最后(3, 各季(x > 1)))"
    assert in_english(chinese) == text
