"""The long tables of a result in parts, some units after others: all at once may outgrow the memory."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

import narwhals as nw

from quanheng.engine.figures.sources import sources_in_parts
from quanheng.engine.frame import columns as c
from quanheng.engine.frame.comparing import ordering
from quanheng.engine.frame.engines import polars_engine
from quanheng.engine.results.tables import source_texts
from quanheng.engine.results.trace import indicators_absent, trace_of
from quanheng.scheme.tree.scheme import Scheme

if TYPE_CHECKING:
    from quanheng.data.book.book import Book

PART: Final = 2_000_000
"""About so many rows of a long table are held at once."""
_ORDER: Final = ("unit", "node", "step", "stage", "text")


def slices(units: int, rows: int, *, part: int) -> Iterator[slice]:
    """Yield slices of so many `units`, each of about `part` rows where a unit has `rows`; one at least.

    Examples:
        >>> list(slices(5, 10, part=20))
        [slice(0, 2, None), slice(2, 4, None), slice(4, 6, None)]
        >>> list(slices(0, 10, part=20))
        [slice(0, 2, None)]
    """
    size = max(1, part // max(1, rows))
    return (slice(start, start + size) for start in range(0, max(1, units), size))


def parts_of_trace(
    wide: nw.DataFrame[Any],
    scheme: Scheme,
    book: Book | None,
    *,
    round: str,  # noqa: A002  the word of the language
    part: int = PART,
) -> Iterator[nw.DataFrame[Any]]:
    """Yield the trace of a result by unit, node, step, stage and text, with values at 12 digits.

    Sums over a pool differ in their last bits from run to run: 12 digits are the same each time. Its rows
    are made from the wide frame `wide`, on whatever engine it was computed.
    """
    rows = len(wide.columns)
    for of_texts, texts in _texts(wide, book, round, part):
        own = wide[of_texts]
        inner = list(slices(len(own), rows, part=part))
        for of_part in inner:
            plan = own[of_part]
            named = texts
            if texts is not None and len(inner) > 1:
                named = texts.filter(nw.col(c.UNIT).is_in(plan[c.UNIT].to_list()))
            lazy = None if named is None else named.lazy()
            absent = indicators_absent(plan, scheme)
            trace = trace_of(plan.lazy(), scheme, polars_engine(), lazy, absent=absent).collect()
            settled = trace.with_columns(ordering(nw.col("value")).alias("value"))
            yield settled.sort(*_ORDER, nulls_last=True)


def _texts(
    wide: nw.DataFrame[Any],
    book: Book | None,
    round: str,  # noqa: A002  the same
    part: int,
) -> Iterator[tuple[slice, nw.DataFrame[Any] | None]]:
    """Yield the texts of the cells of some units after others, and which rows of the wide frame these are."""
    if book is None:
        yield slice(0, len(wide)), None
        return
    items = sum(column.startswith(c.item("")) for column in wide.columns)
    parts = list(slices(len(wide), items, part=part))
    whole = len(parts) == 1
    units = (None if whole else wide[rows][c.UNIT].to_list() for rows in parts)
    found = sources_in_parts(book, round=round, parts=units, in_order=False)
    yield from ((rows, source_texts(sources)) for rows, sources in zip(parts, found, strict=True))
