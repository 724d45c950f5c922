"""What a study of opinions is asked with: which methods, on what, and the numbers that they need."""

from typing import Annotated, Final, Literal, TypeAlias, get_args

from pydantic import BeforeValidator, Field, WithJsonSchema

from quanheng.findings.text import Text
from quanheng.scheme.fields.fields import Share, Truth
from quanheng.studies.form import StudyForm

MethodWord: TypeAlias = Literal[
    "topsis_vector",
    "topsis_minmax",
    "vikor",
    "promethee",
    "product",
    "copras",
    "aras",
    "copeland",
    "arithmetic",
    "geometric",
    "harmonic",
]
Basis: TypeAlias = Literal["measures", "points"]
"""What the methods look at."""
Preference: TypeAlias = Literal["usual", "linear"]

ALL_METHODS: Final[tuple[MethodWord, ...]] = get_args(MethodWord)
"""In the order of the tables."""


def _as_list(value: object) -> object:
    return (value,) if isinstance(value, str) else value


class OpinionsForm(StudyForm, zh="各种评价方法对照研究的设置。"):
    """The settings of a study of opinions: the same data under other methods."""

    study: Annotated[Literal["opinions"], Text(en="Which study it is.", zh="哪一项研究。")] = "opinions"
    methods: Annotated[
        tuple[MethodWord, ...],
        BeforeValidator(_as_list),
        Field(min_length=1),
        WithJsonSchema(
            {
                "anyOf": [
                    {"enum": list(ALL_METHODS)},
                    {"type": "array", "minItems": 1, "items": {"enum": list(ALL_METHODS)}},
                ]
            }
        ),
        Text(en="The methods that are asked.", zh="采用哪些方法。"),
    ] = ALL_METHODS
    basis: Annotated[
        Basis,
        Text(
            en="What they look at: measures after gaps and outliers where the rule rises or falls with them, "
            "or points everywhere.",
            zh="以什么为准：指标值（补缺和处理异常值之后，计分规则随之升降的指标），或一律用得分。",
        ),
    ] = "measures"
    rescale: Annotated[
        Truth,
        Text(
            en="Whether methods that need values above 0 take indicators with others at 1 to 100; "
            "if not, these methods are left out by name.",
            zh="需要正数的方法遇到0或负数的指标时，是否换算到1至100；否则点名不采用该方法。",
        ),
    ] = False
    vikor: Annotated[
        Share,
        Text(
            en="The weight of the group's regret against that of the worst single one, in VIKOR.",
            zh="VIKOR 中群体效用的权重（其余为个别遗憾）。",
        ),
    ] = 0.5
    preference: Annotated[
        Preference,
        Text(
            en="PROMETHEE: any difference counts in full (usual), or in part between thresholds (linear).",
            zh="PROMETHEE：有差别即全胜（usual），或在两个界限之间按比例（linear）。",
        ),
    ] = "usual"
    indifference: Annotated[
        Share,
        Text(
            en="PROMETHEE, linear: up to this part of an indicator's range a difference counts for nothing.",
            zh="PROMETHEE linear：差别不超过全距的这一比例时不计。",
        ),
    ] = 0.0
    strict: Annotated[
        Share,
        Text(
            en="PROMETHEE, linear: from this part of an indicator's range on a difference counts in full.",
            zh="PROMETHEE linear：差别达到全距的这一比例时全计。",
        ),
    ] = 1.0
    most: Annotated[
        int,
        Field(ge=1, le=1000),
        Text(en="Units that the chart and the table of disagreement show.", zh="分歧表和图列出的单位数。"),
    ] = 10
