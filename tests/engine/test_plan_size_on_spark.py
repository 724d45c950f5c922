"""What Spark is given to plan grows no faster than the scheme: a nested plan is held, not written again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Final

import narwhals as nw
import polars as pl
import pytest
from pyspark.sql import SparkSession
from tests.engine.test_plan_size import deep_tree, wide_tree

from quanheng.engine.frame import columns as c
from quanheng.engine.frame.engines import SparkEngine
from quanheng.engine.results.missing import missing_of
from quanheng.engine.stages.run import staged
from quanheng.findings.value import field
from quanheng.scheme.tree.scheme import Scheme

_SLACK: Final = 1.15
_UNSHORTENED: Final = {
    "spark.sql.debug.maxToStringFields": "100000",
    "spark.sql.maxPlanStringLength": "2000000000",
}


class _Counting(SparkEngine):
    """Spark that counts what each plan is written with before it is run."""

    planned: list[int] = field(default_factory=list)

    def settle(self, frame: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
        self._count(frame)
        return SparkEngine.settle(self, frame)

    def collect(self, frame: nw.LazyFrame[Any]) -> nw.DataFrame[pl.DataFrame]:
        self._count(frame)
        return SparkEngine.collect(self, frame)

    def _count(self, frame: nw.LazyFrame[Any]) -> None:
        """Count the columns that the steps of a plan name: `#` stands before the number of each."""
        plan: str = frame.to_native()._jdf.queryExecution().analyzed().toString()  # noqa: SLF001  PySpark shows no plan as text
        self.planned.append(plan.count("#"))


@pytest.fixture
def session(spark_session: SparkSession) -> Iterator[SparkSession]:
    for name, value in _UNSHORTENED.items():
        spark_session.conf.set(name, value)
    yield spark_session
    for name in _UNSHORTENED:
        spark_session.conf.unset(name)


def _planned(scheme: Scheme, session: SparkSession) -> int:
    """Return what all plans that the scores of two units and their gaps make are written with."""
    units = {"unit": ["A", "B"], "name": ["A", "B"], "group": [scheme.groups[0].code] * 2}
    figures = {c.item(item.code): [1.0, None] for item in scheme.items}
    engine = _Counting(session)
    scored = staged(engine.lift(pl.DataFrame(units | figures)), scheme, engine, rows=None)
    engine.collect(scored.plan)
    missing_of(scored.plan, scheme, scored.weighing.table, engine)
    return sum(engine.planned)


@pytest.mark.spark
@pytest.mark.parametrize("grown", [wide_tree, deep_tree])
def test_a_plan_grows_no_faster_than_its_scheme(
    grown: Callable[[int], Scheme], session: SparkSession
) -> None:
    small, middle, large = (_planned(grown(size), session) for size in (6, 12, 24))

    # from each size to its double the growth doubles, too, whatever a scheme costs by itself
    assert large - middle <= 2 * _SLACK * (middle - small)
