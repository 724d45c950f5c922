"""What may be otherwise where nobody says it: weights, means, and what is done about missing figures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from quanheng.engine.frame import columns as c
from quanheng.engine.replicates.prepared import Prepared, prepared
from quanheng.findings.finding import FindingsError
from quanheng.scheme.gaps.form import FillForm, MissingForm
from quanheng.scheme.tree.scheme import Scheme
from quanheng.scheme.weights.aggregation import AggregateWord, Arithmetic, Geometric
from quanheng.studies.robustness.causes.causes import Variants
from quanheng.studies.robustness.form import (
    AggregationChoicesForm,
    CausesForm,
    GapChoicesForm,
    RobustnessForm,
    WeightsForm,
)

if TYPE_CHECKING:
    from quanheng.data.book.book import Book

CHANGE: Final = 0.25
"""By how much a weight is less or more: the JRC's usual range."""
_POLICIES: Final[tuple[MissingForm, ...]] = (
    "redistribute",
    "zero",
    "worst",
    FillForm(fill="mean", at="value"),
    FillForm(fill="median", at="value"),
)


def written_out(settings: RobustnessForm, book: Book) -> RobustnessForm:
    """Return `settings` with the causes that hold where none are written.

    Weights ±25 % at every level; arithmetic or geometric means in the dimensions that are joined by one of
    the two; each policy for missing figures that changes somebody's points, where figures are missing.
    """
    if settings.causes is not None:
        return settings
    nominal = prepared(book, book.scheme)
    causes = CausesForm(
        weights=WeightsForm(change=CHANGE) if _has_siblings(book.scheme) else None,
        aggregation=_aggregation(book.scheme),
        gaps=_gaps(book, nominal),
    )
    return settings.model_copy(update={"causes": causes})


def _has_siblings(scheme: Scheme) -> bool:
    return any(len(each.children) > 1 and not each.method.by_unit for each in scheme.dimensions)


def _aggregation(scheme: Scheme) -> AggregationChoicesForm | None:
    nodes = tuple(
        each.code
        for each in scheme.dimensions
        if isinstance(each.aggregate, Arithmetic | Geometric)
        and not each.method.by_unit
        and len(each.children) > 1
    )
    methods: tuple[AggregateWord, ...] = ("arithmetic", "geometric")
    return AggregationChoicesForm(nodes=nodes, own=False, choices=methods) if nodes else None


def _gaps(book: Book, nominal: Prepared) -> GapChoicesForm | None:
    """Return the policies that change something for an indicator of which somebody's figure is missing."""
    absence = nominal.base.absence
    nodes = tuple(code for code, states in absence.items() if (states == c.MISSING).any())
    if not nodes:
        return None
    changing = tuple(policy for policy in _POLICIES if _changes(book, nominal, nodes, policy))
    return GapChoicesForm(nodes=nodes, choices=changing) if changing else None


def _changes(book: Book, nominal: Prepared, nodes: tuple[str, ...], policy: MissingForm) -> bool:
    causes = CausesForm(gaps=GapChoicesForm(nodes=nodes, choices=(policy,)))
    try:
        other = prepared(book, Variants(book.scheme, causes).scheme((1,)))
    except FindingsError:
        return False
    return any(
        not np.array_equal(nominal.base.points[code], other.base.points[code], equal_nan=True)
        for code in nodes
    )
