"""The sentence behind a light, in both languages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import narwhals as nw
import polars as pl
import pytest

from quanheng.findings.text import Language
from quanheng.insight.progress.reasons import with_reasons
from quanheng.scheme.formulas.parse import parse_formula
from quanheng.scheme.pace.pace import Lights

ROW: Mapping[str, object] = {
    "indicator": "gdp",
    "why": "completion",
    "light": "green",
    "completion": 1.0,
    "growth": None,
    "yellow_under": 0.95,
    "red_under": 0.85,
    "absence": 0,
    "absent": None,
    "basis": "even",
    "period": "2023-06",
    "unreported": None,
    "paced": True,
}


def reason(
    language: Language = "en", *, conditions: Mapping[Lights, Sequence[str]] | None = None, **row: object
) -> str:
    frame = pl.DataFrame(
        [{**ROW, **row}],
        schema_overrides={
            "growth": pl.Float64,
            "absent": pl.String,
            "basis": pl.String,
            "unreported": pl.String,
        },
    )
    text: str = with_reasons(nw.from_native(frame), language, conditions)["reason"][0]
    return text


def test_completion_is_cut_so_that_it_never_looks_reached() -> None:
    # 0.94996 is 94.9 %, not 95.0 %
    assert reason(light="yellow", completion=0.94996) == "94.9% of what is due is done, under 95%"
    assert reason("zh", light="red", completion=0.6) == "应达进度完成率60.0%，低于85%"
    assert reason("zh", completion=1.05) == "应达进度完成率105.0%"
    assert reason("zh", completion=0.9135, light="yellow") == "应达进度完成率91.3%，低于95%"
    assert reason("zh", completion=-0.0125, light="red") == "应达进度完成率-1.3%，低于85%"


def test_threshold_with_decimals_keeps_them() -> None:
    assert reason(light="yellow", completion=0.9, yellow_under=0.925).endswith("under 92.5%")


@pytest.mark.parametrize(
    ("basis", "zh"),
    [
        ("no_history", "应达进度完成率100.0%；可用历史不足两年，按均匀进度"),
        ("no_start", "应达进度完成率100.0%；缺年初数，按水平值评判"),
        ("stated", "应达进度完成率100.0%"),
        ("seasonal", "应达进度完成率100.0%"),
    ],
)
def test_how_the_due_is_known_is_said_where_it_is_not_plain(basis: str, zh: str) -> None:
    assert reason("zh", basis=basis) == zh


def test_absence_says_why() -> None:
    absent: Mapping[str, Any] = {"why": "absence", "completion": None}
    assert reason("zh", **absent, light="missing", absent="missing", absence=1) == "尚无数据，截至2023-06"
    assert reason("zh", **absent, light="not_due", absent="not_due", absence=1) == "本年度首期数据未到期"
    assert reason(**absent, light="missing", absent="missing", absence=3).startswith("cannot be computed")
    assert reason(**absent, light="not_applicable", absent="not_applicable", absence=2) == (
        "does not apply to the unit"
    )
    assert (
        reason(**absent, light="not_applicable", absent="not_applicable", absence=1) == "no records to count"
    )
    assert reason(why="no_target", light="none", completion=None, basis=None) == "no target and no condition"
    assert reason(why="no_target", light="none", completion=None, basis=None, paced=False) == (
        "nothing is due before the end of the year"
    )


def test_condition_is_quoted_with_the_growth_it_asks_for() -> None:
    lights = Lights(red=parse_formula("growth < 0"), yellow=parse_formula("value < average"))
    told: Mapping[str, Any] = {"why": "condition", "growth": -0.032, "conditions": {lights: ["gdp"]}}
    assert reason(**told, light="red") == "the condition 'growth < 0' holds; growth -3.2%"
    assert reason("zh", **told, light="yellow") == "指标值低于平均值（指标值 < 平均值），同比-3.2%"
