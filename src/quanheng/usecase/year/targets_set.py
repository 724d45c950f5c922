"""Targets of units that stand in a table of their own, read as in a book."""

from __future__ import annotations

from collections.abc import Sequence

from quanheng.data.book.loose import ReportedUnit, loose_book
from quanheng.data.tables.register import register_of
from quanheng.data.tables.table import Raw
from quanheng.data.targets.read import read_targets, targets_as_set
from quanheng.findings.collector import Collector
from quanheng.findings.finding import Finding
from quanheng.findings.value import Value
from quanheng.periods.period import parse_period
from quanheng.scheme.formulas.tree import Name
from quanheng.scheme.tree.scheme import Scheme


class SetTarget(Value):
    """A target as it was set at last: of a unit, an indicator and a period; None where none is to be."""

    unit: str
    indicator: str
    period: str
    target: float | None


class TargetsSet(Value):
    """The targets that a table sets, and what was found in it."""

    targets: tuple[SetTarget, ...]
    findings: tuple[Finding, ...]


def targets_set(raws: Sequence[Raw], scheme: Scheme, units: Sequence[ReportedUnit], *, at: str) -> TargetsSet:
    """Return the targets that tables set for `units` in a round of the period `at`.

    A row for all units (`*`) is one for each of those that its indicator applies to.

    Raises:
        DataError: `at` is no period.
    """
    collector = Collector()
    listed = loose_book(scheme, units, ()).units.to_native()
    rows = read_targets(raws, register_of(scheme, parse_period(at), listed), collector=collector)
    columns = targets_as_set(rows, None).select("unit", "indicator", "period", "target")
    found = tuple(SetTarget(**row) for row in columns.iter_rows(named=True))
    return TargetsSet(targets=found, findings=collector.findings())


def indicators_of_items(scheme: Scheme) -> dict[str, tuple[str, ...]]:
    """Return the indicators whose measure is an item as it is reported, by the code of the item.

    Examples:
        >>> from quanheng.scheme.files.read import scheme_from_mapping
        >>> indicators = {
        ...     "output": {"measure": "gdp", "weight": 60, "rule": {"target": {}}},
        ...     "growth": {"measure": "growth(gdp)", "weight": 40, "rule": "percentile"},
        ... }
        >>> indicators_of_items(scheme_from_mapping({"items": {"gdp": {}}, "indicators": indicators}))
        {'gdp': ('output',)}
    """
    found: dict[str, tuple[str, ...]] = {}
    for indicator in scheme.indicators:
        tree = indicator.measure.tree
        if isinstance(tree, Name):
            found[tree.name] = (*found.get(tree.name, ()), indicator.code)
    return found
