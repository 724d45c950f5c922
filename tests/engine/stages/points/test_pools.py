"""Anchors, places and means inside a pool: units alike in an attribute, a named pool, another group."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest
from tests.documents.assessments import Assessment

import quanheng as qh
from quanheng.engine.results.result import Result
from quanheng.findings.finding import FindingsError
from quanheng.scheme.files.read import scheme_from_mapping

UNITS = """\
unit,name,group,region,size
a,a,towns,east,10
b,b,towns,east,2
c,c,towns,west,30
d,d,parks,west,1
e,e,parks,west,50
f,f,parks,east,4
"""
FIGURES = "unit,x\na,10\nb,20\nc,30\nd,50\ne,60\nf,40\n"
SCALE = "{scale: {worst: observed, best: observed}}"


def scored(tmp_path: Path, rule: str, within: str, *, more: str = "", groups: str = "") -> Result:
    scheme = f"""\
groups: {{towns: {{}}, parks: {{}}}}
items: {{x: {{}}, size: {{attribute: size}}}}
{more}
indicators:
  k: {{measure: x, weight: 100, rule: {rule}, within: {within}{groups}}}
"""
    return Assessment(name="pools", scheme=scheme, data=FIGURES, units=UNITS).scored(tmp_path)


def points(result: Result) -> dict[str, float]:
    return dict(result.wide.select("unit", "points|k").rows())


def test_units_alike_in_a_column_are_compared_with_each_other(tmp_path: Path) -> None:
    found = points(scored(tmp_path, SCALE, "region"))

    # east: a 10, b 20, f 40; west: c 30, d 50, e 60
    assert found == pytest.approx({"a": 0, "b": 100 / 3, "f": 100, "c": 0, "d": 200 / 3, "e": 100})


def test_places_are_taken_among_units_alike_in_a_column(tmp_path: Path) -> None:
    found = points(scored(tmp_path, "{place: {first: 100, step: 10, floor: 0}}", "region"))

    assert found == {"f": 100, "b": 90, "a": 80, "e": 100, "d": 90, "c": 80}


def test_units_outside_a_pool_are_compared_with_its_figures(tmp_path: Path) -> None:
    found = points(scored(tmp_path, SCALE, "large", more="pools: {large: {where: size >= 10}}"))

    # large are a 10, c 30 and e 60: b and d, f lie between 10 and 60
    assert found == pytest.approx({"a": 0, "b": 20, "c": 40, "d": 80, "e": 100, "f": 60})


def test_the_mean_of_a_pool_is_the_reference_of_all(tmp_path: Path) -> None:
    found = points(
        scored(tmp_path, "{ratio: {ref: mean}}", "large", more="pools: {large: {where: size >= 30}}")
    )

    # the mean of c 30 and e 60 is 45
    assert found["f"] == pytest.approx(100 * 40 / 45)
    assert found["a"] == pytest.approx(100 * 10 / 45)


def test_another_group_is_a_pool(tmp_path: Path) -> None:
    found = points(scored(tmp_path, "{ratio: {ref: best}}", "towns"))

    # the best of the towns is c with 30
    assert found == pytest.approx(
        {"a": 100 / 3, "b": 200 / 3, "c": 100, "d": 500 / 3, "e": 200, "f": 400 / 3}
    )


def test_who_is_not_in_the_pool_cannot_be_placed_in_it(tmp_path: Path) -> None:
    with pytest.raises(FindingsError) as error:
        scored(tmp_path, "percentile", "large", more="pools: {large: {where: size >= 10}}")

    told = [(each.code, each.facts["unit"]) for each in error.value.findings if each.code != "QH545"]
    assert told == [("QH647", "b"), ("QH647", "d"), ("QH647", "f")]


def test_an_indicator_of_the_pool_alone_places_its_units(tmp_path: Path) -> None:
    units = UNITS.replace("b,b,towns,east,2", "b,b,towns,east,12")
    scheme = """\
groups: {towns: {}, parks: {}}
items: {x: {}, size: {attribute: size}}
pools: {large: {name: 规上, where: size >= 10 and group == 'towns'}}
indicators:
  k: {measure: x, weight: {towns: 100}, rule: percentile, within: large}
  o: {measure: x, weight: {parks: 100}, rule: given}
"""
    result = Assessment(name="pools", scheme=scheme, data=FIGURES, units=units).scored(tmp_path)

    # a is beaten by both, b beats one of two, c both
    assert {unit: value for unit, value in points(result).items() if unit in "abc"} == {
        "a": 0,
        "b": 50,
        "c": 100,
    }


def test_nobody_in_a_pool_is_told(tmp_path: Path) -> None:
    with pytest.raises(FindingsError) as error:
        scored(tmp_path, SCALE, "large", more="pools: {large: {where: size >= 1000}}")

    assert "QH647" in {each.code for each in error.value.findings}


def test_the_explanation_names_who_is_best_of_the_pool(tmp_path: Path) -> None:
    result = scored(tmp_path, SCALE, "large", more="pools: {large: {where: size >= 10}}")

    told = result.explain("f", "k").text("en")

    assert "compared with: units of 'large'" in told
    assert "60" in told
    assert "e [e]" in told or "(e)" in told or " e" in told


FRAME = pl.DataFrame(
    {"unit": list("abcd"), "x": [1.0, 2.0, 3.0, 5.0], "size": [10.0, 20.0, 3.0, 1.0], "region": list("eeww")}
)
OF_A_FRAME = {
    "items": {"x": {}, "size": {}},
    "pools": {"large": {"where": "size >= 10"}},
    "indicators": {
        "k": {"measure": "x", "weight": 50, "rule": "scale", "within": "region"},
        "l": {"measure": "x", "weight": 50, "rule": "scale", "within": "large"},
    },
}


def test_pools_of_a_frame_of_ones_own() -> None:
    result = qh.score(FRAME, scheme_from_mapping(OF_A_FRAME), round="2023")

    # east 1 and 2, west 3 and 5; large are 1 and 2, and whoever has more is beyond their best
    assert result.wide.select("points|k", "points|l").rows() == [(0, 0), (100, 100), (0, 100), (100, 100)]


def test_a_frame_without_the_column_of_a_pool_is_told() -> None:
    with pytest.raises(FindingsError) as error:
        qh.score(FRAME.drop("region"), scheme_from_mapping(OF_A_FRAME), round="2023")

    assert [each.code for each in error.value.findings] == ["QH506"]
