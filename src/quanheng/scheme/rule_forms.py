"""The rules as they are written: `rule: {scale: {worst: 20, best: 85}}`, or one word such as `percentile`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Final, Literal, Self, TypeAlias

from pydantic import BeforeValidator, Discriminator, Field, Tag, model_validator

from quanheng.findings.nearest import suggestion
from quanheng.findings.text import Text
from quanheng.scheme import kinds
from quanheng.scheme.forms import (
    Amount,
    Decimals,
    Form,
    FormulaText,
    Line,
    Number,
    PlaceRange,
    Truth,
    bad_form,
    wrong,
)

# --- anchors --------------------------------------------------------------------------------------


class UnitForm(Form, zh="所写单位的指标值，`{unit: DEU}`。"):
    """The measure of a named unit, `{unit: DEU}`."""

    unit: Annotated[
        Line,
        BeforeValidator(lambda value: str(value) if type(value) is int else value),
        Text(en="The code of the unit.", zh="单位代码。"),
    ]


class ItemRefForm(Form, zh="本单位某数据项的值，`{item: county_mean}`。"):
    """The unit's own value of an item, `{item: county_mean}`."""

    item: Annotated[Line, Text(en="The code of the item.", zh="数据项代码。")]


def _anchor_form(value: Any) -> str:  # noqa: ANN401  # whatever a person wrote
    if isinstance(value, UnitForm) or (isinstance(value, Mapping) and "unit" in value):
        return "#unit"
    if isinstance(value, Mapping | ItemRefForm):
        return "#item"
    return "#text" if isinstance(value, str) else "#number"


AnchorForm: TypeAlias = Annotated[
    Annotated[Number, Tag("#number")]
    | Annotated[Line, Tag("#text")]
    | Annotated[UnitForm, Tag("#unit")]
    | Annotated[ItemRefForm, Tag("#item")],
    Discriminator(_anchor_form),
]
"""A number, a formula of numbers (`log(100)`), `observed`, a quantile (`q10`), `target`, an item, a unit."""

ReferenceForm: TypeAlias = Annotated[
    Annotated[Number, Tag("#number")] | Annotated[Line, Tag("#text")] | Annotated[ItemRefForm, Tag("#item")],
    Discriminator(lambda value: "#item" if _anchor_form(value) == "#unit" else _anchor_form(value)),
]
"""A number, a formula of numbers, `best`, `mean`, `median`, or an item."""

Pair: TypeAlias = tuple[Amount, Number]
"""`[x, points]`."""

# --- rules ----------------------------------------------------------------------------------------


class ScaleForm(
    Form, zh="功效系数法、极差法：r = (x − worst)/(best − worst)；得分 = base + (100 − base)·f(r)。"
):
    """功效系数法、极差法: r = (x - worst)/(best - worst); points = base + (100 - base)·f(r)."""

    worst: Annotated[AnchorForm, Text(en="The value at r = 0.", zh="r = 0 处的值。")] = "observed"
    best: Annotated[AnchorForm, Text(en="The value at r = 1.", zh="r = 1 处的值。")] = "observed"
    base: Annotated[Number, Field(ge=0, lt=100), Text(en="The points at r = 0.", zh="r = 0 处的得分。")] = 0.0
    clamp: Annotated[
        Literal["both", "above", "below", "none"],
        Text(en="On which sides r is kept inside 0 to 1.", zh="r 在哪一端限于 0 至 1。"),
    ] = "both"
    curve: Annotated[
        Literal["linear", "exponential"],
        Text(
            en="f(r): r itself, or so that points = base·(100/base)^r.",
            zh="f(r)：r 本身，或使得分 = base·(100/base)^r。",
        ),
    ] = "linear"
    round_ratio: Annotated[
        Decimals | None, Text(en="Round r to so many decimals first.", zh="r 先保留几位小数。")
    ] = None


class OverForm(Form, zh="超过目标：每 `per` 加 `add` 分，不超过 `up_to`。"):
    """Points above the target: `add` for each `per`, not past `up_to`."""

    per: Annotated[
        Amount,
        Field(gt=0),
        Text(
            en="The step: a part of the target (`1%`); where `compare: difference`, in the measure's unit.",
            zh="步长：目标的一部分（`1%`）；`compare: difference` 时为指标值的单位。",
        ),
    ]
    add: Annotated[Number, Field(gt=0), Text(en="Points for each step.", zh="每步加几分。")]
    up_to: Annotated[Number, Text(en="The most points.", zh="最高得分。")]
    whole: Annotated[Truth, Text(en="Count only complete steps.", zh="不足一步不计。")] = False


class ShortForm(Form, zh="未达目标：每 `per` 减 `take` 分，不低于 `down_to`。"):
    """Points under the target: `take` for each `per`, not past `down_to`."""

    per: Annotated[
        Amount,
        Field(gt=0),
        Text(
            en="The step: a part of the target (`1%`); where `compare: difference`, in the measure's unit.",
            zh="步长：目标的一部分（`1%`）；`compare: difference` 时为指标值的单位。",
        ),
    ]
    take: Annotated[Number, Field(gt=0), Text(en="Points taken for each step.", zh="每步减几分。")]
    down_to: Annotated[Number, Text(en="The fewest points.", zh="最低得分。")] = 0.0
    whole: Annotated[Truth, Text(en="Count only complete steps.", zh="不足一步不计。")] = False


class TargetForm(Form, zh="目标完成法：完成率 c = x/target（少为优：2 − x/target）。"):
    """目标完成法: completion of the target, c = x/target (less: 2 - x/target)."""

    met_only: Annotated[
        Truth, Text(en="100 points if the target is met, else 0.", zh="达到目标得 100 分，否则 0 分。")
    ] = False
    floor: Annotated[Number | None, Text(en="The fewest points (0).", zh="最低得分（0）。")] = None
    cap: Annotated[Number | None, Text(en="The most points (100).", zh="最高得分（100）。")] = None
    base: Annotated[
        Number | None,
        Text(
            en="Points where the target is just met; more by `over`, less by `short`.",
            zh="恰好完成目标的得分；超过按 `over` 加，不足按 `short` 减。",
        ),
    ] = None
    compare: Annotated[
        Literal["ratio", "difference"],
        Text(
            en="`difference` compares x - target, for rates in percentage points.",
            zh="`difference` 比较 x − target，用于以百分点计的比率。",
        ),
    ] = "ratio"
    over: Annotated[OverForm | None, Text(en="Points above the target.", zh="超过目标的加分。")] = None
    short: Annotated[ShortForm | None, Text(en="Points under the target.", zh="未达目标的减分。")] = None


class StepsForm(Form, zh="分档赋分：所达到最高一档的得分。"):
    """分档赋分: the points of the highest threshold reached."""

    table: Annotated[
        tuple[Pair, ...],
        Field(min_length=1),
        Text(en="`[threshold, points]`, thresholds rising.", zh="`[界限, 得分]`，界限递增。"),
    ]
    otherwise: Annotated[
        Number, Text(en="Points where no threshold is reached.", zh="哪一档都未达到时的得分。")
    ] = 0.0

    @classmethod
    def written_out(cls, value: object) -> object:
        """Read a bare list as the table."""
        return {"table": value} if isinstance(value, list | tuple) else value


class PlaceForm(Form, zh="排序赋分：按组内位次得分，等距、逐名递减或查表。"):
    """排序赋分: points by place in the group: evenly, by a step, or from a table."""

    first: Annotated[Number | None, Text(en="Points of place 1 (100).", zh="第 1 名的得分（100）。")] = None
    last: Annotated[
        Number | None,
        Text(en="Points of the last place (0); evenly between.", zh="末名的得分（0）；其间等距。"),
    ] = None
    step: Annotated[
        Annotated[Number, Field(gt=0)] | None,
        Text(en="Points fewer for each further place.", zh="每退一名少几分。"),
    ] = None
    floor: Annotated[
        Number | None, Text(en="With `step`: the fewest points (0).", zh="与 `step` 同用：最低得分（0）。")
    ] = None
    table: Annotated[
        Annotated[dict[PlaceRange, Number], Field(min_length=1)] | None,
        Text(
            en="Points by place or range of places: `{1-3: 100, 4-6: 70}`.",
            zh="各名次或名次范围的得分：`{1-3: 100, 4-6: 70}`。",
        ),
    ] = None
    otherwise: Annotated[
        Number | None,
        Text(en="With `table`: points of all other places (0).", zh="与 `table` 同用：其余名次的得分（0）。"),
    ] = None

    @classmethod
    def written_out(cls, value: object) -> object:
        """Read keys of the table that are numbers as text."""
        if isinstance(value, Mapping) and isinstance(value.get("table"), Mapping):
            return {**value, "table": {str(key): points for key, points in value["table"].items()}}
        return value


class PercentileForm(Form, zh="百分位：所超过的其他单位的比例，100·(更差的单位数)/(n − 1)。"):
    """百分位: the share of the other units it beats, 100·(strictly worse)/(n - 1)."""


class RatioForm(Form, zh="比值法：100·x/ref（少为优：100·ref/x）。"):
    """比值法: 100·x/ref (less: 100·ref/x)."""

    ref: Annotated[ReferenceForm, Text(en="What x is compared with.", zh="x 与什么相比。")]
    cap: Annotated[Annotated[Number, Field(gt=0)] | None, Text(en="The most points.", zh="最高得分。")] = None


class ZScoreForm(Form, zh="标准化：center + spread·(x − 平均值)/标准差。"):
    """标准化: center + spread·(x - mean)/sd."""

    center: Annotated[Number, Text(en="Points at the mean.", zh="平均值处的得分。")] = 50.0
    spread: Annotated[
        Number, Field(gt=0), Text(en="Points for each standard deviation.", zh="每个标准差几分。")
    ] = 10.0
    ddof: Annotated[
        Literal[0, 1],
        Text(
            en="1: the standard deviation of a sample (n - 1); 0: of all (n).",
            zh="1：样本标准差（n − 1）；0：总体标准差（n）。",
        ),
    ] = 1


class DeductForm(Form, zh="扣分法：from − each·max(0, x − free)，不低于 `floor`。"):
    """扣分法: from - each·max(0, x - free), not under `floor`."""

    start: Annotated[Number, Text(en="Points before anything is taken.", zh="扣分之前的得分。")] = Field(
        default=100.0, alias="from"
    )
    each: Annotated[Number, Field(gt=0), Text(en="Points taken for each unit of x.", zh="x 每 1 扣几分。")]
    free: Annotated[Amount, Text(en="So much of x costs nothing.", zh="x 在此数之内不扣分。")] = 0.0
    floor: Annotated[Number, Text(en="The fewest points.", zh="最低得分。")] = 0.0


class IdealForm(Form, zh="适度指标：区间内 100 分，区间外随偏离递减。"):
    """适度指标: 100 inside the interval, falling with the distance outside."""

    between: Annotated[
        tuple[Amount, Amount], Text(en="`[a, b]`, the ideal interval.", zh="`[a, b]`，适度区间。")
    ]
    width: Annotated[
        Annotated[Amount, Field(gt=0)] | None,
        Text(
            en="The distance at which points reach 0; if not given, the greatest that is observed.",
            zh="偏离多少得 0 分；不写则取观测到的最大偏离。",
        ),
    ] = None


class GivenForm(Form, zh="直接评分：x 就是得分，须在所写范围内。"):
    """直接评分: x itself is the points, checked to lie in its range."""

    range: Annotated[tuple[Number, Number], Text(en="`[least, most]`.", zh="`[最低, 最高]`。")] = (0.0, 100.0)


RULE_WORDS: Final = frozenset({"scale", "target", "place", "percentile", "zscore", "given"})
"""The rules that one word is enough for: all their parameters have defaults."""


class RuleForm(Form, zh="指标值如何成为得分：恰好写一种规则。"):
    """How the measure becomes points: exactly one of these rules."""

    scale: ScaleForm | None = None
    target: TargetForm | None = None
    bands: Annotated[
        Annotated[tuple[Pair, ...], Field(min_length=2)] | None,
        Text(
            en="区间插值: straight lines through `[x, points]`, x rising, flat outside.",
            zh="区间插值：过各点 `[x, 得分]` 的折线，x 递增，两端水平。",
        ),
    ] = None
    steps: StepsForm | None = None
    place: PlaceForm | None = None
    percentile: PercentileForm | None = None
    ratio: RatioForm | None = None
    zscore: ZScoreForm | None = None
    deduct: DeductForm | None = None
    ideal: IdealForm | None = None
    met: Annotated[
        FormulaText | None,
        Text(
            en="达标赋分: 100 if the condition over `x`, `target` and items holds, else 0.",
            zh="达标赋分：关于 `x`、`target` 和数据项的条件成立得 100 分，否则 0 分。",
        ),
    ] = None
    given: GivenForm | None = None

    @classmethod
    def written_out(cls, value: object) -> object:
        """Read one word as the rule with its defaults, and an empty rule as `{}`."""
        if isinstance(value, str):
            if value not in cls.model_fields:
                raise wrong(kinds.NOT_ONE_OF, value=f"'{value}'", **suggestion(value, cls.model_fields))
            if value not in RULE_WORDS:
                raise bad_form(value, f"write {{{value}: …}} with its numbers", f"请写明参数：{{{value}: …}}")
            return {value: {}}
        if isinstance(value, Mapping):
            return {key: {} if rule is None and key in RULE_WORDS else rule for key, rule in value.items()}
        return value

    @model_validator(mode="after")
    def _is_exactly_one(self) -> Self:
        if len(self.model_fields_set) != 1:
            raise wrong(
                kinds.NOT_EXACTLY_ONE,
                count=len(self.model_fields_set),
                forms=", ".join(type(self).model_fields),
            )
        return self
