"""Rankings with the least total first (places §1), with numbers worked out by hand."""

from __future__ import annotations

from dataclasses import replace

import narwhals as nw
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.engine.texts import column, scored
from tests.scheme.written import codes_in, findings_in

from quanheng.data.load import load
from quanheng.engine.frame import columns as c
from quanheng.engine.replicates.prepared import prepared_from
from quanheng.engine.replicates.reweighed import reweighed
from quanheng.engine.results.result import Result
from quanheng.examples import path_of_example
from quanheng.findings.errors import UsageError
from quanheng.studies.catalogue import STUDIES

SCHEME = """
lowest_first: true
items: {pm: {}, ozone: {}}
aggregate: max
gaps: {missing: redistribute}
indicators:
  pm25: {measure: pm, weight: 50, rule: {given: {range: [0, 500]}}}
  o3: {measure: ozone, weight: 50, rule: {given: {range: [0, 500]}}}
ties: {break_by: [pm25]}
tiers:
  - {name: 优, at_most: 50}
  - {name: 良, at_most: 100}
  - {name: 污染}
awards: [{name: 最清洁, take: 1}]
"""
FIGURES = {
    "unit": ["p", "q", "r", "s", "t"],
    "pm": [40.0, 30.0, 120.0, None, None],
    "ozone": [30.0, 40.0, 20.0, 101.0, None],
}


def result() -> Result:
    return scored(SCHEME, FIGURES)


def test_the_least_total_is_first_and_ties_go_to_the_least_too() -> None:
    # p and q have 40; q has less of the first; s has 101 and r 120; t has nothing and no place
    assert column(result(), c.PLACE) == {"q": 1.0, "p": 2.0, "s": 3.0, "r": 4.0, "t": None}


def test_tiers_are_entered_up_to_a_bound_and_awards_go_by_place() -> None:
    told = result()
    tiers = dict(zip(told.tiers["unit"].to_list(), told.tiers["tier"].to_list(), strict=True))

    assert tiers == {"q": "优", "p": "优", "s": "污染", "r": "污染", "t": None}
    assert told.awards["unit"].to_list() == ["q"]


def test_places_of_nodes_go_the_same_way() -> None:
    scores = result().scores.filter(nw.col("node") == "o3")

    places = dict(zip(scores["unit"].to_list(), scores["place"].to_list(), strict=True))
    assert places == {"r": 1, "p": 2, "q": 3, "s": 4, "t": None}


def test_what_the_next_place_takes_is_explained() -> None:
    assert "fewer marks than now, to reach" in result().explain("r").text("en")
    # 120 of r, 101 of s: each node is worth all marks under max
    assert "还需 19 分（减少），优于 s" in result().explain("r").text("zh")


def test_one_who_has_no_score_at_a_tie_comes_after_those_who_have() -> None:
    figures = {"unit": ["p", "q"], "pm": [None, 40.0], "ozone": [40.0, 20.0]}

    assert column(scored(SCHEME, figures), c.PLACE) == {"p": 2.0, "q": 1.0}


@given(st.lists(st.integers(0, 50), min_size=1, max_size=8))
def test_places_from_below_are_those_of_the_turned_totals(totals: list[int]) -> None:
    rule = "{{given: {{range: [-100, 100]}}}}"
    scheme = (
        f"items: {{{{x: }}}}\n{{}}indicators: {{{{a: {{{{measure: {{}}, weight: 100, rule: {rule}}}}}}}}}\n"
    )
    figures = {"unit": [f"u{index}" for index in range(len(totals))], "x": [float(total) for total in totals]}

    first = column(scored(scheme.format("lowest_first: true\n", "x"), figures), c.PLACE)

    assert first == column(scored(scheme.format("", "-x"), figures), c.PLACE)


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("tiers: [{name: A, at_least: 50}, {name: B}]", "QH872"),
        ("gaps: {missing: zero}", "QH873"),
        ("gaps: {missing: worst}", "QH873"),
        ("weights: bod", "QH874"),
        ("adjustments: {rules: [{name: 加, kind: bonus, marks: x}]}", "QH875"),
        ("tiers: [{name: A, at_most: 100}, {name: B, at_most: 50}, {name: C}]", "QH252"),
    ],
)
def test_what_turns_against_the_order_is_told(line: str, code: str) -> None:
    tree = "{a: {measure: x, weight: 100, rule: given}}"
    scheme = f"items: {{x: }}\nlowest_first: true\n{line}\nindicators: {tree}\n"

    assert code in [found.code for found in findings_in(scheme)]


def test_a_bound_from_above_needs_the_lowest_first() -> None:
    scheme = (
        "items: {x: }\ntiers: [{name: A, at_most: 50}, {name: B}]\n"
        "indicators: {a: {measure: x, weight: 100, rule: given}}\n"
    )

    assert [found for found, _ in codes_in(scheme)] == ["QH872"]


@pytest.mark.parametrize("name", ["balance", "opinions", "audit", "alignment"])
def test_studies_that_take_more_for_better_say_so(name: str) -> None:
    book = load(path_of_example("hdi-2022"))
    turned = replace(book, scheme=replace(book.scheme, lowest_first=True))
    study = STUDIES[name]

    with pytest.raises(UsageError, match="lowest first"):
        study.run(turned, study.form.model_validate({}))


def test_copies_with_other_weights_are_ranked_the_same_way() -> None:
    told = result()
    placed = {"q": 1, "p": 2, "s": 3, "r": 4, "t": 0}

    made = reweighed(prepared_from(told, None).base, [{}], None)

    assert dict(zip(sorted(placed), made.outcome.places[0].tolist(), strict=True)) == placed
