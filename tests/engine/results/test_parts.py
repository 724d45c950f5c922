from __future__ import annotations

from pathlib import Path

import narwhals as nw
import polars as pl
import pytest
from tests.data.books import write_book

from quanheng.data.load import load
from quanheng.documents.tables.csv import write_csv_parts, write_csv_table
from quanheng.engine.frame.keeping import read_table, write_parts
from quanheng.engine.results.parts import parts_of_trace
from quanheng.engine.results.result import Result
from quanheng.engine.results.score import score
from quanheng.engine.results.tables import scores_in_parts

SCHEME = """\
quanheng: 1
id: parts
title: Parts
round: 2023
groups: {a: , b: }
items: {x: {kind: flow}, y: {kind: stock}}
gaps: {missing: zero}
defaults: {rule: {scale: {worst: 0, best: 10}}}
weights: equal
indicators: {one: {measure: x}, two: {measure: y}, three: {measure: x + y}}
"""
# the units stand in neither order, b before a
UNITS = "unit,group\nE,b\nB,a\nD,b\nA,a\nC,a\n"
DATA = "unit,period,x,y\n" + "".join(
    f"{unit},2023-Q{quarter},{number + quarter},{'' if unit == 'C' else number}\n"
    for number, unit in enumerate("ABCDE")
    for quarter in (1, 2, 3, 4)
)


@pytest.fixture
def result(tmp_path: Path) -> Result:
    others = ("data/gdp.csv", "data/opened.csv", "targets.csv", "adjustments.csv", "ledgers/hazards.csv")
    files = {**dict.fromkeys((*others, "history/2022.csv")), "scheme.yaml": SCHEME, "units.csv": UNITS}
    return score(load(write_book(tmp_path, {**files, "data/f.csv": DATA})))


@pytest.mark.parametrize(("units", "count"), [(1, 5), (2, 3), (5, 1)])
def test_trace_in_parts_is_the_whole_trace_in_its_order(result: Result, units: int, count: int) -> None:
    parts = list(
        parts_of_trace(
            result.wide, result.scheme, result.book, round="2023", part=units * len(result.wide.columns)
        )
    )
    order = ["unit", "node", "step", "stage", "text"]
    whole = result.engine.collect(result.trace).sort(*order, nulls_last=True)

    assert len(parts) == count
    assert nw.concat(parts).select(order).rows() == whole.select(order).rows()
    text = nw.concat(parts).filter(
        nw.col("unit") == "B", nw.col("stage") == "item:x", nw.col("node") == "one"
    )
    # four quarters, each with its cell: 1 + 1, 1 + 2, 1 + 3 and 1 + 4
    assert text.select("value", "text").rows() == [
        (14.0, "data/f.csv!6:x; data/f.csv!7:x; data/f.csv!8:x; data/f.csv!9:x")
    ]


@pytest.mark.parametrize(("units", "count"), [(1, 5), (2, 3), (5, 1)])
def test_scores_in_parts_are_all_scores_in_their_order(result: Result, units: int, count: int) -> None:
    parts = list(scores_in_parts(result.wide, result.ranking, result.scheme, units=units))
    assert len(parts) == count
    assert nw.concat(parts).rows() == result.scores.rows()
    assert nw.concat(parts)["unit"].to_list()[::4] == result.ranking["unit"].to_list()


def test_what_is_written_in_parts_reads_as_one_table(tmp_path: Path) -> None:
    parts = [nw.from_native(pl.DataFrame({"unit": [unit], "score": [0.1 + 0.2]})) for unit in "AB"]
    write_parts(iter(parts), tmp_path / "t.parquet")
    write_csv_parts(iter(parts), tmp_path / "parts.csv")
    write_csv_table(nw.concat(parts), tmp_path / "whole.csv")

    written = read_table(tmp_path / "t.parquet")
    assert written is not None
    assert written.rows() == [("A", 0.1 + 0.2), ("B", 0.1 + 0.2)]
    assert (tmp_path / "parts.csv").read_bytes() == (tmp_path / "whole.csv").read_bytes()
    assert (tmp_path / "parts.csv").read_text("utf-8-sig") == "unit,score\nA,0.3\nB,0.3\n"
