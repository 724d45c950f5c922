"""序时进度 and 季季评, pace and reviews, as they are written."""

from collections.abc import Mapping
from typing import Annotated, Any, Final, Literal, TypeAlias

from pydantic import AfterValidator, Discriminator, Field, Strict, Tag

from quanheng.findings.text import Text
from quanheng.periods.every import MONTHS_A_YEAR, Every
from quanheng.periods.widths import to_half_width
from quanheng.scheme.fields.fields import Codes, Form, FormulaText, PeriodText, Share, bad_form
from quanheng.scheme.fields.late import Late

Whole: TypeAlias = Annotated[int, Strict()]


class SeasonalForm(Form, zh="照往年的进度，`{seasonal: 3}`。"):
    """As earlier years went, `{seasonal: 3}`."""

    seasonal: Annotated[
        Whole, Field(ge=1, le=50), Text(en="The most years that are looked at.", zh="最多看几年。")
    ]


def _curve_form(value: Any) -> str:  # noqa: ANN401  # whatever a person wrote
    if isinstance(value, SeasonalForm) or (isinstance(value, Mapping) and "seasonal" in value):
        return "#seasonal"
    return "#given" if isinstance(value, Mapping) else "#word"


CurveForm: TypeAlias = Annotated[
    Annotated[Literal["even", "seasonal"], Tag("#word")]
    | Annotated[Late[SeasonalForm], Tag("#seasonal")]
    | Annotated[dict[PeriodText, Share], Field(min_length=1), Tag("#given")],
    Discriminator(_curve_form),
]
"""How the year's target is spread: `even`, `seasonal`, or the share due by the end of each period."""


class LightsForm(Form, zh="先于完成比例决定灯色的条件。"):
    """Conditions that set a light before the completion of what is due does."""

    red: Annotated[FormulaText | None, Text(en="When the light is red, 告警.", zh="何时红灯，告警。")] = None
    yellow: Annotated[FormulaText | None, Text(en="When it is yellow, 关注.", zh="何时黄灯，关注。")] = None
    green: Annotated[FormulaText | None, Text(en="When it is green, 正常.", zh="何时绿灯，正常。")] = None


class PaceForm(Form, zh="序时进度：目标在何时应完成多少，完成情况如何判断。"):
    """序时进度: what share of a target is due by when, and how its completion is judged."""

    curve: Annotated[
        CurveForm | None, Text(en="How the year's target is spread (even).", zh="全年目标怎样分布（均匀）。")
    ] = None
    at: Annotated[
        dict[PeriodText, Share],
        Text(
            en="The share due by the end of a period, where it differs from the curve.",
            zh="某期末应完成的比例，与曲线不同之处。",
        ),
    ] = Field(default={})
    yellow: Annotated[
        Share | None,
        Text(
            en="Under this part of what is due, an indicator is yellow (95%).",
            zh="低于应完成数的此比例为黄灯（95%）。",
        ),
    ] = None
    red: Annotated[
        Share | None,
        Text(
            en="Under this part of what is due, an indicator is red (85%).",
            zh="低于应完成数的此比例为红灯（85%）。",
        ),
    ] = None
    when: Annotated[
        LightsForm | None,
        Text(
            en="Conditions that set a light before that; the first of red, yellow, green that holds counts.",
            zh="先于上述比例决定灯色的条件；依红、黄、绿取先成立的。",
        ),
    ] = None
    repeat: Annotated[
        Annotated[Whole, Field(ge=1, le=100)] | None,
        Text(
            en="So many of the same yellow or red light in a row are raised (2).",
            zh="同样的黄灯或红灯连续几次后升级提示（2）。",
        ),
    ] = None
    due_soon: Annotated[
        Annotated[Whole, Field(ge=0, le=366)] | None,
        Text(
            en="A record is due soon so many days before its due date (14).",
            zh="应办日期前几天为临期（14）。",
        ),
    ] = None
    every: Annotated[
        Every | None, Text(en="How often lights are given (month).", zh="多久亮一次灯（月）。")
    ] = None


class IndicatorPaceForm(PaceForm, zh="一个指标的序时进度；没有写的从方案。"):
    """The pace of one indicator; what it does not say is as the scheme's."""

    target: Annotated[
        Literal["accumulates", "level", "from_start"] | None,
        Text(
            en="What is due of the target during the year; if not given, as the measure's items say.",
            zh="年内应完成目标的什么；不写则看指标值所用的数据项。",
        ),
    ] = None


def _pace_form(value: Any) -> str:  # noqa: ANN401  # whatever a person wrote
    return "#pace" if isinstance(value, Mapping | IndicatorPaceForm) else "#word"


OwnPaceForm: TypeAlias = Annotated[
    Annotated[Literal["none"], Tag("#word")] | Annotated[Late[IndicatorPaceForm], Tag("#pace")],
    Discriminator(_pace_form),
]
"""The pace of one indicator, or `none` where nothing is due of it during the year."""


def _part_of_year(value: str) -> str:
    text = to_half_width(value).strip().upper()
    if text not in _PARTS:
        raise bad_form(value, Text(en="write H1, Q3 or a month, 06", zh="请写 H1、Q3 或月份 06"))
    return text


_PARTS: Final = frozenset(
    {"H1", "H2", "Q1", "Q2", "Q3", "Q4", *(f"{month:02}" for month in range(1, MONTHS_A_YEAR + 1))}
)

PartOfYear: TypeAlias = Annotated[str, AfterValidator(_part_of_year)]
"""A part of any year: `H1`, `Q3`, `06`."""


def _shares_form(value: Any) -> str:  # noqa: ANN401  # whatever a person wrote
    return "#each" if isinstance(value, Mapping) else "#mean"


ReviewSharesForm: TypeAlias = Annotated[
    Annotated[Share, Tag("#mean")] | Annotated[dict[PartOfYear, Share], Field(min_length=1), Tag("#each")],
    Discriminator(_shares_form),
]
"""What part of a year's total its reviews are: together, or each of them."""


class FoldForm(Form, zh="全年结果由季季评和全年怎样组成。"):
    """How the year's result is made of the reviews and the year."""

    reviews: Annotated[
        ReviewSharesForm,
        Text(
            en="The part of the reviews' mean, or of each review: `{Q1: 20%, Q2: 20%, Q3: 20%, Q4: 40%}`.",
            zh="季季评平均所占比例，或每一季季评所占比例：`{Q1: 20%, Q2: 20%, Q3: 20%, Q4: 40%}`。",
        ),
    ]
    year: Annotated[Share, Text(en="The part of the year.", zh="全年自身所占比例。")]


class ReviewsForm(Form, zh="季季评：年内的评议。"):
    """季季评: reviews inside the year."""

    every: Annotated[Literal["half", "quarter", "month"], Text(en="How often.", zh="多久一次。")]
    nodes: Annotated[
        Codes,
        Text(
            en="What is reviewed, with all below it; if not given, "
            "the indicators with figures for each review.",
            zh="参评的节点及其下级；不写则为每次都有数据的指标。",
        ),
    ] = ()
    through: Annotated[
        Literal["half", "quarter"] | None,
        Text(
            en="The mean over the year is a mean of the means of these periods, "
            "where they are longer than `every`.",
            zh="全年平均先按这种周期平均、再平均；须长于 `every`。",
        ),
    ] = None
    fold: Annotated[FoldForm | None, Text(en="How they enter the year's result.", zh="如何折入全年。")] = None
