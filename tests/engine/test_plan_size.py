"""What is planned grows no faster than the scheme: twice the scheme, at most a little over twice the plan."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

import narwhals as nw
import polars as pl
import pytest

from quanheng.data.load import load
from quanheng.engine.figures.grid import lay_out_rounds
from quanheng.engine.frame import columns as c
from quanheng.engine.frame.engines import PolarsEngine
from quanheng.engine.results.rounds import score_rounds
from quanheng.engine.stages.run import staged
from quanheng.findings.value import field
from quanheng.periods.stretch import Stretch
from quanheng.scheme.files.read import scheme_from_mapping
from quanheng.scheme.tree.scheme import Scheme

_SLACK: Final = 1.15
"""What twice the scheme may cost beyond twice the plan, for columns that are looked at by their names."""
_SIZE: Final = 8
_DISTRICT: Final = Path(__file__).parents[2] / "books" / "district-2023"


class _Counting(PolarsEngine):
    """Polars that counts the steps and columns of every plan it runs."""

    planned: list[int] = field(default_factory=list)

    def __hash__(self) -> int:
        """Return a hash by what it is: what it has counted changes."""
        return id(self)

    def collect(self, frame: nw.LazyFrame[Any]) -> nw.DataFrame[pl.DataFrame]:
        plan: pl.LazyFrame = frame.to_native()
        self.planned.append(_nodes(plan.explain(optimized=False)))
        return PolarsEngine.collect(self, frame)


def _nodes(text: str) -> int:
    """Return how many columns, literals and operations a plan is written with."""
    return text.count("col(") + text.count("[(") + text.count(".when(") + text.count("\n")


def _planned(scheme: Scheme) -> int:
    """Return the nodes of all plans that scoring two units by `scheme` makes."""
    items = [item.code for item in scheme.items]
    units = {"unit": ["A", "B"], "name": ["A", "B"], "group": [scheme.groups[0].code] * 2}
    figures = {c.item(code): [1.0, 2.0] for code in items}
    engine = _Counting()
    scored = staged(engine.lift(pl.DataFrame(units | figures)), scheme, engine, rows=None)
    engine.collect(scored.plan)
    return sum(engine.planned)


def _scheme(tree: Mapping[str, object], items: int, **more: object) -> Scheme:
    return scheme_from_mapping(
        {
            "items": {f"x{index}": {} for index in range(items)},
            "weights": "equal",
            "gaps": {"missing": "redistribute"},
            "indicators": tree,
            **more,
        }
    )


def _of_terms(measure: str) -> Scheme:
    return _scheme({"k": {"measure": measure, "rule": {"bands": [[0, 0], [1000, 100]]}}}, 4)


def nested_conditions(size: int) -> Scheme:
    """Return a measure of so many conditions inside each other, each over a quotient."""
    measure = "0"
    for level in range(size):
        measure = f"where(x0 / x1 >= {level} and x2 > 1, min(x3, {level}), {measure})"
    return _of_terms(measure)


def flat_conditions(size: int) -> Scheme:
    """Return a sum of so many conditions."""
    return _of_terms(" + ".join(f"where(x{at % 4} > {at}, {at}, x{at % 4})" for at in range(size)))


def nested_quotients(size: int) -> Scheme:
    """Return so many quotients inside each other."""
    return _of_terms(" / (".join(f"x{at % 4}" for at in range(size)) + ")" * (size - 1))


def wide_tree(size: int) -> Scheme:
    """Return so many indicators side by side, with rounding."""
    rule = {"scale": {"worst": "observed", "best": "observed"}}
    tree = {f"k{at}": {"measure": f"x{at}", "rule": rule} for at in range(size)}
    return _scheme(tree, size, rounding={"points": 2, "scores": 2})


def deep_tree(size: int) -> Scheme:
    """Return half as many dimensions inside each other, rounded at each: a file nests 40 levels at most."""
    rule = {"scale": {"worst": 0, "best": 10}}
    tree: dict[str, object] = {"k": {"measure": "x0", "rule": rule}}
    for level in range(size // 2):
        leaf = {"measure": "x1", "rule": rule}
        tree = {f"d{level}": {"children": tree}, f"k{level}": leaf}
    return _scheme(tree, 2, rounding={"points": 2})


def pairs_at_every_level(size: int) -> Scheme:
    """Return half as many dimensions inside each other, in each of which units meet in pairs."""
    tree: dict[str, object] = {"k": {"measure": "x0", "rule": "given"}}
    for level in range(size // 2):
        dimension = {"children": tree, "aggregate": "copeland"}
        tree = {f"d{level}": dimension, f"k{level}": {"measure": "x1", "rule": "given"}}
    return _scheme(tree, 2)


@pytest.mark.parametrize(
    "grown",
    [nested_conditions, flat_conditions, nested_quotients, wide_tree, deep_tree, pairs_at_every_level],
)
def test_a_plan_grows_no_faster_than_its_scheme(grown: Callable[[int], Scheme]) -> None:
    small, middle, large = (_planned(grown(_SIZE * times)) for times in (1, 2, 4))

    # from each size to its double the growth doubles, too, whatever a scheme costs by itself
    assert large - middle <= 2 * _SLACK * (middle - small)


def test_a_plan_grows_no_faster_than_its_rounds() -> None:
    book = load(_DISTRICT)

    def planned(years: int) -> int:
        """Return the nodes of all plans that scoring the year to date, month by month, makes."""
        engine = _Counting()
        rounds = {
            f"{2023 - back}-{month:02d}": Stretch((2023 - back) * 12, month)
            for back in range(years)
            for month in range(1, 13)
        }
        engine.planned.append(_nodes(lay_out_rounds(book, rounds, lenient=True).to_native().explain()))
        score_rounds(book, rounds, engine=engine)
        return sum(engine.planned)

    small, middle, large = (planned(years) for years in (1, 2, 4))

    assert large - middle <= 2 * _SLACK * (middle - small)
