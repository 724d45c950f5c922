"""Rows are put in order, and counted, alike whether numpy is in the process or not."""

from __future__ import annotations

from collections.abc import Sequence

import narwhals as nw
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quanheng.engine.frame import columns as c
from quanheng.engine.frame.engines import PolarsEngine
from quanheng.engine.frame.ranks import with_rank
from quanheng.engine.stages.places.places import in_order
from quanheng.scheme.files.read import scheme_from_mapping
from quanheng.scheme.tree.scheme import Scheme


def two_groups() -> Scheme:
    return scheme_from_mapping(
        {
            "groups": {"town": {}, "village": {}},
            "items": {"x": {}},
            "indicators": {"a": {"measure": "x", "rule": "percentile", "weight": 1}},
            "weights": "relative",
        }
    )


@pytest.fixture
def without_numpy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nw.dependencies, "get_numpy", lambda: None)


_GROUPS = ("town", "village")


def _ranking(rows: Sequence[tuple[str, str, int | None]]) -> nw.DataFrame[pl.DataFrame]:
    schema = {c.UNIT: pl.String, c.GROUP: pl.String, c.PLACE: pl.Int64}
    return nw.from_native(pl.DataFrame(rows, schema=schema, orient="row"), eager_only=True)


_BY_HAND = _ranking(
    [
        ("丁", "village", 1),
        ("甲", "town", None),
        ("乙", "town", 1),
        ("丙", "town", 3),
        ("戊", "town", 1),
    ]
)


def test_by_group_place_and_unit() -> None:
    assert in_order(_BY_HAND, two_groups())[c.UNIT].to_list() == ["乙", "戊", "丙", "甲", "丁"]


@pytest.mark.usefixtures("without_numpy")
def test_by_group_place_and_unit_without_numpy() -> None:
    assert in_order(_BY_HAND, two_groups())[c.UNIT].to_list() == ["乙", "戊", "丙", "甲", "丁"]


@pytest.mark.parametrize("has_numpy", [False, True])
@given(
    names=st.lists(st.text("甲乙丙ab", min_size=1, max_size=3), max_size=9, unique=True),
    drawn=st.data(),
    in_order_already=st.booleans(),
)
def test_rows_in_any_order_are_sorted_by_group_place_and_name(
    names: list[str], drawn: st.DataObject, *, in_order_already: bool, has_numpy: bool
) -> None:
    one = st.tuples(st.sampled_from(_GROUPS), st.sampled_from([None, 1, 2, 3]))
    rows = [(name, *drawn.draw(one)) for name in (sorted(names) if in_order_already else names)]
    expected = sorted(rows, key=lambda row: (_GROUPS.index(row[1]), row[2] or 4, row[0]))
    with pytest.MonkeyPatch.context() as patch:
        if not has_numpy:
            patch.setattr(nw.dependencies, "get_numpy", lambda: None)
        assert in_order(_ranking(rows), two_groups()).rows() == expected


@pytest.mark.parametrize("streaming", [False, True])
@pytest.mark.parametrize("has_numpy", [False, True])
@given(values=st.lists(st.sampled_from(["甲", "乙", "丙", "", None]), max_size=12))
def test_different_rows_are_counted(values: list[str | None], *, has_numpy: bool, streaming: bool) -> None:
    with pytest.MonkeyPatch.context() as patch:
        if not has_numpy:
            patch.setattr(nw.dependencies, "get_numpy", lambda: None)
        frame = nw.from_native(pl.LazyFrame({"unit": values}, schema={"unit": pl.String}))
        assert PolarsEngine(streaming=streaming).distinct(frame) == len(set(values))


@pytest.mark.parametrize("streaming", [False, True])
@pytest.mark.parametrize("has_numpy", [False, True])
@given(
    totals=st.lists(st.sampled_from([None, -1.5, -0.0, 0.0, 2.0, 1e300, float("inf")]), max_size=9),
    descending=st.booleans(),
)
def test_a_rank_is_one_more_than_how_many_are_before(
    totals: list[float | None], *, descending: bool, has_numpy: bool, streaming: bool
) -> None:
    known = [total for total in totals if total is not None]
    before = [
        None if total is None else 1 + sum(other > total if descending else other < total for other in known)
        for total in totals
    ]
    with pytest.MonkeyPatch.context() as patch:
        if not has_numpy:
            patch.setattr(nw.dependencies, "get_numpy", lambda: None)
        frame = nw.from_native(pl.LazyFrame({"total": totals}, schema={"total": pl.Float64}))
        ranked = with_rank(frame, "place", "total", descending=descending)
        engine = PolarsEngine(streaming=streaming)
        assert engine.collect(ranked)["place"].to_list() == before
