"""Rows are put in order, and counted, alike whether numpy is in the process or not."""

from __future__ import annotations

import narwhals as nw
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quanheng.engine.frame import columns as c
from quanheng.engine.frame.engines import PolarsEngine
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


def _ranking() -> nw.DataFrame[pl.DataFrame]:
    return nw.from_native(
        pl.DataFrame(
            {
                c.UNIT: ["丁", "甲", "乙", "丙", "戊"],
                c.GROUP: ["village", "town", "town", "town", "town"],
                c.PLACE: [1, None, 1, 3, 1],
            }
        ),
        eager_only=True,
    )


def test_by_group_place_and_unit() -> None:
    assert in_order(_ranking(), two_groups())[c.UNIT].to_list() == ["乙", "戊", "丙", "甲", "丁"]


@pytest.mark.usefixtures("without_numpy")
def test_by_group_place_and_unit_without_numpy() -> None:
    assert in_order(_ranking(), two_groups())[c.UNIT].to_list() == ["乙", "戊", "丙", "甲", "丁"]


@pytest.mark.parametrize("streaming", [False, True])
@pytest.mark.parametrize("has_numpy", [False, True])
@given(values=st.lists(st.sampled_from(["甲", "乙", "丙", "", None]), max_size=12))
def test_different_rows_are_counted(values: list[str | None], *, has_numpy: bool, streaming: bool) -> None:
    with pytest.MonkeyPatch.context() as patch:
        if not has_numpy:
            patch.setattr(nw.dependencies, "get_numpy", lambda: None)
        frame = nw.from_native(pl.LazyFrame({"unit": values}, schema={"unit": pl.String}))
        assert PolarsEngine(streaming=streaming).distinct(frame) == len(set(values))
