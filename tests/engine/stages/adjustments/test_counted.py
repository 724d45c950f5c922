from __future__ import annotations

from typing import Any

import narwhals as nw
import polars as pl
from tests.engine.graded import formula, graded

from quanheng.engine.frame.engines import polars_engine
from quanheng.engine.stages.adjustments.adjust import with_adjustments
from quanheng.engine.stages.adjustments.counted import Counted, counted_adjustments
from quanheng.findings.finding import Location
from quanheng.scheme.grades.grades import Adjustments, ComputedAdjustment, Limit
from quanheng.scheme.tree.scheme import Scheme

UNITS = pl.DataFrame(
    {
        "unit": ["a", "b", "c", "d"],
        "group": ["towns", "towns", "towns", "parks"],
        "item|growth": [8.2, 7.9, None, 9.0],
        "item|deaths": [0.0, 1.0, 0.0, None],
    }
)
ROWS = nw.from_native(
    pl.DataFrame(
        [
            ("a", "bonus", 6.0, "praised", "total", "adjustments.csv", None, "2:marks"),
            ("a", "bonus", -2.0, "pilot", "economy", "book.xlsx", "加减分", "C3"),
            ("b", "bonus", 1.0, "pilot", "total", "adjustments.csv", None, "4:marks"),
            ("c", "veto", None, "false data", "total", "adjustments.csv", None, "5:marks"),
        ],
        schema={
            "unit": pl.String,
            "kind": pl.String,
            "marks": pl.Float64,
            "reason": pl.String,
            "node": pl.String,
            "file": pl.String,
            "sheet": pl.String,
            "cell": pl.String,
        },
        orient="row",
    )
)


def counted(unit: str, scheme: Scheme, rows: nw.DataFrame[Any] | None = ROWS) -> tuple[Counted, ...]:
    engine = polars_engine()
    told = engine.collect(with_adjustments(engine.lift(UNITS), scheme, rows, engine))
    [row] = told.filter(nw.col("unit") == unit).rows(named=True)
    return counted_adjustments(scheme, row, rows)


def test_rows_over_the_cap_count_in_part() -> None:
    scheme = graded(adjustments=Adjustments(bonus=Limit(cap=5.0, when=formula("growth >= 8"))))

    assert counted("a", scheme) == (
        Counted(
            kind="bonus",
            node="total",
            reason="praised",
            asked=6.0,
            counted=3.75,
            cells=("adjustments.csv!2:marks",),
            gate="growth >= 8 ✓; Σ 8 > 5",
        ),
        Counted(
            kind="bonus",
            node="economy",
            reason="pilot",
            asked=2.0,
            counted=1.25,
            cells=("book.xlsx!加减分!C3",),
            gate="growth >= 8 ✓; Σ 8 > 5",
        ),
    )
    [voided] = counted("b", scheme)
    assert (voided.asked, voided.counted, voided.gate) == (1.0, 0.0, "growth >= 8 ✗")


def test_a_veto_asks_for_no_marks() -> None:
    [veto] = counted("c", graded())

    assert (veto.kind, veto.asked, veto.counted, veto.gate) == ("veto", 0.0, 0.0, None)


def test_rules_show_their_conditions() -> None:
    line = Location(file="scheme.yaml", line=40)
    rules = (
        ComputedAdjustment(name="growth over 8", kind="bonus", marks=formula("5 * (growth - 8)")),
        ComputedAdjustment(
            name="safe",
            kind="bonus",
            node="safety",
            marks=formula("1"),
            when=formula("deaths < 1"),
            where=line,
        ),
        ComputedAdjustment(name="a death", kind="veto", when=formula("deaths >= 1")),
    )
    scheme = graded(adjustments=Adjustments(rules=rules))

    told = {
        unit: [
            (marking.reason, round(marking.asked, 9), round(marking.counted, 9), marking.gate, marking.cells)
            for marking in counted(unit, scheme, None)
        ]
        for unit in "abcd"
    }

    assert told == {
        "a": [("growth over 8", 1.0, 1.0, None, ()), ("safe", 1.0, 1.0, "deaths < 1 ✓", ("scheme.yaml:40",))],
        # its growth gives nothing and has no condition, so there is nothing to tell
        "b": [
            ("safe", 1.0, 0.0, "deaths < 1 ✗", ("scheme.yaml:40",)),
            ("a death", 0.0, 0.0, "deaths >= 1 ✓", ()),
        ],
        "c": [
            ("growth over 8", 0.0, 0.0, "5 * (growth - 8) ?", ()),
            ("safe", 1.0, 1.0, "deaths < 1 ✓", ("scheme.yaml:40",)),
        ],
        # a park: no safety; whether someone died is not known
        "d": [("growth over 8", 5.0, 5.0, None, ()), ("a death", 0.0, 0.0, "deaths >= 1 ?", ())],
    }


def test_what_counts_of_rows_and_rules_adds_up_to_the_column() -> None:
    rules = (ComputedAdjustment(name="growth over 8", kind="bonus", marks=formula("5 * (growth - 8)")),)
    scheme = graded(adjustments=Adjustments(bonus=Limit(cap=4.5), rules=rules))

    told = counted("a", scheme)

    assert abs(sum(marking.counted for marking in told) - 4.5) < 1e-12
