"""What units reached in the reviews inside a round, for the formulas that look at them (formulas m)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import narwhals as nw
import polars as pl

from quanheng.data.book.frames import Frame
from quanheng.scheme.formulas.reviews import AWARDED

REVIEWED: Final = ("unit", "round", "score", "place", "place_from_below", "tier")
"""The columns of `Book.reviewed`, and one for each award that is asked for (`awarded`), true or false.

A row for each review inside the round, held or not, and each unit that exists on its last day; null is
what is not known.
"""


def awarded(award: str) -> str:
    """Return the column that says to whom an award was given."""
    return f"{AWARDED}{award}"


_NUMBERS: Final = {"score": pl.Float64, "place": pl.Int64, "place_from_below": pl.Int64}


def nobody_reviewed(awards: Sequence[str]) -> Frame:
    """Return no rows, with the columns of what is reached in reviews.

    Examples:
        >>> nobody_reviewed(["Flag"]).columns[-2:]
        ['tier', 'award == Flag']
    """
    flags = {awarded(award): pl.Boolean for award in awards}
    return nw.from_native(pl.DataFrame(schema={**dict.fromkeys(REVIEWED, pl.String), **_NUMBERS, **flags}))
