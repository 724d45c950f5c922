"""What is looked up in a book for a round: each figure with its months, by where it comes from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, assert_never

from quanheng.engine.figures.for_round import scheme_for
from quanheng.engine.figures.looked_up.fetches import Fetch, fetches_of
from quanheng.engine.figures.looked_up.times import periods_beside, periods_for
from quanheng.engine.frame import columns as c
from quanheng.findings.value import Value
from quanheng.periods.period import Period
from quanheng.periods.stretch import Stretch
from quanheng.scheme.formulas.tree import OfSeries
from quanheng.scheme.items.item import FromLedger, FromPeriods, FromUnits, Item, Reported
from quanheng.scheme.tree.scheme import Scheme

if TYPE_CHECKING:
    from quanheng.engine.figures.looked_up.records import FromRecords


class FromReports(Value, kw_only=False):
    """A figure made of reported ones: which, its item, and the months it is of."""

    fetch: Fetch
    item: Item
    stretch: Stretch


class FromAttribute(Value, kw_only=False):
    """A figure that is an attribute of the units, the same in every round."""

    fetch: Fetch
    item: Item
    column: str
    words: tuple[str, ...] = ()


class FromSeries(Value, kw_only=False):
    """A figure made of the months, quarters or reviews of `stretch`; `named` is a column of its own."""

    fetch: Fetch
    item: Item
    series: OfSeries
    stretch: Stretch
    named: str = ""

    @property
    def column(self) -> str:
        """The column it becomes."""
        return self.named or c.item(self.fetch.item, self.fetch.months_before)


class Lookups(Value, kw_only=False):
    """What a scheme looks up for the months `stretch`; `fetches` has all of it in the order of first use."""

    stretch: Stretch
    fetches: tuple[Fetch, ...]
    reports: tuple[FromReports, ...]
    records: tuple[FromRecords, ...]
    attributes: tuple[FromAttribute, ...]
    series: tuple[FromSeries, ...] = ()
    reviews: tuple[FromSeries, ...] = ()

    @property
    def periods(self) -> Mapping[str, frozenset[Period]]:
        """The periods whose reported figures may be used, by item."""
        found: dict[str, frozenset[Period]] = {}
        for figure in self.reports:
            code = figure.item.code
            found[code] = found.get(code, frozenset()).union(
                periods_for(figure.item, figure.stretch),
                periods_beside(figure.item, figure.stretch),
                periods_beside(figure.item, self.stretch),
            )
        return found


def lookups_of(scheme: Scheme, of: Stretch) -> Lookups:
    """Return what `scheme` looks up for a round of the months `of`."""
    return looked_up(fetches_of(scheme_for(scheme, of)), scheme.items, of)


def looked_up(fetches: tuple[Fetch, ...], items: Iterable[Item], of: Stretch) -> Lookups:
    """Return where `fetches`, figures of some of `items`, are looked up for a round of the months `of`."""
    known = {item.code: item for item in items}
    reports: list[FromReports] = []
    records: list[FromRecords] = []
    attributes: list[FromAttribute] = []
    series: list[FromSeries] = []
    reviews: list[FromSeries] = []
    for fetch in fetches:
        item = known[fetch.item]
        stretch = of.before(fetch.months_before)
        match item.source:
            case Reported():
                reports.append(FromReports(fetch, item, stretch))
            case FromLedger() as source:
                from quanheng.engine.figures.looked_up.records import FromRecords  # noqa: PLC0415  many books have none

                records.append(FromRecords(fetch, source, stretch))
            case FromUnits(column=column, words=words):
                attributes.append(FromAttribute(fetch, item, column, words))
            case FromPeriods(series=of_series):
                of_kind = reviews if of_series.of_reviews else series
                of_kind.append(FromSeries(fetch, item, of_series, stretch))
            case _:
                assert_never(item.source)
    return Lookups(
        of,
        fetches,
        tuple(reports),
        tuple(records),
        tuple(attributes),
        tuple(series),
        tuple(reviews),
    )
