"""What is due by when, worked out by hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import narwhals as nw
import polars as pl
import pytest
from tests.engine.books import NOT_APPLICABLE, Written, book_of
from tests.engine.schemes import item, scheme_of

from quanheng.data.book.book import Book
from quanheng.engine.figures.grid import lay_out_grid
from quanheng.engine.figures.grid_laws import check_grid
from quanheng.engine.figures.targets.due import due_targets
from quanheng.engine.results.score import score
from quanheng.findings.text import Text
from quanheng.periods.stretch import Stretch, stretch_of
from quanheng.scheme.gaps.policies import Gaps, MissingRedistributed
from quanheng.scheme.items.item import FromLedger, Item, ItemKind
from quanheng.scheme.ledgers.statistics import Count
from quanheng.scheme.pace.pace import Given, Nature, Pace, Seasonal
from quanheng.scheme.rules.target import Target
from quanheng.scheme.tree.scheme import Scheme

UNITS = pl.DataFrame({"unit": ["A", "B"], "name": ["A", "B"], "group": ["towns", "towns"]})


_EVEN = Pace()


def paced(scheme: Scheme, pace: Pace | None, *, whole: Pace | None = _EVEN) -> Scheme:
    children = tuple(replace(child, pace=pace) for child in scheme.indicators)
    return replace(scheme, root=replace(scheme.root, children=children), pace=whole)


def book(
    items: list[Item],
    measure: str,
    pace: Pace | None,
    targets: Sequence[tuple[str, str, Written]],
    figures: Sequence[tuple[str, str, str, Written]] = (),
    units: pl.DataFrame = UNITS,
) -> Book:
    return book_of(
        paced(scheme_of(items, [measure]), pace),
        units=units,
        figures=figures,
        targets=[("i1", unit, period, written) for unit, period, written in targets],
    )


def due(of: Book, *rounds: str) -> list[tuple[object, ...]]:
    """Unit, round, share, due and basis by the end of each of the periods, counted from January."""
    found = due_targets(of, {text: stretch_of(text).from_january() for text in rounds})
    return [
        tuple(round(value, 9) if isinstance(value, float) else value for value in row)
        for row in found.select("unit", "round", "share", "due", "basis").rows()
    ]


def test_a_share_of_what_accumulates_is_due_by_the_month() -> None:
    of = book([item("x", "cumulative")], "x", Pace(), [("A", "2023", 120.0)])

    assert due(of, "2023-01", "2023-Q2", "2023-12") == [
        ("A", "2023-01", round(1 / 12, 9), 10.0, "even"),  # 120 × 1/12
        ("A", "2023-Q2", 0.5, 60.0, "even"),  # 120 × 6/12
        ("A", "2023-12", 1.0, 120.0, "year"),
    ]


def test_the_table_has_the_targets_of_the_year_beside_what_is_due() -> None:
    of = book([item("x", "cumulative")], "completion(x)", Pace(), [("B", "2023", 120.0), ("A", "2023", 60.0)])
    targets = of.targets.to_native().with_columns(
        pl.Series("floor", [90.0, None]), pl.Series("stretch", [None, 66.0])
    )
    of = replace(of, targets=nw.from_native(targets))

    found = due_targets(of, {"now": Stretch(2023 * 12, 3)})

    assert found.to_dict(as_series=False) == {
        "unit": ["A", "B"],
        "round": ["now", "now"],
        "indicator": ["i1", "i1"],
        "target": [60.0, 120.0],
        "floor": [None, 90.0],
        "stretch": [66.0, None],
        "share": [0.25, 0.25],
        "due": [15.0, 30.0],
        "nature": ["accumulates", "accumulates"],
        "basis": ["even", "even"],
    }


def test_a_curve_is_straight_between_the_ends_it_names_and_at_comes_before_it() -> None:
    curve = Given({"2023-Q1": 0.22, "2023-H1": 0.48, "2023-Q3": 0.72})
    of = book([item("x", "cumulative")], "x", Pace(curve=curve, at={"2023-05": 0.4}), [("A", "2023", 100.0)])

    assert due(of, "2023-02", "2023-03", "2023-04", "2023-05", "2023-10") == [
        # from 0 at the year's start to 0.22 in March: two thirds of the way
        ("A", "2023-02", round(0.22 * 2 / 3, 9), round(22 * 2 / 3, 9), "given"),
        ("A", "2023-03", 0.22, 22.0, "given"),
        # from 0.22 in March to 0.48 in June: a third of 0.26 on
        ("A", "2023-04", round(0.22 + 0.26 / 3, 9), round(22 + 26 / 3, 9), "given"),
        ("A", "2023-05", 0.4, 40.0, "at"),
        # from 0.72 in September to 1 in December
        ("A", "2023-10", round(0.72 + 0.28 / 3, 9), round(72 + 28 / 3, 9), "given"),
    ]


def test_a_target_stated_for_a_period_comes_before_the_pace() -> None:
    targets = [("A", "2023", 100.0), ("A", "2023-Q2", 45.0), ("A", "2023-H1", 44.0), ("B", "2023", 200.0)]
    of = book([item("x", "cumulative")], "x", Pace(), [*targets, ("B", "2023-06", 90.0)])

    assert due(of, "2023-Q1", "2023-06") == [
        ("A", "2023-Q1", 0.25, 25.0, "even"),
        ("B", "2023-Q1", 0.25, 50.0, "even"),
        ("A", "2023-06", 0.44, 44.0, "stated"),  # the longer of the two that end in June
        ("B", "2023-06", 0.45, 90.0, "stated"),
    ]


def test_stated_parts_of_a_flow_add_up_if_all_are_there() -> None:
    parts = [("A", "2023-Q1", 20.0), ("A", "2023-Q2", 25.0), ("B", "2023-Q2", 30.0)]
    of = book([item("x", "flow")], "x", Pace(), [("A", "2023", 100.0), ("B", "2023", 100.0), *parts])

    assert due(of, "2023-Q1", "2023-Q2", "2023-Q3") == [
        ("A", "2023-Q1", 0.2, 20.0, "stated"),
        ("B", "2023-Q1", 0.25, 25.0, "even"),
        ("A", "2023-Q2", 0.45, 45.0, "parts"),  # 20 + 25
        ("B", "2023-Q2", 0.5, 50.0, "even"),  # nothing is stated for the first quarter
        ("A", "2023-Q3", 0.75, 75.0, "even"),
        ("B", "2023-Q3", 0.75, 75.0, "even"),
    ]


def test_a_year_without_a_target_of_its_own_has_that_of_its_parts() -> None:
    parts = [
        ("A", f"2023-Q{quarter}", amount) for quarter, amount in ((1, 10.0), (2, 20.0), (3, 30.0), (4, 40.0))
    ]
    of = book([item("x", "flow")], "x", Pace(), parts)

    assert due(of, "2023-02", "2023-Q2", "2023-12") == [
        ("A", "2023-02", round(2 / 12, 9), round(100 / 6, 9), "even"),
        ("A", "2023-Q2", 0.3, 30.0, "parts"),
        ("A", "2023-12", 1.0, 100.0, "parts"),
    ]


@pytest.mark.parametrize(("kind", "nature"), [("rate", None), ("cumulative", "level")])
def test_a_level_is_due_as_it_is_at_any_time(kind: ItemKind, nature: Nature | None) -> None:
    of = book(
        [item("x", kind)],
        "x",
        Pace(nature=nature),
        [("A", "2023", 5.5), ("A", "2023-Q1", 5.0)],
    )

    assert due(of, "2023-Q1", "2023-Q2", "2023") == [
        ("A", "2023-Q1", 1.0, 5.0, "stated"),
        ("A", "2023-Q2", 1.0, 5.5, "level"),
        ("A", "2023", 1.0, 5.5, "year"),
    ]


def test_a_stock_goes_from_where_it_stood_to_its_target() -> None:
    of = book(
        [item("x", "stock", "quarter")],
        "x",
        Pace(),
        [("A", "2023", 160.0), ("B", "2023", 80.0)],
        [("x", "A", "2022-Q3", 90.0), ("x", "A", "2022-Q4", 100.0), ("x", "A", "2023-Q1", 105.0)],
    )

    assert due(of, "2023-06", "2023-12") == [
        ("A", "2023-06", 0.5, 130.0, "even"),  # 100 + (160 - 100) × 6/12
        ("B", "2023-06", 1.0, 80.0, "no_start"),
        ("A", "2023-12", 1.0, 160.0, "year"),
        ("B", "2023-12", 1.0, 80.0, "year"),
    ]


def seasonal(*, years: int, figures: list[tuple[str, str, str, Written]]) -> Book:
    pace = Pace(curve=Seasonal(years=years), at={"2023-Q3": 0.7})
    return book([item("x", "cumulative", "month")], "x", pace, [("A", "2023", 200.0)], figures)


HISTORY: list[tuple[str, str, str, Written]] = [
    ("x", "A", "2021-06", 30.0),
    ("x", "A", "2021-12", 100.0),
    ("x", "B", "2021-06", 10.0),
    ("x", "B", "2021-12", 100.0),
    ("x", "A", "2022-06", 40.0),
    ("x", "A", "2022-12", 100.0),
    ("x", "A", "2020-06", 60.0),
    ("x", "A", "2020-12", 100.0),
]


def test_seasonal_shares_are_means_of_what_earlier_years_had_by_then() -> None:
    # 2022: 40/100; 2021: (30 + 10)/(100 + 100) = 0.2; 2020: 60/100
    assert due(seasonal(years=2, figures=HISTORY), "2023-06") == [("A", "2023-06", 0.3, 60.0, "seasonal")]
    assert due(seasonal(years=5, figures=HISTORY), "2023-06", "2023-09", "2023") == [
        ("A", "2023-06", 0.4, 80.0, "seasonal"),
        ("A", "2023-09", 0.7, 140.0, "at"),
        ("A", "2023", 1.0, 200.0, "year"),
    ]


def test_units_without_both_values_do_not_count_in_a_season() -> None:
    figures = [*HISTORY, ("x", "B", "2020-12", 900.0), ("x", "B", "2022-06", None)]

    # B has no value by June of 2020: that year stays 60/100
    assert due(seasonal(years=5, figures=figures), "2023-06") == [("A", "2023-06", 0.4, 80.0, "seasonal")]


def test_one_earlier_year_says_nothing_of_a_season() -> None:
    assert due(seasonal(years=1, figures=HISTORY), "2023-06") == [("A", "2023-06", 0.5, 100.0, "no_history")]
    assert due(seasonal(years=5, figures=HISTORY[4:6]), "2023-06") == [
        ("A", "2023-06", 0.5, 100.0, "no_history")
    ]
    assert due(seasonal(years=5, figures=[]), "2023-06") == [("A", "2023-06", 0.5, 100.0, "no_history")]


def test_seasons_are_those_of_the_units_group() -> None:
    units = pl.DataFrame({"unit": ["A", "P"], "name": ["A", "P"], "group": ["towns", "parks"]})
    figures = [
        ("x", unit, f"{year}-{month}", value)
        for year in (2021, 2022)
        for unit, by_june in (("A", 20.0), ("P", 80.0))
        for month, value in (("06", by_june), ("12", 100.0))
    ]
    of = book(
        [item("x", "cumulative", "month")],
        "x",
        Pace(curve=Seasonal()),
        [("A", "2023", 10.0), ("P", "2023", 10.0)],
        figures,
        units,
    )

    assert due(of, "2023-06") == [
        ("A", "2023-06", 0.2, 2.0, "seasonal"),
        ("P", "2023-06", 0.8, 8.0, "seasonal"),
    ]


def test_a_target_that_does_not_apply_is_told() -> None:
    of = book([item("x", "cumulative")], "x", Pace(), [("A", "2023", NOT_APPLICABLE), ("B", "2023", 12.0)])

    assert due(of, "2023-06") == [
        ("A", "2023-06", None, None, "not_applicable"),
        ("B", "2023-06", 0.5, 6.0, "even"),
    ]


def test_nothing_is_due_of_an_indicator_without_a_pace_but_what_is_stated() -> None:
    of = book([item("x", "cumulative")], "x", None, [("A", "2023", 100.0), ("A", "2023-Q1", 20.0)])

    assert due(of, "2023-Q1", "2023-Q2") == [("A", "2023-Q1", 0.2, 20.0, "stated")]


def test_a_scheme_without_any_pace_has_an_even_one_here() -> None:
    of = book([item("x", "cumulative")], "x", None, [("A", "2023", 100.0)])
    of = replace(of, scheme=replace(of.scheme, pace=None))

    assert due(of, "2023-Q1") == [("A", "2023-Q1", 0.25, 25.0, "even")]


def test_counts_of_ledgers_are_flows() -> None:
    counted = Item(code="x", name=Text(), source=FromLedger(statistic=Count(), ledger="tasks"))
    scheme = paced(scheme_of([counted], ["x"]), Pace())
    tasks = pl.DataFrame({"unit": ["A"]})
    targets = [("i1", "A", "2023", 100.0), ("i1", "A", "2023-Q1", 10.0), ("i1", "A", "2023-Q2", 15.0)]
    of = book_of(scheme, units=UNITS, targets=targets, ledgers={"tasks": tasks})

    assert due(of, "2023-06") == [("A", "2023-06", 0.25, 25.0, "parts")]


def target_of(of: Book, round_: str) -> list[float | None]:
    grid = lay_out_grid(of, round=round_).collect().sort("unit").to_native()
    return grid["target|i1"].to_list() if "target|i1" in grid.columns else [None, None]


FIGURE: list[tuple[str, str, str, Written]] = [("x", "A", f"2023-{month:02}", 1.0) for month in range(1, 13)]


def test_a_quarter_without_a_target_of_its_own_is_judged_by_what_is_due() -> None:
    targets: list[tuple[str, str, Written]] = [
        ("A", "2023", 120.0),
        ("B", "2023", 60.0),
        ("B", "2023-Q3", 9.0),
    ]
    cumulative = book([item("x", "cumulative", "month")], "x", Pace(), targets, FIGURE)
    flow = book([item("x", "flow", "month")], "x", Pace(), targets, FIGURE)
    rate = book([item("x", "rate", "month")], "x", Pace(), targets, FIGURE)

    assert target_of(cumulative, "2023-Q3") == [90.0, 9.0]  # 120 × 9/12, and the stated one
    assert target_of(flow, "2023-Q3") == [30.0, 9.0]  # 120 × 9/12 - 120 × 6/12
    assert target_of(flow, "2023-Q1") == [30.0, 15.0]
    assert target_of(rate, "2023-Q3") == [120.0, 9.0]
    assert target_of(flow, "2023") == [120.0, 60.0]


def test_what_is_due_in_a_quarter_counts_from_the_stated_part_of_the_year() -> None:
    targets: list[tuple[str, str, Written]] = [("A", "2023", 100.0), ("A", "2023-H1", 30.0)]
    of = book([item("x", "flow", "month")], "x", Pace(), targets, FIGURE)

    assert target_of(of, "2023-Q3")[0] == 45.0  # 100 × 9/12 - 30
    assert target_of(of, "2023-Q4")[0] == 25.0  # 100 - 100 × 9/12
    assert target_of(of, "2023-Q2")[0] == 5.0  # 30 - 100 × 3/12


def test_without_a_pace_a_target_of_the_year_is_none_of_its_quarters() -> None:
    of = book([item("x", "cumulative", "month")], "x", None, [("A", "2023", 120.0)], FIGURE)

    assert target_of(of, "2023-Q3") == [None, None]


def findings_of(of: Book, round_: str) -> list[tuple[str, str]]:
    rated = replace(
        of.scheme,
        root=replace(
            of.scheme.root, children=tuple(replace(child, rule=Target()) for child in of.scheme.indicators)
        ),
    )
    found = check_grid(replace(of, scheme=rated), round=round_)
    return [(each.code, str(each.facts["count"])) for each in found if each.code.startswith("QH56")]


def test_targets_made_by_pace_are_told_with_their_makeshifts() -> None:
    targets: list[tuple[str, str, Written]] = [
        ("A", "2023", 120.0),
        ("B", "2023", 60.0),
        ("B", "2023-Q3", 9.0),
    ]
    even = book([item("x", "cumulative", "month")], "x", Pace(), targets, FIGURE)
    season = book([item("x", "cumulative", "month")], "x", Pace(curve=Seasonal()), targets, FIGURE)
    stock = book([item("x", "stock", "month")], "x", Pace(), targets, FIGURE)
    none = book([item("x", "cumulative", "month")], "x", None, targets, FIGURE)

    assert findings_of(even, "2023-Q3") == [("QH560", "1")]  # B has a target of its own
    assert findings_of(season, "2023-Q3") == [("QH560", "1"), ("QH561", "1")]
    assert findings_of(stock, "2023-Q2") == [("QH560", "2"), ("QH562", "2")]
    assert findings_of(even, "2023") == findings_of(none, "2023-Q3") == []


def test_an_explanation_names_the_target_of_the_year_where_the_round_has_none() -> None:
    targets: list[tuple[str, str, Written]] = [("A", "2023", 120.0), ("B", "2023-Q3", 9.0)]
    of = book([item("x", "cumulative", "month")], "x", Pace(), targets, FIGURE)
    gaps = Gaps(missing=MissingRedistributed())
    children = tuple(replace(child, rule=Target(), gaps=gaps) for child in of.scheme.indicators)
    of = replace(of, scheme=replace(of.scheme, root=replace(of.scheme.root, children=children)))

    told = score(of, round="2023-Q3").explain("A").text("en")

    assert "target: 90  [2023: targets.csv!2]" in told
