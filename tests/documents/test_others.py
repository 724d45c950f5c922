"""What a unit is told of others: nothing of one alone, in its explanation and in its workbook."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Final

from tests.documents.assessments import Assessment
from tests.documents.units.hostile import BOOK as HOSTILE

from quanheng.documents.blocks import Table
from quanheng.documents.compose.figures import own_figures
from quanheng.documents.others import without_others
from quanheng.documents.subject import Subject
from quanheng.engine.results.score import score
from quanheng.scheme.document.published import Part

_SCHEME: Final = """\
items: {x: {kind: rate}, aim: {kind: rate}}
indicators:
  named: {weight: 40, measure: x, rule: {scale: {worst: 0, best: {unit: u5}}}}
  seen: {weight: 30, measure: x, rule: {scale: {worst: observed, best: 40}}}
  own: {weight: 30, measure: x, rule: {scale: {worst: 0, best: {item: aim}}}}
"""


def _book(units: int) -> Assessment:
    rows = "".join(f"u{number},2023,{number + 10},{number + 30}\n" for number in (*range(1, units), 5))
    return Assessment(name="anchors", scheme=_SCHEME, data=f"unit,period,x,aim\n{rows}")


def _anchors(folder: Path, units: int, unit: str) -> dict[str, list[float]]:
    found = {}
    for node in score(_book(units).loaded(folder)).explain(unit).walk():
        told = without_others(node, scored=units)
        if told.rating is not None:
            assert not any(anchor.whose or anchor.names for anchor in told.rating.anchors)
            found[told.node] = sorted(anchor.value for anchor in told.rating.anchors)
    return found


def test_the_value_of_a_unit_that_the_rule_names_is_told_to_it_alone(tmp_path: Path) -> None:
    assert _anchors(tmp_path / "other", 5, "u1") == {
        "named": [0.0],
        "seen": [11.0, 40.0],
        "own": [0.0, 31.0],
    }
    assert _anchors(tmp_path / "itself", 5, "u5")["named"] == [0.0, 15.0]


def test_what_was_observed_in_a_small_group_is_not_told(tmp_path: Path) -> None:
    assert _anchors(tmp_path, 4, "u1") == {"named": [0.0], "seen": [40.0], "own": [0.0, 31.0]}


def test_a_workbook_of_a_unit_has_no_mean_of_few_and_no_totals_that_are_not_published(tmp_path: Path) -> None:
    result = score(HOSTILE.loaded(tmp_path))

    def tables(unit: str, *parts: Part) -> tuple[Table, Table]:
        shown = replace(result, scheme=replace(result.scheme, publish=frozenset(parts)))
        of = Subject(result=shown, record={}, audience="unit")
        _, scores, spread = (
            block for block in own_figures(of, unit, "zh").blocks if isinstance(block, Table)
        )
        return scores, spread

    few, spread_of_few = tables("Q1", "place")
    assert {(row[3], row[5]) for row in few.rows} == {("—", "—")}
    assert [row[1] for row in spread_of_few.rows] == ["3"]
    many, spread_of_many = tables("H01", "total")
    assert "—" not in {many.rows[0][3], many.rows[0][5]}
    assert len(spread_of_many.rows) == 6
