"""Achievement and growth, rounded, with grades; rows of subgroups set aside. Figures are invented."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.published.books import UNITS, Cell, by_unit, half_up, invented, score_case

_GRADES = ((85, "A"), (70, "B"), (55, "C"), (40, "D"), (0, "F"))
_FILE = "data/spg2.csv"


def test_grades_of_schools_are_of_the_rows_of_all_pupils(tmp_path: Path) -> None:
    figures = invented(10, ("ach_score", "eg_score"), 30, 99, 1)
    figures["u01"] = {"ach_score": 85.0, "eg_score": 85.0}  # just an A
    figures["u02"] = {"ach_score": 84.4, "eg_score": 84.4}  # not quite
    figures["u03"]["eg_score"] = None  # achievement alone
    rows: list[dict[str, Cell]] = []
    for unit, own in figures.items():
        others = {"asm_option": "N", "k2_feeder": "N", "eg_status": "Met"}
        rows.append({"agency_code": unit, "subgroup": "ALL", **own, **others})
        rows.append({"agency_code": unit, "subgroup": "EDS", "ach_score": 1, "eg_score": 1, **others})
    expected = {
        unit: half_up(
            own["ach_score"] if own["eg_score"] is None else 0.8 * own["ach_score"] + 0.2 * own["eg_score"]
        )
        for unit, own in figures.items()
    }

    got = by_unit(score_case("nc-school-grades-2018", tmp_path, {_FILE: rows}))

    assert {unit: row["score"] for unit, row in got.items()} == pytest.approx(expected)
    grades = {unit: next(g for least, g in _GRADES if score >= least) for unit, score in expected.items()}
    assert {unit: row["tier"] for unit, row in got.items()} == grades
    assert (grades["u01"], grades["u02"], len(UNITS)) == ("A", "B", 10)
