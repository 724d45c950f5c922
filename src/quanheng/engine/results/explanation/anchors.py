"""The anchors and statistics behind a rating: which, how much, and whose value they were."""

from __future__ import annotations

from typing import Final

import narwhals as nw

from quanheng.engine.frame import columns as c
from quanheng.engine.results.explanation.explanation import AnchorUsed
from quanheng.engine.results.explanation.reader import Evidence, Owner, Reader
from quanheng.scheme.rules.anchors import Constant, ItemAnchor, TargetAnchor
from quanheng.scheme.rules.pool import EXTREMES, ValueOf
from quanheng.scheme.rules.rule import Compared
from quanheng.scheme.tree.pools import Alike, Inside, Over, in_one_round
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
    rounds = _rounds(reader, code)
    known = reader.evidence.owners
    if (code, value, pool) not in known:  # the same for all units of the pool
        known[code, value, pool] = _owners(reader.evidence, code, value, among, rounds)
    owners = known[code, value, pool]
    return AnchorUsed(
        role=role,
        value=value,
        whose=tuple(unit for unit, _, _ in owners),
        names=tuple(name for _, name, _ in owners),
        rounds=tuple(of for _, _, of in owners) if rounds else (),
    )


def _rounds(reader: Reader, code: str) -> tuple[str, ...]:
    """Return the rounds that are looked at, none where it is the round itself."""
    within = reader.scheme.node(code).within
    return tuple(map(str, within.rounds)) if isinstance(within, Over) else ()


def _owners(
    evidence: Evidence, code: str, value: float, among: nw.Expr | None, rounds: tuple[str, ...]
) -> tuple[Owner, ...]:
    """Return the first of the units that have a value: code, name, and the round in which they have it."""
    same = nw.col(c.treated(code)) == value
    if among is not None:
        same = same & among
    if not rounds or evidence.over is None:
        own = evidence.plan.filter(same).select(c.UNIT).sort(c.UNIT).head(_WHOSE)
        units = [str(row[0]) for row in evidence.engine.collect(own).rows()]
        return tuple((unit, evidence.name_of(unit), evidence.round) for unit in units)
    same = same & nw.col(c.ROUND).is_in(rounds)
    plan = evidence.over.filter(same).select(c.UNIT, c.NAME, c.ROUND).sort(c.ROUND, c.UNIT).head(_WHOSE)
    return tuple(
        (str(unit), str(name or unit), str(of)) for unit, name, of in evidence.engine.collect(plan).rows()
    )


def _pool(reader: Reader, code: str) -> tuple[str | None, nw.Expr | None]:
    """Return what tells the pool of an indicator, and who is in it; None where all are."""
    match in_one_round(reader.scheme.node(code).within):
        case "group":
            return reader.group, nw.col(c.GROUP) == reader.group
        case "all":
            return None, None
        case Alike(column=column):
            own = reader.row[c.attribute(column)]
            return f"{column}: {own}", nw.col(c.attribute(column)) == own
        case Inside(code=pool):
            return f"in {pool}", nw.col(c.member(pool))
