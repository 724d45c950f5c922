"""Stages compiled once and run again on other figures.

What a stage adds to a frame follows from the scheme and from which columns there are, never from the figures.
So its steps are noted, as the engine's own expressions, and taken again for the next frame with these
columns: the next month, a changed figure, a replicate. Building them costs more than computing them for some
ten thousand units.

And of an index with very many indicators most differ in nothing but their names: so the expressions are made
for one of a kind, and the columns of each other one are given its names while they run. What comes out is the
same to the last bit.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

import narwhals as nw
import polars as pl

Step: TypeAlias = tuple[tuple[pl.Expr, ...], tuple[str, ...]]
"""The columns that a step adds, and the names of those it leaves out."""

_MOST: Final = 64
"""Stages that are kept, those of some ten schemes; the one kept longest goes first."""
MOST_COLUMNS: Final = 4_000
"""Of wider frames none is kept: their expressions are large."""
_MANY: Final = 200
"""Fewer are planned one by one."""
_KIND: Final = 8
"""Fewer of a kind are not worth laying together."""
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
        steps = noted(schema, stage)
        if steps is None:
            return stage(frame)
        if len(schema) <= MOST_COLUMNS:
            _keep(key, steps)
    for expressions, left_out in steps:
        native = native.with_columns(*expressions) if expressions else native.drop(left_out, strict=False)
    return nw.from_native(native)


def noted(
    schema: pl.Schema, stage: Callable[[nw.LazyFrame[Any]], nw.LazyFrame[Any]]
) -> tuple[Step, ...] | None:
    """Return the steps that `stage` takes for a frame of this `schema`; None if they cannot be taken again.

    Examples:
        >>> ((added, left_out),) = noted(
        ...     pl.Schema({"a": pl.Int64}), lambda rows: rows.with_columns(b=nw.col("a"))
        ... )
        >>> [each.meta.output_name() for each in added]
        ['b']
    """
    done = nw.to_native(stage(nw.from_native(_Noting.of(schema))))
    return done.steps if isinstance(done, _Noting) else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Making:
    """The columns of the node `code`, named `…|code` or `…|code|…`: of which kind, and how they are made.

    Those of one kind differ only in their names: `made` looks at columns named after the node (or
    after `reads`), and at others that are the same for the whole kind. None is a kind of its own.
    """

    code: str
    kind: Hashable | None
    made: Callable[[], Sequence[nw.Expr]]
    reads: str = ""
    """The code in the names of what is looked at, if it is another."""
    shared: tuple[str, ...] = ()
    """The columns of other nodes that the whole kind looks at."""

    @property
    def source(self) -> str:
        """The code in the names of the columns that are looked at."""
        return self.reads or self.code


def with_made(frame: nw.LazyFrame[Any], makings: Sequence[Making]) -> nw.LazyFrame[Any]:
    """Add the columns of `makings` to `frame`; very many are computed at once.

    Examples:
        >>> table = pl.LazyFrame({f"measure|k{at}": [float(at)] for at in range(300)})
        >>> def doubled(code):
        ...     return lambda: [(nw.col(f"measure|{code}") * 2).alias(f"points|{code}")]
        >>> makings = [Making(code=f"k{at}", kind="doubled", made=doubled(f"k{at}")) for at in range(300)]
        >>> with_made(nw.from_native(table), makings).collect()["points|k299"].to_list()
        [598.0]
    """
    plan = nw.to_native(frame)
    if len(makings) < _MANY or not isinstance(plan, pl.LazyFrame) or isinstance(plan, _Noting):
        return frame.with_columns(*[each for node in makings for each in node.made()])
    table = plan.collect()
    kinds: dict[Hashable, list[Making]] = {}
    for node in makings:
        kinds.setdefault(node.kind, []).append(node)
    apart = kinds.pop(None, [])
    named = _by_node(table.columns)
    columns: list[pl.DataFrame] = []
    for alike in kinds.values():
        laid = _columns_of(table, alike, named) if len(alike) >= _KIND else None
        if laid is None:
            apart.extend(alike)
        else:
            columns.extend(laid)
    replaced = {name for made in columns for name in made.columns} & set(table.columns)
    made = pl.concat([table.drop(replaced), *columns], how="horizontal")
    rows: nw.LazyFrame[Any] = nw.from_native(made.lazy())
    return rows.with_columns(*[each for node in apart for each in node.made()]) if apart else rows


def _by_node(columns: Sequence[str]) -> dict[str, list[str]]:
    """Return the columns that are named after each node, and under an empty name those of none."""
    named: dict[str, list[str]] = {}
    for column in columns:
        parts = column.split("|", 2)
        named.setdefault(parts[1] if len(parts) > 1 else "", []).append(column)
    return named


def _columns_of(
    table: pl.DataFrame, alike: Sequence[Making], named: dict[str, list[str]]
) -> list[pl.DataFrame] | None:
    """Return the columns of all that are `alike`; None where they cannot be laid together."""
    first = alike[0]
    known = [*named.get("", []), *named.get(first.source, []), *first.shared]
    schema = pl.Schema({name: table.get_column(name).dtype for name in known})
    steps = noted(schema, lambda rows: rows.with_columns(*first.made()))
    if steps is None:
        return None
    expressions = [each for added, _ in steps for each in added]
    looked_at = list(dict.fromkeys(root for each in expressions for root in each.meta.root_names()))
    names = [each.meta.output_name() for each in expressions]
    if not looked_at:
        return None
    columns: list[pl.DataFrame] = []
    for node in alike:
        # as frames: a series forgets that it is constant, and Polars divides by a constant otherwise
        own = table[[_renamed(root, first.source, node.source) for root in looked_at]]
        own.columns = looked_at
        made = own.select(*expressions)
        made.columns = [_renamed(name, first.code, node.code) for name in names]
        columns.append(made)
    return columns


def _renamed(column: str, of: str, to: str) -> str:
    """Return the column of the node `to` that stands where `column` stands for the node `of`."""
    parts = column.split("|", 2)
    return "|".join([parts[0], to, *parts[2:]]) if parts[1:2] == [of] else column


def with_pieces(frame: nw.LazyFrame[Any], pieces: Sequence[Mapping[str, nw.Expr]]) -> nw.LazyFrame[Any]:
    """Add the named columns of each of `pieces`, which look at those of the pieces before.

    Of a very wide Polars frame each is computed by itself: a step takes time and memory for every column.
    """
    plan = nw.to_native(frame)
    wide = isinstance(plan, pl.LazyFrame) and not isinstance(plan, _Noting)
    if not wide or len(plan.collect_schema()) <= MOST_COLUMNS:
        for piece in pieces:
            frame = frame.with_columns(*[column.alias(name) for name, column in piece.items()])
        return frame
    table: pl.DataFrame = plan.collect()
    plain = table.drop({name for piece in pieces for name in piece} & set(table.columns))
    made: dict[str, pl.DataFrame] = {}
    for piece in pieces:
        rows: nw.LazyFrame[Any] = nw.from_native(table.lazy())
        added: pl.DataFrame = (
            rows.with_columns(*[column.alias(name) for name, column in piece.items()])
            .select(*piece)
            .collect()
            .to_native()
        )
        # as frames: a series forgets that it is constant, and Polars divides by a constant otherwise
        made |= {name: added[[name]] for name in piece}
        table = pl.concat([plain, *made.values()], how="horizontal")
    return nw.from_native(table.lazy())


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
