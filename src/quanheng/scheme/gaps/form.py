"""Policies for gaps and the treatment of outliers, as they are written."""

from collections.abc import Mapping
from typing import Annotated, Any, Literal, Self, TypeAlias

from pydantic import Discriminator, Field, Strict, Tag, model_validator

from quanheng.findings.text import Text
from quanheng.scheme.fields.fields import (
    Form,
    FormulaText,
    Label,
    Line,
    Number,
    QuotaText,
    Share,
    Truth,
    wrong,
)
from quanheng.scheme.fields.findings import KEYS_CLASH, NOT_EXACTLY_ONE
from quanheng.scheme.fields.late import Late
from quanheng.scheme.gaps.policies import Fills, FillStatistic, MissingWord, NotApplicableWord


class FillForm(Form, zh="缺的值由有值的单位填补，`{fill: mean}`。"):
    """A missing value is filled from the units that have one, `{fill: mean}`."""

    fill: Annotated[FillStatistic, Text(en="What it is filled with.", zh="用什么填补。")]
    within: Annotated[
        Line | None,
        Text(
            en="The column of the units inside which the mean is taken; if not given, the group.",
            zh="按单位表的哪一列分别取平均；不写则按组。",
        ),
    ] = None
    at: Annotated[
        Fills, Text(en="Fill the value before it is rated, or the points.", zh="填补计分前的值，或得分。")
    ] = "value"


def _missing_form(value: Any) -> str:  # noqa: ANN401  # whatever a person wrote
    return "#fill" if isinstance(value, Mapping | FillForm) else "#word"


MissingForm: TypeAlias = Annotated[
    Annotated[MissingWord, Tag("#word")] | Annotated[Late[FillForm], Tag("#fill")],
    Discriminator(_missing_form),
]


class GapsForm(Form, zh="指标没有值时如何处理。"):
    """What happens where an indicator has no value."""

    missing: Annotated[MissingForm | None, Text(en="Was to be reported and is not.", zh="应报而未报的。")] = (
        None
    )
    not_applicable: Annotated[
        NotApplicableWord | None, Text(en="Does not apply to the unit.", zh="对该单位不适用的。")
    ] = None


class NodeGapsForm(GapsForm, zh="指标没有值时如何处理；维度则是最少要有多少下级。"):
    """What happens where an indicator has no value; of a dimension, how much of it has to be there."""

    where: Annotated[
        FormulaText | None,
        Text(
            en="A dimension has no points for a unit for which this does not hold, a condition over items.",
            zh="不符合此条件的单位，该维度没有得分；条件由数据项写成。",
        ),
    ] = None
    required: Annotated[
        Truth | None,
        Text(
            en="The node above has no points for a unit that has none of its own here; at the top, no total.",
            zh="必备：单位在此没有自己的数据的，上级没有得分；在顶层的，没有总分。",
        ),
    ] = None
    at_least: Annotated[
        QuotaText | None,
        Text(
            en="A dimension has no points where fewer of its children, or less of their weight, have "
            "a value.",
            zh="维度中有数据的下级少于此数，或其权重低于此比例的，该维度没有得分。",
        ),
    ] = None


class AllGapsForm(GapsForm, zh="同上，另有全方案的下限。"):
    """The same, with the bound that holds for the whole scheme."""

    where: Annotated[
        FormulaText | None,
        Text(
            en="A unit for which this does not hold has no total and is not ranked.",
            zh="不符合此条件的单位没有总分，不参加排名。",
        ),
    ] = None
    called: Annotated[
        Label | None,
        Text(
            en="What a unit that is not ranked is called (not ranked).",
            zh="不排名的单位怎样写（不参加排名）。",
        ),
    ] = None
    at_least: Annotated[
        Share | None,
        Text(
            en="A unit whose available weight is under this share is listed but not ranked.",
            zh="可计权重低于此比例的单位，列出但不排名。",
        ),
    ] = None
    moved_over: Annotated[
        Share | None,
        Text(
            en="Where more of a unit's weight than this share is moved or filled, a ranking says so (10 %).",
            zh="单位因缺数而移转或填补的权重超过此比例时，在排名上方注明（10%）。",
        ),
    ] = None


class TreatForm(Form, zh="异常值：JRC/COINr 步骤 `{winsorise: 5, then: log}`，或 `{quantiles: [5%, 95%]}`。"):
    """Outliers: the JRC/COINr procedure `{winsorise: 5, then: log}`, or `{quantiles: [5%, 95%]}`."""

    winsorise: Annotated[
        Annotated[int, Strict(), Field(ge=0, le=100_000)] | None,
        Text(en="The most values that are winsorised.", zh="最多缩尾几个值。"),
    ] = None
    then: Annotated[
        Literal["log", "none"] | None,
        Text(en="What follows if that is not enough (log).", zh="仍不够时怎样（取对数）。"),
    ] = None
    skewness: Annotated[
        Annotated[Number, Field(gt=0)] | None,
        Text(en="The limit of |skewness| (2).", zh="偏度绝对值的限度（2）。"),
    ] = None
    kurtosis: Annotated[
        Annotated[Number, Field(gt=0)] | None,
        Text(en="The limit of kurtosis (3.5).", zh="峰度的限度（3.5）。"),
    ] = None
    quantiles: Annotated[
        tuple[Share, Share] | None,
        Text(en="Values outside these quantiles are set to them.", zh="两个分位数之外的值取分位数。"),
    ] = None

    @model_validator(mode="after")
    def _is_one_form(self) -> Self:
        if self.quantiles is None and self.winsorise is None:
            raise wrong(NOT_EXACTLY_ONE, count=0, forms="winsorise, quantiles")
        if self.quantiles is not None and len(self.model_fields_set) > 1:
            other = next(key for key in self.model_fields_set if key != "quantiles")
            raise wrong(KEYS_CLASH, key=other, other="quantiles")
        return self


def _treat_form(value: Any) -> str:  # noqa: ANN401  # whatever a person wrote
    return "#treat" if isinstance(value, Mapping | TreatForm) else "#word"


TreatmentForm: TypeAlias = Annotated[
    Annotated[Literal["log", "none"], Tag("#word")] | Annotated[Late[TreatForm], Tag("#treat")],
    Discriminator(_treat_form),
]
"""How outliers are treated before rating; `none` where the default treats them."""
