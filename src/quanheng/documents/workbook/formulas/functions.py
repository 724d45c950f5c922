"""Functions of one number and functions over the units of a group, as formulas of a spreadsheet."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Final, assert_never

from quanheng.documents.workbook.formulas.cells import (
    MISSING,
    NOT_APPLICABLE,
    UNDEFINED,
    number,
    quoted,
)
from quanheng.documents.workbook.formulas.parts import Strict, Whole, joined, settled
from quanheng.documents.workbook.formulas.references import here
from quanheng.engine.formulas.expressions import decimals_of
from quanheng.engine.formulas.operations import LARGEST_EXPONENT
from quanheng.engine.frame import columns as c
from quanheng.scheme.formulas.functions import OF_UNITS, UNITS
from quanheng.scheme.formulas.tree import Call, OfNode, OfSeries, OfText


def of_a_number(call: Call, part: Strict) -> Strict:
    """Return a function of one number of `part`, which has no checks of its own."""
    value = part.text
    match call.function:
        case "floor":
            return joined([part], f"INT({settled(value)})", counts=part.counts)
        case "ceil":
            return joined([part], f"(-INT({settled(f'(-{value})')}))", counts=part.counts)
        case "round":
            return joined([part], f"ROUND({value},{decimals_of(call)})", counts=part.counts)
        case "sqrt":
            return joined([part], f"SQRT({value})", checks=((f"{value}<0", UNDEFINED),))
        case "exp":
            beyond = f"{value}>={number(LARGEST_EXPONENT)}"
            return joined([part], f"EXP({value})", checks=((beyond, UNDEFINED),))
        case _:
            return joined([part], f"{call.function.upper()}({value})", counts=part.counts)


def over_units(function: str, span: str) -> Whole:
    """Return a figure over the cells of `span`; those without a number are passed over."""
    broken = f"COUNTIF({span},{quoted(UNDEFINED)})>0"
    if function == UNITS:
        return Whole(text=f"IF({broken},{quoted(UNDEFINED)},COUNTIF({span},1))", counts=True)
    figure = f"{_FIGURES[function]}({span})"
    if function in {OF_UNITS["mean"], OF_UNITS["sum"]}:
        figure = settled(figure, size=f"MAX({span}),-MIN({span})")
    least = 2 if function == OF_UNITS["sd"] else 1
    away = f"COUNTIF({span},{quoted(NOT_APPLICABLE)})>0"
    short = f"OR({away},COUNT({span})>0)" if least > 1 else away
    none = f"IF({short},{quoted(NOT_APPLICABLE)},{quoted(MISSING)})"
    return Whole(
        text=f"IF({broken},{quoted(UNDEFINED)},IF(COUNT({span})<{least},{none},{figure}))",
    )


_FIGURES: Final = {
    OF_UNITS["max"]: "MAX",
    OF_UNITS["min"]: "MIN",
    OF_UNITS["mean"]: "AVERAGE",
    OF_UNITS["sum"]: "SUM",
    OF_UNITS["sd"]: "STDEV",
    OF_UNITS["median"]: "MEDIAN",
}


def beside_items(part: OfNode | OfText | OfSeries, name: Callable[[str, int], Strict], months: int) -> Strict:
    """Return what stands in a cell of its own beside the items; `name` gives the cell of a figure."""
    match part:
        case OfNode(function, node, by):
            cell = here(c.of_node(node, function, by))
            return Strict(text=cell, cells=(cell,))
        case OfText(code=code):
            figure = name(code, months)
            return joined([figure], f"({figure.text}=1)", truth=True)
        case OfSeries(statistic):
            # a figure among the data, as one from a ledger is
            return replace(name(part.code, months), counts=statistic == "count")
        case _:
            assert_never(part)
