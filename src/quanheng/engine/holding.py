"""How large a frame is, and what follows: whether it streams, and whether its outcome is held in memory."""

from __future__ import annotations

from typing import Any, Final

import narwhals as nw

from quanheng.engine.engines import Engine, PolarsEngine, engine_behind, polars_engine


def held(frame: nw.LazyFrame[Any], *, rows: int | None = None) -> nw.LazyFrame[Any]:
    """Return `frame` with its outcome held in memory, so that it is read once, if it has up to 2**26 cells.

    That is half a gigabyte of numbers. What is larger, or of Spark, stays a plan, run anew whenever it is
    looked at. `rows` is how many the frame has, if that is known; else they are counted.

    Examples:
        >>> import polars as pl
        >>> held(nw.from_native(pl.LazyFrame({"unit": ["A"]}))).collect().rows()
        [('A',)]
    """
    if not frame.implementation.is_polars():
        return frame
    height = _height(frame) if rows is None else rows
    if height * len(frame.collect_schema()) > _HELD_CELLS:
        return frame
    return polars_engine(streaming=height > MANY).collect(frame).lazy()


def engine_for(frame: nw.LazyFrame[Any]) -> Engine:
    """Return the engine that runs on `frame`: for more than 100,000 rows of Polars, the streaming one.

    Raises:
        EngineError: if it is neither a Polars nor a Spark frame.

    Examples:
        >>> import polars as pl
        >>> engine_for(nw.from_native(pl.LazyFrame({"unit": ["A"]})))
        PolarsEngine(streaming=False)
    """
    engine = engine_behind(frame)
    if not isinstance(engine, PolarsEngine):
        return engine
    return polars_engine(streaming=_height(frame) > MANY)


MANY: Final = 100_000
"""More rows than this stream through."""
_HELD_CELLS: Final = 2**26


def _height(frame: nw.LazyFrame[Any]) -> int:
    # the streaming engine reads it off a Parquet file
    return int(polars_engine(streaming=True).collect(frame.select(nw.len())).item())
