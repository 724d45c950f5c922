from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np
import polars as pl
import pytest
from scipy.stats import kurtosis, skew
from tests.engine.nodes import indicator, scheme
from tests.engines import EngineUnderTest

from quanheng.engine.frame import columns as c
from quanheng.engine.frame.engines import polars_engine
from quanheng.engine.stages.treatment.decide import treated_pools
from quanheng.engine.stages.treatment.treat import treatment_findings, with_treated
from quanheng.findings.text import Text
from quanheng.scheme.gaps.treatment import AlwaysLog, QuantileLimits, Treatment, Winsorise
from quanheng.scheme.tree.scheme import Dimension, Scheme

POLARS = EngineUnderTest(polars_engine())
SPREAD = [1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0, 10.0, 30.0, 100.0]
"""The example of COINr's vignette: one value is winsorised, 100 becomes 30."""


def test_each_group_is_winsorised_by_itself(engine: EngineUnderTest) -> None:
    frame = measured({"towns": [*SPREAD, None], "parks": [float(value) for value in range(1, 13)]})

    treated = treat(engine, frame, Winsorise())

    assert treated.filter(pl.col(c.treatment("x")) == "winsorised").select("group", "before", "x").rows() == [
        ("towns", 100.0, 30.0)
    ]
    assert (
        treated.filter(pl.col(c.treatment("x")).is_null())
        .select((pl.col("x").eq_missing(pl.col("before"))).all())
        .item()
    )
    figures = {
        group: [None if value is None else round(value, 6) for value in numbers]
        for group, *numbers in treated.group_by("group")
        .agg(
            *[
                pl.col(c.stat("x", name)).first()
                for name in ("skewness", "kurtosis", "limit_low", "limit_high")
            ]
        )
        .iter_rows()
    }
    assert figures == {
        "towns": [3.063241, 9.741391, None, 30.0],
        "parks": [0.0, -1.2, None, None],
    }


def test_within_all_the_groups_are_one_pool(engine: EngineUnderTest) -> None:
    frame = measured({"towns": SPREAD[:6], "parks": SPREAD[6:]})

    treated = treat(engine, frame, Winsorise(), within_all=True)

    assert treated.filter(pl.col("before") != pl.col("x")).select("group", "before", "x").rows() == [
        ("parks", 100.0, 30.0)
    ]


def test_a_log_takes_over_where_winsorising_is_not_enough(engine: EngineUnderTest) -> None:
    # one point at most: 1000 becomes 400, which is still outlying
    values = [*SPREAD[:10], *SPREAD[:10], 400.0, 1000.0]

    treated = treat(engine, measured({"towns": values}), Winsorise(points=1))

    # ln(x - 1 + 0.01·(1000 - 1))
    assert treated["x"].to_list() == pytest.approx([math.log(x - 1 + 9.99) for x in treated["before"]])
    assert treated[c.treatment("x")].unique().to_list() == ["log"]
    assert treated[c.stat("x", "log_from")].unique().to_list() == [1.0]
    assert treated[c.stat("x", "log_plus")].unique().to_list() == pytest.approx([9.99])


def test_without_a_log_the_winsorised_values_stay() -> None:
    values = [*SPREAD[:10], *SPREAD[:10], 400.0, 1000.0]

    treated = treat(POLARS, measured({"towns": values}), Winsorise(points=1, then="none"))

    assert treated.filter(pl.col("before") != pl.col("x"))["x"].to_list() == [400.0]


def test_values_outside_quantiles_are_set_to_them(engine: EngineUnderTest) -> None:
    frame = measured({"towns": [float(value) for value in range(101)], "parks": [1.0, 2.0, 3.0, 4.0, 5.0]})

    treated = treat(engine, frame, QuantileLimits(low=0.02, high=0.9))

    limited = treated.filter(pl.col(c.treatment("x")) == "limited").sort("group", "before")
    assert limited.filter(pl.col("group") == "towns").select("before", "x").rows() == [
        (0.0, 2.0),
        (1.0, 2.0),
        *[(float(value), 90.0) for value in range(91, 101)],
    ]
    # linear quantiles of 1 to 5: 1 + 4·0.02 and 1 + 4·0.9
    assert limited.filter(pl.col("group") == "parks")["x"].to_list() == pytest.approx([1.08, 4.6])
    assert treated.filter(pl.col(c.treatment("x")).is_null())["x"].len() == treated.height - limited.height


def test_a_log_for_all_leaves_what_has_none_undefined(engine: EngineUnderTest) -> None:
    frame = measured({"towns": [math.e, 1.0, 0.0, -3.0, None]})

    treated = treat(engine, frame, AlwaysLog()).sort("unit")

    assert treated["x"].to_list() == pytest.approx([1.0, 0.0, None, None, None])
    assert treated[c.treatment("x")].to_list() == ["log", "log", None, None, None]
    assert treated[c.absence("x")].to_list() == [c.PRESENT, c.PRESENT, c.UNDEFINED, c.UNDEFINED, c.MISSING]


def test_indicators_without_treatment_and_pools_without_values_are_left_alone() -> None:
    frame = measured({"towns": SPREAD, "parks": [None, None]})

    untreated = treat(POLARS, frame, None)
    treated = treat(POLARS, frame, Winsorise())

    assert untreated["x"].to_list() == untreated["before"].to_list()
    assert c.treatment("x") not in untreated.columns
    assert treated.filter(pl.col("group") == "parks")["x"].to_list() == [None, None]


def test_findings_say_what_was_treated_and_what_it_did_not_help() -> None:
    plain = _scheme(Winsorise(), ["towns", "parks"])
    stubborn = _scheme(Winsorise(points=0, then="none"), ["towns"])
    logged = _scheme(Winsorise(points=0), ["towns"])
    two_groups = POLARS.lift(measured({"towns": SPREAD, "parks": SPREAD[:10]}))

    assert [
        finding.text("en").splitlines()[0]
        for scheme in (plain, stubborn, logged)
        for finding in treatment_findings(scheme, treated_pools(two_groups, scheme, POLARS.engine))
    ] == [
        "note QH522 1 values of 'x' were winsorised in 'towns': skewness 3.06, kurtosis 9.74",
        "warning QH524 'x' has outliers in 'towns' even after treatment: skewness 3.06, kurtosis 9.74",
        "note QH523 'x' was log-transformed in 'towns': skewness 3.06, kurtosis 9.74",
    ]


def test_the_shape_of_logged_values_is_looked_at_too() -> None:
    frame = POLARS.lift(measured({"towns": SPREAD}))

    (treated,) = treated_pools(frame, _scheme(Winsorise(points=0), ["towns"]), POLARS.engine)

    logs = [math.log(value - 1 + 0.99) for value in SPREAD]
    assert treated.how == "log"
    assert treated.after is not None
    assert treated.after.skewness == pytest.approx(skew(logs, bias=False))
    assert treated.after.kurtosis == pytest.approx(kurtosis(logs, bias=False))


def test_large_tails_are_found_in_pools_of_many_values(engine: EngineUnderTest) -> None:
    generator = np.random.default_rng(7)
    values = generator.normal(50, 5, 3000).round(1).tolist()
    values[:4] = [900.0, 901.0, -700.0, 903.0]
    rules = _scheme(Winsorise(points=4, then="none"), ["towns"])
    frame = engine.lift(measured({"towns": values}))

    (treated,) = treated_pools(frame, rules, engine.engine)

    assert treated.moved == 4
    assert treated.high == max(values[4:])
    assert treated.low == min(values[4:])
    settled = engine.collect(with_treated(frame, rules, [treated], engine.engine))[c.treated("x")]
    assert treated.after is not None
    assert treated.after.skewness == pytest.approx(skew(settled, bias=False), abs=1e-9)
    assert treated.after.kurtosis == pytest.approx(kurtosis(settled, bias=False), abs=1e-9)


def measured(groups: Mapping[str, Sequence[float | None]]) -> pl.DataFrame:
    """Return units with `treated|x` as it comes to treatment; `before` keeps it."""
    rows = [(group, value) for group, values in groups.items() for value in values]
    return pl.DataFrame(
        {
            "unit": [f"u{index:04}" for index in range(len(rows))],
            "group": [group for group, _ in rows],
            "before": [value for _, value in rows],
        },
        schema_overrides={"before": pl.Float64},
    ).with_columns(
        pl.col("before").alias(c.treated("x")),
        pl.col("before").is_null().cast(pl.Int32).alias(c.absence("x")),
    )


def treat(
    engine: EngineUnderTest, frame: pl.DataFrame, treatment: Treatment | None, *, within_all: bool = False
) -> pl.DataFrame:
    rules = _scheme(treatment, frame["group"].unique().to_list(), within_all=within_all)
    lifted = engine.lift(frame)
    pools = treated_pools(lifted, rules, engine.engine)
    treated = engine.collect(with_treated(lifted, rules, pools, engine.engine))
    return treated.rename({c.treated("x"): "x"}).sort("unit")


def _scheme(treatment: Treatment | None, groups: list[str], *, within_all: bool = False) -> Scheme:
    weights = dict.fromkeys(groups, 100.0)
    leaf = indicator("x", weights, treat=treatment, within_all=within_all)
    return scheme(Dimension(code="total", name=Text(), weights=weights, children=(leaf,)))
