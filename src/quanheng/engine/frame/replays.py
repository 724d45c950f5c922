"""Stages compiled once and run again on other figures.

What a stage adds to a frame follows from the scheme and from which columns there are, never from the figures.
So its steps are noted, as the engine's own expressions, and taken again for the next frame with these
columns: the next month, a changed figure, a replicate. Building them costs more than computing them for some
ten thousand units.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import Any, Final, Literal, TypeAlias, TypeVar, cast

import narwhals as nw
import polars as pl

from quanheng.findings.value import Value

Stage: TypeAlias = Callable[[nw.LazyFrame[Any]], nw.LazyFrame[Any]]
"""A step of the plan, from frame to frame."""
_Made = TypeVar("_Made")

_MOST: Final = 256
"""What is kept at most, of some ten schemes; what was kept longest goes first."""
MOST_COLUMNS: Final = 4_000
"""Of wider frames no stage is kept: its expressions are large."""
_KEPT: Final[dict[tuple[Hashable, ...], object]] = {}


class Step(Value, kw_only=False):
    """The columns a stage adds, the only ones it keeps, or the names of those it leaves out."""

    does: Literal["adds", "keeps", "leaves out"]
    columns: tuple[pl.Expr, ...] = ()
    names: tuple[str, ...] = ()

    def taken(self, frame: pl.LazyFrame) -> pl.LazyFrame:
        """Return `frame` after this step."""
        match self.does:
            case "adds":
                return frame.with_columns(*self.columns)
            case "keeps":
                return frame.select(*self.columns)
            case "leaves out":
                return frame.drop(self.names, strict=False)


class Origin(Value, kw_only=False, eq=False):
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
    frame: nw.LazyFrame[Any], stage: Stage, of: Origin, *, widest: int | None = None
) -> nw.LazyFrame[Any]:
    """Return what `stage` makes of `frame`; it is asked only if its steps are not known yet.

    They are known of Polars frames. A stage that does more than adding, keeping and leaving out columns is
    asked every time, and so is any stage of a frame with more than `widest` columns.

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
    native = frame.to_native()
    if not isinstance(native, pl.LazyFrame) or isinstance(native, Noting):
        return stage(frame)
    schema = native.collect_schema()
    if widest is not None and len(schema) > widest:
        return stage(frame)
    wide = len(schema) > MOST_COLUMNS
    steps = noted(native, stage) if wide else _once((of, *_facts_of(schema)), lambda: noted(native, stage))
    if steps is None:
        return stage(frame)
    return nw.from_native(_taken(native, steps))


def replayed_each(
    frame: nw.LazyFrame[Any], stages: Sequence[Stage], of: Origin
) -> tuple[nw.LazyFrame[Any], ...]:
    """Return what each of `stages` makes of `frame`: a family of them is kept as one.

    Examples:
        >>> def times(factor):
        ...     return lambda rows: rows.select(nw.col("a") * factor)
        >>> frame = nw.from_native(pl.LazyFrame({"a": [1]}))
        >>> found = replayed_each(frame, [times(2), times(3)], Origin("times", scheme=object()))
        >>> [each.collect()["a"].to_list() for each in found]
        [[2], [3]]
    """
    native = frame.to_native()
    if not isinstance(native, pl.LazyFrame) or isinstance(native, Noting):
        return tuple(stage(frame) for stage in stages)
    key = (of, *_facts_of(native.collect_schema()))
    every = _once(key, lambda: tuple(noted(native, stage) for stage in stages))
    return tuple(
        stage(frame) if steps is None else nw.from_native(_taken(native, steps))
        for stage, steps in zip(stages, every, strict=True)
    )


def _taken(frame: pl.LazyFrame, steps: Iterable[Step]) -> pl.LazyFrame:
    for step in steps:
        frame = step.taken(frame)
    return frame


def made_once(of: Origin, make: Callable[[], _Made]) -> _Made:
    """Return what `make` makes of a scheme and the facts in `of`; it is asked only the first time.

    Examples:
        >>> scheme = object()
        >>> made_once(Origin("words", scheme), lambda: ["first"])
        ['first']
        >>> made_once(Origin("words", scheme), lambda: ["second"])
        ['first']
    """
    return _once((of,), make)


def noted(frame: pl.LazyFrame, stage: Stage) -> tuple[Step, ...] | None:
    """Return the steps that `stage` takes for a frame of these columns; None if they cannot be taken again.

    Examples:
        >>> frame = pl.LazyFrame({"a": [1]})
        >>> (step,) = noted(frame, lambda rows: rows.with_columns(b=nw.col("a")))
        >>> step.does, [each.meta.output_name() for each in step.columns]
        ('adds', ['b'])
    """
    done = nw.to_native(stage(nw.from_native(Noting.of(frame))))
    return done.steps if isinstance(done, Noting) else None


def _facts_of(schema: pl.Schema) -> tuple[Hashable, ...]:
    """Return what tells a schema from others. Plain types are told by their class: a hash of each is slow."""
    types = (kind if (kind := type(each)) in _PLAIN else each for each in schema.dtypes())
    return (*schema.names(), *types)


_PLAIN: Final = frozenset({pl.Boolean, pl.Float64, pl.Int8, pl.Int32, pl.Int64, pl.String, pl.UInt32})


def _once(key: tuple[Hashable, ...], make: Callable[[], _Made]) -> _Made:
    if key not in _KEPT:
        made = make()
        while len(_KEPT) >= _MOST:
            _KEPT.pop(next(iter(_KEPT)), None)
        _KEPT[key] = made
        return made
    return cast("_Made", _KEPT[key])


class Noting(pl.LazyFrame):
    """A frame that notes which columns are added to it, kept of it and left out."""

    steps: tuple[Step, ...] | None = None
    """None after any other step, which cannot be taken again."""

    @classmethod
    def of(cls, frame: pl.LazyFrame) -> Noting:
        """Return one with the columns of `frame`: that plan itself, since to make an empty one is slow."""
        noting = frame.clone()
        noting.__class__ = cls
        if not isinstance(noting, cls):
            raise TypeError("polars makes another kind of frame of this one")
        noting.steps = ()
        return noting

    def with_columns(self, *exprs: Any, **named_exprs: Any) -> Noting:  # noqa: ANN401 - as Polars has it
        """Note what is added."""
        return self._after(super().with_columns(*exprs, **named_exprs), Step("adds", _flat(exprs)))

    def select(self, *exprs: Any, **named_exprs: Any) -> Noting:  # noqa: ANN401 - as Polars has it
        """Note what is kept."""
        return self._after(super().select(*exprs, **named_exprs), Step("keeps", _flat(exprs)))

    def drop(self, *columns: Any, strict: bool = True) -> Noting:  # noqa: ANN401 - as Polars has it
        """Note what is left out."""
        left_out = tuple(map(str, _flat(columns)))
        return self._after(super().drop(*columns, strict=strict), Step("leaves out", names=left_out))

    def _after(self, made: pl.LazyFrame, step: Step) -> Noting:
        if not isinstance(made, Noting):
            raise TypeError("polars makes another kind of frame of this one")
        made.steps = None if self.steps is None else (*self.steps, step)
        return made


def _flat(values: Iterable[Any]) -> tuple[Any, ...]:
    """Return what stands in `values`, lists in it taken apart."""
    return tuple(
        part for value in values for part in (value if isinstance(value, list | tuple) else (value,))
    )
