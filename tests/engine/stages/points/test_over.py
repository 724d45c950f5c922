"""One frame of reference for a panel: anchors, means and places over the values of several rounds."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.documents.assessments import Assessment

import quanheng as qh
from quanheng.engine.results.each_round import score_panel
from quanheng.engine.results.result import Result
from quanheng.engine.results.score import score
from quanheng.findings.finding import FindingsError
from quanheng.scheme.files.read import scheme_from_mapping

UNITS = "unit,name,group,region\na,Ash,towns,east\nb,Birch,towns,west\nc,Cedar,parks,east\n"
FIGURES = """\
unit,period,x
a,2021,10
b,2021,20
c,2021,90
a,2022,30
b,2022,50
c,2022,70
a,2023,40
b,2023,20
c,2023,60
"""
SCALE = "{scale: {worst: observed, best: observed}}"


def book(rule: str, more: str = "over: 2021..2023", *, data: str = FIGURES) -> Assessment:
    scheme = f"""\
groups: {{towns: {{}}, parks: {{}}}}
items: {{x: {{}}}}
indicators:
  k: {{measure: x, weight: 100, rule: {rule}, {more}}}
"""
    return Assessment(name="over", scheme=scheme, data=data, units=UNITS)


def scored(tmp_path: Path, rule: str, more: str = "over: 2021..2023", *, data: str = FIGURES) -> Result:
    return book(rule, more, data=data).scored(tmp_path)


def points(result: Result) -> dict[str, float]:
    return dict(result.wide.select("unit", "points|k").rows())


def test_observed_ends_are_those_of_all_rounds(tmp_path: Path) -> None:
    # towns have 10 to 50 in three years, parks 60 to 90
    assert points(scored(tmp_path, SCALE)) == pytest.approx({"a": 75, "b": 25, "c": 0})


def test_units_of_all_groups_in_all_rounds(tmp_path: Path) -> None:
    found = points(scored(tmp_path, SCALE, "within: all, over: 2021..2023"))

    # 10 to 90
    assert found == pytest.approx({"a": 37.5, "b": 12.5, "c": 62.5})


def test_units_alike_in_a_column_in_all_rounds(tmp_path: Path) -> None:
    found = points(scored(tmp_path, SCALE, "within: region, over: 2021..2023"))

    # east: a and c from 10 to 90; west: b from 20 to 50
    assert found == pytest.approx({"a": 37.5, "b": 0, "c": 62.5})


def test_mean_and_deviation_are_of_all_rounds(tmp_path: Path) -> None:
    found = points(
        scored(tmp_path, "{zscore: {center: 50, spread: 10, ddof: 0}}", "within: all, over: '2022, 2023'")
    )

    # 30 50 70 40 20 60: mean 45, sum of squares 225 25 625 25 625 225 = 1750, sd = sqrt(1750 / 6)
    sd = (1750 / 6) ** 0.5
    assert found == pytest.approx({"a": 50 - 50 / sd, "b": 50 - 250 / sd, "c": 50 + 150 / sd})


def test_places_are_among_the_units_of_all_rounds(tmp_path: Path) -> None:
    found = points(
        scored(tmp_path, "{place: {first: 100, step: 10, floor: 0}}", "within: all, over: 2021..2023")
    )

    # 90 70 60 50 40 30 20 20 10: c is third, a fifth, b seventh
    assert found == {"a": 60, "b": 40, "c": 80}


def test_percentiles_are_among_the_units_of_all_rounds(tmp_path: Path) -> None:
    found = points(scored(tmp_path, "percentile", "within: all, over: 2021..2023"))

    # of nine, a beats 10 20 20 30, b beats 10, c beats 10 20 20 30 40 50
    assert found == pytest.approx({"a": 50, "b": 12.5, "c": 75})


def test_a_panel_has_in_each_round_what_the_round_alone_has(tmp_path: Path) -> None:
    loaded = book(SCALE, "within: all, over: 2021..2023").loaded(tmp_path)

    panel = score_panel(loaded, ["2021", "2022", "2023"])

    assert points(panel.results["2021"]) == pytest.approx({"a": 0, "b": 12.5, "c": 100})
    for name, result in panel.results.items():
        assert points(result) == points(score(loaded, round=name))


def test_a_round_outside_is_compared_with_the_rounds_named(tmp_path: Path) -> None:
    found = points(
        scored(tmp_path, SCALE.replace("observed}}", "observed, clamp: none}}"), "over: 2021..2022")
    )

    # towns 10 to 50, parks 70 to 90: c lies half a span below
    assert found == pytest.approx({"a": 75, "b": 25, "c": -50})


def test_a_round_outside_has_no_place_among_those_named(tmp_path: Path) -> None:
    with pytest.raises(FindingsError) as error:
        scored(tmp_path, "percentile", "over: 2021..2022")

    assert [each.code for each in error.value.findings] == ["QH861"]


def test_rounds_that_are_still_to_come_are_told(tmp_path: Path) -> None:
    result = scored(tmp_path, SCALE, "over: 2022..2025")

    # towns 20 to 50, parks 60 to 70
    assert points(result) == pytest.approx({"a": 200 / 3, "b": 0, "c": 0})
    (told,) = [each for each in result.findings if each.code == "QH862"]
    assert "2024..2025" in str(told)


def test_the_explanation_says_whose_value_of_which_round_an_anchor_is(tmp_path: Path) -> None:
    told = scored(tmp_path, SCALE).explain("a", "k").text("en")

    assert "compared with: the group in 2021..2023" in told
    assert "b 2022" in told
    assert "a 2021" in told


def test_a_node_is_rated_over_rounds(tmp_path: Path) -> None:
    scheme = """\
weights: equal
items: {x: {}}
rule: {scale: {worst: 0, best: observed}}
over: 2021..2023
indicators:
  k: {measure: x, rule: given}
"""
    result = Assessment(name="root", scheme=scheme, data=FIGURES, units="unit\na\nb\nc\n").scored(tmp_path)

    # the best of all rounds has 90
    found = dict(result.wide.select("unit", "points|total").rows())
    assert found == pytest.approx({"a": 400 / 9, "b": 200 / 9, "c": 600 / 9})


@pytest.mark.parametrize(
    ("rule", "more", "code"),
    [
        ("given", "over: 2021..2023", "QH856"),
        (SCALE, "over: 2021-Q1..2022-Q4", "QH857"),
        ("{scale: {worst: 0, best: 100}}", "over: 2021..2023", "QH856"),
    ],
)
def test_misuse_is_told(tmp_path: Path, rule: str, more: str, code: str) -> None:
    made = book(rule, more)
    try:
        found = made.loaded(tmp_path).findings
    except FindingsError as error:
        found = error.findings

    assert code in [each.code for each in found]


def test_a_pool_that_several_rounds_look_at_is_used(tmp_path: Path) -> None:
    pooled = book(SCALE, "within: large, over: 2021..2023")
    pooled = replace(pooled, scheme="pools: {large: {where: x > 25}}\n" + pooled.scheme)

    assert "QH197" not in {finding.code for finding in pooled.loaded(tmp_path).findings}


def test_the_column_whose_units_are_alike_over_rounds_has_to_be_there(tmp_path: Path) -> None:
    with pytest.raises(FindingsError) as error:
        scored(tmp_path, SCALE, "within: river, over: 2021..2023")

    assert "QH407" in {finding.code for finding in error.value.findings}


def test_a_frame_has_no_other_rounds() -> None:
    scheme = {
        "items": {"x": {}},
        "indicators": {"k": {"measure": "x", "weight": 100, "rule": "scale", "over": "2021..2022"}},
    }
    frame = pl.DataFrame({"unit": ["a", "b"], "x": [1.0, 2.0]})

    with pytest.raises(FindingsError) as error:
        qh.score(frame, scheme_from_mapping(scheme), round="2023")

    assert [each.code for each in error.value.findings] == ["QH859"]


def test_a_part_of_a_year_is_not_compared_with_years(tmp_path: Path) -> None:
    data = "unit,period,x\na,2021,10\nb,2021,20\na,2023-06,10\nb,2023-06,20\n"
    loaded = book(SCALE, "over: 2021..2022", data=data).loaded(tmp_path)

    with pytest.raises(FindingsError) as error:
        score(loaded, round="2023-06")

    assert "QH860" in [each.code for each in error.value.findings]


def test_the_defaults_are_for_rules_that_look_at_others(tmp_path: Path) -> None:
    scheme = f"""\
weights: equal
items: {{x: {{}}}}
defaults: {{rule: {SCALE}, over: 2021..2023}}
indicators:
  k: {{measure: x}}
  l: {{measure: x, over: none}}
  m: {{measure: x, rule: given}}
"""
    units = "unit\na\nb\nc\n"
    result = Assessment(name="defaults", scheme=scheme, data=FIGURES, units=units).scored(tmp_path)

    # 10 to 90, 20 to 60, as they are
    wide = result.wide.select("points|k", "points|l", "points|m").rows()
    assert wide == [(37.5, 50, 40), (12.5, 0, 20), (62.5, 100, 60)]
    assert not [each for each in result.findings if each.code == "QH856"]


@given(
    values=st.lists(st.integers(1, 1000), min_size=6, max_size=6),
    rule=st.sampled_from([SCALE, "percentile", "{zscore: {center: 50, spread: 10}}", "{ratio: {ref: mean}}"]),
)
@settings(max_examples=15)
def test_rounds_together_are_rated_as_units_of_one_round(values: list[int], rule: str) -> None:
    keys = [(unit, year) for year in (2022, 2023) for unit in "abc"]
    apart = "unit,period,x\n" + "".join(
        f"{unit},{year},{value}\n" for (unit, year), value in zip(keys, values, strict=True)
    )
    together = "unit,period,x\n" + "".join(
        f"{unit}{year},2023,{value}\n" for (unit, year), value in zip(keys, values, strict=True)
    )
    with TemporaryDirectory() as folder:
        over = points(_alone(rule, ", over: 2022..2023", apart).scored(Path(folder, "over")))
        one = points(_alone(rule, "", together).scored(Path(folder, "one")))

    assert over == pytest.approx({unit: one[f"{unit}2023"] for unit in "abc"}, nan_ok=True)


def _alone(rule: str, more: str, data: str) -> Assessment:
    scheme = f"items: {{x: {{}}}}\nindicators:\n  k: {{measure: x, weight: 100, rule: {rule}{more}}}\n"
    return Assessment(name="law", scheme=scheme, data=data)


@pytest.mark.parametrize(("more", "told"), [("", False), (", from: 2022", True), (", from: 2021", False)])
def test_a_node_whose_children_differ_between_the_rounds_is_told(
    tmp_path: Path, more: str, *, told: bool
) -> None:
    scheme = f"""\
weights: equal
items: {{x: {{}}}}
rule: {SCALE}
over: 2021..2023
indicators:
  k: {{measure: x, rule: given}}
  l: {{measure: 2 * x, rule: given{more}}}
"""
    made = Assessment(name="root", scheme=scheme, data=FIGURES, units="unit\na\nb\nc\n")

    codes = [found.code for found in made.loaded(tmp_path).findings]

    assert ("QH869" in codes) is told
