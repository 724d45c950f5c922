"""What an explanation is read off: a result's frames, and one unit's row of them."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import narwhals as nw

from quanheng.engine.figures.sources import sources
from quanheng.engine.formulas.measures import measures_of, scope_of, wanted_of
from quanheng.engine.formulas.pooled import pooled_columns
from quanheng.engine.frame import columns as c
from quanheng.engine.frame.engines import Engine
from quanheng.engine.stages.adjustments.counted import Counted, counted_adjustments
from quanheng.engine.stages.reviews.fold import HeldReviews
from quanheng.findings.errors import EngineError
from quanheng.scheme.formulas.tree import Call
from quanheng.scheme.rules.anchors import Direction
from quanheng.scheme.tree.names import Names, names_of
from quanheng.scheme.tree.scheme import Scheme

if TYPE_CHECKING:
    from quanheng.data.book.book import Book


Owner: TypeAlias = tuple[str, str, str]
"""Who has a value: code, name, round."""
_MANY_ROWS: Final = 1_000_000
"""Of a book with more rows than this, the cells are looked up for the unit that is explained alone."""


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """What explanations are read off: the wide frame, the ranking, and the book the figures stand in.

    What is the same for all units is looked up when it is first asked for, and kept.
    """

    scheme: Scheme
    round: str
    engine: Engine
    plan: nw.LazyFrame[Any]
    ranking: nw.DataFrame[Any]
    book: Book | None
    held: HeldReviews | None = None
    over: nw.LazyFrame[Any] | None = None

    def name_of(self, unit: str) -> str:
        """Return what a unit is called; its code where it has no name."""
        return self._names.get(unit) or unit

    @cached_property
    def _names(self) -> Mapping[str, str | None]:
        return dict(self.ranking.select(c.UNIT, c.NAME).rows())

    @cached_property
    def names(self) -> Names:
        """What the nodes and items of the scheme are called."""
        return names_of(self.scheme)

    @cached_property
    def owners(self) -> dict[tuple[str, float, str | None], tuple[Owner, ...]]:
        """The first units with a value of an indicator, in a group or in all: those asked for so far."""
        return {}

    @cached_property
    def pooled(self) -> Mapping[Direction, Mapping[tuple[Call, int], str]]:
        """The columns of what measures ask of other units, by the call and the months before the round."""
        return pooled_columns(wanted_of(measures_of(self.scheme)), scope_of(self.plan, self.scheme))

    @cached_property
    def sources(self) -> nw.DataFrame[Any]:
        """unit, item, months_before, value, state, period, file, sheet, cell of every figure used."""
        if self.book is None:
            raise EngineError(
                "a result of a frame knows no source cells; score a book to have them",
                "由数据表得出的结果没有来源单元格；对考核册计分才有",
            )
        return sources(self.book, round=self.round)

    def cells_of(self, unit: str) -> Mapping[tuple[str, int], tuple[str, ...]]:
        """Return the cells that made the figures of `unit`, by item and months before the round."""
        if self.book is None:
            return {}
        if _rows_in(self.book) > _MANY_ROWS:
            own = sources(self.book, round=self.round, units=[unit])
        else:
            own = self.sources.filter(nw.col(c.UNIT) == unit)
        found: dict[tuple[str, int], tuple[str, ...]] = {}
        for source in own.iter_rows(named=True):
            key = (str(source["item"]), int(source["months_before"]))
            found[key] = (*found.get(key, ()), _cell_text(source))
        return found


@dataclass(frozen=True)
class Reader:
    """One unit's row of the wide frame, and what its values came from."""

    evidence: Evidence
    row: Mapping[str, Any]

    @cached_property
    def cells(self) -> Mapping[tuple[str, int], tuple[str, ...]]:
        """The cells that made the unit's figures, by item and months before the round."""
        return self.evidence.cells_of(self.unit)

    @cached_property
    def counted(self) -> tuple[Counted, ...]:
        """What counts of each adjustment of the unit."""
        book = self.evidence.book
        return counted_adjustments(self.scheme, self.row, None if book is None else book.adjustments)

    @property
    def scheme(self) -> Scheme:
        """The scheme of the result."""
        return self.evidence.scheme

    @property
    def unit(self) -> str:
        """The unit's code."""
        return str(self.row[c.UNIT])

    @property
    def group(self) -> str:
        """The code of the unit's group."""
        return str(self.row[c.GROUP])

    def number(self, column: str) -> float | None:
        """Return the number in a column of the wide frame; None if it is null or there is no such column."""
        value = self.row.get(column)
        return None if value is None else float(value)


def _rows_in(book: Book) -> float:
    """Return how many rows the figures of `book` may have; those of big files are not counted."""
    if book.panels:
        return math.inf
    return len(book.observations) + len(book.units) + sum(len(ledger) for ledger in book.ledgers.values())


def _cell_text(source: Mapping[str, Any]) -> str:
    return "!".join(str(source[part]) for part in ("file", "sheet", "cell") if source[part])
