"""Records of a ledger through time: the states they may begin in and move between; what an import changes.

Frames here hold texts, one row a record: what a cell says in one spelling only (a date as 2023-03-18, a
number without needless zeros), null where it is empty.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import narwhals as nw

from quanheng.data.ledgers.arrivals import EMPTIED
from quanheng.scheme.ledgers.ledger import States

KEY: Final = "key"
COLUMN: Final = "column"
BEFORE: Final = "before"
AFTER: Final = "after"
_BETWEEN: Final = "\x1f"
_ROW: Final = "\x1frow"
_PLACE: Final = "\x1fplace"


def may_begin(states: States, state: nw.Expr) -> nw.Expr:
    """Return whether a new record may have the `state`; never null, false where it is empty."""
    return state.is_in(list(states.first)).fill_null(value=False)


def may_move(states: States, before: nw.Expr, after: nw.Expr) -> nw.Expr:
    """Return whether a record may go from the state `before` to `after`; never null.

    It may stay where it is. From an empty state, or one the ledger does not know, it may go where a new
    record may begin.

    Examples:
        >>> import polars as pl
        >>> states = States(column="state", moves={"a": ("b",), "b": ()}, first=("a",), done=("b",))
        >>> moves = nw.from_native(
        ...     pl.DataFrame({"before": ["a", "b", "a", None], "after": ["b", "a", "a", "a"]})
        ... )
        >>> moves.select(may_move(states, nw.col("before"), nw.col("after")))["before"].to_list()
        [True, False, True, True]
    """
    pairs = [f"{here}{_BETWEEN}{there}" for here, theres in states.moves.items() for there in theres]
    allowed = nw.concat_str(before, after, separator=_BETWEEN).is_in(pairs).fill_null(value=False)
    unknown = ~before.is_in(list(states.names)).fill_null(value=False)
    return allowed | (before == after).fill_null(value=False) | (unknown & may_begin(states, after))


def states_after(states: States, state: str) -> tuple[str, ...]:
    """Return the states that a record may go to from `state`; where that is none, those it may begin in."""
    return states.moves.get(state, states.first)


def changes(
    there: nw.DataFrame[Any], arriving: nw.DataFrame[Any], *, key: str, columns: Sequence[str]
) -> nw.DataFrame[Any]:
    """Return the cells that `arriving` changes in `there`: key, column, before, after; record by record.

    Records are matched by the column `key`, which both have once a record. Only `columns` are looked at, and
    only those that `arriving` has; one that `there` lacks is empty. A new record has its every cell that is
    not empty among the changes, except the key. An empty arriving cell changes nothing; `/` empties the cell
    that is there, and then `after` is null.
    """
    known = [name for name in columns if name in there.columns]
    here = there.select(nw.col(key).alias(KEY), *(nw.col(name).alias(_old(name)) for name in known))
    joined = arriving.rename({key: KEY}).with_row_index(_ROW).join(here, on=KEY, how="left")
    told = [
        joined.select(
            _ROW,
            nw.lit(place).alias(_PLACE),
            KEY,
            nw.lit(name).alias(COLUMN),
            _meant(nw.col(_old(name)) if name in known else nw.lit(None, dtype=nw.String())).alias(BEFORE),
            _meant(nw.col(name)).alias(AFTER),
            nw.col(name).alias("said"),
        )
        .filter(
            ~nw.col("said").is_null()
            & ~((nw.col(BEFORE) == nw.col(AFTER)).fill_null(value=False))
            & ~(nw.col(BEFORE).is_null() & nw.col(AFTER).is_null())
        )
        .drop("said")
        for place, name in enumerate(columns)
        if name in arriving.columns and name != key
    ]
    if not told:
        return joined.select(KEY, *(nw.lit("").alias(name) for name in (COLUMN, BEFORE, AFTER))).head(0)
    return nw.concat(told, how="vertical").sort(_ROW, _PLACE).drop(_ROW, _PLACE)


def _old(name: str) -> str:
    return f"{name}{_BETWEEN}there"


def _meant(cell: nw.Expr) -> nw.Expr:
    return nw.when(cell != EMPTIED).then(cell)
