"""Adjustments, rounding, ties, tiers and awards, as they are written."""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from pydantic import BeforeValidator, Field, WithJsonSchema

from quanheng.periods.every import Every
from quanheng.scheme.forms import (
    Code,
    Decimals,
    Form,
    FormulaText,
    Line,
    Number,
    QuotaText,
)


def _as_list(value: object) -> object:
    """Return a single word as a list of one."""
    return (value,) if isinstance(value, str) else value


Codes: TypeAlias = Annotated[
    tuple[Code, ...],
    BeforeValidator(_as_list),
    WithJsonSchema({"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}),
]
"""One code or a list of codes."""


class LimitForm(Form):
    """What holds for all bonus, or all penalty, marks of a unit."""

    cap: Annotated[Number, Field(ge=0)] | None = None
    """The most marks, over all nodes."""
    when: FormulaText | None = None
    """The condition without which none count."""


class VetoForm(Form):
    """一票否决."""

    tier: Line | None = None
    """The tier of a vetoed unit."""


class AdjustmentRuleForm(Form):
    """Marks, or a veto, that follow from a formula."""

    name: Line
    """What it is called in the trace."""
    kind: Literal["bonus", "penalty", "veto"]
    """What it does."""
    marks: FormulaText | None = None
    """The marks, 0 or more (bonus, penalty)."""
    when: FormulaText | None = None
    """The condition without which it does not count; for a veto, the condition under which it falls."""
    node: Code | None = None
    """The node it is added at; if not given, the total."""


class AdjustmentsForm(Form):
    """加减分、一票否决."""

    bonus: LimitForm | None = None
    penalty: LimitForm | None = None
    veto: VetoForm | None = None
    rules: tuple[AdjustmentRuleForm, ...] = ()


class RoundingForm(Form):
    """Decimals at each stage; a stage that is not named is not rounded."""

    ratio: Decimals | None = None
    """The inner ratio of a scale."""
    points: Decimals | None = None
    """The points of an indicator."""
    scores: Decimals | None = None
    """The score of each node."""
    total: Decimals | None = None
    """The total."""


class TiesForm(Form):
    """What decides between equal totals."""

    break_by: Codes = ()
    """Nodes, in order; what is still equal shares the place."""


class TierForm(Form):
    """A grade."""

    name: Line
    """What it is called."""
    top: QuotaText | None = None
    """Down to this place: a count, or a share of the group; cumulative."""
    at_least: Number | None = None
    """The least total."""
    unless: FormulaText | None = None
    """A condition under which a unit does not enter, such as `veto`."""


class AwardForm(Form):
    """An honour."""

    name: Line
    """What it is called."""
    groups: Codes = Field(default=(), alias="from")
    """The groups it is given in; if not given, all."""
    take: QuotaText | None = None
    """How many in each group: a count or a share; if not given, all for whom the condition holds."""
    where: FormulaText | None = None
    """Who can have it."""
    by: FormulaText | None = None
    """Greatest first; if not given, by place."""
    to: Line | None = None
    """The column of the units that names the person honoured."""
    every: Every | None = None
    """Only in rounds of this length."""
    veto: Literal["allowed", "barred"] = "barred"
    """Whether vetoed units take part."""
