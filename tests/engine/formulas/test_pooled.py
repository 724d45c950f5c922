"""Large parts of formulas become columns: what they give, and that nothing of them stays."""

from __future__ import annotations

import pickle

import narwhals as nw
import polars as pl
import pytest
from tests.engines import EngineUnderTest

from quanheng.engine.formulas.expressions import Scope, Shared, SharedParts
from quanheng.engine.formulas.measures import measures_of, with_measures
from quanheng.engine.formulas.operations import Compiled
from quanheng.engine.formulas.pooled import SHARED
from quanheng.engine.frame import columns as c
from quanheng.engine.frame.engines import polars_engine
from quanheng.scheme.files.read import scheme_from_mapping
from quanheng.scheme.formulas.tree import Name
from quanheng.scheme.tree.scheme import Scheme

UNITS = {"unit": ["A", "B", "C"], "name": ["A", "B", "C"], "group": ["all"] * 3}


def measured(
    engine: EngineUnderTest, scheme: Scheme, **items: list[float | None]
) -> list[tuple[object, ...]]:
    grid = engine.lift(pl.DataFrame(UNITS | {c.item(code): values for code, values in items.items()}))
    frame = with_measures(grid, measures_of(scheme), scheme, engine.engine)
    assert not [name for name in frame.collect_schema().names() if name.startswith(SHARED)]
    return engine.collect(frame.select("unit", c.measure("k"), c.absence("k"))).sort("unit").rows()


def one(measure: str, *items: str) -> Scheme:
    return scheme_from_mapping(
        {
            "items": {code: {} for code in items},
            "indicators": {"k": {"weight": 100, "measure": measure, "rule": {"bands": [[0, 0], [100, 100]]}}},
        }
    )


@pytest.mark.parametrize("levels", [7, 20, 45])
def test_conditions_nest_as_deep_as_brackets_do(engine: EngineUnderTest, levels: int) -> None:
    measure = "0"
    for level in range(1, levels + 1):
        measure = f"where(x / y >= {level} and y > 0, min({10 * level}, z), {measure})"

    found = measured(engine, one(measure, "x", "y", "z"), x=[14.0, 2.0, None], y=[2.0] * 3, z=[1e3] * 3)

    assert found == [("A", 70.0, 0), ("B", 10.0, 0), ("C", None, 1)]


def test_two_hundred_conditions_are_added(engine: EngineUnderTest) -> None:
    measure = " + ".join(f"where(x > {at}, 1, y)" for at in range(200))

    found = measured(engine, one(measure, "x", "y"), x=[150.0, 0.0, None], y=[0.0, 2.0, 1.0])

    assert found == [("A", 150.0, 0), ("B", 400.0, 0), ("C", None, 1)]


def test_what_a_long_sum_looks_at_often_is_a_column() -> None:
    # a settled sum looks at its terms and their sizes: the conditions in them are planned once
    scheme = one(" + ".join(f"where(x > {at}, 1, y)" for at in range(200)), "x", "y")
    grid = polars_engine().lift(pl.DataFrame(UNITS | {c.item("x"): [1.0] * 3, c.item("y"): [0.0] * 3}))

    plan = with_measures(grid, measures_of(scheme), scheme, polars_engine()).to_native()

    assert plan.explain(optimized=False).count("123.0") == len(("holds", "fails"))


def test_quotients_nest_and_stay_undefined(engine: EngineUnderTest) -> None:
    # 1 / (1 + 1 / (1 + … 1 / x)): the golden section, whatever x
    measure = "x"
    for _ in range(40):
        measure = f"1 / (1 + {measure})" if "(" in measure else "1 / (1 + 1 / (x))"

    (_, golden, sound), (_, broken, undefined), (_, gone, missing) = measured(
        engine, one(measure, "x"), x=[1.0, 0.0, None]
    )

    assert golden == pytest.approx((5**0.5 - 1) / 2, abs=1e-12)
    assert (sound, broken, undefined, gone, missing) == (0, None, 3, None, 1)


def test_parts_are_known_in_another_process_too() -> None:
    tree, part = Name("x"), Compiled(value=nw.col("shared|0"))
    scope = Scope(
        columns=frozenset(), items=frozenset(), shared=SharedParts({("k", id(tree), 0): Shared(tree, part)})
    )

    theirs, known = pickle.loads(pickle.dumps((tree, scope)))  # noqa: S301  our own values, as Spark sends them

    assert theirs is not tree
    assert known.shared["k", id(theirs), 0].tree is theirs
