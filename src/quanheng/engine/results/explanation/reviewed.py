"""Which reviews counted where a formula looks at those inside the round (formulas m)."""

from __future__ import annotations

from collections.abc import Iterator

import narwhals as nw

from quanheng.engine.figures.looked_up.fetches import Fetch
from quanheng.engine.figures.looked_up.lookups import FromSeries
from quanheng.engine.figures.reviews import in_each_review
from quanheng.engine.frame import columns as c
from quanheng.engine.results.explanation.explanation import Reviewed
from quanheng.engine.results.explanation.reader import Reader
from quanheng.periods.stretch import stretch_of
from quanheng.scheme.fields.codes import ROOT
from quanheng.scheme.formulas.tree import Formula, OfSeries, reviews_in_formula
from quanheng.scheme.items.item import Item
from quanheng.scheme.tree.scheme import Node, Scheme


def reviewed_at(reader: Reader, node: Node) -> Iterator[Reviewed]:
    """Yield what the formulas at a node look at of reviews, each once."""
    asked = (
        series for formula in _formulas_at(reader.scheme, node) for series in reviews_in_formula(formula.tree)
    )
    items = {item.code: item for item in reader.scheme.items}
    for series in dict.fromkeys(asked):
        item = items.get(series.code)
        if item is not None:
            yield Reviewed(
                name=item.name,
                value=reader.number(c.item(item.code)),
                is_condition=series.statistic in {"count", "share"},
                reviews=_each(reader, item, series),
            )


def _formulas_at(scheme: Scheme, node: Node) -> Iterator[Formula]:
    adjustments = scheme.adjustments
    found: list[Formula | None] = [ceiling.condition for ceiling in node.bounds.ceilings]
    found += [
        each for rule in adjustments.rules if rule.node == node.code for each in (rule.when, rule.marks)
    ]
    if node.code == ROOT:
        found += [adjustments.bonus.when, adjustments.penalty.when, *scheme.tier_conditions]
        found += [each for award in scheme.awards for each in (award.condition, award.by)]
    yield from (formula for formula in found if formula is not None)


def _each(reader: Reader, item: Item, series: OfSeries) -> tuple[tuple[str, float | None], ...]:
    book = reader.evidence.book
    if book is None:
        return ()
    stretch = stretch_of(reader.evidence.round)
    figure = FromSeries(fetch=Fetch(item.code), item=item, series=series, stretch=stretch)
    rows = in_each_review(figure, book)
    if rows is None:
        return ()
    own = rows.filter(nw.col(c.UNIT) == reader.unit).sort(c.ROUND)
    return tuple((str(row[c.ROUND]), row["value"]) for row in own.iter_rows(named=True))
