from __future__ import annotations

import narwhals as nw
import numpy as np
import polars as pl
import pytest
from tests.engine.schemes import PARKS, TOWNS, scheme_of

from quanheng.engine.stages.places.places import in_order
from quanheng.scheme.tree.scheme import Group

ROWS = [
    ("B", "towns", 1),
    ("A", "towns", 2),
    ("C", "towns", 2),
    ("D", "towns", None),
    ("E", "towns", None),
    ("F", "parks", 1),
]
ORDER = pl.DataFrame(ROWS, schema={"unit": pl.String, "group": pl.String, "place": pl.Int64}, orient="row")


@pytest.mark.parametrize("seed", range(3))
def test_groups_stand_as_in_the_scheme_then_places_then_units(seed: int) -> None:
    scheme = scheme_of([], [], groups=(TOWNS, PARKS))
    mixed = ORDER[np.random.default_rng(seed).permutation(len(ROWS))]

    ranked = in_order(nw.from_native(mixed, eager_only=True), scheme)

    assert ranked.rows() == ROWS


def test_without_units_there_is_nothing_to_order() -> None:
    nobody = nw.from_native(ORDER.clear(), eager_only=True)

    assert in_order(nobody, scheme_of([], [])).rows() == []


def test_one_group_needs_no_order_of_groups() -> None:
    groups: tuple[Group, ...] = (TOWNS,)
    towns = ORDER.filter(group="towns")

    ranked = in_order(nw.from_native(towns.reverse(), eager_only=True), scheme_of([], [], groups=groups))

    assert ranked.rows() == towns.rows()
