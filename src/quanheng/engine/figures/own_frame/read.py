"""Frames of any library as lazy frames: Spark's stay on Spark, all others become Polars through Arrow."""

from __future__ import annotations

from typing import Any

import narwhals as nw
from narwhals.exceptions import NarwhalsError

from quanheng.engine.frame import columns as c
from quanheng.engine.frame.engines import HasArrowStream, from_arrow
from quanheng.findings.errors import EngineError, UsageError


def read_frame(frame: object) -> nw.LazyFrame[Any]:
    """Return a user's frame as a lazy frame of Polars or, if it is one of Spark, of Spark.

    Polars (eager or lazy), pandas, PyArrow, DuckDB relations, PySpark, whatever else hands out an Arrow
    stream, and Narwhals frames of these. A pandas index named `unit` serves as that column.

    Raises:
        UsageError: it is no frame.
        EngineError: it cannot be read, for instance because two of its columns have one name.

    Examples:
        >>> import pyarrow as pa
        >>> read_frame(pa.table({"unit": ["A"], "gdp": [1.5]})).collect().rows()
        [('A', 1.5)]
    """
    try:
        known: object = nw.from_native(frame, pass_through=True)
    except NarwhalsError as error:
        why = " ".join(str(error).split())
        raise EngineError(f"the frame cannot be read: {why}", f"无法读取数据表：{why}") from error
    if not isinstance(known, nw.DataFrame | nw.LazyFrame):
        return _through_arrow(frame)
    if known.implementation.is_polars():
        return known.lazy()
    if known.implementation.is_pyspark():
        native = known.to_native()
        renamed: nw.LazyFrame[Any] = nw.from_native(native.toDF(*map(c.heading, native.columns)))
        return renamed
    if isinstance(known, nw.DataFrame) and known.implementation.is_pandas():
        return _from_pandas(known)
    return _through_arrow(known.to_native())


def height_of(frame: object) -> int | None:
    """Return how many rows `frame` has, if that is known without reading it.

    Examples:
        >>> import pyarrow as pa
        >>> height_of(pa.table({"unit": ["A"], "gdp": [1.5]}))
        1
    """
    known: object = nw.from_native(frame, pass_through=True)
    return len(known) if isinstance(known, nw.DataFrame) else None


def _through_arrow(frame: object) -> nw.LazyFrame[Any]:
    if not hasattr(frame, "__arrow_c_stream__"):
        kind = f"{type(frame).__module__.partition('.')[0]}.{type(frame).__qualname__}"
        raise UsageError(
            f"{kind} is no frame; hand over one of Polars, pandas, PyArrow or PySpark, or a DuckDB relation",
            f"{kind} 不是数据表；请传入 Polars、pandas、PyArrow、PySpark 的数据表或 DuckDB 的关系",
        )
    table: HasArrowStream = frame
    return nw.from_native(from_arrow(table).to_native().lazy())


def _from_pandas(frame: nw.DataFrame[Any]) -> nw.LazyFrame[Any]:
    native = frame.to_native()
    if c.UNIT in native.index.names and c.UNIT not in native.columns:
        native = native.reset_index()
    try:
        return _through_arrow(native)
    except EngineError:
        # a column of numbers and words: as words, so that they can be shown
        mixed = {name: "string" for name, kind in native.dtypes.items() if str(kind) == "object"}
        return _through_arrow(native.astype(mixed))
