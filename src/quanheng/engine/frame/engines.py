"""The engines a plan runs on: Polars in this process, or Spark. Only this module of the engine names them.

Every stage of the engine is written once, in Narwhals. An engine does the three things a stage cannot:
lift a table into a lazy frame of its own, settle a plan between two stages, and collect the outcome.
"""

from __future__ import annotations

import os
import sys
import warnings
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal, Protocol, TypeAlias

import narwhals as nw
import polars as pl

from quanheng.engine.frame.again.noting import Recording, Stage, beside, settled
from quanheng.engine.frame.again.replays import MOST_COLUMNS, Origin, replayed
from quanheng.engine.frame.keeping import sink_parquet
from quanheng.engine.frame.tables import different
from quanheng.findings.errors import EngineError
from quanheng.findings.refusals import reason_of
from quanheng.findings.value import Value

if TYPE_CHECKING:
    import pyarrow as pa
    from pyspark.sql import DataFrame as SparkFrame
    from pyspark.sql import SparkSession

EngineName: TypeAlias = Literal["polars", "spark"]
AnyFrame: TypeAlias = nw.LazyFrame[Any] | nw.DataFrame[Any] | pl.DataFrame | pl.LazyFrame
"""What an engine lifts: a Narwhals frame of Polars or Spark, or a Polars frame as it is."""


class HasArrowStream(Protocol):
    """A table of any library that hands its rows out as an Arrow stream."""

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        """Return a PyCapsule with the stream."""
        ...


class Engine(Protocol):
    """Where a plan runs."""

    @property
    def name(self) -> EngineName:
        """The name a person calls it by."""
        ...

    def lift(self, frame: AnyFrame) -> nw.LazyFrame[Any]:
        """Return `frame` as a lazy frame of this engine."""
        ...

    def settle(self, frame: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
        """Run the plan so far and return its outcome as a lazy frame, so that plans stay small."""
        ...

    def by_row(self, frame: nw.LazyFrame[Any], stage: Stage, of: Origin | None = None) -> nw.LazyFrame[Any]:
        """Return what `stage` makes of `frame`, for a stage that looks at each row alone; `of` names it."""
        ...

    def with_totals(self, frame: nw.LazyFrame[Any], totals: Stage, of: Origin) -> nw.LazyFrame[Any]:
        """Return `frame` with the one row that `totals` makes of it beside every row; `of` names it."""
        ...

    def distinct(self, frame: nw.LazyFrame[Any]) -> int:
        """Return how many different rows `frame` has; once in millions of large frames one too few."""
        ...

    def collect(self, frame: nw.LazyFrame[Any]) -> nw.DataFrame[pl.DataFrame]:
        """Run the plan and return its outcome as a Polars frame; its rows have no promised order."""
        ...

    def write(self, frame: nw.LazyFrame[Any], target: str) -> None:
        """Run the plan and write its outcome, in its order, as Parquet to a new `target`."""
        ...


class PolarsEngine(Value, kw_only=False):
    """Polars in this process, on all its cores.

    Sums of floats depend on the order of adding. The in-memory engine keeps it for tables of up to some
    thousand rows. `streaming`, for large ones, takes rows in batches, in no order, and holds nothing between.
    """

    streaming: bool = False

    @property
    def name(self) -> EngineName:
        """`polars`."""
        return "polars"

    def lift(self, frame: AnyFrame) -> nw.LazyFrame[Any]:
        """Return `frame` as a Polars-lazy frame.

        Raises:
            EngineError: if it is a Spark frame: it stays where it is.

        Examples:
            >>> PolarsEngine().lift(pl.DataFrame({"unit": ["A"], "points": [80.0]})).collect().rows()
            [('A', 80.0)]
        """
        native = _polars(frame, engine=self)
        if isinstance(native, pl.DataFrame) and not self.streaming:
            native = native.rechunk()  # of several chunks Polars takes a constant in a formula for a column
        return nw.from_native(native.lazy())

    def settle(self, frame: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
        """Return the outcome of the plan, held in memory; a large one stays a plan."""
        return frame if self.streaming else nw.from_native(settled(_polars(frame, engine=self).lazy()))

    def by_row(self, frame: nw.LazyFrame[Any], stage: Stage, of: Origin | None = None) -> nw.LazyFrame[Any]:
        """Return what `stage` makes of `frame`."""
        if of is None:
            return stage(frame)
        return replayed(frame, stage, of, widest=None if self.streaming else MOST_COLUMNS)

    def with_totals(self, frame: nw.LazyFrame[Any], totals: Stage, of: Origin) -> nw.LazyFrame[Any]:
        """Return `frame` with the totals, computed at once: constants need no memory and no join."""
        plan = _polars(frame, engine=self).lazy()
        if isinstance(plan, Recording):
            return nw.from_native(plan.with_totals(totals, streams=self.streaming))
        found = replayed(frame, totals, of).to_native()
        return nw.from_native(beside(plan, found, streams=self.streaming))

    def distinct(self, frame: nw.LazyFrame[Any]) -> int:
        """Count the different hashes of the rows, whole numbers of 64 bits: texts take six times as long."""
        hashes = nw.from_native(_polars(frame, engine=self).lazy().select(pl.struct(pl.all()).hash()))
        return different(self.collect(hashes).to_native().to_series())

    def collect(self, frame: nw.LazyFrame[Any]) -> nw.DataFrame[pl.DataFrame]:
        """Return the outcome of the plan."""
        plan = _polars(frame, engine=self).lazy()
        return nw.from_native(plan.collect(engine="streaming" if self.streaming else "in-memory"))

    def write(self, frame: nw.LazyFrame[Any], target: str) -> None:
        """Write one file, or raise an EngineError."""
        from quanheng.data.writing.output import write_new  # noqa: PLC0415  who wants a ranking waits for no writers

        try:
            write_new(Path(target), partial(sink_parquet, _polars(frame, engine=self).lazy()))
        except FileExistsError:
            raise EngineError(f"{target} is there already", f"{target} 已存在") from None
        except OSError as error:
            raise EngineError(
                f"{target} cannot be written: {error}", f"无法写入 {target}：{reason_of(error).zh}"
            ) from error


class SparkEngine(Value, kw_only=False):
    """PySpark, for books that outgrow one machine."""

    session: SparkSession

    @property
    def name(self) -> EngineName:
        """`spark`."""
        return "spark"

    def lift(self, frame: AnyFrame) -> nw.LazyFrame[Any]:
        """Return `frame` as a Spark frame; a Polars plan is run and handed over through Arrow."""
        native = nw.to_native(frame, pass_through=True)
        if not isinstance(native, pl.DataFrame | pl.LazyFrame):
            lifted: nw.LazyFrame[Any] = nw.from_native(native)
            return lifted
        table = native.lazy().with_columns(*_FOR_SPARK).collect(engine="streaming")
        arrow = table.to_arrow(compat_level=pl.CompatLevel.oldest())
        return nw.from_native(self.session.createDataFrame(arrow))

    def settle(self, frame: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
        """Return the outcome of the plan, kept by the executors, its history cut off."""
        native: SparkFrame = frame.to_native()
        return nw.from_native(native.localCheckpoint())

    def by_row(self, frame: nw.LazyFrame[Any], stage: Stage, of: Origin | None = None) -> nw.LazyFrame[Any]:
        """Return what `stage` makes of `frame`, computed by the executors batch by batch.

        Spark plans and compiles hundreds of nested expressions a row far longer than it computes them. The
        same expressions run in its Python workers on batches of rows, handed over through Arrow; what
        looks at other rows (aggregates, joins, ranks) stays Spark's own.
        """
        from pyspark.sql.pandas.types import from_arrow_schema, to_arrow_schema

        del of  # it is compiled where it runs
        native: SparkFrame = frame.to_native()
        _use_this_python(self.session)
        empty = _staged(stage, to_arrow_schema(native.schema).empty_table())
        schema = from_arrow_schema(empty.schema, prefer_timestamp_ntz=True)
        with warnings.catch_warnings():
            # PySpark warns of pandas 3 wherever it looks for pandas; Arrow batches do not touch it
            warnings.filterwarnings("ignore", message="PySpark does not yet fully support pandas")
            return nw.from_native(native.mapInArrow(partial(_batches, stage), schema))

    def with_totals(self, frame: nw.LazyFrame[Any], totals: Stage, of: Origin) -> nw.LazyFrame[Any]:
        """Return `frame` with the totals, joined to every row."""
        del of
        return frame.join(totals(frame), how="cross")

    def distinct(self, frame: nw.LazyFrame[Any]) -> int:
        """Count the different rows."""
        return int(frame.to_native().distinct().count())

    def collect(self, frame: nw.LazyFrame[Any]) -> nw.DataFrame[pl.DataFrame]:
        """Return the outcome of the plan, brought here through Arrow."""
        native: SparkFrame = frame.to_native()
        return from_arrow(native.toArrow())

    def write(self, frame: nw.LazyFrame[Any], target: str) -> None:
        """Let the executors write a folder of files, or raise an EngineError."""
        from pyspark.errors import PySparkException

        native: SparkFrame = frame.to_native()
        try:
            native.write.parquet(target)
        except PySparkException as error:
            why = _first_line(error)
            raise EngineError(f"{target} cannot be written: {why}", f"无法写入 {target}：{why}") from error


def _use_this_python(session: SparkSession) -> None:
    """Let the workers of a local session run this interpreter, in which quanheng is installed.

    On a cluster, and where PYSPARK_PYTHON is set, the one who set it up has said which to run.
    """
    context = session.sparkContext
    if str(context.master).startswith("local") and "PYSPARK_PYTHON" not in os.environ:
        context.pythonExec = sys.executable


def _batches(stage: Stage, batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    for batch in batches:
        yield from _staged(stage, batch).to_batches()


def _staged(stage: Stage, rows: pa.Table | pa.RecordBatch) -> pa.Table:
    frame: nw.LazyFrame[Any] = stage(from_arrow(rows).lazy())
    made = nw.to_native(frame).with_columns(*_FOR_SPARK).collect(engine="in-memory")
    return made.to_arrow(compat_level=pl.CompatLevel.oldest())


_FOR_SPARK: Final = (
    pl.selectors.unsigned_integer().cast(pl.Int64),
    pl.selectors.by_dtype(pl.Categorical, pl.Enum, pl.Null).cast(pl.String),
)
"""Spark knows no unsigned, categorical or typeless columns."""


def polars_engine(*, streaming: bool = False) -> PolarsEngine:
    """Return the engine that runs in this process."""
    return PolarsEngine(streaming=streaming)


def spark_engine(master: str | None = None) -> SparkEngine:
    """Return the engine that runs on Spark.

    A session that is already running is used as it is. Otherwise one is started at `master`, or at the
    master that Spark's own configuration names, or at `local[*]`.

    Raises:
        EngineError: if PySpark is not installed, or Spark does not start (it needs Java 17 or later).
    """
    try:  # PySpark is an extra, and slow to import
        from pyspark.errors import PySparkException
        from pyspark.sql import SparkSession
    except ImportError as error:
        raise EngineError(
            "the spark engine needs PySpark: install 'quanheng[spark]'",
            "Spark 引擎需要 PySpark：请安装 quanheng[spark]",
        ) from error
    builder = SparkSession.builder.appName("quanheng")
    if master is not None:
        builder = builder.master(master)
    if SparkSession.getActiveSession() is None:
        for key, value in _SPARK_SETTINGS.items():
            builder = builder.config(key, value)
    try:
        session = builder.getOrCreate()
    except (PySparkException, OSError, RuntimeError) as error:
        why = _first_line(error)
        raise EngineError(
            f"spark does not start (it needs Java 17 or later): {why}",
            f"Spark 无法启动（需要 Java 17 或更高版本）：{why}",
        ) from error
    return SparkEngine(session)


_SPARK_SETTINGS: Final = {
    "spark.log.level": "ERROR",
    "spark.sql.execution.arrow.pyspark.enabled": "true",
    "spark.sql.session.timeZone": "UTC",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
}


def engine_behind(frame: nw.LazyFrame[Any]) -> Engine:
    """Return the engine whose frame this is.

    Raises:
        EngineError: if it is neither a Polars nor a Spark frame.

    Examples:
        >>> engine_behind(nw.from_native(pl.LazyFrame({"unit": ["A"]}))).name
        'polars'
    """
    if frame.implementation.is_polars():
        return polars_engine()
    if frame.implementation.is_pyspark():
        return SparkEngine(frame.to_native().sparkSession)
    of = frame.implementation.name.lower()
    raise EngineError(f"no engine runs on {of} frames", f"没有计算引擎支持 {of} 数据表")


def from_arrow(table: HasArrowStream) -> nw.DataFrame[pl.DataFrame]:
    """Return anything that hands out an Arrow stream as a Polars frame, without a copy where possible.

    PyArrow tables, pandas frames and DuckDB relations do; the NaN of a pandas column means missing.

    Raises:
        EngineError: if it is no table, or a column of it mixes kinds of values.

    Examples:
        >>> from_arrow(pl.DataFrame({"unit": ["A"]})).rows()
        [('A',)]
    """
    try:
        return nw.from_native(pl.DataFrame(table))
    except (ImportError, TypeError, ValueError) as error:
        what, why = type(table).__name__, _first_line(error)
        raise EngineError(
            f"the {what} cannot be read as a table: {why}", f"{what} 无法作为数据表读取：{why}"
        ) from error


def _polars(frame: AnyFrame, *, engine: Engine) -> pl.DataFrame | pl.LazyFrame:
    native = nw.to_native(frame, pass_through=True)
    if isinstance(native, pl.DataFrame | pl.LazyFrame):
        return native
    name, of = engine.name, type(native).__module__
    raise EngineError(
        f"the {name} engine does not run on a frame of {of}", f"{name} 引擎不支持 {of} 的数据表"
    )


def _first_line(error: Exception) -> str:
    return next(iter(str(error).splitlines()), type(error).__name__)
