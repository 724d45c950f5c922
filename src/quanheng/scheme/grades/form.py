"""Adjustments, rounding, ties, tiers and awards, as they are written."""

from typing import Annotated, Literal

from pydantic import Field

from quanheng.findings.text import Text
from quanheng.periods.every import Every
from quanheng.scheme.fields.fields import Code, Codes, Decimals, Form, FormulaText, Line, Number, QuotaText


class LimitForm(Form, zh="对一个单位全部加分或全部扣分的限制。"):
    """What holds for all bonus, or all penalty, marks of a unit."""

    cap: Annotated[
        Annotated[Number, Field(ge=0)] | None,
        Text(en="The most marks, over all nodes.", zh="各节点合计的上限。"),
    ] = None
    when: Annotated[
        FormulaText | None, Text(en="The condition without which none count.", zh="条件不成立则都不计。")
    ] = None


class VetoForm(Form, zh="一票否决。"):
    """一票否决."""

    tier: Annotated[Line | None, Text(en="The tier of a vetoed unit.", zh="被否决单位的等次。")] = None


class AdjustmentRuleForm(Form, zh="由公式得出的加减分或否决。"):
    """Marks, or a veto, that follow from a formula."""

    name: Annotated[Line, Text(en="What it is called in the trace.", zh="计分依据中的名称。")]
    kind: Annotated[Literal["bonus", "penalty", "veto"], Text(en="What it does.", zh="作用。")]
    marks: Annotated[
        FormulaText | None,
        Text(en="The marks, 0 or more (bonus, penalty).", zh="分数，不小于 0（加分、扣分）。"),
    ] = None
    when: Annotated[
        FormulaText | None,
        Text(
            en="The condition without which it does not count; for a veto, "
            "the condition under which it falls.",
            zh="条件不成立则不计；对否决而言，条件成立则否决。",
        ),
    ] = None
    node: Annotated[
        Code | None,
        Text(en="The node it is added at; if not given, the total.", zh="计入哪个节点；不写则计入总分。"),
    ] = None


class AdjustmentsForm(Form, zh="加减分、一票否决。"):
    """加减分、一票否决."""

    bonus: LimitForm | None = None
    penalty: LimitForm | None = None
    veto: VetoForm | None = None
    rules: tuple[AdjustmentRuleForm, ...] = ()


class RoundingForm(Form, zh="各环节保留的小数位；没有写的环节不修约。"):
    """Decimals at each stage; a stage that is not named is not rounded."""

    ratio: Annotated[Decimals | None, Text(en="The inner ratio of a scale.", zh="功效系数的比率。")] = None
    points: Annotated[
        Decimals | None, Text(en="The points of an indicator.", zh="指标的得分（百分制）。")
    ] = None
    scores: Annotated[Decimals | None, Text(en="The score of each node.", zh="各节点的得分。")] = None
    total: Annotated[Decimals | None, Text(en="The total.", zh="总分。")] = None


class TiesForm(Form, zh="总分相同时比较什么。"):
    """What decides between equal totals."""

    break_by: Annotated[
        Codes,
        Text(
            en="Nodes, in order; what is still equal shares the place.", zh="依次比较的节点；仍相同的并列。"
        ),
    ] = ()


class TierForm(Form, zh="等次。"):
    """A grade."""

    name: Annotated[Line, Text(en="What it is called.", zh="名称。")]
    top: Annotated[
        QuotaText | None,
        Text(
            en="Down to this place: a count, or a share of the group; cumulative.",
            zh="到第几名为止：名额，或占本组的比例；累计。",
        ),
    ] = None
    at_least: Annotated[Number | None, Text(en="The least total.", zh="总分下限。")] = None
    unless: Annotated[
        FormulaText | None,
        Text(
            en="A condition under which a unit does not enter, such as `veto`.",
            zh="不能进入的条件，例如 `veto`。",
        ),
    ] = None


class AwardForm(Form, zh="奖项。"):
    """An honour."""

    name: Annotated[Line, Text(en="What it is called.", zh="名称。")]
    groups: Annotated[
        Codes, Text(en="The groups it is given in; if not given, all.", zh="在哪些组评；不写则各组都评。")
    ] = Field(default=(), alias="from")
    take: Annotated[
        QuotaText | None,
        Text(
            en="How many in each group: a count or a share; if not given, all for whom the condition holds.",
            zh="每组几个：名额或比例；不写则符合条件的都有。",
        ),
    ] = None
    where: Annotated[FormulaText | None, Text(en="Who can have it.", zh="谁可以得。")] = None
    by: Annotated[
        FormulaText | None, Text(en="Greatest first; if not given, by place.", zh="由大到小；不写则按位次。")
    ] = None
    to: Annotated[
        Line | None,
        Text(en="The column of the units that names the person honoured.", zh="单位表中受奖人所在的列。"),
    ] = None
    every: Annotated[
        Every | None, Text(en="Only in rounds of this length.", zh="只在这种长度的考核期评。")
    ] = None
    veto: Annotated[
        Literal["allowed", "barred"], Text(en="Whether vetoed units take part.", zh="被否决的单位是否参评。")
    ] = "barred"
