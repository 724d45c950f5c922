"""The laws of pace and reviews: what cannot be is found where it stands."""

from __future__ import annotations

import pytest
from tests.scheme.written import codes_in, findings_in, scheme_text

from quanheng.scheme.files.read import read_scheme, scheme_from

_BODY = """\
items: {a: {every: quarter, kind: flow}, b: {kind: flow}}
indicators:
  one: {measure: a, weight: 50, rule: scale}
  two: {measure: b, weight: 50, rule: scale}
"""


@pytest.mark.parametrize(
    ("keys", "code"),
    [
        ("pace: {yellow: 80%}", "QH258"),  # the red of 85 % is not under it
        ("pace: {at: {2022-H1: 50%}}", "QH260"),
        ("pace: {curve: {2023-Q1: 30%, 2023-H1: 20%}}", "QH261"),
        ("pace: {curve: {2023-H1: 20%, 2023-Q1: 30%}}", "QH261"),
        ("pace: {curve: {2023-Q1: 30%}, at: {2023-H1: 20%}}", "QH261"),
        ("pace: {curve: {2023-Q2: 30%, 2023-H1: 20%}}", "QH262"),
        ("pace: {at: {2023-06: 30%, 2023-H1: 31%}}", "QH262"),
        ("pace: {at: {2023: 90%}}", "QH263"),
        ("pace: {when: {red: vlaue < 0}}", "QH220"),
        ("pace: {when: {red: share(value) < 0}}", "QH223"),
        ("pace: {when: {red: growth + 1}}", "QH224"),
        ("reviews: {every: quarter, nodes: [one], fold: {reviews: 40%, year: 50%}}", "QH257"),
        ("reviews: {every: quarter, nodes: [one], through: quarter}", "QH265"),
        ("reviews: {every: quarter, nodes: one, through: half, fold: {reviews: 1, year: 1}}", "QH257"),
        ("reviews: {every: quarter, nodes: [onne]}", "QH255"),
        ("reviews: {every: month}", "QH266"),
        ("reviews: {every: quarter, nodes: [one, two]}", "QH267"),
    ],
)
def test_pace_and_reviews_are_checked(keys: str, code: str) -> None:
    assert codes_in(f"{_BODY}{keys}\n") == [(code, 9)]


@pytest.mark.parametrize(
    "keys",
    [
        "pace: {curve: seasonal, yellow: 99%, red: 70%, at: {2023-Q1: 20%, 2023-H1: 50%, 2023: 100%}}",
        "pace: {curve: {2023-Q1: 22%, 2023-H1: 48%, 2023-Q3: 72%}, at: {2023-H1: 50%}}",
        "pace: {at: {2023-H1: 50%, 2023-Q2: 50%}}",
        "pace: {when: {red: growth < 0 and due > 0, yellow: value < average, green: completion >= 1}}",
        "reviews: {every: quarter, through: half, fold: {reviews: 40%, year: 60%}}",
        "reviews: {every: half}",
    ],
)
def test_pace_and_reviews_in_order_are_passed(keys: str) -> None:
    assert codes_in(f"{_BODY}{keys}\n") == []


def test_round_without_reviews_inside_has_nothing_to_fold() -> None:
    body = f"{_BODY}reviews: {{every: quarter, nodes: [one], fold: {{reviews: 40%, year: 60%}}}}\n"
    text = scheme_text(body).replace("round: 2023", "round: 2023-Q3")

    _, findings = scheme_from(read_scheme(text, file="s.yaml"))

    assert [(found.code, found.where.line) for found in findings] == [("QH264", 9)]


def test_pace_of_an_indicator_is_checked_at_its_place() -> None:
    assert codes_in("""
    pace: {yellow: 95%, at: {2023-H1: 50%}}
    items: {a: }
    indicators:
      one: {measure: a, weight: 50, rule: scale, pace: {red: 97%}}
      two: {measure: a, weight: 30, rule: scale, pace: {curve: {2023-Q3: 40%}}}
      three: {measure: a, weight: 20, rule: scale, pace: {at: {2024-H1: 20%}}}
    """) == [("QH258", 8), ("QH260", 10)]


def test_pace_of_an_inner_node_has_no_effect() -> None:
    assert codes_in("""
    items: {a: }
    indicators:
      one: {pace: {yellow: 90%}, children: {two: {measure: a, weight: 100, rule: scale}}}
    """) == [("QH133", 7)]


def test_reviewed_item_that_is_reported_too_rarely_is_named() -> None:
    (found,) = findings_in(f"{_BODY}reviews: {{every: quarter, nodes: two}}\n")

    assert found.text("zh").splitlines()[0].endswith("“two”按季评议，但数据项“b”按年报送")


def test_figures_of_rules_and_coefficients_count_as_well() -> None:
    items = "items: {a: {every: quarter}, b: {kind: rate}}\nreviews: {every: quarter, nodes: [one]}\n"

    assert [
        codes_in(f"{items}indicators: {{one: {{measure: a, weight: 100, {keys}}}}}\n")
        for keys in (
            "rule: {ratio: {ref: b}}",
            "rule: {scale: {worst: 0, best: {item: b}}}",
            "rule: {met: x > b}",
            "rule: scale, coefficient: b",
        )
    ] == [[("QH267", 6)]] * 4


def test_stock_that_is_reported_rarely_has_its_last_value_in_a_review() -> None:
    body = "items: {a: }\nindicators: {one: {measure: a, weight: 100, rule: scale}}\n"

    assert codes_in(f"{body}reviews: {{every: quarter, nodes: one}}\n") == []
