"""Standard scores, cut where few people live, weighted and added up: health. Figures are invented."""

from __future__ import annotations

import statistics
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from tests.published.books import UNITS, invented, of_nodes, places, rows_of, score_case, tree_of

_CASE = "county-health-minnesota"
# Of ten units none can be 3 standard deviations off: the most is 9/√10. Of fourteen it is 13/√14, or 3.47.
_COUNTIES = (*UNITS, "u11", "u12", "u13", "u14")
_PEOPLE = {unit: 4_000 * 2**number for number, unit in enumerate(_COUNTIES)} | {"u05": 20_000, "u06": 19_999}


def _leaves(nodes: Mapping[str, Any]) -> Iterator[tuple[str, float, bool]]:
    """Yield what each indicator is measured by, its weight, and whether more of it is better."""
    for node in nodes.values():
        if "children" in node:
            yield from _leaves(node["children"])
        else:
            yield node["measure"], node["weight"], node.get("direction") == "less"


def test_health_is_a_weighted_sum_of_standard_scores_cut_in_small_counties(tmp_path: Path) -> None:
    tree = tree_of(_CASE)
    measures = [measure for measure, _, _ in _leaves(tree)]
    figures = invented(5, measures, 10, 20, 3, _COUNTIES)
    figures["u01"]["premature_death"] = 400  # far out, in a county of 4,000: cut
    figures["u06"]["dentists"] = -400  # far out, in one of 19,999: cut
    figures["u05"]["uninsured"] = 400  # far out, in one of 20,000: not cut
    figures["u03"]["violent_crime"] = None  # a measure that is missing is at the mean
    figures["u13"] = dict(figures["u14"])
    scores: dict[str, dict[str, float]] = {unit: {} for unit in _COUNTIES}
    for measure, _, more_is_better in _leaves(tree):
        told = [own[measure] for own in figures.values() if own[measure] is not None]
        middle, spread = statistics.mean(told), statistics.stdev(told)
        for unit, own in figures.items():
            z = 0.0 if own[measure] is None else (own[measure] - middle) / spread
            z = max(min(z, 3), -3) if _PEOPLE[unit] < 20_000 else z
            scores[unit][measure] = -z if more_is_better else z
    units = [{"unit": unit, "name": unit, "population": people} for unit, people in _PEOPLE.items()]

    result = score_case(_CASE, tmp_path, {"data/measures.csv": rows_of(figures)}, units)

    got, standing = of_nodes(result, "score"), of_nodes(result, "place")
    assert scores["u01"]["premature_death"] == scores["u06"]["dentists"] == 3 < scores["u05"]["uninsured"]
    for node in tree:
        weights = {measure: weight for measure, weight, _ in _leaves({node: tree[node]})}
        expected = {
            unit: sum(weight * own[measure] / 100 for measure, weight in weights.items())
            for unit, own in scores.items()
        }
        assert {unit: got[unit, node] for unit in _COUNTIES} == pytest.approx(expected, abs=1e-9)
        assert {unit: standing[unit, node] for unit in _COUNTIES} == places(expected)  # the worst is first
