"""Decimals by level and by node, and what is only printed (rounding §1, §4)."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.engine.texts import column, scored

from quanheng.engine.frame import columns as c
from quanheng.engine.results.result import Result
from quanheng.findings.finding import FindingsError
from quanheng.scheme.fields.codes import ROOT

TREE = """
items: {{x: {{}}, y: {{}}, z: {{}}}}
rounding: {rounding}
indicators:
  dim:
    weight: 50
    rounding: {own}
    children:
      a: {{measure: x, weight: 20, rule: given}}
      b: {{measure: y, weight: 30, rule: given}}
  c: {{measure: z, weight: 50, rule: given}}
"""
FIGURES = {"unit": ["p"], "x": [81.237], "y": [16.518], "z": [70.126]}


def scored_with(rounding: str, own: str = "{}") -> Result:
    return scored(TREE.format(rounding=rounding, own=own), FIGURES)


def scores(result: Result) -> list[float | None]:
    return [column(result, c.score(node))["p"] for node in ("a", "b", "dim", "c", ROOT)]


@pytest.mark.parametrize(
    ("rounding", "expected"),
    [
        # a 16.2474, b 4.9554, dim 21.2028, c 35.063, total 56.2658
        ("{}", [16.2474, 4.9554, 21.2028, 35.063, 56.2658]),
        # 16.2 + 5.0 = 21.2; 21.2 + 35.1 = 56.3
        ("{scores: 1}", [16.2, 5.0, 21.2, 35.1, 56.3]),
        # 16.2 + 5.0 = 21.2; 21.2 + 35.1 = 56.3, for what is rounded below adds up above, too
        ("{scores: {indicators: 1}}", [16.2, 5.0, 21.2, 35.1, 56.3]),
        # 16.2474 + 4.9554 = 21.2028 -> 21; 21 + 35.063 = 56.063
        ("{scores: {dimensions: 0}}", [16.2474, 4.9554, 21.0, 35.063, 56.063]),
        # 16.25 + 4.96 = 21.21 -> 21.2; 21.2 + 35.06 = 56.26 -> 56
        ("{scores: {indicators: 2, dimensions: 1, total: 0}}", [16.25, 4.96, 21.2, 35.06, 56.0]),
        # the points 81.2, 16.5 and 70.1 make 16.24 + 4.95 = 21.19, and 35.05
        ("{points: {indicators: 1}}", [16.24, 4.95, 21.19, 35.05, 56.24]),
        # of dim: 42.4056 -> 42, 50 · 42 / 100 = 21; but the total is the mean of points: (42 + 70.126) / 2
        ("{points: {dimensions: 0}}", [16.2474, 4.9554, 21.0, 35.063, 56.063]),
        # the mean 42.4056 -> 42.4, dim is 21.2; the root's (42.4 + 70.126) / 2 = 56.263 -> 56.3
        ("{aggregate: 1}", [16.2474, 4.9554, 21.2, 35.063, 56.3]),
        ("{print: 0}", [16.2474, 4.9554, 21.2028, 35.063, 56.2658]),
    ],
)
def test_each_level_has_decimals_of_its_own(rounding: str, expected: list[float]) -> None:
    assert scores(scored_with(rounding)) == expected


def test_a_node_states_its_own_decimals_and_has_the_scheme_s_for_other_stages() -> None:
    # the mean 42.4056 -> 42, so dim is 21.00; a and b are rounded by the scheme; 21.00 + 35.06 = 56.06
    result = scored_with("{scores: 2}", own="{aggregate: 0}")

    assert scores(result) == [16.25, 4.96, 21.0, 35.06, 56.06]
    assert column(result, c.points("dim")) == {"p": 42.0}
    assert [(each.stage, each.decimals) for each in result.explain("p", "dim").rounding] == [
        ("aggregate", 0),
        ("scores", 2),
    ]


@settings(max_examples=20)
@given(
    st.lists(st.integers(min_value=0, max_value=10**7), min_size=3, max_size=3),
    st.integers(min_value=0, max_value=4),
)
def test_one_number_is_the_same_number_for_each_level(values: list[int], decimals: int) -> None:
    table = {"unit": ["p"], **{item: [value / 10**5] for item, value in zip("xyz", values, strict=True)}}
    apart = f"{{indicators: {decimals}, dimensions: {decimals}, total: {decimals}}}"
    once, thrice = (
        scored(TREE.format(rounding=f"{{points: {stated}, scores: {stated}}}", own="{}"), table)
        for stated in (decimals, apart)
    )

    assert scores(once) == scores(thrice)


def test_what_is_printed_decides_no_place_and_is_told() -> None:
    scheme = """
    items: {x: {}}
    rounding: {print: 1}
    indicators: {p: {measure: x, weight: 100, rule: given}}
    """
    result = scored(scheme, {"unit": ["A", "B", "C", "D"], "x": [80.44, 80.41, 70.0, 70.0]})

    assert result.ranking.select("unit", "score", "place").rows() == [
        ("A", 80.44, 1),
        ("B", 80.41, 2),
        ("C", 70.0, 3),
        ("D", 70.0, 3),
    ]
    assert [finding.code for finding in result.findings] == ["QH656"]
    facts = result.findings[0].facts
    assert (facts["unit"], facts["other"], facts["total"], facts["count"]) == ("A", "B", "80.4", "2")


def test_whom_ties_told_apart_is_not_told_as_printed_alike() -> None:
    scheme = """
    items: {x: {}, y: {}}
    rounding: {print: 0}
    ties: {break_by: one}
    indicators:
      one: {measure: x, weight: 50, rule: given}
      two: {measure: y, weight: 50, rule: given}
    """
    result = scored(scheme, {"unit": ["A", "B"], "x": [80.0, 60.0], "y": [60.0, 80.0]})

    assert result.ranking["place"].to_list() == [1, 2]
    assert result.findings == ()


@pytest.mark.parametrize(
    ("own", "leaf", "key"), [("{ratio: 1}", "", "ratio"), ("{}", "rounding: {aggregate: 1}, ", "aggregate")]
)
def test_a_stage_that_a_node_does_not_have_is_refused(own: str, leaf: str, key: str) -> None:
    scheme = TREE.format(rounding="{}", own=own).replace("c: {measure", f"c: {{{leaf}measure")

    with pytest.raises(FindingsError) as caught:
        scored(scheme, FIGURES)

    found = [(each.code, each.message("en").split("'")[1]) for each in caught.value.findings]
    assert found == [("QH133", key)]
