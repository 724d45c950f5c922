"""How large a frame is, and what follows: whether it streams, and where its outcome is held."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import narwhals as nw

from quanheng.engine.frame.engines import Engine, PolarsEngine, engine_behind, polars_engine
from quanheng.engine.frame.keeping import kept


def run_once(frame: nw.LazyFrame[Any], *, rows: int | None = None) -> nw.LazyFrame[Any]:
    """Return `frame` with its outcome held, so that it is computed once however often it is looked at.

    It is held in memory if it takes up to an eighth of what is free, else as Parquet in a temporary folder
    that goes when nothing reads it any longer. What is of Spark its executors keep. `rows` is how many the
    frame has, if that is known.

    Examples:
        >>> import polars as pl
        >>> run_once(nw.from_native(pl.LazyFrame({"unit": ["A"]}))).collect().rows()
        [('A',)]
    """
    if not frame.implementation.is_polars():
        return engine_behind(frame).settle(frame)
    if rows is not None and rows <= MANY:
        return polars_engine().collect(frame).lazy()
    found = kept(frame, memory=free_memory() // _PART)
    if rows is None and _height(found) <= MANY:
        # of few rows the order is kept, which sums depend on; to know that they are few costs little
        return polars_engine().collect(frame).lazy()
    return found


def engine_for(frame: nw.LazyFrame[Any], *, rows: int | None = None) -> Engine:
    """Return the engine that runs on `frame`: for more than 100,000 rows of Polars, the streaming one.

    `rows` is how many it has at most, if that is known.

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
    few = rows is not None and rows <= MANY
    return polars_engine(streaming=not few and _height(frame) > MANY)


def free_memory() -> int:
    """Return how many bytes of memory this process may still take: of the machine, or of its container.

    Examples:
        >>> free_memory() > 0
        True
    """
    machine = [_SUPPOSED]
    for line in _text_of("/proc/meminfo").splitlines():
        if line.startswith("MemAvailable:"):
            machine = [int(line.split()[1]) * 1024]
    most, taken = _text_of(f"{_CONTAINER}/memory.max"), _text_of(f"{_CONTAINER}/memory.current")
    limited = [int(most) - int(taken)] if most.isdecimal() and taken.isdecimal() else []
    return max(0, min(machine + limited))


MANY: Final = 100_000
"""More rows than this stream through."""
_PART: Final = 8
"""This part of what is free holds a frame: what is computed from it needs several times as much."""
_SUPPOSED: Final = 2 * 1024**3
"""What is taken to be free where the system does not say."""
_CONTAINER: Final = "/sys/fs/cgroup"


def _text_of(file: str) -> str:
    try:
        return Path(file).read_text(encoding="ascii").strip()
    except OSError:
        return ""


def _height(frame: nw.LazyFrame[Any]) -> int:
    # the streaming engine reads it off a Parquet file
    return int(polars_engine(streaming=True).collect(frame.select(nw.len())).item())
