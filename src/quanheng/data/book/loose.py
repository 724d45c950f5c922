"""A book of figures that stand in no file, as they come in from elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import narwhals as nw
import polars as pl

from quanheng.data.book import frames
from quanheng.data.book.book import Book
from quanheng.findings.value import Value
from quanheng.scheme.tree.scheme import Scheme


class ReportedUnit(Value):
    """A unit that reports: its code, its name, the group it is compared in."""

    code: str
    name: str
    group: str


class Figure(Value):
    """A figure of an item of a unit in a period; `is_asked` says that it is looked at, not looked back on."""

    item: str
    unit: str
    period: str
    value: float
    is_asked: bool = False


def loose_book(scheme: Scheme, units: Sequence[ReportedUnit], figures: Iterable[Figure]) -> Book:
    """Return a book of these units and figures, without targets, adjustments and what came before.

    Examples:
        >>> from quanheng.scheme.files.read import scheme_from_mapping
        >>> scheme = scheme_from_mapping(
        ...     {
        ...         "items": {"gdp": {}},
        ...         "indicators": {"output": {"measure": "gdp", "weight": 100, "rule": "percentile"}},
        ...     }
        ... )
        >>> town = ReportedUnit(code="T1", name="镇一", group=scheme.groups[0].code)
        >>> book = loose_book(scheme, [town], [Figure(item="gdp", unit="T1", period="2024", value=1.5)])
        >>> book.observations.select("item", "unit", "period", "value", "state").rows()
        [('gdp', 'T1', '2024', 1.5, 'value')]
    """
    listed = [(unit.code, unit.name, unit.group) for unit in units]
    told = [(each.item, each.unit, each.period, each.value, frames.VALUE, "", None, "") for each in figures]

    def frame(schema: frames.Schema, rows: Sequence[tuple[object, ...]] = ()) -> frames.Frame:
        return nw.from_native(pl.DataFrame(rows, schema=dict(schema), orient="row"), eager_only=True)

    return Book(
        scheme=scheme,
        units=frame(frames.UNITS, listed),
        observations=frame(frames.OBSERVATIONS, told),
        targets=frame(frames.TARGETS),
        adjustments=frame(frames.ADJUSTMENTS),
        history=frame(frames.HISTORY),
    )
