"""What if, where indicators are compared over several rounds: other weights, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.documents.assessments import Assessment

import quanheng as qh
from quanheng.findings.finding import FindingsError

DATA = "unit,period,x,y\na,2022,10,5\nb,2022,50,15\na,2023,40,10\nb,2023,30,20\n"
SCALE = "rule: {scale: {worst: observed, best: observed}}, over: 2022..2023"


def _assessment(weight: int) -> Assessment:
    scheme = f"""\
weights: relative
items: {{x: {{}}, y: {{}}}}
indicators:
  k: {{weight: {weight}, measure: x, {SCALE}}}
  l: {{weight: 1, measure: y, {SCALE}}}
"""
    return Assessment(name="over", scheme=scheme, data=DATA)


def test_other_weights_are_as_if_the_scheme_had_them(tmp_path: Path) -> None:
    study = qh.whatif(_assessment(1).loaded(tmp_path / "one"), weight={"k": 3})
    anew = _assessment(3).scored(tmp_path / "three").ranking.select("unit", "score").rows()

    found = {row["unit"]: row["score_after"] for row in study["moves"].rows(named=True)}
    # x from 10 to 50 and y from 5 to 20: a has 75 and 33.3, b 50 and 100
    assert found == pytest.approx({"a": (3 * 75 + 100 / 3) / 4, "b": (3 * 50 + 100) / 4})
    assert found == pytest.approx(dict(anew))


def test_other_figures_would_change_what_is_compared_with(tmp_path: Path) -> None:
    with pytest.raises(FindingsError) as error:
        qh.whatif(_assessment(1).loaded(tmp_path), set={"x@a": 45})

    assert {each.code for each in error.value.findings} == {"QH859"}
