"""The settings of the study `balance`: whose needs, which levers, and what is to be reached with them."""

from typing import Annotated, Final, Literal, TypeAlias

from pydantic import Field

from quanheng.findings.text import Text
from quanheng.scheme.fields.fields import Form, Number
from quanheng.studies.form import StudyForm

Positive: TypeAlias = Annotated[Number, Field(gt=0)]
EVERY: Final = "*"
"""Every unit."""
Pair: TypeAlias = tuple[Number, Number]


class LeverForm(Form, zh="一个可调数据项：谁的、哪一项、最多调多少、代价多大。"):
    """A figure that can be moved: whose, which, how far, and what it costs."""

    unit: Annotated[
        str,
        Text(
            en="The unit, by code or name; `*`: a lever of each unit.",
            zh="单位（代码或名称）；`*` 为每个单位各一。",
        ),
    ]
    item: Annotated[str | None, Text(en="The item whose figure is moved.", zh="调整其数值的数据项。")] = None
    indicator: Annotated[
        str | None,
        Text(
            en="Instead: the indicator whose measure is moved, by the first item its measure is straight in.",
            zh="或：调整其指标值的指标（经由其计算式中第一个线性的数据项）。",
        ),
    ] = None
    up: Annotated[Positive | None, Text(en="How far it can be raised.", zh="最多可提高多少。")] = None
    down: Annotated[Positive | None, Text(en="How far it can be lowered.", zh="最多可降低多少。")] = None
    cost: Annotated[
        Number | tuple[Pair, ...],
        Text(
            en="What 1 of it costs; or `[amount, cost in all]` pairs, straight lines between them.",
            zh="每 1 的代价；或 `[调整量, 累计代价]` 各点，其间按直线。",
        ),
    ] = 1.0
    step: Annotated[
        Positive | None, Text(en="It moves in whole steps of so much.", zh="只能按此步长整步调整。")
    ] = None


class GoalForm(Form, zh="一个单位要达到的：下一位次、某位次、某等次或某得分。"):
    """What a unit is to reach: its next place, a place, a tier or a score."""

    unit: Annotated[str, Text(en="The unit, by code or name.", zh="单位（代码或名称）。")]
    next_place: Annotated[
        Literal[True] | None, Text(en="One place better than today.", zh="比现在前进一名。")
    ] = None
    place: Annotated[
        Annotated[int, Field(ge=1)] | None, Text(en="This place or a better one.", zh="该位次或更前。")
    ] = None
    tier: Annotated[str | None, Text(en="This tier or a better one.", zh="该等次或更高。")] = None
    score: Annotated[Number | None, Text(en="This total or more.", zh="该总分或更高。")] = None


class ShareForm(Form, zh="全区一个数据项的总目标，由各单位的可调数据项合成。"):
    """A target of the district for an item, made up of what its units reach with their levers."""

    item: Annotated[str, Text(en="The item whose figures are added up.", zh="各单位合计的数据项。")]
    at_least: Annotated[Number | None, Text(en="The sum is at least this.", zh="合计不少于。")] = None
    at_most: Annotated[Number | None, Text(en="The sum is at most this.", zh="合计不多于。")] = None


class FrontForm(Form, zh="两三个维度之间的取舍：帕累托前沿。"):
    """What can be had of two or three dimensions at once: the Pareto front."""

    unit: Annotated[str, Text(en="The unit, by code or name.", zh="单位（代码或名称）。")]
    of: Annotated[
        Annotated[tuple[str, ...], Field(min_length=2, max_length=3)],
        Text(en="Two or three nodes of the scheme.", zh="方案中的两三个节点。"),
    ]
    points: Annotated[
        Annotated[int, Field(ge=3, le=101)],
        Text(
            en="How many demands are tried between the ends of each dimension.",
            zh="每个维度两端之间试多少档。",
        ),
    ] = 11


class BalanceForm(StudyForm, zh="统筹兼顾：可调数据项、要达到的目标和预算。"):
    """Balance: levers, what is to be reached with them, and a budget."""

    study: Annotated[Literal["balance"], Text(en="Which study it is.", zh="哪一项研究。")] = "balance"
    unit: Annotated[
        str | None,
        Text(
            en="Without levers: whose needs, by code or name, `*` of every unit; else of each group the unit "
            "nearest to its next place.",
            zh="无可调数据项时：看哪个单位的差距（代码或名称），`*` 为每个单位；"
            "不写则各组取距上一名最近的单位。",
        ),
    ] = None
    levers: Annotated[tuple[LeverForm, ...], Text(en="What can be moved.", zh="可调数据项。")] = ()
    reach: Annotated[
        tuple[GoalForm, ...],
        Text(en="Goals to be reached together, in the cheapest way.", zh="以最小代价同时达到的目标。"),
    ] = ()
    budget: Annotated[
        Annotated[Number, Field(ge=0)] | None,
        Text(en="What all levers may cost together.", zh="总代价不超过。"),
    ] = None
    most: Annotated[
        tuple[str, ...],
        Text(en="Units whose totals together shall be as large as possible.", zh="使其总分之和最大的单位。"),
    ] = ()
    fairest: Annotated[
        tuple[str, ...],
        Text(
            en="Units of which the one with the lowest total shall be as high as possible; or one unit: its "
            "dimensions of the first level, by points.",
            zh="使其中最低总分最高的单位；只写一个单位时，为其一级维度（按得分率）。",
        ),
    ] = ()
    share: Annotated[
        tuple[ShareForm, ...],
        Text(en="Targets of all units that add up to the district's.", zh="合成全区目标的各单位目标。"),
    ] = ()
    front: Annotated[FrontForm | None, Text(en="The front of dimensions.", zh="维度之间的前沿。")] = None
    rounds: Annotated[
        Annotated[int, Field(ge=1, le=50)],
        Text(
            en="How often a plan is scored and the pool frozen anew, until both agree.",
            zh="方案最多重新计分、重新固定参照多少次，直至两者一致。",
        ),
    ] = 10
    seconds: Annotated[Positive, Text(en="When the solver is stopped.", zh="求解器最多用多少秒。")] = 60.0
    branches: Annotated[
        Annotated[int, Field(ge=1)],
        Text(
            en="After how many branches it is stopped, on any computer alike.",
            zh="最多搜索多少个分支（与计算机快慢无关）。",
        ),
    ] = 200_000
