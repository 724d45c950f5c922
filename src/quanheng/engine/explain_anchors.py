"""The anchors and statistics behind a rating: which, how much, and whose value they were."""

from __future__ import annotations

from typing import Final

import narwhals as nw

from quanheng.engine import anchors
from quanheng.engine import columns as c
from quanheng.engine.evidence import Reader
from quanheng.engine.explanation import AnchorUsed
from quanheng.scheme.model import Indicator, Scheme
from quanheng.scheme.rules import (
    Constant,
    ItemAnchor,
    Observed,
    Quantile,
    Ratio,
    Scale,
    Statistic,
    TargetAnchor,
    UnitAnchor,
    ZScore,
)

_WHOSE: Final = 3
"""How many units that share an anchor's value are named."""


def anchors_used(reader: Reader, indicator: Indicator) -> tuple[AnchorUsed, ...]:
    """Return the numbers the indicator's rule compared the unit's value with, and whose values they were."""
    code = indicator.code
    rule = indicator.rule
    more = indicator.direction == "more"
    used: list[AnchorUsed | None] = []
    match rule:
        case Scale(worst=worst, best=best):
            for role, anchor, greatest in (("worst", worst, not more), ("best", best, more)):
                match anchor:
                    case Constant(value):
                        used.append(AnchorUsed(role=role, value=value))
                    case Observed():
                        used.append(_observed(reader, code, role, anchors.MAX if greatest else anchors.MIN))
                    case Quantile(share):
                        used.append(_stat(reader, code, role, anchors.quantile_name(share)))
                    case UnitAnchor(unit):
                        used.append(_stat(reader, code, role, anchors.unit_name(unit), whose=(unit,)))
                    case TargetAnchor():
                        used.append(_valued(role, reader.number(c.target(code))))
                    case ItemAnchor(item):
                        used.append(_valued(f"{role} {item}", reader.number(c.item(item))))
        case Ratio(ref=Constant(value)):
            used.append(AnchorUsed(role="ref", value=value))
        case Ratio(ref=ItemAnchor(item)):
            used.append(_valued(f"ref {item}", reader.number(c.item(item))))
        case Ratio(ref=Statistic("best")):
            used.append(_observed(reader, code, "best", anchors.MAX if more else anchors.MIN))
        case Ratio(ref=Statistic(name)):
            used.append(_stat(reader, code, name, name))
        case ZScore():
            used.extend(_stat(reader, code, name, name) for name in (anchors.MEAN, anchors.SD))
        case _:
            used.extend(
                _stat(reader, code, name, name)
                for name in (anchors.PLACE, anchors.COUNT, anchors.MIN, anchors.MAX)
            )
    return tuple(anchor for anchor in used if anchor is not None)


def _stat(
    reader: Reader, code: str, role: str, name: str, *, whose: tuple[str, ...] = ()
) -> AnchorUsed | None:
    return _valued(role, reader.number(c.stat(code, name)), whose=whose)


def _valued(role: str, value: float | None, *, whose: tuple[str, ...] = ()) -> AnchorUsed | None:
    return None if value is None else AnchorUsed(role=role, value=value, whose=whose)


def _observed(reader: Reader, code: str, role: str, name: str) -> AnchorUsed | None:
    value = reader.number(c.stat(code, name))
    if value is None:
        return None
    same = nw.col(c.treated(code)) == value
    if _within(reader.scheme, code) == "group":
        same = same & (nw.col(c.GROUP) == reader.group)
    owners = reader.evidence.engine.collect(
        reader.evidence.plan.filter(same).select(c.UNIT).sort(c.UNIT).head(_WHOSE)
    )
    return AnchorUsed(role=role, value=value, whose=tuple(str(row[0]) for row in owners.rows()))


def _within(scheme: Scheme, code: str) -> str:
    node = scheme.node(code)
    return node.within if isinstance(node, Indicator) else "group"
