"""What an explanation is read off: a result's frames, and one unit's row of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import narwhals as nw

from quanheng.engine import columns as c
from quanheng.engine.engines import Engine
from quanheng.engine.fold import Held
from quanheng.scheme.model import Scheme

if TYPE_CHECKING:
    from quanheng.data.book import Book


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What an explanation is read off: the wide frame, the ranking, and the book the figures stand in."""

    scheme: Scheme
    round: str
    engine: Engine
    plan: nw.LazyFrame[Any]
    ranking: nw.DataFrame[Any]
    book: Book | None
    held: Held | None = None


@dataclass(frozen=True)
class Reader:
    """One unit's row of the wide frame, and what its values came from."""

    evidence: Evidence
    row: Mapping[str, Any]

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
