"""Stages compiled once and run again on other figures.

What a stage adds to a frame follows from the scheme and from which columns there are, never from the figures.
So its steps are noted, as the engine's own expressions, and taken again for the next frame with these
columns: the next month, a changed figure, a replicate. Building them costs more than computing them for some
ten thousand units.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from functools import cached_property
from typing import Any, Final, TypeAlias, TypeVar, cast

import narwhals as nw
import polars as pl

from quanheng.engine.frame.again.noting import (
    LooksAtFigures,
    Noting,
    Recording,
    Stage,
    Step,
    needed_for,
    noted,
    taken,
)
from quanheng.findings.value import Value

_Made = TypeVar("_Made")

_MOST: Final = 256
"""What is kept at most, of some ten schemes; what was kept longest goes first."""
MOST_COLUMNS: Final = 4_000
"""Of wider frames no stage is kept: its expressions are large."""
_KEPT: Final[dict[tuple[Hashable, ...], object]] = {}


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
    return nw.from_native(taken(native, steps))


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
        stage(frame) if steps is None else nw.from_native(taken(native, steps))
        for stage, steps in zip(stages, every, strict=True)
    )


_Told = TypeVar("_Told")
Run: TypeAlias = Callable[[nw.LazyFrame[Any]], tuple[nw.LazyFrame[Any], _Told]]
"""Stages one after another, and what they tell beside the frame."""


class Rerun(Value, eq=False, dict=True):
    """Steps that are known, for a `frame`: only as many of them are taken as is asked for.

    Examples:
        >>> b, c = pl.col("a").alias("b"), pl.col("a").alias("c")
        >>> again = Rerun(frame=pl.LazyFrame({"a": [1]}), steps=(Step("adds", (b,)), Step("adds", (c,))))
        >>> again.whole.collect().rows(), again.only(("c",)).collect().rows()
        ([(1, 1, 1)], [(1,)])
    """

    frame: pl.LazyFrame
    steps: tuple[Step, ...]

    @cached_property
    def whole(self) -> nw.LazyFrame[Any]:
        """The frame after all steps, taken when it is first asked for."""
        return nw.from_native(taken(self.frame, self.steps))

    def only(self, names: tuple[str, ...]) -> nw.LazyFrame[Any]:
        """Return the columns of these `names` alone, by the steps that they need."""
        if len(self.steps) > _MOST_STEPS:
            return self.whole.select(*names)
        needed = _once((_NEEDED, id(self.steps), names), lambda: (self.steps, needed_for(names, self.steps)))
        return nw.from_native(taken(self.frame, needed[1]).select(names))


_MOST_STEPS: Final = 100
"""A plan of more steps is settled now and then, since it grows too deep."""
_NEEDED: Final = "needed"


def recorded(
    frame: nw.LazyFrame[Any], run: Run[_Told], of: Origin
) -> tuple[nw.LazyFrame[Any] | Rerun, _Told]:
    """Return what `run` makes of `frame` and what it tells, both known from the third time on.

    The first time it is run as it is: most schemes are scored once. The second time its steps are noted,
    where the plan is settled among them. A run that looks at figures is run as it is every time.

    Examples:
        >>> asked = []
        >>> def doubled(rows):
        ...     asked.append(len(rows.collect_schema()))
        ...     return rows.with_columns(nw.col("a") * 2), "doubled"
        >>> of = Origin("run", scheme=object())
        >>> for figure in (1, 2, 3, 4):
        ...     made, told = recorded(nw.from_native(pl.LazyFrame({"a": [figure]})), doubled, of)
        ...     made = made.whole if isinstance(made, Rerun) else made
        ...     made.collect()["a"].to_list(), told
        ([2], 'doubled')
        ([4], 'doubled')
        ([6], 'doubled')
        ([8], 'doubled')
        >>> asked
        [1, 1]
    """
    native = frame.to_native()
    if not isinstance(native, pl.LazyFrame) or isinstance(native, Noting):
        return run(frame)
    key = (of, *_facts_of(native.collect_schema()))
    known = _KEPT.get(key, _UNSEEN)
    if known is _UNSEEN:
        _keep(key, _SEEN)
        return run(frame)
    if known is _SEEN:
        known = _keep(key, _recording(native, run))
    if known is None:
        return run(frame)
    steps, told = cast("tuple[tuple[Step, ...], _Told]", known)
    return Rerun(frame=native, steps=steps), told


_UNSEEN: Final = object()
_SEEN: Final = object()


def _recording(frame: pl.LazyFrame, run: Run[_Told]) -> tuple[tuple[Step, ...], _Told] | None:
    """Return the steps of a run and what it tells; None if they are not the same for other figures."""
    try:
        made, told = run(nw.from_native(Recording.of(frame)))
    except LooksAtFigures:
        return None
    steps = made.to_native().steps
    return None if steps is None else (steps, told)


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


def _facts_of(schema: pl.Schema) -> tuple[Hashable, ...]:
    """Return what tells a schema from others. Plain types are told by their class: a hash of each is slow."""
    types = (kind if (kind := type(each)) in _PLAIN else each for each in schema.dtypes())
    return (*schema.names(), *types)


_PLAIN: Final = frozenset({pl.Boolean, pl.Float64, pl.Int8, pl.Int32, pl.Int64, pl.String, pl.UInt32})


def _once(key: tuple[Hashable, ...], make: Callable[[], _Made]) -> _Made:
    return cast("_Made", _KEPT[key]) if key in _KEPT else _keep(key, make())


def _keep(key: tuple[Hashable, ...], made: _Made) -> _Made:
    while len(_KEPT) >= _MOST and key not in _KEPT:
        _KEPT.pop(next(iter(_KEPT)), None)
    _KEPT[key] = made
    return made
