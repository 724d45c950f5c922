from __future__ import annotations

import polars as pl

from quanheng.data.cells.formulas import LIKE_A_FORMULA

RUNS = (
    "=1",
    " @A",
    "-A1",
    "-2+3+cmd|'/C calc'!A0",
    "+1+SUM(A1)",
    "\uff1dA1",
    "\t=A1",
    "-1\n+A1",
    "+'x'!A1",
    "- (1)",
)
RUNS_NOT = (
    "-5%",
    "+1",
    "-",
    "--",
    "- \u672a\u62a5",
    "+86-510-1234",
    "-3.2",
    "a=1",
    "1-A",
    "\u2014",
    "-\uff08x\uff09",
)


def test_what_runs_and_what_does_not() -> None:
    assert pl.Series(RUNS).str.contains(LIKE_A_FORMULA).to_list() == [True] * len(RUNS)
    assert pl.Series(RUNS_NOT).str.contains(LIKE_A_FORMULA).to_list() == [False] * len(RUNS_NOT)
