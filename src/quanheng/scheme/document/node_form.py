"""The nodes of a scheme and the defaults of its indicators, as they are written."""

from typing import Annotated, Literal

from pydantic import Field

from quanheng.findings.text import Text
from quanheng.scheme.document.group_form import OverForm, WithinForm
from quanheng.scheme.fields.fields import Code, Codes, Form, FormulaText, Label, Name, PeriodText
from quanheng.scheme.fields.late import Late
from quanheng.scheme.gaps.form import AllGapsForm, NodeGapsForm, TreatmentForm
from quanheng.scheme.pace.form import OwnPaceForm
from quanheng.scheme.rounding.form import NodeRoundingForm
from quanheng.scheme.rules.forms import RuleForm
from quanheng.scheme.weights.form import AggregateForm, BoundForm, CapsForm, WeightForm, WeightMethodForm


class NodeForm(Form, zh="指标体系的节点：指标（有指标值）或维度（有下级）。"):
    """A node of the tree: an indicator (with a measure) or a dimension (with children)."""

    name: Name = None
    weight: Annotated[
        WeightForm | None,
        Text(
            en="Marks, or a proportion; one for all groups or one for each.",
            zh="分值或比例；各组相同，或分组写。",
        ),
    ] = None
    groups: Annotated[
        Codes | None,
        Text(
            en="The groups it applies to; if not given, those of its weights or of its parent.",
            zh="适用的分组；不写则从权重或上级。",
        ),
    ] = None
    measure: Annotated[
        FormulaText | None,
        Text(en="The value that is rated, a formula over items.", zh="用来计分的值，由数据项组成的公式。"),
    ] = None
    rule: Annotated[
        RuleForm | None,
        Text(
            en="How the measure becomes points; of a dimension, how the joined points of its children become "
            "its own.",
            zh="指标值如何成为得分；用于维度时，是下级合成得分如何成为本维度得分。",
        ),
    ] = None
    direction: Annotated[
        Literal["more", "less"] | None, Text(en="Which is better (more).", zh="以何为优（多为优）。")
    ] = None
    gaps: Annotated[
        Late[NodeGapsForm] | None, Text(en="What happens where there is no value.", zh="没有值时如何处理。")
    ] = None
    treat: Annotated[
        TreatmentForm | None, Text(en="How outliers are treated before rating.", zh="计分前如何处理异常值。")
    ] = None
    within: Annotated[
        WithinForm | None,
        Text(
            en="Whose values count for what is observed: `group`, `all`, a pool, another group, or a column "
            "of the units, for those alike in it (group).",
            zh="观测值看哪些单位：本组（group）、全部（all）、`pools` 之一、另一分组，"
            "或单位表的一列，即该列相同的单位（本组）。",
        ),
    ] = None
    over: Annotated[
        OverForm | None,
        Text(
            en="Rounds whose values count together for what is observed: `2018..2022` (the round alone).",
            zh="观测值合看哪些考核期：`2018..2022`（不写则只看本期）。",
        ),
    ] = None
    aggregate: Annotated[
        AggregateForm | None, Text(en="How the points of the children are joined.", zh="下级得分的合成方法。")
    ] = None
    weights: Annotated[
        WeightMethodForm | None, Text(en="How the children share its weight.", zh="下级分配其权重的方法。")
    ] = None
    coefficient: Annotated[
        FormulaText | None, Text(en="难度系数: the points are multiplied by it.", zh="难度系数：得分乘以它。")
    ] = None
    floor: Annotated[
        BoundForm | None,
        Text(
            en="The fewest marks its score is, after adjustments; one for all groups or one for each.",
            zh="得分的下限（分），加减分之后；各组相同，或分组写。",
        ),
    ] = None
    cap: Annotated[
        CapsForm | None,
        Text(
            en="The most marks its score is, after adjustments; one for all groups, one for each, or under a "
            "condition.",
            zh="得分的上限（分），加减分之后；各组相同，或分组写，或附条件。",
        ),
    ] = None
    pace: Annotated[
        OwnPaceForm | None,
        Text(
            en="What of its target is due by when, where it differs from the scheme's pace; "
            "`none` where nothing is.",
            zh="目标在何时应完成多少，与方案不同之处；`none` 为年内不要求。",
        ),
    ] = None
    rounding: Annotated[
        Late[NodeRoundingForm] | None,
        Text(en="Decimals at each stage, where they differ from the scheme's.", zh="与方案不同的小数位。"),
    ] = None
    since: Annotated[PeriodText | None, Text(en="From then on.", zh="起始期间。")] = Field(None, alias="from")
    until: Annotated[PeriodText | None, Text(en="Up to then.", zh="截止期间。")] = Field(None, alias="to")
    note: Annotated[Label | None, Text(en="A remark for readers.", zh="给读者的说明。")] = None
    children: Annotated[dict[Code, "NodeForm"] | None, Text(en="The nodes below it.", zh="下级节点。")] = None

    @classmethod
    def written_out(cls, value: object) -> object:
        """Read a bare formula as the measure, and nothing as an empty node."""
        if value is None:
            return {}
        return {"measure": value} if _is_formula(value) else value


class DefaultsForm(Form, zh="各指标的默认值，指标另写的除外。"):
    """For every indicator unless it says otherwise."""

    rule: Annotated[
        RuleForm | None, Text(en="How the measure becomes points.", zh="指标值如何成为得分。")
    ] = None
    direction: Annotated[Literal["more", "less"] | None, Text(en="Which is better.", zh="以何为优。")] = None
    gaps: Annotated[
        Late[AllGapsForm] | None, Text(en="What happens where there is no value.", zh="没有值时如何处理。")
    ] = None
    treat: Annotated[
        TreatmentForm | None, Text(en="How outliers are treated before rating.", zh="计分前如何处理异常值。")
    ] = None
    within: Annotated[
        WithinForm | None,
        Text(en="Whose values count for what is observed.", zh="观测值看哪些单位。"),
    ] = None
    over: Annotated[
        OverForm | None, Text(en="Rounds whose values count together.", zh="合看哪些考核期。")
    ] = None


def _is_formula(value: object) -> bool:
    return isinstance(value, str | int | float) and not isinstance(value, bool)
