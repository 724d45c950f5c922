"""The laws of a scheme, one small function each; `check` runs them all."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final, TypeAlias

from quanheng.findings.collector import each_once, first_of
from quanheng.findings.finding import Finding
from quanheng.scheme.formulas.tree import reviews_in_formula
from quanheng.scheme.items.item import FromLedger
from quanheng.scheme.laws.formulas import FORMULA_LAWS
from quanheng.scheme.laws.grades import GRADE_LAWS
from quanheng.scheme.laws.ledgers import LEDGER_LAWS
from quanheng.scheme.laws.merge import MERGE_LAWS
from quanheng.scheme.laws.named_nodes import NAMED_NODE_LAWS
from quanheng.scheme.laws.names import NAME_LAWS
from quanheng.scheme.laws.over import OVER_LAWS
from quanheng.scheme.laws.own import OWN_LAWS
from quanheng.scheme.laws.pace import PACE_LAWS
from quanheng.scheme.laws.rounding import ROUNDING_LAWS
from quanheng.scheme.laws.rules import RULE_LAWS
from quanheng.scheme.laws.series import SERIES_LAWS
from quanheng.scheme.laws.totals import TOTAL_LAWS
from quanheng.scheme.laws.tree import TREE_LAWS
from quanheng.scheme.laws.weights import WEIGHT_LAWS
from quanheng.scheme.tree.settle import Settled
from quanheng.scheme.tree.uses import uses_of

Law: TypeAlias = Callable[[Settled], Iterator[Finding]]


def _laws_of_reviews_counted(settled: Settled) -> Iterator[Finding]:
    """Yield what is wrong with formulas that look at reviews, and with awards that do."""
    asked = (each for use in uses_of(settled.scheme) for each in reviews_in_formula(use.formula.tree))
    if next(asked, None) is not None:
        from quanheng.scheme.laws.reviews_counted import REVIEW_LAWS  # noqa: PLC0415  few schemes ask for any

        for law in REVIEW_LAWS:
            yield from law(settled)


def _laws_of_readings(settled: Settled) -> Iterator[Finding]:
    """Yield what is wrong with readings of days and hours."""
    sources = (item.source for item in settled.scheme.items)
    if any(isinstance(source, FromLedger) and source.readings is not None for source in sources):
        from quanheng.scheme.laws.readings import READING_LAWS  # noqa: PLC0415  few schemes have any

        for law in READING_LAWS:
            yield from law(settled)


LAWS: Final[tuple[Law, ...]] = (
    *TREE_LAWS,
    *WEIGHT_LAWS,
    *FORMULA_LAWS,
    *OWN_LAWS,
    *SERIES_LAWS,
    _laws_of_reviews_counted,
    *OVER_LAWS,
    *RULE_LAWS,
    *TOTAL_LAWS,
    *NAMED_NODE_LAWS,
    *GRADE_LAWS,
    *ROUNDING_LAWS,
    *PACE_LAWS,
    *LEDGER_LAWS,
    _laws_of_readings,
    *NAME_LAWS,
    *MERGE_LAWS,
)
"""All laws, in the order in which their findings are told."""

SHOWN_OF_A_LAW: Final = 100


def check(settled: Settled, *, incomplete: bool = False) -> tuple[Finding, ...]:
    """Return the findings of all laws on a scheme.

    Where parts of it could not be settled (`incomplete`), only errors are returned: the rest could be about
    what stands in for these parts.
    """
    found = (finding for law in LAWS for finding in first_of(each_once(law(settled)), SHOWN_OF_A_LAW))
    if incomplete:
        found = (finding for finding in found if finding.severity == "error")
    return tuple(found)
