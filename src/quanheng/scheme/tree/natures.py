"""What a target is, by the measure it is set for: an amount that grows, a level, a way to go in the year."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final, Literal, TypeAlias

from quanheng.scheme.formulas.tree import Arithmetic, Call, Expression, Formula, Name, Negated, Number
from quanheng.scheme.items.item import FromLedger, FromUnits, Item, Readings
from quanheng.scheme.pace.pace import Nature
from quanheng.scheme.tree.scheme import Indicator, Scheme

_Growth: TypeAlias = Literal["accumulates", "stock", "factor", "other"]
"""What a part of a formula does during the year.

`accumulates` begins at 0 and grows; `stock` begins where it stood; `factor` stays as it is: a number or an
attribute of the units.
"""

_SUMS: Final = frozenset({"sum", "mean"})


def nature_of(indicator: Indicator, scheme: Scheme) -> Nature:
    """Return what is due of the indicator's target during the year: as its pace says, or its measure's items.

    `accumulates`: cumulative items and their own parts, flows, counts and sums of ledgers, joined by + and -,
    times or over numbers and attributes of the units. `from_start`: one stock item, with numbers. All else is
    a `level`.

    Examples:
        >>> from quanheng.scheme.files.read import scheme_from_mapping
        >>> scheme = scheme_from_mapping(
        ...     {
        ...         "items": {"built": {"kind": "cumulative"}, "people": {"kind": "stock"}},
        ...         "defaults": {"rule": "target"},
        ...         "indicators": {
        ...             "roads": {"measure": "completion(built)", "weight": 40},
        ...             "size": {"measure": "people / 10000", "weight": 30},
        ...             "ratio": {"measure": "built / people", "weight": 30},
        ...         },
        ...     }
        ... )
        >>> [nature_of(indicator, scheme) for indicator in scheme.indicators]
        ['accumulates', 'from_start', 'level']
    """
    if indicator.pace is not None and indicator.pace.nature is not None:
        return indicator.pace.nature
    items = {item.code: item for item in scheme.items}
    match _growth(value_formula(indicator).tree, items):
        case "accumulates":
            return "accumulates"
        case "stock":
            return "from_start"
        case _:
            return "level"


def value_formula(indicator: Indicator) -> Formula:
    """Return the formula of the value that a target is for: of the measure `completion(x)` it is x.

    Examples:
        >>> from quanheng.scheme.formulas.parse import parse_formula
        >>> from quanheng.findings.text import Text
        >>> from quanheng.scheme.rules.percentile import Percentile
        >>> measure = parse_formula("completion(built)")
        >>> indicator = Indicator(code="a", name=Text(), weights={}, measure=measure, rule=Percentile())
        >>> value_formula(indicator).tree
        Name(name='built')
    """
    match indicator.measure.tree:
        case Call("completion", (inner,)):
            return replace(indicator.measure, tree=inner)
        case _:
            return indicator.measure


def _growth(tree: Expression, items: Mapping[str, Item]) -> _Growth:
    match tree:
        case Number():
            return "factor"
        case Name(name):
            return _growth_of_item(items.get(name))
        case Negated(operand):
            return _growth(operand, items)
        case Arithmetic(sign, left, right):
            return _joined(sign, _growth(left, items), _growth(right, items))
        case Call(function, arguments) if function in _SUMS:
            return _added([_growth(argument, items) for argument in arguments])
        case Call("round" | "floor" | "ceil", (inner, *_)):
            return _growth(inner, items)
        case Call("own", _):
            return "accumulates"
        case Call("coalesce", arguments):
            return _first_of([_growth(each, items) for each in arguments if each != Number(0.0)])
        case _:
            return "other"


def _growth_of_item(item: Item | None) -> _Growth:
    match item:
        case None:
            return "other"
        case Item(source=FromUnits()):
            return "factor"
        case Item(source=FromLedger(readings=Readings(is_reported=True)), kind=kind) if kind != "rate":
            return "stock" if kind == "stock" else "accumulates"
        case Item(source=FromLedger(statistic=statistic)):
            return "accumulates" if statistic.accumulates else "other"
        case Item(kind="cumulative" | "flow"):
            return "accumulates"
        case Item(kind="stock"):
            return "stock"
        case _:
            return "other"


def _joined(sign: str, left: _Growth, right: _Growth) -> _Growth:
    if sign in {"+", "-"}:
        return _added([left, right])
    if sign in {"*", "/"} and right == "factor":
        return left
    return right if sign == "*" and left == "factor" else "other"


def _added(parts: Sequence[_Growth]) -> _Growth:
    """Amounts that all begin at 0 grow together; numbers only shift one stock."""
    kinds = set(parts)
    if kinds in ({"accumulates"}, {"factor"}):
        return parts[0]
    return "stock" if parts.count("stock") == 1 and kinds <= {"stock", "factor"} else "other"


def _first_of(parts: Sequence[_Growth]) -> _Growth:
    return parts[0] if parts and len(set(parts)) == 1 else "other"
