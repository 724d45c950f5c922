"""Columns of very many indicators, made once a kind and not once each.

Of an index with very many indicators most differ in nothing but their names: so the expressions are made
for one of a kind, and the columns of each other one are given its names while they run. What comes out is the
same to the last bit.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import Any, Final

import narwhals as nw
import polars as pl

from quanheng.engine.frame.again.naming import Naming, named_after
from quanheng.engine.frame.again.noting import Noting, noted
from quanheng.engine.frame.again.replays import MOST_COLUMNS
from quanheng.findings.value import Value

_MANY: Final = 200
"""Fewer are planned one by one."""
_KIND: Final = 8
"""Fewer of a kind are not worth laying together."""


class Making(Value):
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
    if isinstance(plan, Noting):
        return nw.from_native(plan.with_columns(*_noted_once(plan, makings))) if makings else frame
    if len(makings) < _MANY or not isinstance(plan, pl.LazyFrame):
        flat = [each for node in makings for each in node.made()]
        return frame.with_columns(*flat) if flat else frame
    table = plan.collect()
    # once one column is asked for, Polars keeps where each stands; before, it looks through all for each
    table.get_column(table.columns[0])
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
    further = [each for node in apart for each in node.made()]
    return rows.with_columns(*further) if further else rows


def _noted_once(plan: Noting, makings: Sequence[Making]) -> list[pl.Expr]:
    """Return the expressions of `makings` as the engine has them, in their order, translated once a kind."""
    kinds: dict[Hashable, list[Making]] = {}
    for node in makings:
        kinds.setdefault(node.kind, []).append(node)
    apart = kinds.pop(None, [])
    made: dict[str, list[pl.Expr]] = {}
    for alike in kinds.values():
        first = alike[0]
        expressions = _translated(plan, first)
        made[first.code] = expressions
        for node in alike[1:]:
            named = [named_after(each, _naming(each, first, node)) for each in expressions]
            if any(each is None for each in named):
                apart.append(node)
            else:
                made[node.code] = [each for each in named if each is not None]
    made |= {node.code: _translated(plan, node) for node in apart}
    return [each for node in makings for each in made[node.code]]


def _translated(plan: pl.LazyFrame, node: Making) -> list[pl.Expr]:
    columns = node.made()
    steps = noted(plan, lambda rows: rows.with_columns(*columns)) if columns else ()
    return [each for step in steps or () for each in step.columns]


def _naming(expression: pl.Expr, first: Making, node: Making) -> Naming:
    """Return how the columns of an expression of `first` are called where it is one of `node`."""
    return Naming(
        roots={root: _renamed(root, first.source, node.source) for root in expression.meta.root_names()},
        output=_renamed(expression.meta.output_name(), first.code, node.code),
    )


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
    first_made = first.made()
    if not first_made:
        return []
    steps = noted(table.select(known).lazy(), lambda rows: rows.with_columns(*first_made))
    if steps is None:
        return None
    expressions = [each for step in steps for each in step.columns]
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
    wide = isinstance(plan, pl.LazyFrame) and not isinstance(plan, Noting)
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
