"""Steps that are noted as a stage takes them: the columns it adds, keeps and leaves out.

What is noted are the engine's own expressions, so that the same steps can be taken for another frame.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final, Literal, NoReturn, Self, TypeAlias

import narwhals as nw
import polars as pl

from quanheng.findings.value import Value

Stage: TypeAlias = Callable[[nw.LazyFrame[Any]], nw.LazyFrame[Any]]
"""A step of the plan, from frame to frame."""


class Step(Value, kw_only=False):
    """One step of a plan.

    It adds columns, keeps only some, or leaves some out by their names. It settles the plan: runs it and goes
    on from its outcome. Or it sets the one row beside every row that its own steps make, the totals.
    """

    does: Literal["adds", "keeps", "leaves out", "settles", "totals"]
    columns: tuple[pl.Expr, ...] = ()
    names: tuple[str, ...] = ()
    steps: tuple[Step, ...] = ()
    streams: bool = False
    """Whether the totals are computed as the rows stream."""

    def taken(self, frame: pl.LazyFrame) -> pl.LazyFrame:
        """Return `frame` after this step."""
        match self.does:
            case "adds":
                return frame.with_columns(self.columns)
            case "keeps":
                return frame.select(self.columns)
            case "leaves out":
                return frame.drop(self.names, strict=False)
            case "settles":
                return settled(frame)
            case "totals":
                return beside(frame, taken(frame, self.steps), streams=self.streams)


def taken(frame: pl.LazyFrame, steps: Iterable[Step]) -> pl.LazyFrame:
    """Return `frame` after `steps`.

    Examples:
        >>> steps = (Step("adds", (pl.col("a").alias("b"),)), Step("leaves out", names=("a",)))
        >>> taken(pl.LazyFrame({"a": [1]}), steps).collect().to_dicts()
        [{'b': 1}]
    """
    for step in steps:
        frame = step.taken(frame)
    return frame


def needed_for(names: Iterable[str], steps: Sequence[Step]) -> tuple[Step, ...]:
    """Return those of `steps` that columns of these `names` need, as one plan that is settled nowhere.

    Examples:
        >>> b, d = pl.col("a").alias("b"), pl.col("c").alias("d")
        >>> steps = (Step("adds", (b,)), Step("adds", (d,)), Step("settles"))
        >>> [step.columns[0].meta.output_name() for step in needed_for(["b"], steps)]
        ['b']
    """
    if any(each.meta.has_multiple_outputs() for step in steps for each in step.columns):
        return tuple(steps)
    wanted, needed = set(names), list[Step]()
    for step in reversed(steps):
        columns = tuple(each for each in step.columns if each.meta.output_name() in wanted)
        made = {each.meta.output_name() for each in columns}
        totals = needed_for(wanted, step.steps)
        match step.does:
            case "adds":
                wanted -= made
            case "keeps":
                wanted.clear()
            case "totals":
                made = wanted & _outcome(totals)
                totals = (*totals, Step("keeps", tuple(map(pl.col, sorted(made)))))
                wanted -= made
            case "leaves out" | "settles":
                continue
        if made:
            needed.append(replace(step, columns=columns, steps=totals))
            looking = (*columns, *(each for total in totals for each in total.columns))
            wanted.update(name for each in looking for name in each.meta.root_names())
    return tuple(reversed(needed))


def _outcome(steps: Iterable[Step]) -> set[str]:
    """Return the columns of totals after the `steps` that make them."""
    names = set[str]()
    for step in steps:
        if step.does == "keeps":
            names.clear()
        names.update(each.meta.output_name() for each in step.columns)
        names.difference_update(step.names)
    return names


def settled(plan: pl.LazyFrame) -> pl.LazyFrame:
    """Return the outcome of `plan`, held in memory; where it is noted, that it is run here.

    Examples:
        >>> settled(pl.LazyFrame({"a": [1]}).with_columns(b=2)).explain()
        'DF ["a", "b"]; PROJECT */2 COLUMNS'
    """
    return plan.settled() if isinstance(plan, Recording) else plan.collect(engine="in-memory").lazy()


def beside(frame: pl.LazyFrame, totals: pl.LazyFrame, *, streams: bool) -> pl.LazyFrame:
    """Return `frame` with the one row of `totals` beside every row: constants need no memory and no join.

    Examples:
        >>> frame = pl.LazyFrame({"a": [1, 2]})
        >>> beside(frame, frame.select(b=pl.col("a").sum()), streams=False).collect().rows()
        [(1, 3), (2, 3)]
    """
    table = totals.collect(engine="streaming" if streams else "in-memory")
    known = zip(table.row(0), table.schema.items(), strict=True)
    return frame.with_columns([_constant(value, dtype).alias(name) for value, (name, dtype) in known])


def _constant(value: object, dtype: pl.DataType) -> pl.Expr:
    # a number of Python's own is one of 64 bits: to say so takes ten times as long
    return pl.lit(value) if type(value) is float and dtype == pl.Float64 else pl.lit(value, dtype=dtype)


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


class Noting(pl.LazyFrame):
    """A frame that notes which columns are added to it, kept of it and left out."""

    steps: tuple[Step, ...] | None = None
    """None after any other step, which cannot be taken again."""

    @classmethod
    def of(cls, frame: pl.LazyFrame) -> Self:
        """Return one with the columns of `frame`: that plan itself, since to make an empty one is slow."""
        noting = frame.clone()
        noting.__class__ = cls
        if not isinstance(noting, cls):
            raise TypeError("polars makes another kind of frame of this one")
        noting.steps = ()
        return noting

    def with_columns(self, *exprs: Any, **named_exprs: Any) -> Self:  # noqa: ANN401 - as Polars has it
        """Note what is added."""
        return self._after(
            super().with_columns(*exprs, **named_exprs), Step("adds", _all(exprs, named_exprs))
        )

    def select(self, *exprs: Any, **named_exprs: Any) -> Self:  # noqa: ANN401 - as Polars has it
        """Note what is kept."""
        return self._after(super().select(*exprs, **named_exprs), Step("keeps", _all(exprs, named_exprs)))

    def drop(self, *columns: Any, strict: bool = True) -> Self:  # noqa: ANN401 - as Polars has it
        """Note what is left out."""
        left_out = tuple(map(str, _flat(columns)))
        return self._after(super().drop(*columns, strict=strict), Step("leaves out", names=left_out))

    def _after(self, made: pl.LazyFrame, step: Step) -> Self:
        if not isinstance(made, type(self)):
            raise TypeError("polars makes another kind of frame of this one")
        made.steps = None if self.steps is None else (*self.steps, step)
        return made


class LooksAtFigures(Exception):  # noqa: N818  nothing is wrong: such steps are taken anew each time
    """What comes next depends on the figures, so the steps of one frame are not those of another."""


class Recording(Noting):
    """A frame that also notes where the plan is settled and totals are set beside it: a whole run of stages.

    Raises:
        LooksAtFigures: by any other way to look at the frame.
    """

    def settled(self) -> Self:
        """Note that the plan is run here."""
        return self._after(self.clone(), Step("settles"))

    def with_totals(self, totals: Stage, *, streams: bool) -> Self:
        """Note the one row that is set beside every row."""
        fresh = Recording.of(self)
        made = nw.to_native(totals(nw.from_native(fresh)))
        if not isinstance(made, Recording) or made.steps is None:
            raise LooksAtFigures
        unknown = [pl.lit(None, dtype=dtype).alias(name) for name, dtype in made.collect_schema().items()]
        step = Step("totals", steps=made.steps, streams=streams)
        return self._after(pl.LazyFrame.with_columns(self, unknown), step)


_NOTED: Final = frozenset({"with_columns", "select", "drop"})
_OF_COLUMNS: Final = frozenset({"clone", "collect_schema", "columns", "dtypes", "lazy", "schema", "width"})


def _refused(*_: object, **__: object) -> NoReturn:
    raise LooksAtFigures


for _name in {name for name in dir(pl.LazyFrame) if not name.startswith("_")} - _NOTED - _OF_COLUMNS:
    setattr(Recording, _name, _refused)


def _all(exprs: Iterable[Any], named: Mapping[str, Any]) -> tuple[Any, ...]:
    """Return all that is added or kept; what is given by name has it, a text names a column as in Polars."""
    called = (pl.col(value) if isinstance(value, str) else value for value in named.values())
    parts = (value if isinstance(value, pl.Expr) else pl.lit(value) for value in called)
    return (*_flat(exprs), *(part.alias(name) for name, part in zip(named, parts, strict=True)))


def _flat(values: Iterable[Any]) -> tuple[Any, ...]:
    """Return what stands in `values`, lists in it taken apart."""
    return tuple(
        part for value in values for part in (value if isinstance(value, list | tuple) else (value,))
    )
