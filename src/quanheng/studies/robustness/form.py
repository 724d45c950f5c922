"""The settings of a study of robustness, as they are written: what may be otherwise, and how often."""

from typing import Annotated, Any, Literal, Self, TypeAlias

from pydantic import Discriminator, Field, Strict, Tag, model_validator

from quanheng.findings.text import Text
from quanheng.scheme.fields.fields import Code, Codes, Form, Line, Number, Share, Truth, wrong
from quanheng.scheme.fields.findings import NOT_EXACTLY_ONE
from quanheng.scheme.gaps.form import MissingForm, TreatmentForm
from quanheng.scheme.rules.forms import RuleForm
from quanheng.scheme.weights.form import AggregateForm
from quanheng.studies.form import StudyForm

_Weight: TypeAlias = Annotated[Number, Field(ge=0)]
_WAYS = ("change", "dirichlet", "ranges", "sets")


class WeightsForm(Form, zh="权重的不确定性：恰好写 change、dirichlet、ranges、sets 中的一种。"):
    """How weights may be otherwise: exactly one of `change`, `dirichlet`, `ranges`, `sets`."""

    change: Annotated[
        Annotated[Share, Field(gt=0, lt=1)] | None,
        Text(
            en="Each weight is up to this share less or more, evenly: 25%.",
            zh="每个权重在增减该比例的范围内均匀变动，如 25%。",
        ),
    ] = None
    dirichlet: Annotated[
        Annotated[Number, Field(gt=0, le=1_000_000)] | None,
        Text(
            en="Weights of siblings are a Dirichlet draw around their own, of this concentration.",
            zh="同级权重按狄利克雷分布围绕原权重抽取，此为集中度。",
        ),
    ] = None
    ranges: Annotated[
        dict[Code, tuple[_Weight, _Weight]] | None,
        Text(en="By node, the least and the greatest weight.", zh="各节点权重的下限和上限。"),
    ] = None
    sets: Annotated[
        dict[Line, dict[Code, _Weight]] | None,
        Text(en="Given sets of weights by name; one is drawn.", zh="给定的若干组权重，每次抽取一组。"),
    ] = None
    levels: Annotated[
        tuple[Annotated[int, Strict(), Field(ge=1, le=100)], ...],
        Text(
            en="Only nodes of these levels; 1 is below the total.", zh="只变动这些层级的节点，1 为总分之下。"
        ),
    ] = ()
    nodes: Annotated[
        Codes, Text(en="Only these nodes; if not given, all.", zh="只变动这些节点；不写则全部。")
    ] = ()

    @model_validator(mode="after")
    def _is_one_way(self) -> Self:
        given = [name for name in _WAYS if getattr(self, name) is not None]
        if len(given) != 1:
            raise wrong(NOT_EXACTLY_ONE, count=len(given), forms=", ".join(_WAYS))
        return self


class _ChoicesForm(Form):
    nodes: Annotated[
        Codes,
        Text(
            en="The nodes it is about, with all below them; if not given, all.",
            zh="涉及的节点及其下级；不写则全部。",
        ),
    ] = ()
    own: Annotated[
        Truth,
        Text(en="Whether what the scheme says is one of the choices.", zh="方案原有的做法是否也是选项之一。"),
    ] = True


class RuleChoicesForm(_ChoicesForm, zh="计分规则的若干选项。"):
    """Rules that indicators might have instead."""

    choices: Annotated[
        tuple[RuleForm, ...],
        Field(min_length=1, max_length=20),
        Text(en="Rules, as a scheme writes them.", zh="计分规则，写法同方案。"),
    ]


class TreatmentChoicesForm(_ChoicesForm, zh="异常值处理的若干选项。"):
    """Treatments of outliers that indicators might have instead."""

    choices: Annotated[
        tuple[TreatmentForm, ...],
        Field(min_length=1, max_length=20),
        Text(
            en="Treatments, as a scheme writes them; `none` is none.",
            zh="异常值处理，写法同方案；none 为不处理。",
        ),
    ]


class AggregationChoicesForm(Form, zh="合成方法的若干选项。"):
    """Aggregations that dimensions might have instead."""

    nodes: Annotated[
        Codes,
        Text(en="The dimensions; if not given, all.", zh="涉及的维度（含总分 total）；不写则全部。"),
    ] = ()
    own: Annotated[
        Truth,
        Text(en="Whether what the scheme says is one of the choices.", zh="方案原有的做法是否也是选项之一。"),
    ] = True
    choices: Annotated[
        tuple[AggregateForm, ...],
        Field(min_length=1, max_length=20),
        Text(en="Aggregations, as a scheme writes them.", zh="合成方法，写法同方案。"),
    ]


class GapChoicesForm(_ChoicesForm, zh="缺数处理的若干选项。"):
    """Policies for what is missing that indicators might have instead."""

    choices: Annotated[
        tuple[MissingForm, ...],
        Field(min_length=1, max_length=20),
        Text(en="Policies for missing values, as a scheme writes them.", zh="缺数处理，写法同方案。"),
    ]


class NoiseForm(Form, zh="一个数据项的误差：恰好写一种。"):
    """How far a figure may be off: exactly one of these."""

    absolute: Annotated[
        Annotated[Number, Field(gt=0)] | None,
        Text(en="A standard deviation in the item's own unit.", zh="标准差，以该数据项的单位计。"),
    ] = None
    relative: Annotated[
        Annotated[Share, Field(gt=0)] | None,
        Text(en="A standard deviation as a share of the figure.", zh="标准差占数值的比例。"),
    ] = None

    @model_validator(mode="after")
    def _is_exactly_one(self) -> Self:
        if len(self.model_fields_set) != 1:
            raise wrong(NOT_EXACTLY_ONE, count=len(self.model_fields_set), forms="absolute, relative")
        return self


def _noise_form(value: Any) -> str:  # noqa: ANN401  # whatever a person wrote
    return "#word" if isinstance(value, str) else "#form"


ItemNoiseForm: TypeAlias = Annotated[
    Annotated[Literal["revisions"], Tag("#word")] | Annotated[NoiseForm, Tag("#form")],
    Discriminator(_noise_form),
]
"""`{relative: 2%}`, `{absolute: 0.1}`, or `revisions`: as far as its figures were revised so far."""
LeftOut: TypeAlias = Literal["indicators", "dimensions", "units"]


class CausesForm(Form, zh="哪些做法可以不同；不写的不变。"):
    """What may be otherwise; what is not given stays as it is."""

    weights: Annotated[WeightsForm | None, Text(en="The weights.", zh="权重。")] = None
    rule: Annotated[RuleChoicesForm | None, Text(en="The rules of indicators.", zh="计分规则。")] = None
    treatment: Annotated[
        TreatmentChoicesForm | None, Text(en="The treatment of outliers.", zh="异常值处理。")
    ] = None
    aggregation: Annotated[
        AggregationChoicesForm | None, Text(en="How points are joined.", zh="合成方法。")
    ] = None
    gaps: Annotated[
        GapChoicesForm | None, Text(en="What is done where figures are missing.", zh="缺数处理。")
    ] = None
    noise: Annotated[
        dict[Code, ItemNoiseForm] | None,
        Field(min_length=1),
        Text(en="By item, how far its figures may be off.", zh="各数据项的误差。"),
    ] = None


_Runs: TypeAlias = Annotated[int, Strict(), Field(ge=1, le=1_000_000)]


class RobustnessForm(StudyForm, zh="稳健性研究的设置。"):
    """The settings of a study of robustness."""

    study: Annotated[Literal["robustness"], Text(en="Which study it is.", zh="哪一项研究。")] = "robustness"
    causes: Annotated[
        CausesForm | None,
        Text(
            en="What may be otherwise. Without it: weights ±25 % at every level; arithmetic or geometric "
            "means where both are defined; and each policy for missing figures that changes something.",
            zh="哪些做法可以不同。不写则：各级权重±25%；两者都有定义时取算术或几何平均；会改变结果的各种缺数处理。",
        ),
    ] = None
    runs: Annotated[
        _Runs,
        Text(
            en="Replicates that places are counted over; rounded up to twice a power of two.",
            zh="统计位次的重复次数；向上取为2的幂的两倍。",
        ),
    ] = 1024
    leave_out: Annotated[
        tuple[LeftOut, ...],
        Text(
            en="What is left out once, one by one: indicators, dimensions, units.",
            zh="逐一去掉：indicators（指标）、dimensions（维度）、units（单位）。",
        ),
    ] = ("indicators", "dimensions")
    level: Annotated[
        Annotated[Share, Field(gt=0.5, lt=1)],
        Text(
            en="How much of the replicates an interval holds: 90% is from the 5th to the 95th percentile.",
            zh="区间涵盖的重复次数比例：90% 即第5至第95百分位。",
        ),
    ] = 0.9
    units: Annotated[
        tuple[Line, ...],
        Text(
            en="Units for whose score and place the shares of variance are computed too.",
            zh="另外分解其得分和位次方差的单位。",
        ),
    ] = ()
    keep: Annotated[
        Truth,
        Text(
            en="Whether the draws and every replicate's scores and places are tables, too.",
            zh="是否一并给出每次抽取及其得分和位次。",
        ),
    ] = False
