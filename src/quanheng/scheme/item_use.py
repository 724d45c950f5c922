"""Which items a scheme uses: those that some formula or anchor of it names."""

from __future__ import annotations

from collections.abc import Iterator

from quanheng.scheme.formula import names_in
from quanheng.scheme.model import Indicator, Scheme
from quanheng.scheme.uses import uses_of


def used_items(scheme: Scheme) -> frozenset[str]:
    """Return the codes of the items that `scheme` uses anywhere."""
    in_formulas = {
        name for use in uses_of(scheme) if not use.open_names for name in names_in(use.formula.tree)
    }
    in_rules = {name for indicator in scheme.indicators for name in items_of(indicator)}
    return frozenset(item.code for item in scheme.items if item.code in in_formulas | in_rules)


def items_of(indicator: Indicator) -> Iterator[str]:
    """Yield the names that the measure, the coefficient and the rule of `indicator` use."""
    yield from names_in(indicator.measure.tree)
    if indicator.coefficient is not None:
        yield from names_in(indicator.coefficient.tree)
    yield from indicator.rule.items()
    for formula in indicator.rule.formulas():
        yield from names_in(formula.tree)
