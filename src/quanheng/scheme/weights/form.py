"""Weight methods and aggregations as they are written."""

from collections.abc import Mapping
from typing import Annotated, Any, Final, Self, TypeAlias

from pydantic import (
    AfterValidator,
    Discriminator,
    Field,
    Strict,
    Tag,
    ValidationError,
    ValidatorFunctionWrapHandler,
    WrapValidator,
    model_validator,
)

from quanheng.findings.text import Text
from quanheng.scheme.fields.fields import (
    Code,
    Form,
    FormulaText,
    Line,
    Number,
    QuotaText,
    Share,
    bad_form,
    wrong,
)
from quanheng.scheme.fields.findings import NOT_EXACTLY_ONE
from quanheng.scheme.fields.late import Late
from quanheng.scheme.weights.aggregation import AggregateWord
from quanheng.scheme.weights.methods import WeightWord

_LEAST_EXPONENT: Final = 0.01
_MOST_EXPONENT: Final = 20.0


def _number_or_groups(value: Any) -> str:  # noqa: ANN401  # whatever a person wrote
    return "#groups" if isinstance(value, Mapping) else "#number"


_Weight: TypeAlias = Annotated[Number, Field(ge=0)]

WeightForm: TypeAlias = Annotated[
    Annotated[_Weight, Tag("#number")] | Annotated[dict[Code, _Weight], Field(min_length=1), Tag("#groups")],
    Discriminator(_number_or_groups),
]
"""One weight for all groups, or `{towns: 18, parks: 14}`."""


BoundForm: TypeAlias = Annotated[
    Annotated[Number, Tag("#number")] | Annotated[dict[Code, Number], Field(min_length=1), Tag("#groups")],
    Discriminator(_number_or_groups),
]
"""Marks for all groups, or `{towns: 10, parks: 5}`."""


def _marks_or_share(value: Any) -> str:  # noqa: ANN401  # whatever a person wrote
    return "#share" if isinstance(value, str) else _number_or_groups(value)


def _no_quota(value: object, quota: ValidatorFunctionWrapHandler) -> object:
    """Return a part of marks, which is written as a quota is and is none of units."""
    try:
        return quota(value)
    except ValidationError:
        how = Text(
            en="write marks such as 80, or a part of what it is worth such as 60%, above 0%",
            zh="请写分数（如 80），或该节点分值的一部分（如 60%，须大于 0%）",
        )
        raise bad_form(value, how) from None


PartText: TypeAlias = Annotated[QuotaText, WrapValidator(_no_quota)]
"""A part of the marks that something is worth: `60%`."""


class CapIfForm(Form, zh="有条件的上限，`{marks: 80, where: accidents > 0}`；`60%` 为该节点分值的一部分。"):
    """A cap under a condition, `{marks: 80, where: accidents > 0}`; `60%` is of what the node is worth."""

    marks: Annotated[
        Annotated[
            Annotated[Number, Tag("#number")]
            | Annotated[dict[Code, Number], Field(min_length=1), Tag("#groups")]
            | Annotated[PartText, Tag("#share")],
            Discriminator(_marks_or_share),
        ],
        Text(en="The most marks its score is then.", zh="符合条件时得分的上限（分）。"),
    ]
    where: Annotated[
        FormulaText,
        Text(en="Where it holds, a condition over items.", zh="上限何时生效，由数据项写成的条件。"),
    ]


def _cap_form(value: Any) -> str:  # noqa: ANN401  # whatever a person wrote
    if isinstance(value, list | tuple):
        return "#several"
    if isinstance(value, CapIfForm):
        return "#where"
    # 'when' is no word of a cap: that 'where' is meant can be told only of a cap under a condition
    if isinstance(value, Mapping) and (
        any(isinstance(value.get(word), str) for word in ("where", "when"))
        or {"marks", "where"} <= set(value)
    ):
        return "#where"
    return _number_or_groups(value)


OneCapForm: TypeAlias = Annotated[
    Annotated[Number, Tag("#number")]
    | Annotated[dict[Code, Number], Field(min_length=1), Tag("#groups")]
    | Annotated[CapIfForm, Tag("#where")],
    Discriminator(_cap_form),
]
CapsForm: TypeAlias = Annotated[
    Annotated[Number, Tag("#number")]
    | Annotated[dict[Code, Number], Field(min_length=1), Tag("#groups")]
    | Annotated[CapIfForm, Tag("#where")]
    | Annotated[tuple[OneCapForm, ...], Field(min_length=1), Tag("#several")],
    Discriminator(_cap_form),
]
"""Marks as a floor has them, a cap under a condition, or several caps of which the lowest counts."""


def _cell_form(value: Any) -> str:  # noqa: ANN401  # whatever a person wrote
    return "#text" if isinstance(value, str) else "#number"


class AhpForm(Form, zh="层次分析法：由两两比较矩阵得出权重。"):
    """层次分析法: weights from a pairwise comparison matrix."""

    order: Annotated[
        tuple[Code, ...] | None,
        Text(
            en="The children the rows and columns stand for; if not given, in the order of the scheme.",
            zh="各行各列所指的下级；不写则按方案的次序。",
        ),
    ] = None
    matrix: Annotated[
        tuple[
            tuple[
                Annotated[
                    Annotated[Number, Tag("#number")] | Annotated[Line, Tag("#text")],
                    Discriminator(_cell_form),
                ],
                ...,
            ],
            ...,
        ],
        Text(
            en="How many times more important the row is than the column: 1 to 9, or `1/3`.",
            zh="行比列重要几倍：1 至 9，或 `1/3`。",
        ),
    ]


class BodForm(Form, zh="BOD：各单位取限度内对自己最有利的权重。"):
    """BOD: each unit gets the weights that show it best, within bounds."""

    least: Annotated[
        Share,
        Text(en="The least part a child has in a unit's composite.", zh="下级在单位合成值中的最小占比。"),
    ] = 0.0
    most: Annotated[
        Share,
        Text(en="The greatest part a child has in a unit's composite.", zh="下级在单位合成值中的最大占比。"),
    ] = 1.0


class ComputedForm(Form, zh="带参数的赋权方法：恰好写一种。"):
    """A weight method with parameters: exactly one of these."""

    ahp: AhpForm | None = None
    bod: BodForm | None = None
    by: Annotated[
        Line | None,
        Text(
            en="An attribute of the units, a column of theirs, by whose value the children weigh; with `of`.",
            zh="单位属性（单位表的一列），按其值定各下级的权重；与 `of` 同写。",
        ),
    ] = None
    of: Annotated[
        dict[Line, dict[Code, _Weight]] | None,
        Text(
            en="By the value, what each child weighs; one that is left out weighs nothing.",
            zh="属性的每个值下各下级的权重；不写的下级权重为 0。",
        ),
    ] = None

    @classmethod
    def written_out(cls, value: object) -> object:
        """Read an empty `bod` as one without bounds."""
        if isinstance(value, Mapping) and "bod" in value and value["bod"] is None:
            return {**value, "bod": {}}
        return value

    @model_validator(mode="after")
    def _is_exactly_one(self) -> Self:
        stated = [each for each in (self.ahp, self.bod, self.by) if each is not None]
        if len(stated) != 1 or (self.by is None) != (self.of is None):
            raise wrong(NOT_EXACTLY_ONE, count=len(self.model_fields_set), forms="ahp, bod, by")
        return self


def _method_form(value: Any) -> str:  # noqa: ANN401  # whatever a person wrote
    return "#computed" if isinstance(value, Mapping | ComputedForm) else "#word"


WeightMethodForm: TypeAlias = Annotated[
    Annotated[WeightWord, Tag("#word")] | Annotated[Late[ComputedForm], Tag("#computed")],
    Discriminator(_method_form),
]
"""How the children share their parent's weight."""


def _exponent(value: float) -> float:
    # 0 has a finding of its own; beyond these the power of points may be no finite number
    if value != 0.0 and not _LEAST_EXPONENT <= abs(value) <= _MOST_EXPONENT:
        raise bad_form(
            value,
            Text(
                en="write an exponent of a size from 0.01 to 20; 'min' takes the least",
                zh="请写绝对值从 0.01 到 20 的指数；取最小值请写 min",
            ),
        )
    return value


_Count: TypeAlias = Annotated[int, Strict(), Field(ge=1, le=1000)]


class NumberedForm(Form, zh="带一个数的合成方法：恰好写一种。"):
    """An aggregation with a number: exactly one of these."""

    power: Annotated[
        Annotated[Number, AfterValidator(_exponent)] | None,
        Text(
            en="幂平均: the exponent, a size from 0.01 to 20, not 0.",
            zh="幂平均的指数：绝对值从 0.01 到 20，不为 0。",
        ),
    ] = None
    best: Annotated[_Count | None, Text(en="How many of the best children count.", zh="最好的几项计分。")] = (
        None
    )
    last: Annotated[
        _Count | None, Text(en="How many of the worst children count.", zh="最差的几项计分。")
    ] = None

    @model_validator(mode="after")
    def _is_exactly_one(self) -> Self:
        if len([each for each in (self.power, self.best, self.last) if each is not None]) != 1:
            raise wrong(NOT_EXACTLY_ONE, count=len(self.model_fields_set), forms="power, best, last")
        return self


def _aggregate_form(value: Any) -> str:  # noqa: ANN401  # whatever a person wrote
    return "#numbered" if isinstance(value, Mapping | NumberedForm) else "#word"


AggregateForm: TypeAlias = Annotated[
    Annotated[AggregateWord, Tag("#word")] | Annotated[Late[NumberedForm], Tag("#numbered")],
    Discriminator(_aggregate_form),
]
"""How the points of the children are joined."""
