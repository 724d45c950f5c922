"""What counts of each adjustment of one unit, and why: for explaining, read off its row of the wide frame."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

import narwhals as nw

from quanheng.engine.frame import columns as c
from quanheng.engine.stages.adjustments.adjust import VETO, limits_of
from quanheng.engine.stages.adjustments.categories import CATEGORY, NO_CATEGORY, Claim
from quanheng.engine.stages.adjustments.nodes import node_caps
from quanheng.findings.finding import Location
from quanheng.findings.value import Value
from quanheng.scheme.grades.grades import Category, ComputedAdjustment
from quanheng.scheme.tree.scheme import Scheme

_MARKS: Final[Mapping[bool | None, str]] = {True: "✓", False: "✗", None: "?"}


class Counted(Value):
    """One row or rule of adjustments for one unit: what it asks for and what counts of it.

    `gate` shows the conditions it stands under, each with ✓, ✗ or ? (figures are absent), and each cap that
    the marks under it are over, after the node or the category it is of; None if there is neither. A veto
    asks for no marks. `cells` say where it was written.
    """

    kind: str
    node: str
    reason: str
    asked: float
    counted: float
    cells: tuple[str, ...] = ()
    gate: str | None = None


def counted_adjustments(
    scheme: Scheme, row: Mapping[str, Any], rows: nw.DataFrame[Any] | None
) -> tuple[Counted, ...]:
    """Return every adjustment of one unit: `row` is its row of the wide frame, `rows` are the book's.

    Rows come first, in their order; then the scheme's rules that stand in the unit's group, except those
    without a condition that give nothing, and vetoes whose condition is known not to hold.
    """
    rules = (
        counted
        for index, rule in enumerate(scheme.adjustments.rules)
        if row[c.GROUP] in scheme.node(rule.node).groups
        for counted in _of_rule(scheme, row, index, rule)
    )
    return (*_of_rows(scheme, row, rows), *rules)


def _of_rows(scheme: Scheme, row: Mapping[str, Any], rows: nw.DataFrame[Any] | None) -> Iterator[Counted]:
    if rows is None:
        return
    for written in rows.filter(nw.col(c.UNIT) == row[c.UNIT]).iter_rows(named=True):
        kind, node = str(written["kind"]), str(written["node"])
        category = _category_of(scheme, kind, written.get(CATEGORY))
        asked = 0.0 if kind == VETO else abs(written["marks"] or 0.0)
        yield Counted(
            kind=kind,
            node=node,
            reason=str(written["reason"] or ""),
            asked=asked,
            counted=_part_of(row, node, kind, category, asked),
            cells=_cells(Location(file=written["file"] or "", sheet=written["sheet"], cell=written["cell"])),
            gate=_shown(_limits(scheme, row, kind, node, category)),
        )


def _of_rule(
    scheme: Scheme, row: Mapping[str, Any], index: int, rule: ComputedAdjustment
) -> Iterator[Counted]:
    value = row.get(c.adjustment_rule(index))
    if rule.kind == VETO:
        if rule.when is not None and value is not False:
            gate = f"{rule.when} {_MARKS[value]}"
            yield _counted(rule, asked=0.0, counted=0.0, gate=gate)
        return
    category = _category_of(scheme, rule.kind, rule.category)
    conditions = list(_limits(scheme, row, rule.kind, rule.node, category))
    passed = True
    if rule.when is not None:
        holds = row.get(c.adjustment_gate(index))
        passed = bool(holds)
        conditions.insert(0, f"{rule.when} {_MARKS[holds]}")
    if value is None:
        conditions.insert(0, f"{rule.marks} {_MARKS[None]}")
    asked = float(value or 0.0)
    if asked or conditions:
        counted = _part_of(row, rule.node, rule.kind, category, asked) if passed else 0.0
        yield _counted(rule, asked=asked, counted=counted, gate=_shown(conditions))


def _counted(rule: ComputedAdjustment, *, asked: float, counted: float, gate: str | None) -> Counted:
    return Counted(
        kind=rule.kind,
        node=rule.node,
        reason=rule.name,
        asked=asked,
        counted=counted,
        cells=_cells(rule.where),
        gate=gate,
    )


def _category_of(scheme: Scheme, kind: str, written: str | None) -> Category | None:
    """Return the category of marks of a kind, None if there is none."""
    categories = scheme.adjustments.categories_of(kind)
    return next((each for each in categories if each.code == written), None)


def _limits(
    scheme: Scheme, row: Mapping[str, Any], kind: str, node: str, category: Category | None
) -> Iterator[str]:
    """Yield what limited the marks of a kind at a node: its gate, and each cap that a sum is over."""
    yield from _over_node_caps(scheme, row, kind, node, category)
    if category is not None and category.cap is not None:
        every = row.get(c.uncapped_in(kind, category.code))
        if every is not None and every > category.cap:
            yield f"{category.name} Σ {every:.12g} > {category.cap:.12g}"
    for known, limit in limits_of(scheme).items():
        every = row.get(c.uncapped(kind))
        if known != kind or every is None:
            continue
        if limit.when is not None:
            yield f"{limit.when} {_MARKS[row.get(c.gate(kind))]}"
        if limit.cap is not None and every > limit.cap:
            yield f"Σ {every:.12g} > {limit.cap:.12g}"


def _over_node_caps(
    scheme: Scheme, row: Mapping[str, Any], kind: str, node: str, category: Category | None
) -> Iterator[str]:
    """Yield each cap of a node, at `node` or above it, that what it holds for is over."""
    for known in limits_of(scheme):
        if known != kind:
            continue
        claim = Claim(node, known, NO_CATEGORY if category is None else category.code)
        for cap in node_caps(scheme, known):
            every = row.get(cap.column)
            if every is not None and every > cap.cap and cap.holds_for(claim):
                of_category = "" if cap.category is None or category is None else f" {category.name}"
                yield f"{cap.node}{of_category} Σ {every:.12g} > {cap.cap:.12g}"


def _part_of(row: Mapping[str, Any], node: str, kind: str, category: Category | None, asked: float) -> float:
    """Return what counts of `asked` marks: the same part as of all marks of the kind at the node.

    Where the kind has categories or caps of nodes, it is the same part as of all that these leave of it.
    """
    every, counting = row.get(c.claim(node, kind)), row.get(c.adjust(node, kind))
    piece = (node, kind, NO_CATEGORY if category is None else category.code)
    if c.left(*piece) in row:
        claimed, left = row[c.claim_in(*piece)] or 0.0, row[c.left(*piece)] or 0.0
        asked = left if asked == claimed else asked * left / claimed
    if c.kept(node, kind) in row:
        every = row[c.kept(node, kind)]
        if category is not None and category.cap is not None:
            of_category = row.get(c.uncapped_in(kind, category.code)) or 0.0
            if of_category > category.cap:
                asked = category.cap if asked == of_category else asked * category.cap / of_category
    if not every or counting is None:
        return 0.0
    return float(counting) if asked == every else asked * float(counting) / float(every)


def _cells(place: Location) -> tuple[str, ...]:
    return (str(place),) if str(place) else ()


def _shown(conditions: Iterator[str] | list[str]) -> str | None:
    return "; ".join(conditions) or None
