"""Weights by an attribute of the unit (weights §3)."""

from __future__ import annotations

from pathlib import Path

import narwhals as nw
import pytest
from tests.scheme.written import codes_in

import quanheng as qh
from quanheng.documents.page.scoring import why_off
from quanheng.findings.finding import FindingsError

SCHEME = """\
quanheng: 1
id: own-policy
title: An invented county
round: 2023
groups: {towns: {}}
items: {output: {}, crops: {}, roads: {}}
rounding: {scores: 2}
indicators:
  work:
    weight: 60
    weights:
      by: type
      of:
        factory: {made: 45, grown: 15}
        farm: {grown: 60}
    children:
      made: {measure: output, rule: given, gaps: {not_applicable: redistribute}}
      grown: {measure: crops, rule: given}
  built: {weight: 40, measure: roads, rule: given}
"""
UNITS = "unit,name,group,type\nA,A,towns,factory\nB,B,towns,farm\nC,C,towns,factory\n"
DATA = "unit,period,output,crops,roads\nA,2023,80,40,50\nB,2023,80,40,50\nC,2023,/,40,50\n"


def _book(folder: Path, units: str = UNITS, scheme: str = SCHEME) -> qh.Book:
    (folder / "data").mkdir()
    for name, text in (("scheme.yaml", scheme), ("units.csv", units), ("data/values.csv", DATA)):
        (folder / name).write_text(text, encoding="utf-8")
    return qh.load(folder)


def test_each_kind_of_unit_has_its_weights(tmp_path: Path) -> None:
    result = qh.score(_book(tmp_path))

    wide = result.wide.sort("unit")
    # A: 45·0.8 + 15·0.4 + 40·0.5 = 62; B: 0 + 60·0.4 + 20 = 44; C: what does not apply goes to its sibling
    assert wide["marks|made"].to_list() == [45.0, 0.0, None]
    assert wide["marks|grown"].to_list() == [15.0, 60.0, 60.0]
    assert wide["score|total"].to_list() == [62.0, 44.0, 44.0]
    assert result.ranking.sort("unit")["place"].to_list() == [1, 2, 2]
    scores = result.scores.filter(nw.col("unit") == "A").select("node", "score").rows()
    assert dict(scores) == {"total": 62.0, "work": 42.0, "made": 36.0, "grown": 6.0, "built": 20.0}


def test_weights_are_traced_explained_and_not_in_the_table(tmp_path: Path) -> None:
    result = qh.score(_book(tmp_path))

    traced = result.trace.filter(nw.col("stage") == "weight").collect().sort("unit", "node")
    assert traced.select("unit", "node", "value").rows()[:4] == [
        ("A", "grown", 15.0),
        ("A", "made", 45.0),
        ("B", "grown", 60.0),
        ("B", "made", 0.0),
    ]
    assert "weight (type = farm): 60" in result.explain("B", "grown").text("en")
    assert "权重 (type = farm): 60" in result.explain("B", "grown").text("zh")
    weights = result.weights.filter(nw.col("node") == "grown").select("method", "weight", "share").rows()
    assert weights == [("by", None, None)]
    off = why_off(result.scheme)
    assert off is not None
    assert "weights of its own" in off.en


@pytest.mark.parametrize("value", ["harbour", ""])
def test_a_value_without_weights_is_an_error(value: str, tmp_path: Path) -> None:
    with pytest.raises(FindingsError) as told:
        qh.score(_book(tmp_path, UNITS.replace("farm", value)))

    assert {finding.code for finding in told.value.findings if finding.severity == "error"} == {"QH685"}


def test_a_book_without_the_attribute_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FindingsError) as told:
        qh.score(_book(tmp_path, "unit,name,group\nA,A,towns\nB,B,towns\nC,C,towns\n"))

    assert any(finding.severity == "error" for finding in told.value.findings)


def _written(old: str = "", new: str = "") -> str:
    body = SCHEME[SCHEME.index("items:") :]
    assert old in body
    return "groups: {towns: {}}\n" + body.replace(old, new)


def test_weights_of_each_value_add_up() -> None:
    assert codes_in(_written()) == []
    assert [code for code, _ in codes_in(_written("grown: 15", "grown: 20"))] == ["QH294"]
    assert [code for code, _ in codes_in(_written("farm: {grown: 60}", "farm: {grown: 0}"))] == ["QH295"]
    assert "QH296" in [code for code, _ in codes_in(_written("farm: {grown: 60}", "farm: {grows: 60}"))]
    with pytest.raises(FindingsError, match="QH130"):
        codes_in(_written("      by: type\n", ""))
    least = _written("rounding:", "gaps: {at_least: 50%}\nrounding:")
    assert [code for code, _ in codes_in(least)] == ["QH297"]


def test_below_proportions_only_proportions_count() -> None:
    relative = _written("indicators:", "weights: relative\nindicators:")
    assert codes_in(relative.replace("made: 45, grown: 15", "made: 3, grown: 1")) == []


def test_each_level_may_go_by_the_attribute() -> None:
    nested = """\
groups: {towns: {}}
items: {x: {}}
weights: {by: type, of: {factory: {one: 70, two: 30}, farm: {one: 40, two: 60}}}
indicators:
  one:
    weights: {by: type, of: {factory: {a: 50, b: 20}, farm: {a: 40}}}
    children: {a: {measure: x, rule: given}, b: {measure: x, rule: given}}
  two: {measure: x, rule: given}
"""
    assert codes_in(nested) == []
    assert [code for code, _ in codes_in(nested.replace("farm: {a: 40}", "farm: {a: 50}"))] == ["QH294"]
