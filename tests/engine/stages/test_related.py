"""What a unit gets of the units whose column names it (points §10 i), with numbers worked out by hand."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.engine.texts import column, scored
from tests.engines import EngineUnderTest
from tests.scheme.written import codes_in

import quanheng as qh
from quanheng.engine.frame import columns as c
from quanheng.engine.results.result import Result
from quanheng.findings.finding import FindingsError
from quanheng.scheme.fields.codes import ROOT

SCHEME = """
groups: {towns: {}, departments: {}}
items: {x: {}, y: {}, z: {}}
gaps: {missing: redistribute}
indicators:
  work:
    groups: [towns]
    weight: 100
    children:
      a: {measure: x, weight: 60, rule: given}
      b: {measure: y, weight: 40, rule: given}
  lead:
    groups: [departments]
    weight: 100
    children:
      towns_led: {measure: "points(work, led_by)", weight: 70, rule: given}
      own: {measure: z, weight: 30, rule: given}
"""
FIGURES = {
    "unit": ["t1", "t2", "t3", "t4", "d1", "d2", "d3"],
    "name": ["一镇", "二镇", "三镇", "四镇", "甲局", "乙局", "丙局"],
    "group": ["towns"] * 4 + ["departments"] * 3,
    "led_by": ["d1", "d1", "d2", "d1", None, None, None],
    "x": [80.0, 60.0, 90.0, None, None, None, None],
    "y": [50.0, 70.0, 40.0, None, None, None, None],
    "z": [None, None, None, None, 90.0, 50.0, 70.0],
}


def result(engine: EngineUnderTest | None = None) -> Result:
    return scored(SCHEME, FIGURES, engine)


def test_a_department_gets_the_mean_of_its_towns() -> None:
    # t1: 0.6·80 + 0.4·50 = 68; t2: 64; t3: 70; t4 has no figures and counts for nothing
    assert column(result(), c.points("work"))["t1"] == 68.0
    # d1: (68 + 64) / 2; d2: 70; d3 leads nobody, so that its weight goes to its own work
    assert column(result(), c.measure("towns_led")) == dict.fromkeys(["t1", "t2", "t3", "t4", "d3"]) | {
        "d1": 66.0,
        "d2": 70.0,
    }
    # d1: 0.7·66 + 0.3·90 = 73.2; d2: 49 + 15; d3: 70
    totals = column(result(), c.score(ROOT))
    assert [totals[unit] for unit in ("d1", "d2", "d3")] == [73.2, 64.0, 70.0]
    assert column(result(), c.PLACE) == {"t3": 1, "t1": 2, "t2": 3, "t4": None, "d1": 1, "d3": 2, "d2": 3}


def test_one_that_none_names_is_not_asked_and_one_whose_units_have_nothing_lacks() -> None:
    absences = column(result(), c.absence("towns_led"))
    assert absences["d3"] == c.NOT_APPLICABLE

    lacking = scored(SCHEME, {**FIGURES, "led_by": ["d1", "d1", "d1", "d2", None, None, None]})
    assert column(lacking, c.absence("towns_led"))["d2"] == c.MISSING


def test_whose_points_they_are_is_explained_and_traced() -> None:
    told = result()

    text = told.explain("d1", "towns_led").text("en")
    assert "points(work, led_by) = 66 (mean of 一镇 68, 二镇 64, 四镇 —)" in text
    assert "(work, led_by) = 66（一镇 68、二镇 64、四镇 —的平均）" in told.explain("d1", "towns_led").text(
        "zh"
    )
    traced = told.engine.collect(told.trace).rows(named=True)
    assert ("d2", "towns_led", "node:points(work, led_by)", 70.0) in {
        (row["unit"], row["node"], row["stage"], row["value"]) for row in traced
    }


def test_a_circle_is_refused() -> None:
    scheme = SCHEME.replace("measure: x,", 'measure: "points(lead, led_by)",')

    assert "QH289" in [found for found, _ in codes_in(scheme)]


def test_a_name_that_is_no_unit_is_told(tmp_path: Path) -> None:
    head = "quanheng: 1\nid: led\ntitle: Led\nround: 2023\n"
    (tmp_path / "scheme.yaml").write_text(head + SCHEME, encoding="utf-8")
    (tmp_path / "units.csv").write_text("unit,group,led_by\nt1,towns,d9\nd1,departments,\n", encoding="utf-8")
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "a.csv").write_text(
        "unit,period,x,y,z\nt1,2023,1,2,\nd1,2023,,,3\n", encoding="utf-8"
    )

    with pytest.raises(FindingsError, match="QH876"):
        qh.score(qh.load(tmp_path))
    (tmp_path / "units.csv").write_text("unit,group\nt1,towns\nd1,departments\n", encoding="utf-8")
    with pytest.raises(FindingsError, match="QH407"):
        qh.score(qh.load(tmp_path))


def test_engines_agree(engine: EngineUnderTest) -> None:
    assert column(result(engine), c.score(ROOT)) == column(result(), c.score(ROOT))
