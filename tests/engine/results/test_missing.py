from __future__ import annotations

from pathlib import Path
from typing import Any

import narwhals as nw
import pytest
from tests.data.books import write_book

from quanheng.data.load import load
from quanheng.engine.frame.again.noting import Stage
from quanheng.engine.frame.again.replays import Origin
from quanheng.engine.frame.engines import PolarsEngine
from quanheng.engine.results.score import score

SCHEME = """\
quanheng: 1
id: gaps
title: Gaps
round: 2023
groups: {a: , b: {marks: 200}}
items: {x: {kind: flow}, y: {kind: flow}, z: {kind: flow}}
gaps: {missing: redistribute}
defaults: {rule: percentile}
indicators:
  p:
    weight: {a: 50, b: 100}
    children:
      one: {measure: x, weight: {a: 35, b: 70}}
      hot: {name: 热线, measure: y, weight: {a: 15, b: 30}}
  q: {measure: z, weight: {a: 50, b: 100}, gaps: {missing: {fill: mean}}}
"""
UNITS = "unit,group\nA,a\nB,a\nC,b\nD,b\n"
EMPTY = dict.fromkeys(
    (
        "data/gdp.csv",
        "data/opened.csv",
        "targets.csv",
        "adjustments.csv",
        "ledgers/hazards.csv",
        "history/2022.csv",
    )
)


def written(tmp_path: Path, data: str, scheme: str = SCHEME) -> Path:
    return write_book(tmp_path, {**EMPTY, "scheme.yaml": scheme, "units.csv": UNITS, "data/f.csv": data})


def test_gaps_are_told_with_what_became_of_their_weight(tmp_path: Path) -> None:
    book = load(written(tmp_path, "unit,x,y,z\nA,1,,3\nB,2,,4\nC,3,/,\nD,4,1,5\n"))
    missing = score(book).missing

    assert [gap.text().zh for gap in missing.gaps] == [
        "热线 2/3，权重 15/30 已移转",
        "q 1/4，权重 50/100 已填补",
    ]
    assert [gap.text().en for gap in missing.gaps] == [
        "热线 2 of 3, weight 15/30 moved",
        "q 1 of 4, weight 50/100 filled",
    ]
    # A and B lack 15 of 100, C 100 of the 170 that apply to it, D nothing
    assert (missing.units, missing.over, missing.limit) == (4, 3, 0.1)
    assert missing.most == pytest.approx(100 / 170)
    told = missing.text()
    assert told is not None
    assert "3/4" in told.zh
    assert "58.8%" in told.en


@pytest.mark.parametrize(("share", "over"), [("10%", 2), ("15%", 0), ("14.9%", 2), ("0.5", 0)])
def test_the_share_from_which_it_is_told_is_the_schemes(share: str, over: int, tmp_path: Path) -> None:
    scheme = SCHEME.replace("missing: redistribute}", f"missing: redistribute, moved_over: {share}}}")
    missing = score(load(written(tmp_path, "unit,x,y,z\nA,1,,3\nB,2,,4\nC,3,1,6\nD,4,1,5\n", scheme))).missing

    assert missing.over == over
    assert (missing.text() is None) == (over == 0)


def test_without_gaps_nothing_is_told(tmp_path: Path) -> None:
    missing = score(load(written(tmp_path, "unit,x,y,z\nA,1,1,3\nB,2,1,4\nC,3,/,6\nD,4,1,5\n"))).missing

    assert (missing.gaps, missing.text()) == ((), None)


def test_what_was_moved_is_computed_row_by_row(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # inside one plan of Spark two sums over all indicators stood wherever their rounding looks at its number
    result = score(load(written(tmp_path, "unit,x,y,z\nA,1,,3\nB,2,,4\nC,3,/,\nD,4,1,5\n")))
    made: list[list[str]] = []

    def by_row(
        _: PolarsEngine, frame: nw.LazyFrame[Any], stage: Stage, of: Origin | None = None
    ) -> nw.LazyFrame[Any]:
        assert of is not None
        made.append(stage(frame).collect_schema().names())
        return stage(frame)

    monkeypatch.setattr(PolarsEngine, "by_row", by_row)
    assert result.missing.over == 3
    assert [{"moved", "every"} <= set(names) for names in made] == [True]
