"""What lights within the year foretold of its end, by a book made by hand."""

from __future__ import annotations

import polars as pl
import pytest
from tests.engine.books import book_of

import quanheng as qh
from quanheng.data.book.book import Book
from quanheng.studies.study import Study

SCHEME = {
    "quanheng": 1,
    "id": "t",
    "title": "t",
    "round": 2023,
    "items": {"x": {"kind": "cumulative", "every": "month"}},
    "indicators": {"a": {"weight": 100, "measure": "x", "rule": {"target": {"cap": 200}}}},
}
# of a target of 100 half is due by June: under 0.85 of 50 is red, under 0.95 yellow
JUNE = {"2022": {"A": 60.0, "B": 40.0, "C": 46.0, "D": 55.0}, "2023": dict.fromkeys("ABCD", 50.0)}
DECEMBER = {
    "2022": {"A": 110.0, "B": 90.0, "C": 100.0, "D": 95.0},
    "2023": {"A": 104.0, "B": 103.0, "C": 102.0, "D": 101.0},
}


def book(*, june: bool = True, targets: bool = True) -> Book:
    scheme = qh.read_scheme(SCHEME)
    units = pl.DataFrame({"unit": list("ABCD"), "name": ["Ai", "Bo", "Ci", "Di"]})
    units = units.with_columns(group=pl.lit(scheme.groups[0].code))
    halves = [("06", JUNE)] if june else []
    figures = [
        ("x", unit, f"{year}-{month}", value)
        for month, years in (*halves, ("12", DECEMBER))
        for year, values in years.items()
        for unit, value in values.items()
    ]
    goals = [("a", unit, year, 100.0) for year in JUNE for unit in "ABCD"] if targets else []
    return book_of(scheme, units=units, figures=figures, targets=goals)


def rows(study: Study, table: str) -> list[tuple[object, ...]]:
    return study[table].rows()


def test_lights_are_set_beside_what_became_of_them() -> None:
    study = qh.study.backtest(book())

    # 2022: A green, reached; B red, missed; C yellow, reached; D green, missed. 2023: four green, all reached
    assert rows(study, "lights") == [
        ("all", "red", 1, 1, 1.0),
        ("all", "yellow", 1, 0, 0.0),
        ("all", "green", 6, 1, 1 / 6),
    ]
    assert rows(study, "lights_by_indicator") == [("a", 8, 2, 2, 1, 1, 1, 0.5)]
    assert study.sentences[-2].en == (
        "Red and yellow lights by month 6: 2, of which 1 came true (missed at the year's end) and 1 did not. "
        "Missed then: 2, of which 1 had been green."
    )


def test_units_with_many_warnings_are_set_beside_those_that_ended_low() -> None:
    study = qh.study.backtest(book())

    # 2022: B and C have more than the mean, half; 0.3 of four is one unit: B is last. 2023: D, unwarned
    found = {(row[0], row[2]): row[4:] for row in rows(study, "lights_of_units")}
    assert found["2022", "B"] == (1, 0, 0, True, 4, True)
    assert found["2022", "C"] == (0, 1, 0, True, 2, False)
    assert found["2022", "A"] == (0, 0, 1, False, 1, False)
    assert found["2023", "D"] == (0, 0, 1, False, 4, True)
    assert study.sentences[-1].zh == (
        "年底位次在组内后30%的2个单位中，1个在6月底的红黄灯比例高于组内平均；另有1个单位高于平均而年底并不靠后。"
    )


@pytest.mark.parametrize(
    ("made", "why"), [(book(june=False), "light was given"), (book(targets=False), "figures")]
)
def test_where_there_are_no_lights_it_is_said_why(made: Book, why: str) -> None:
    try:
        study = qh.study.backtest(made)
    except qh.UsageError as error:
        assert why in str(error)  # noqa: PT017  a rule of targets without any leaves no figures at all
        return
    told = {finding.code: finding.text("en") for finding in study.findings}
    assert why in told["QH768"]
    assert "lights" not in [table.name for table in study.tables]
