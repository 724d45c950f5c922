"""Functions of one number: what they give on paper, where they give nothing (formulas h, absence §5 b)."""

from __future__ import annotations

import math
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.engines import EngineUnderTest

import quanheng as qh
from quanheng.engine.formulas.measures import measures_of, with_measures
from quanheng.engine.frame import columns as c
from quanheng.engine.frame.engines import polars_engine
from quanheng.scheme.files.read import scheme_from_mapping

BANDS = {"bands": [[0, 0], [100, 100]]}


def measured(
    formula: str, *, engine: EngineUnderTest | None = None, **items: list[float | None]
) -> list[tuple[object, object]]:
    """Return the value of the formula and why it is absent, unit by unit."""
    scheme = scheme_from_mapping(
        {
            "items": {code: {} for code in items},
            "indicators": {"k": {"weight": 100, "measure": formula, "rule": BANDS}},
        }
    )
    count = len(next(iter(items.values())))
    names = [f"{number:03}" for number in range(count)]
    table = pl.DataFrame(
        {"unit": names, "name": names, "group": ["all"] * count}
        | {c.item(code): pl.Series(values, dtype=pl.Float64) for code, values in items.items()}
    )
    lift, used = (polars_engine().lift, polars_engine()) if engine is None else (engine.lift, engine.engine)
    frame = with_measures(lift(table), measures_of(scheme), scheme, used)
    columns = frame.select("unit", c.measure("k"), c.absence("k"))
    found = used.collect(columns) if engine is None else engine.collect(columns)
    return [row[1:] for row in found.sort("unit").rows()]


@pytest.mark.parametrize(
    ("formula", "x", "gives"),
    [
        # 0.07 / 0.01 is 7.000000000000001 and 0.29 * 100 is 28.999999999999996 in binary
        ("ceil(x / 0.01)", [0.07, 0.071, -0.07, 0.0], [7.0, 8.0, -7.0, 0.0]),
        ("floor(x * 100)", [0.29, 0.289, -0.29, -0.291], [29.0, 28.0, -29.0, -30.0]),
        # 12 digits before the point leave the digits after it their say
        ("floor(x)", [123456789012.7, -0.5, 3.0, 2.9999999999], [123456789012.0, -1.0, 3.0, 2.0]),
        ("ceil(x)", [123456789012.2, -0.5, 3.0, 3.0000000001], [123456789013.0, 0.0, 3.0, 4.0]),
        # as Excel's ROUND: halves away from zero, of the decimal
        ("round(x, 2)", [2.675, -2.675, 1.005, 0.0], [2.68, -2.68, 1.01, 0.0]),
        ("round(x)", [2.5, -2.5, 0.49999, 3.0], [3.0, -3.0, 0.0, 3.0]),
        ("round(x, -2)", [150.0, 149.0, -150.0, 4.0], [200.0, 100.0, -200.0, 0.0]),
        ("abs(x)", [-3.5, 0.0, 3.5, None], [3.5, 0.0, 3.5, None]),
        ("sign(x)", [-3.5, 0.0, 3.5, None], [-1.0, 0.0, 1.0, None]),
        ("sqrt(x)", [6.25, 0.0, 2.0, None], [2.5, 0.0, math.sqrt(2), None]),
        ("exp(x)", [0.0, 1.0, -1.0, None], [1.0, math.e, 1 / math.e, None]),
    ],
)
def test_functions_of_one_number(
    formula: str, x: list[float | None], gives: list[float | None], engine: EngineUnderTest
) -> None:
    found = measured(formula, engine=engine, x=x)

    assert [value for value, _ in found] == [
        None if one is None else pytest.approx(one, rel=1e-15) for one in gives
    ]
    assert [absence for _, absence in found] == [1 if one is None else 0 for one in gives]
    assert [value for value, _ in found if value == 0 and math.copysign(1.0, value) < 0] == []


def test_what_has_no_value_is_undefined_and_says_so(engine: EngineUnderTest) -> None:
    assert measured("sqrt(x)", engine=engine, x=[-1.0, -1e-9, None, 4.0]) == [
        (None, 3),
        (None, 3),
        (None, 1),
        (2.0, 0),
    ]
    # e to the power of 1000 is no number of a computer; to that of -1000 it is nothing beside any figure
    assert measured("exp(x)", engine=engine, x=[1000.0, -1000.0, None]) == [(None, 3), (0.0, 0), (None, 1)]


def test_what_is_0_once_rounded_divides_like_0(engine: EngineUnderTest) -> None:
    # 0 / 0 is not applicable, 1 / 0 a finding (absence §5)
    assert measured("x / floor(y)", engine=engine, x=[0.0, 1.0], y=[0.5, 0.5]) == [(None, 2), (None, 3)]


@given(
    x=st.decimals(min_value=-(10**9), max_value=10**9, places=4),
    decimals=st.integers(min_value=-3, max_value=6),
)
def test_rounding_is_that_of_the_decimal(x: Decimal, decimals: int) -> None:
    value = float(x)
    step = Decimal(1).scaleb(-decimals)

    ((up, _),), ((low, _),), ((high, _),) = (
        measured(formula, x=[value]) for formula in (f"round(x, {decimals})", "floor(x)", "ceil(x)")
    )

    assert up == float((x / step).to_integral_value(ROUND_HALF_UP) * step)
    assert low == float(x.to_integral_value(ROUND_FLOOR))
    assert high == float(x.to_integral_value(ROUND_CEILING))


@pytest.mark.parametrize(
    "written", ["round(x, y)", "round(x, 1.5)", "round(x, 13)", "round(x, -13)", "round(x, 1y)", "round(x,)"]
)
def test_decimals_are_a_whole_number(written: str) -> None:
    leaf = {"measure": written, "weight": 100, "rule": BANDS}

    with pytest.raises(qh.FindingsError) as refused:
        scheme_from_mapping({"items": {"x": {}, "y": {}}, "indicators": {"k": leaf}})

    assert {finding.code for finding in refused.value.findings} == {"QH175"}
