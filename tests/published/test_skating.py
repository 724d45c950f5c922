"""Elements, components times the factor, deductions, ties by segment: skating. Marks are invented."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.published.books import Cell, by_unit, half_up, score_case

_COMPONENTS = ("Skating Skills", "Transitions", "Performance", "Composition")
# as the protocols write the fifth, one way or another
_INTERPRETATION = (
    "Interpretation of the Music",
    "Interpretation of the Music / Timing",
    "Interpretation of the Music/Timing",
)
# Elements of the panel, the five components, deductions. g001 is a free dance, g002 a short one.
_FREE = {
    "a": ((12.34, 8.10, 5.50), (8.25, 8.04, 8.50, 8.29, 8.33), 0),
    "b": ((10.00, 9.20, 3.74), (8.75, 8.54, 9.00, 8.79, 8.83), 0),  # as a in all, better components
    "c": ((13.90, 9.00, 6.10), (7.11, 6.96, 7.25, 7.04, 7.21), 1),
    "d": ((6.00, 5.25, 4.40), (5.50, 5.29, 5.71, 5.61, 5.43), 2.5),
    "e": ((14.20, 9.70, 7.15), (9.07, 8.93, 9.39, 9.21, 9.36), 0),
}
_SHORT = {
    "f": ((9.50, 6.30), (7.50, 7.25, 7.75, 7.50, 7.50), 0),
    "g": ((10.50, 6.30), (7.25, 7.00, 7.50, 7.25, 7.25), 0),  # as f in all, better elements
    "h": ((8.00, 5.10), (6.68, 6.43, 6.79, 6.64, 6.71), 1),
    "i": ((8.00, 5.10), (6.68, 6.43, 6.79, 6.64, 6.71), 1),  # as h: a shared place
    "j": ((11.10, 7.40), (8.61, 8.43, 8.79, 8.64, 8.54), 0),
}
_FACTOR = {"g001": 1.2, "g002": 0.8}


def test_totals_and_places_of_two_segments_with_ties_told_apart_by_their_own_marks(tmp_path: Path) -> None:
    records: list[dict[str, Cell]] = []
    of_segment: dict[str, dict[str, tuple[float, float, float]]] = {"g001": {}, "g002": {}}
    for group, performances in (("g001", _FREE), ("g002", _SHORT)):
        factor = _FACTOR[group]
        for unit, (elements, components, deductions) in performances.items():
            made = sum(half_up(mark * factor, 2) for mark in components)
            parts = (round(sum(elements), 2), round(made, 2))
            of_segment[group][unit] = (round(sum(parts) - deductions, 2), *parts)
            names = (*_COMPONENTS, _INTERPRETATION[ord(unit) % 3])
            judged = [("elements", f"element {k}", mark) for k, mark in enumerate(elements)]
            judged += [("components", *each) for each in zip(names, components, strict=True)]
            records += [
                {
                    "performance_id": unit,
                    "section": section,
                    "aspect_desc": aspect,
                    "factor": factor if section == "components" else None,
                    "scores_of_panel": mark,
                }
                for section, aspect, mark in judged
            ]
    units: list[dict[str, Cell]] = [
        {"unit": unit, "group": group, "deductions": marks[2]}
        for group, performances in (("g001", _FREE), ("g002", _SHORT))
        for unit, marks in performances.items()
    ]

    got = by_unit(score_case("figure-skating", tmp_path, {"ledgers/aspects.csv": records}, units))

    assert of_segment["g001"]["a"][0] == of_segment["g001"]["b"][0] == pytest.approx(75.64)
    for group, own in of_segment.items():
        told_by = 1 if group == "g002" else 2  # elements in short programs, components in free ones
        orders = {unit: (marks[0], marks[told_by]) for unit, marks in own.items()}
        expected = {unit: 1 + sum(o > order for o in orders.values()) for unit, order in orders.items()}
        assert {unit: got[unit]["score"] for unit in own} == pytest.approx({u: m[0] for u, m in own.items()})
        assert {unit: got[unit]["place"] for unit in own} == expected
        assert len(set(expected.values())) == (5 if group == "g001" else 4)
