"""Which figures a scheme asks of which units, and for which stretch of the calendar."""

from __future__ import annotations

from collections.abc import Iterator

from quanheng.findings.text import Text
from quanheng.findings.value import Value
from quanheng.periods.every import MONTHS_IN
from quanheng.periods.period import Period
from quanheng.scheme.formulas.tree import Formula, names_in
from quanheng.scheme.items.item import Item, Reported
from quanheng.scheme.tree.scheme import Indicator, Scheme
from quanheng.scheme.tree.uses import items_of, used_items, uses_of


class Asked(Value):
    """An item that is reported in a round: for which period, and by the units of which groups."""

    item: Item
    period: Period
    groups: frozenset[str]

    @property
    def name(self) -> Text:
        """What it is called."""
        return self.item.name


def asked_in(scheme: Scheme, period: Period) -> Iterator[Asked]:
    """Yield the items that are reported for `period`, in the order of the scheme.

    An item is asked for the last stretch of its own length inside of the period: of a quarter, an item of
    every month for its last month. One that comes less often is asked only in the period that ends with it:
    an item of every year in the last quarter or month of a year, for the year. An item that only an
    indicator of some groups uses is asked of these; one that the scheme uses elsewhere, of all.

    Examples:
        >>> from quanheng.scheme.files.read import scheme_from_mapping
        >>> scheme = scheme_from_mapping(
        ...     {
        ...         "items": {"gdp": {"every": "quarter"}, "survey": {"every": "year"}},
        ...         "indicators": {
        ...             "output": {"measure": "gdp", "weight": 60, "rule": "percentile"},
        ...             "people": {"measure": "survey", "weight": 40, "rule": "percentile"},
        ...         },
        ...     }
        ... )
        >>> [(asked.item.code, str(asked.period)) for asked in asked_in(scheme, Period(year=2024))]
        [('gdp', '2024-Q4'), ('survey', '2024')]
        >>> first = Period(year=2024, first_month=1, length_months=3)
        >>> [asked.item.code for asked in asked_in(scheme, first)]
        ['gdp']
    """
    used = used_items(scheme)
    everywhere = frozenset(group.code for group in scheme.groups)
    by_group: dict[str, set[str]] = {}
    own = {id(formula) for indicator in scheme.indicators for formula in _formulas(indicator)}
    for indicator in scheme.indicators:
        for code in items_of(indicator):
            by_group.setdefault(code, set()).update(indicator.groups)
    for use in uses_of(scheme):
        if id(use.formula) not in own and not use.open_names:
            for code in names_in(use.formula.tree):
                by_group.setdefault(code, set()).update(everywhere)
    for item in scheme.items:
        stretch = _period_of(item, period)
        if item.code in used and isinstance(item.source, Reported) and stretch is not None:
            groups = frozenset(by_group.get(item.code, everywhere)) & everywhere
            yield Asked(item=item, period=stretch, groups=groups or everywhere)


def _formulas(indicator: Indicator) -> Iterator[Formula]:
    """Yield the formulas that an indicator has for its own groups."""
    yield indicator.measure
    if indicator.coefficient is not None:
        yield indicator.coefficient
    yield from indicator.rule.formulas()


def _period_of(item: Item, period: Period) -> Period | None:
    """Return the stretch for which `item` is asked in `period`; None if it is not due then."""
    months = MONTHS_IN[item.every]
    if period.last_month % months:
        return None
    return Period(year=period.year, first_month=period.last_month - months + 1, length_months=months)
