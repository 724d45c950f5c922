"""The means of a dimension as formulas over the points of its children, side by side (points §1, §4)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import assert_never

from quanheng.documents.workbook.draft.draft import Draft
from quanheng.documents.workbook.formulas.cells import MISSING, Column, number, quoted
from quanheng.documents.workbook.formulas.references import block, here
from quanheng.documents.workbook.sheets.nodes import ends, in_force_key, in_force_of, points_of
from quanheng.engine.frame import columns as c
from quanheng.engine.stages.weights.methods import BENCHMARK
from quanheng.findings.value import Value
from quanheng.scheme.tree.scheme import Dimension
from quanheng.scheme.weights.aggregation import (
    Arithmetic,
    Best,
    Copeland,
    Geometric,
    Harmonic,
    Last,
    Maximum,
    Minimum,
    Power,
    Product,
    Sum,
)


class Joined(Value, kw_only=False):
    """The aggregate of a dimension's children: empty where none of them counts."""

    formula: str
    array: bool


def joined(draft: Draft, dimension: Dimension, finish: Callable[[str], str]) -> Joined:
    """Return the points of `dimension` from the points and the weights in force of its children.

    `finish` is how the mean is finished where there is one: coefficient and rounding.
    """
    points, weights = points_of(dimension), in_force_of(dimension)
    match dimension.aggregate:
        case Arithmetic():
            value, array = f"SUMPRODUCT({weights},{points})/SUM({weights})", False
        case Geometric():
            mean = f"EXP(SUM(IF({weights}>0,{weights}*LN({points})))/SUM({weights}))"
            value, array = _zero_if_any_zero(weights, points, mean), True
        case Harmonic():
            mean = f"SUM({weights})/SUM(IF({weights}>0,{weights}/{points}))"
            value, array = _zero_if_any_zero(weights, points, mean), True
        case Power(exponent=exponent):
            power = f"({number(exponent)})"
            mean = f"(SUM(IF({weights}>0,{weights}*{points}^{power}))/SUM({weights}))^(1/{power})"
            value, array = _zero_if_any_zero(weights, points, mean) if exponent < 0 else mean, True
        case Minimum():
            value, array = f"MIN(IF({weights}>0,{points}))", True
        case Maximum():
            value, array = f"MAX(IF({weights}>0,{points}))", True
        case Best(count=count):
            value, array = _chosen(weights, points, count, "LARGE", ">"), True
        case Last(count=count):
            value, array = _chosen(weights, points, count, "SMALL", "<"), True
        case Product():
            product = f"100*PRODUCT(IF({weights}>0,{points}/100,1))"
            value, array = _zero_if_any_zero(weights, points, product), True
        case Sum():
            value, array = f'SUMIF({weights},">0",{points})', False
        case Copeland():
            value, array = _copeland(draft, dimension), True
        case _:
            assert_never(dimension.aggregate)
    if dimension.method.against_best:
        value = f"100*{value}/{here(c.stat(dimension.code, BENCHMARK))}"
    if dimension.rounding.aggregate is not None:
        value = f"ROUND({value},{dimension.rounding.aggregate})"
    return Joined(f"IF(SUM({weights})>0,{finish(value)},{_NOTHING})", array)


def _zero_if_any_zero(weights: str, points: str, mean: str) -> str:
    return f"IF(SUM(({weights}>0)*({points}=0))>0,0,{mean})"


def _chosen(weights: str, points: str, count: int, nth: str, beyond: str) -> str:
    """Return the mean of the children up to the n-th; of those as good as it the first in the scheme."""
    counts = f"({weights}>0)"
    number_ = f"IF({weights}>0,{points},0)"
    compared = f"ROUND({number_},9)"
    taken = f"MIN({count},SUM(--{counts}))"
    bound = f"{nth}(IF({weights}>0,{compared}),{taken})"
    surely = f"{counts}*({compared}{beyond}{bound})"
    level = f"{counts}*({compared}={bound})"
    last = f"SMALL(IF({level}>0,COLUMN({points})),{taken}-SUM({surely}))"
    part = f"(({surely})+({level})*(COLUMN({points})<={last}))*{weights}"
    return f"SUM({part}*{number_})/SUM({part})"


def _copeland(draft: Draft, dimension: Dimension) -> str:
    """Let the unit meet every unit of its group: who is better on more weight wins."""
    first, last = ends(dimension)
    own, others = in_force_of(dimension), block(in_force_key(first), in_force_key(last))
    # as places do, points are compared at nine decimals; text, where points are absent, must not be rounded
    mine = f"ROUND(IF({own}>0,{points_of(dimension)},0),9)"
    theirs = f"ROUND(IF({others}>0,{block(c.points(first), c.points(last))},0),9)"
    column_of_ones = f"TRANSPOSE(COLUMN({own})^0)"
    margins = f"SIGN({mine}-{theirs})*({own}>0)*({others}>0)*({own}+{others})/2"
    balance = f"SUM(SIGN(ROUND(MMULT({margins},{column_of_ones}),9)))"
    met = here(_met_key(draft, dimension))
    return f"IF({met}>1,100*({balance}+{met}-1)/(2*({met}-1)),100)"


def _met_key(draft: Draft, dimension: Dimension) -> str:
    """Return the key of the column that counts the units of the group that take part in the pairs."""
    key = f"met|{dimension.code}"
    if not draft.has(key):
        first, last = ends(dimension)
        others = block(in_force_key(first), in_force_key(last))
        # COLUMN(…)^0 is a row of ones: multiplied with it, a table gives the sums of its rows
        part = f"MMULT(--({others}>0),TRANSPOSE(COLUMN({in_force_of(dimension)})^0))"
        points = draft.facts.numbers(c.points(dimension.code))
        taking = Counter(
            group for group, own in zip(draft.rows.group_of, points, strict=True) if own is not None
        )
        draft.add(
            "rules",
            Column(
                key=key,
                title=draft.say("rules.met", name=draft.name_of(dimension)),
                role="live",
                values=[float(taking[group]) for group in draft.rows.group_of],
                formula=f"SUM(--({part}>0))",
                array=True,
                code=dimension.code,
                groups=frozenset(dimension.groups),
                decimals=0,
            ),
        )
    return key


_NOTHING = quoted(MISSING)
