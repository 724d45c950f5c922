"""What the data cover: which items, units and periods have a figure at all."""

from __future__ import annotations

from collections.abc import Iterable

import polars as pl

from quanheng.data.cells.numbers import IS_NOT_APPLICABLE, IS_VALUE
from quanheng.data.figures.figures import Figures
from quanheng.findings.value import Value, field


class Coverage(Value):
    """What has a value: items and units by their index, periods by their number.

    `not_applicable` are the items of which some unit says that they do not apply to it.
    """

    items: frozenset[int] = frozenset()
    periods: frozenset[int] = frozenset()
    not_applicable: frozenset[int] = frozenset()
    units: pl.Series = field(default_factory=lambda: pl.Series("unit", [], dtype=pl.UInt32))


def coverage_of(figures: Figures) -> Coverage:
    """Return what `figures` cover."""
    values = figures.frame.filter(pl.col("state") == IS_VALUE)
    inapplicable = figures.frame.filter(pl.col("state") == IS_NOT_APPLICABLE)
    return Coverage(
        items=frozenset(values["item"].unique()),
        periods=frozenset(values["period"].unique()),
        not_applicable=frozenset(inapplicable["item"].unique()),
        units=values["unit"].unique(),
    )


def united(parts: Iterable[Coverage]) -> Coverage:
    """Return what all of `parts` cover together."""
    whole = tuple(parts)
    return Coverage(
        items=frozenset[int]().union(*(part.items for part in whole)),
        periods=frozenset[int]().union(*(part.periods for part in whole)),
        not_applicable=frozenset[int]().union(*(part.not_applicable for part in whole)),
        units=pl.concat([Coverage().units, *(part.units for part in whole)]).unique(),
    )
