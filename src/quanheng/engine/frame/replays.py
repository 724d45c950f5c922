"""Stages compiled once and run again on other figures.

What a stage adds to a frame follows from the scheme and from which columns there are, never from the figures.
So its steps are noted, as the engine's own expressions, and taken again for the next frame with these
columns: the next month, a changed figure, a replicate. Building them costs more than computing them for some
ten thousand units.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

import narwhals as nw
import polars as pl

Step: TypeAlias = tuple[tuple[pl.Expr, ...], tuple[str, ...]]
"""The columns that a step adds, and the names of those it leaves out."""

_MOST: Final = 64
"""Stages that are kept, those of some ten schemes; the one kept longest goes first."""
_MOST_COLUMNS: Final = 4_000
"""Of wider frames none is kept: their expressions are large."""
_KEPT: Final[dict[tuple[Hashable, ...], tuple[Step, ...]]] = {}


@dataclass(frozen=True, slots=True, eq=False)
class Origin:
    """What a stage is compiled from: its name, the scheme it is of, and what else it looks at.

    Two are the same if the scheme is the very same object. It is kept, so that no other can take its place.
    """

    stage: str
    scheme: object
    facts: Hashable = ()

    def __eq__(self, other: object) -> bool:
        """Return whether `other` gives the same steps."""
        return (
            isinstance(other, Origin)
            and self.scheme is other.scheme
            and (self.stage, self.facts) == (other.stage, other.facts)
        )

    def __hash__(self) -> int:
        """Return a hash by the identity of the scheme."""
        return hash((self.stage, id(self.scheme), self.facts))


def replayed(
    frame: nw.LazyFrame[Any],
    stage: Callable[[nw.LazyFrame[Any]], nw.LazyFrame[Any]],
    compiled: Origin,
) -> nw.LazyFrame[Any]:
    """Return what `stage` makes of the Polars frame `frame`; it is asked only if its steps are not known yet.

    Examples:
        >>> asked = []
        >>> def doubled(rows):
        ...     asked.append(len(rows.collect_schema()))
        ...     return rows.with_columns(nw.col("a") * 2)
        >>> of = Origin("doubled", scheme=object())
        >>> for figures in ([1, 2], [3]):
        ...     replayed(nw.from_native(pl.LazyFrame({"a": figures})), doubled, of).collect()["a"].to_list()
        [2, 4]
        [6]
        >>> asked
        [1]
    """
    native: pl.LazyFrame = frame.to_native()
    schema = native.collect_schema()
    key = (compiled, tuple(schema.items()))
    steps = _KEPT.get(key)
    if steps is None:
        noted = nw.to_native(stage(nw.from_native(_Noting.of(schema))))
        if not isinstance(noted, _Noting) or noted.steps is None:
            return stage(frame)
        steps = noted.steps
        if len(schema) <= _MOST_COLUMNS:
            _keep(key, steps)
    for expressions, left_out in steps:
        native = native.with_columns(*expressions) if expressions else native.drop(left_out, strict=False)
    return nw.from_native(native)


def _keep(key: tuple[Hashable, ...], steps: tuple[Step, ...]) -> None:
    while len(_KEPT) >= _MOST:
        _KEPT.pop(next(iter(_KEPT)), None)
    _KEPT[key] = steps


class _Noting(pl.LazyFrame):
    """A frame without rows that notes which columns are added to it and left out."""

    steps: tuple[Step, ...] | None = None
    """None after any other step, which cannot be taken again."""

    @classmethod
    def of(cls, schema: pl.Schema) -> _Noting:
        frame = cls(schema=schema)
        frame.steps = ()
        return frame

    def with_columns(self, *exprs: Any, **named_exprs: Any) -> _Noting:  # noqa: ANN401 - as Polars has it
        made = super().with_columns(*exprs, **named_exprs)
        return self._after(made, (_flat(exprs), ()))

    def drop(self, *columns: Any, strict: bool = True) -> _Noting:  # noqa: ANN401 - as Polars has it
        made = super().drop(*columns, strict=strict)
        return self._after(made, ((), tuple(map(str, _flat(columns)))))

    def _after(self, made: pl.LazyFrame, step: Step) -> _Noting:
        if not isinstance(made, _Noting):
            raise TypeError("polars makes another kind of frame of this one")
        made.steps = None if self.steps is None else (*self.steps, step)
        return made


def _flat(values: Iterable[Any]) -> tuple[Any, ...]:
    """Return what stands in `values`, lists in it taken apart."""
    return tuple(
        part for value in values for part in (value if isinstance(value, list | tuple) else (value,))
    )
