"""The frames of a book: their columns and the types of these; text is String, figures are Float64."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, TypeAlias

import narwhals as nw
import polars as pl

from quanheng.scheme.ledgers.ledger import Ledger

Frame: TypeAlias = nw.DataFrame[pl.DataFrame]
LazyFrame: TypeAlias = nw.LazyFrame[pl.LazyFrame]
Schema: TypeAlias = Mapping[str, Any]
"""Column to Polars type."""

VALUE: Final = "value"
MISSING: Final = "missing"
NOT_APPLICABLE: Final = "not_applicable"
"""The three states of a cell (absence §1), as the `state` columns spell them."""

SOURCE: Final[Schema] = {"file": pl.String, "sheet": pl.String, "cell": pl.String}
"""Where a row was read: `cell` is `C14` in a workbook and `12:gdp` (row and heading) elsewhere."""

UNITS: Final[Schema] = {"unit": pl.String, "name": pl.String, "group": pl.String}
OBSERVATIONS: Final[Schema] = {
    "item": pl.String,
    "unit": pl.String,
    "period": pl.String,
    "value": pl.Float64,
    "state": pl.String,
    **SOURCE,
}
VERSIONS: Final[Schema] = {**OBSERVATIONS, "known_on": pl.Date}
"""Observations with all that was known before: one row an item, unit, period and day."""
TARGETS: Final[Schema] = {
    "unit": pl.String,
    "indicator": pl.String,
    "period": pl.String,
    "target": pl.Float64,
    "floor": pl.Float64,
    "stretch": pl.Float64,
    "state": pl.String,
    **SOURCE,
}
TARGET_VERSIONS: Final[Schema] = {**TARGETS, "set_on": pl.Date, "reason": pl.String}
"""Targets with all that was set before: one row a unit, indicator, period and day."""
ADJUSTMENTS: Final[Schema] = {
    "unit": pl.String,
    "kind": pl.String,
    "marks": pl.Float64,
    "reason": pl.String,
    "node": pl.String,
    "category": pl.String,
    "date": pl.Date,
    "evidence": pl.String,
    **SOURCE,
}
RECORD_SOURCE: Final[Schema] = {
    "source_file": pl.String,
    "source_sheet": pl.String,
    "source_row": pl.UInt32,
}
HISTORY: Final[Schema] = {
    "round": pl.String,
    "unit": pl.String,
    "score": pl.Float64,
    "place": pl.Int64,
    "tier": pl.String,
}


def empty(schema: Schema) -> pl.DataFrame:
    """Return a frame of no rows with the columns of `schema`."""
    return pl.DataFrame(schema=dict(schema))


def no_records(ledger: Ledger) -> Frame:
    """Return the records of a declared ledger that the book does not have yet: its columns, no rows."""
    roles = (ledger.key, ledger.unit, ledger.owner, ledger.evidence)
    state = None if ledger.states is None else ledger.states.column
    texts: Schema = dict.fromkeys((role for role in (*roles, state) if role is not None), pl.String)
    dates: Schema = {role: pl.Date for role in (ledger.opened, ledger.due, ledger.closed) if role is not None}
    return nw.from_native(empty({**texts, **dates, **RECORD_SOURCE}), eager_only=True)
