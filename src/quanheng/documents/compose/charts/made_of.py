"""What the totals of a group are made of: scores of the root's children, marks given, what is left over."""

from __future__ import annotations

from typing import Any, Final

import narwhals as nw

from quanheng.engine.frame import columns as c
from quanheng.engine.results.result import Result
from quanheng.engine.stages.adjustments.categories import KINDS
from quanheng.findings.text import Text
from quanheng.findings.value import Value
from quanheng.scheme.fields.codes import ROOT
from quanheng.scheme.tree.scheme import Group

MARKS: Final = ("marks given", Text(zh="总分加减分", en="marks given and taken at the top"))
REST: Final = ("rest", Text(zh="汇总（合成、折算、取舍）", en="aggregation, reviews and rounding"))
TOTAL: Final = "total"
_SIGNS: Final = {"bonus": 1.0, "penalty": -1.0}
_NOISE: Final = 5e-10
"""Scores are compared at nine decimals (rounding §3)."""


class MadeOf(Value):
    """The parts by column and name, and a row for each unit with a total: its parts and the total.

    A part is null where the unit has none; all parts of a unit add up to its total.
    """

    parts: tuple[tuple[str, Text], ...]
    rows: nw.DataFrame[Any]


def made_of(result: Result, group: Group) -> MadeOf:
    """Return what the totals of the units of `group` are made of.

    Marks and the rest are parts only where a unit of the group has some.
    """
    totals = result.ranking.select(c.UNIT, nw.col("score").alias(TOTAL))
    frame = result.wide.filter(nw.col(c.GROUP) == group.code).join(totals, on=c.UNIT, how="inner")
    frame = frame.filter(~nw.col(TOTAL).is_null())
    nodes = [node for node in result.scheme.root.children if node.weights.get(group.code)]
    given = [
        _SIGNS[kind] * nw.col(name).fill_null(0.0)
        for kind in KINDS
        if kind in _SIGNS and (name := c.adjust(ROOT, kind)) in frame.columns
    ]
    marks = sum(given, start=nw.lit(0.0))
    known = [nw.col(c.score(node.code)).fill_null(0.0) for node in nodes]
    rest = nw.col(TOTAL) - sum(known, start=marks)
    rows = frame.select(
        *(c.UNIT, c.NAME),
        *[nw.col(c.score(node.code)).alias(node.code) for node in nodes],
        marks.alias(MARKS[0]),
        nw.when(rest.abs() > _NOISE).then(rest).otherwise(nw.lit(0.0)).alias(REST[0]),
        TOTAL,
    )
    more = [part for part in (MARKS, REST) if len(rows) and rows[part[0]].abs().max() > 0]
    return MadeOf(parts=(*((node.code, node.name) for node in nodes), *more), rows=rows)
