"""What is made once a kind is what is made one by one, but for the last digit of a mean."""

from __future__ import annotations

import numpy as np
import polars as pl
import polars.testing
import pytest

from quanheng.engine.frame import engines
from quanheng.engine.results.score import score_frame
from quanheng.scheme.files.read import scheme_from_mapping
from quanheng.scheme.tree.scheme import Scheme

_INDICATORS = 210


def _scheme(groups: int) -> Scheme:
    rules = [
        {"scale": {"worst": "observed", "best": "observed"}},
        {"scale": {"worst": "q10", "best": "q90"}},
        {"bands": [[0, 0], [3, 60], [9, 100]]},
        "percentile",
        {"met": "x > x0"},
        {"scale": {"worst": {"unit": "A"}, "best": {"item": "x1"}}},
        {"ratio": {"ref": "mean", "cap": 150}},
    ]
    gaps = ["redistribute", "zero", "worst", {"fill": "mean"}]
    leaves = {
        f"k{at}": {
            "measure": f"x{at}" if at % 5 else f"x{at} / x1",
            "rule": rules[at % len(rules)],
            "direction": "less" if at % 9 == 0 and at % len(rules) in (0, 3, 5, 6) else "more",
            "gaps": {"missing": gaps[at % len(gaps)]},
        }
        for at in range(_INDICATORS)
    }
    codes = list(leaves)
    tree = {
        "first": {"children": {code: leaves[code] for code in codes[::2]}},
        "second": {"children": {code: leaves[code] for code in codes[1::2]}, "aggregate": "geometric"},
    }
    return scheme_from_mapping(
        {
            "items": {f"x{at}": {} for at in range(_INDICATORS)},
            "groups": {f"g{at}": {} for at in range(groups)},
            "weights": "equal",
            "rounding": {"scores": 2} if groups > 1 else {},
            "indicators": tree,
        }
    )


@pytest.mark.parametrize("groups", [1, 2])
def test_kinds_change_nothing(groups: int, monkeypatch: pytest.MonkeyPatch) -> None:
    scheme, chance = _scheme(groups), np.random.default_rng(7)
    units = ["A", "B", "C", "D", "E"]
    figures = {
        f"x{at}": [None if chance.random() < 0.1 else chance.uniform(1, 9) for _ in units]
        for at in range(2, _INDICATORS)
    } | {name: [chance.uniform(1, 9) for _ in units] for name in ("x0", "x1")}
    frame = pl.DataFrame({"unit": units, "group": [f"g{at % groups}" for at in range(5)]} | figures)

    apart = score_frame(frame, scheme).plan.collect().to_native()
    monkeypatch.setattr(engines, "MOST_COLUMNS", 0)
    together = score_frame(frame, scheme).plan.collect().to_native()

    pl.testing.assert_frame_equal(
        together, apart, check_column_order=False, check_row_order=False, rel_tol=1e-13, abs_tol=1e-12
    )
