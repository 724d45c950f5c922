"""The anchors and statistics behind a rating: which, how much, and whose value they were."""

from __future__ import annotations

from typing import Final

import narwhals as nw

from quanheng.engine.frame import columns as c
from quanheng.engine.results.explanation.explanation import AnchorUsed
from quanheng.engine.results.explanation.reader import Evidence, Reader
from quanheng.scheme.rules.anchors import Constant, ItemAnchor, TargetAnchor
from quanheng.scheme.rules.pool import EXTREMES, ValueOf
from quanheng.scheme.rules.rule import Compared
from quanheng.scheme.tree.pools import Alike, Inside
from quanheng.scheme.tree.scheme import Indicator

_WHOSE: Final = 3
"""How many units that share an anchor's value are named."""


def anchors_used(reader: Reader, indicator: Indicator) -> tuple[AnchorUsed, ...]:
    """Return the numbers the indicator's rule compared the unit's value with, and whose values they were."""
    compared = indicator.rule.compared(indicator.direction)
    used = (_used(reader, indicator.code, each) for each in compared)
    return tuple(anchor for anchor in used if anchor is not None)


def _used(reader: Reader, code: str, compared: Compared) -> AnchorUsed | None:
    role, looked_up = compared.role, compared.looked_up
    match looked_up:
        case Constant(value):
            return AnchorUsed(role=role, value=value)
        case TargetAnchor():
            return _valued(role, reader.number(c.target(code)))
        case ItemAnchor(item):
            return _valued(role, reader.number(c.item(item)), item=item)
        case ValueOf(unit):
            names = (reader.evidence.name_of(unit),)
            return _valued(role, reader.number(c.stat(code, looked_up.name)), whose=(unit,), names=names)
        case _ if compared.by_anchor and looked_up in EXTREMES:
            return _observed(reader, code, role, looked_up.name)
        case _:
            return _valued(role, reader.number(c.stat(code, looked_up.name)))


def _valued(
    role: str,
    value: float | None,
    *,
    whose: tuple[str, ...] = (),
    names: tuple[str, ...] = (),
    item: str | None = None,
) -> AnchorUsed | None:
    if value is None:
        return None
    return AnchorUsed(role=role, value=value, whose=whose, names=names, item=item)


def _observed(reader: Reader, code: str, role: str, name: str) -> AnchorUsed | None:
    value = reader.number(c.stat(code, name))
    if value is None:
        return None
    pool, among = _pool(reader, code)
    known = reader.evidence.owners
    if (code, value, pool) not in known:  # the same for all units of the pool
        known[code, value, pool] = _owners(reader.evidence, code, value, among)
    whose = known[code, value, pool]
    names = tuple(map(reader.evidence.name_of, whose))
    return AnchorUsed(role=role, value=value, whose=whose, names=names)


def _owners(evidence: Evidence, code: str, value: float, among: nw.Expr | None) -> tuple[str, ...]:
    """Return the first of the units that have a value."""
    same = nw.col(c.treated(code)) == value
    if among is not None:
        same = same & among
    owners = evidence.engine.collect(evidence.plan.filter(same).select(c.UNIT).sort(c.UNIT).head(_WHOSE))
    return tuple(str(row[0]) for row in owners.rows())


def _pool(reader: Reader, code: str) -> tuple[str | None, nw.Expr | None]:
    """Return what tells the pool of an indicator, and who is in it; None where all are."""
    match reader.scheme.node(code).within:
        case "group":
            return reader.group, nw.col(c.GROUP) == reader.group
        case "all":
            return None, None
        case Alike(column=column):
            own = reader.row[c.attribute(column)]
            return f"{column}: {own}", nw.col(c.attribute(column)) == own
        case Inside(code=pool):
            return f"in {pool}", nw.col(c.member(pool))
