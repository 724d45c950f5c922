from __future__ import annotations

from typing import Any

import narwhals as nw
import polars as pl
import pytest

from quanheng.data.book.frames import Frame
from quanheng.insight.headline.headline import Whole, headline


def peers(*rows: tuple[str, float | None, float | None, float | None]) -> Frame:
    columns = ("name", "value", "before", "growth")
    schema = {"name": pl.String, **dict.fromkeys(columns[1:], pl.Float64)}
    table = pl.DataFrame(rows, schema=schema, orient="row").with_columns(unit="name")
    return nw.from_native(table, eager_only=True)


def by_unit(table: Frame, *columns: str) -> dict[str, Any]:
    rows = table.select("unit", *columns).rows()
    return {row[0]: row[1] if len(columns) == 1 else row[1:] for row in rows}


def test_places_and_their_change_are_counted_among_those_with_both_years() -> None:
    # last year, of A B C: A 1, B 2, C 3; this year C 1, A 2, B 3; D is new and second of all four
    table = headline(
        peers(
            ("A", 100.0, 90.0, None),
            ("B", 80.0, 85.0, None),
            ("C", 120.0, 70.0, None),
            ("D", 110.0, None, None),
        )
    )

    assert by_unit(table, "place", "of", "places_gained", "compared") == {
        "C": (1, 4, 2, 3),
        "D": (2, 4, None, 3),
        "A": (3, 4, -1, 3),
        "B": (4, 4, -1, 3),
    }
    assert table["unit"].to_list() == ["C", "D", "A", "B"]


def test_equal_figures_share_a_place_and_look_at_the_same_place_above() -> None:
    table = headline(peers(("A", 100.0, 50.0, None), ("B", 80.0, 40.0, None), ("C", 80.0, 60.0, None)))

    assert by_unit(table, "place", "next_unit") == {"A": (1, None), "B": (2, "A"), "C": (2, "A")}


def test_of_equals_above_the_one_that_grows_fastest_is_named() -> None:
    table = headline(peers(("A", 80.0, 70.0, None), ("B", 80.0, 40.0, None), ("C", 50.0, 40.0, None)))

    assert by_unit(table, "next_unit")["C"] == "B"


def test_published_growth_is_never_derived_and_each_basis_has_its_own_mean() -> None:
    # published: A 6 %, B 8 %, mean 7 %. From levels: C 110/100 - 1 = 10 %, D 102/100 - 1 = 2 %, mean 6 %
    table = headline(
        peers(
            ("A", 104.0, 100.0, 0.06),
            ("B", 90.0, None, 0.08),
            ("C", 110.0, 100.0, None),
            ("D", 102.0, 100.0, None),
            ("E", 10.0, None, None),
        )
    )

    rows = by_unit(table, "growth", "growth_basis", "average", "lead")
    assert rows["A"] == pytest.approx((0.06, "published", 0.07, -0.01))
    assert rows["B"] == pytest.approx((0.08, "published", 0.07, 0.01))
    assert rows["C"] == pytest.approx((0.10, "from_levels", 0.06, 0.04))
    assert rows["D"] == pytest.approx((0.02, "from_levels", 0.06, -0.04))
    assert rows["E"] == (None, None, None, None)


def test_growth_without_a_figure_counts_in_the_mean_and_has_no_place() -> None:
    table = headline(peers(("A", 100.0, None, 0.04), ("B", None, None, 0.08)))

    assert by_unit(table, "place", "growth", "lead") == {
        "A": (1, 0.04, pytest.approx(-0.02)),
        "B": (None, 0.08, pytest.approx(0.02)),
    }


def test_one_growth_rate_is_no_average_to_lead() -> None:
    table = headline(peers(("A", 100.0, None, 0.04), ("B", 90.0, None, None)))

    assert by_unit(table, "average", "lead") == {"A": (None, None), "B": (None, None)}


def test_share_is_of_the_sum_and_its_change_of_those_with_both_years() -> None:
    # all: 60 + 30 + 10 = 100. With both years: 60/90 - 40/80 = 1/6, 30/90 - 40/80 = -1/6
    table = headline(peers(("A", 60.0, 40.0, None), ("B", 30.0, 40.0, None), ("C", 10.0, None, None)))

    assert by_unit(table, "share", "share_change") == {
        "A": (pytest.approx(0.6), pytest.approx(1 / 6)),
        "B": (pytest.approx(0.3), pytest.approx(-1 / 6)),
        "C": (pytest.approx(0.1), None),
    }


def test_the_whole_is_what_shares_and_leads_are_taken_of() -> None:
    # 60/200 = 30 %, a year before 45/180 = 25 %; the whole grew by 5 % as published, its level by 1/9
    whole = Whole(unit="W", name="W", value=200.0, before=180.0, growth=0.05)

    table = headline(peers(("A", 60.0, 45.0, 0.06), ("B", 30.0, 27.0, None)), whole)

    assert by_unit(table, "share", "share_change", "lead")["A"] == pytest.approx((0.30, 0.05, 0.01))
    assert by_unit(table, "average", "lead")["B"] == pytest.approx((1 / 9, 0.0))


def test_growth_that_gains_the_next_place() -> None:
    # B needs 120/100 - 1 = 20 % if A stands still, and 120 * 1.2 / 100 - 1 = 44 % if A grows by 20 % again
    table = headline(peers(("A", 120.0, 100.0, None), ("B", 100.0, 100.0, None)))

    assert by_unit(table, "next_name", "next_value", "next_growth", "needed", "needed_moving") == {
        "A": (None, None, None, None, None),
        "B": ("A", 120.0, pytest.approx(0.2), pytest.approx(0.2), pytest.approx(0.44)),
    }


def test_a_place_alone_has_no_share_and_no_places_to_gain() -> None:
    table = headline(peers(("A", 120.0, 100.0, None)))

    assert by_unit(table, "place", "of", "share", "places_gained") == {"A": (1, 1, None, None)}


def test_without_any_figure_there_are_no_rows() -> None:
    assert headline(peers(("A", None, 3.0, None))).rows() == []
    assert headline(peers()).rows() == []
