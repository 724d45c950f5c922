"""What formulas ask beside figures: points of nodes, and calls over the units of a group."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import narwhals as nw

from quanheng.engine.formulas.formula_text import number_text
from quanheng.engine.formulas.units import OF
from quanheng.engine.frame import columns as c
from quanheng.engine.results.explanation.explanation import NodeUsed
from quanheng.engine.results.explanation.reader import Reader
from quanheng.scheme.formulas.functions import UNITS
from quanheng.scheme.formulas.tree import Call, Formula, OfNode, nodes_in
from quanheng.scheme.tree.named import formulas_beside_points
from quanheng.scheme.tree.scheme import Indicator, Node


def told(value: float | None, *, away: bool) -> str:
    """Return a value as a formula in numbers shows it; `away` says that it does not apply."""
    if value is None:
        return "/" if away else "∅"
    return number_text(value)


def nodes_of(reader: Reader, indicator: Indicator) -> tuple[NodeUsed, ...]:
    """Return what the measure of `indicator` asked of nodes."""
    return _used(reader, [indicator.measure])


def nodes_beside(reader: Reader, node: Node) -> tuple[NodeUsed, ...]:
    """Return what coefficient, conditions and adjustments at `node` asked; at the root gates, too."""
    return _used(reader, formulas_beside_points(reader.scheme, node))


def _used(reader: Reader, formulas: Iterable[Formula]) -> tuple[NodeUsed, ...]:
    return tuple(
        NodeUsed(
            function=part.function,
            node=part.node,
            name=reader.scheme.node(part.node).name,
            value=reader.number(c.of_node(part.node, part.function, part.by)),
            not_applicable=bool(reader.row.get(c.of_node_na(part.node, part.by))),
            by=part.by,
            of=() if part.by is None else tuple(_related(reader, part, part.by)),
        )
        for part in dict.fromkeys(part for formula in formulas for part in nodes_in(formula.tree))
    )


def _related(reader: Reader, part: OfNode, by: str) -> Iterator[tuple[str, float | None]]:
    """Yield the units whose column `by` names the unit, with what each has by itself."""
    evidence = reader.evidence
    column = c.of_node(part.node, part.function)
    here = nw.col(c.attribute(by)).cast(nw.String()) == reader.unit
    rows = evidence.engine.collect(evidence.plan.filter(here).select(c.UNIT, column).sort(c.UNIT))
    for unit, value in rows.rows():
        yield evidence.name_of(str(unit)), None if value is None else float(value)


def over_units(reader: Reader, indicator: Indicator, call: Call, months: int) -> str:
    """Return what a call over the units of the group gave, and of how many units it was."""
    column = reader.evidence.pooled[indicator.direction].get((call, months))
    given = None if column is None else reader.number(column)
    if column is None or given is None:
        return "∅"
    return (
        number_text(given)
        if call.function == UNITS
        else f"{number_text(given)}, n = {number_text(reader.number(column + OF))}"
    )
