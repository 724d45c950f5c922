from __future__ import annotations

import datetime as dt

import polars as pl
import pytest
from tests.engine.books import NOT_APPLICABLE, book_of, panel_of
from tests.engine.schemes import item, scheme_of

from quanheng.engine.figures.grid_laws import check_grid
from quanheng.findings.text import Text
from quanheng.scheme.formulas.parse import parse_formula
from quanheng.scheme.items.item import FromLedger, FromUnits, Item
from quanheng.scheme.ledgers.statistics import Count, Sum

UNITS = pl.DataFrame(
    {
        "unit": ["A", "B", "C"],
        "name": None,
        "group": ["towns", "towns", "parks"],
        "area": ["12", "about 7", None],
    }
)
PROJECTS = pl.DataFrame(
    {
        "unit": ["A", "B", "B"],
        "paid_on": [dt.date(2023, 1, 1), dt.date(2023, 2, 1), dt.date(2024, 1, 1)],
        "paid": [1.0, None, None],
        "note": ["x", "y", "z"],
    }
)


def from_projects(code: str, where: str, *, column: str | None = None) -> Item:
    source = FromLedger(
        statistic=Count() if column is None else Sum(),
        ledger="projects",
        column=column,
        condition=parse_formula(where),
    )
    return Item(code=code, name=Text(), source=source)


def test_a_sound_round_has_no_findings() -> None:
    book = book_of(
        scheme_of([item("x"), from_projects("n", "paid_on <= period_end")], ["x", "n"]),
        units=UNITS,
        figures=[("x", unit, "2023", 1.0) for unit in "ABC"],
        ledgers={"projects": PROJECTS},
    )

    assert check_grid(book, round="2023") == ()


def test_all_errors_are_told_together() -> None:
    items = [
        item("x"),
        from_projects("n", "note <= period_end"),
        from_projects("s", "paid > 0", column="note"),
        Item(code="land", name=Text(), source=FromUnits(column="area")),
    ]
    book = book_of(
        scheme_of(items, ["x / land", "growth(n)", "s"]),
        units=UNITS,
        figures=[("x", "A", "2022", 1.0), ("x", "B", "2021-Q2", 1.0)],
        ledgers={"projects": PROJECTS},
    )

    found = check_grid(book, round="2023")

    assert [finding.message("en") for finding in found] == [
        "no figure is reported for the round 2023; there are figures of 2022, 2021-Q2",
        "the item 'n' cannot be taken from the ledger 'projects': a text is compared with a date by '<='",
        "the item 's' cannot be taken from the ledger 'projects': the column 'note' does not hold numbers",
        "the item 'land' is the units' column 'area', which holds 'about 7' and not only numbers",
    ]
    assert [finding.code for finding in found] == ["QH501", "QH502", "QH502", "QH503"]
    assert all("{" not in finding.text("zh") for finding in found)


def test_a_book_without_any_figure_says_so() -> None:
    book = book_of(scheme_of([item("x")], ["x"]), units=UNITS, figures=[("x", "A", "2023", None)])

    (finding,) = check_grid(book, round="2023")

    assert finding.message("en") == "no figure is reported for the round 2023; there are figures of ∅"


def test_a_figure_older_than_that_of_others_is_a_warning() -> None:
    book = book_of(
        scheme_of([item("x", "cumulative"), item("y", "stock")], ["growth(x)", "y"]),
        units=UNITS,
        figures=[
            ("x", "A", "2023-12", 1.0),
            ("x", "B", "2023-Q3", 1.0),
            ("x", "C", "2023", 1.0),  # ends on the same day as December
            ("x", "A", "2022-Q3", 1.0),
            ("x", "B", "2022", 1.0),
            ("y", "A", "2023-Q4", 1.0),
            ("y", "B", "2023", NOT_APPLICABLE),
        ],
    )

    found = check_grid(book, round="2023")

    assert [finding.message("en") for finding in found] == [
        "x for 2023 is of 2023-Q3 for B, but others have reported up to 2023",
        "x for 2022 is of 2022-Q3 for A, but others have reported up to 2022",
    ]
    assert {finding.severity for finding in found} == {"warning"}


def test_a_flood_of_older_figures_is_cut_short() -> None:
    many = pl.DataFrame({"unit": [f"U{n:03}" for n in range(301)], "name": None, "group": "towns"})
    figures = [("x", unit, "2023-Q3", 1.0) for unit in many["unit"]]
    book = book_of(
        scheme_of([item("x", "cumulative")], ["x"]),
        units=many,
        figures=[*figures, ("x", "U300", "2023-Q4", 2.0)],
    )

    found = check_grid(book, round="2023")

    assert [finding.message("en").partition(",")[0] for finding in found] == [
        "x for 2023 is of 2023-Q3 for U000"
    ]
    assert "and 292 more" in found[0].message("en")


def test_records_without_an_amount_are_a_warning() -> None:
    book = book_of(
        scheme_of([from_projects("s", "paid_on <= period_end", column="paid")], ["growth(s)"]),
        units=UNITS,
        ledgers={"projects": PROJECTS},
    )

    (finding,) = check_grid(book, round="2023")

    assert finding.code == "QH505"
    assert finding.message("en") == "1 records that make up the item 's' have no 'paid'; they add nothing"


@pytest.mark.parametrize(("round_", "codes"), [("2023", []), ("2022", ["QH501"]), ("2023-Q1", ["QH501"])])
def test_figures_of_panels_count_as_figures_of_a_round(round_: str, codes: list[str]) -> None:
    panel = panel_of("p", pl.DataFrame({"unit": ["A"], "period": ["2023"], "x": [1.0]}))
    book = book_of(scheme_of([item("x")], ["x"]), units=UNITS, panels=(panel,))

    assert [finding.code for finding in check_grid(book, round=round_)] == codes
