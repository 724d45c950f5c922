"""Unusual reports among figures that stand in no book."""

from __future__ import annotations

from typing import Final

from quanheng.data.book.loose import Figure, ReportedUnit
from quanheng.scheme.files.read import scheme_from_mapping
from quanheng.scheme.tree.scheme import Scheme
from quanheng.usecase.year.reported import unusual_reports

_UNITS: Final = tuple(ReportedUnit(code=f"T{n}", name=f"镇{n}", group="all") for n in (1, 2))


def scheme(measure: str = "gdp") -> Scheme:
    return scheme_from_mapping(
        {
            "items": {
                "gdp": {"kind": "cumulative", "every": "quarter"},
                "due": {"count": "tasks"},
            },
            "ledgers": {"tasks": {"unit": "unit"}},
            "indicators": {
                "output": {
                    "measure": measure,
                    "weight": 100,
                    "rule": {"steps": [[0, 50], [300, 100]]},
                }
            },
        }
    )


def figures(*last: float) -> list[Figure]:
    told = [
        Figure(item="gdp", unit=unit, period=f"2023-Q{quarter}", value=100.0 * quarter)
        for unit in ("T1", "T2")
        for quarter in (1, 2, 3)
    ]
    asked = [
        Figure(item="gdp", unit=unit.code, period="2023-Q4", value=value, is_asked=True)
        for unit, value in zip(_UNITS, last, strict=True)
    ]
    return told + asked


def test_a_cumulative_figure_that_falls_is_told_with_what_it_is_compared_with() -> None:
    found = unusual_reports(scheme(), _UNITS, figures(250, 400), at="2023-Q4")

    report, finding = found[0]
    assert len(found) == 1
    assert (report.sign, report.unit, report.code) == ("fall", "T1", "gdp")
    assert (report.period, report.earlier, report.before) == ("2023-Q4", "2023-Q3", 300.0)
    assert finding.code == "QH591"


def test_figures_that_go_on_as_before_show_nothing() -> None:
    assert unusual_reports(scheme(), _UNITS, figures(400, 401), at="2023-Q4") == ()


def test_a_measure_that_needs_a_ledger_keeps_no_other_sign_back() -> None:
    found = unusual_reports(scheme("gdp / due"), _UNITS, figures(250, 400), at="2023-Q4")

    assert [(report.sign, report.unit) for report, _ in found] == [("fall", "T1")]
