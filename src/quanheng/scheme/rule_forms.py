"""The rules as they are written: `rule: {scale: {worst: 20, best: 85}}`, or one word such as `percentile`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Final, Literal, Self, TypeAlias

from pydantic import BeforeValidator, Discriminator, Field, Tag, model_validator

from quanheng.findings.nearest import suggestion
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


class UnitForm(Form):
    """The measure of a named unit, `{unit: DEU}`."""

    unit: Annotated[Line, BeforeValidator(lambda value: str(value) if type(value) is int else value)]
    """The code of the unit."""


class ItemRefForm(Form):
    """The unit's own value of an item, `{item: county_mean}`."""

    item: Line
    """The code of the item."""


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


class ScaleForm(Form):
    """功效系数法、极差法: r = (x - worst)/(best - worst); points = base + (100 - base)·f(r)."""

    worst: AnchorForm = "observed"
    """The value at r = 0."""
    best: AnchorForm = "observed"
    """The value at r = 1."""
    base: Annotated[Number, Field(ge=0, lt=100)] = 0.0
    """The points at r = 0."""
    clamp: Literal["both", "above", "below", "none"] = "both"
    """On which sides r is kept inside 0 to 1."""
    curve: Literal["linear", "exponential"] = "linear"
    """f(r): r itself, or so that points = base·(100/base)^r."""
    round_ratio: Decimals | None = None
    """Round r to so many decimals first."""


class OverForm(Form):
    """Points above the target: `add` for each `per`, not past `up_to`."""

    per: Annotated[Amount, Field(gt=0)]
    """The step: a part of the target (`1%`); where `compare: difference`, in the measure's unit."""
    add: Annotated[Number, Field(gt=0)]
    """Points for each step."""
    up_to: Number
    """The most points."""
    whole: Truth = False
    """Count only complete steps."""


class ShortForm(Form):
    """Points under the target: `take` for each `per`, not past `down_to`."""

    per: Annotated[Amount, Field(gt=0)]
    """The step: a part of the target (`1%`); where `compare: difference`, in the measure's unit."""
    take: Annotated[Number, Field(gt=0)]
    """Points taken for each step."""
    down_to: Number = 0.0
    """The fewest points."""
    whole: Truth = False
    """Count only complete steps."""


class TargetForm(Form):
    """目标完成法: completion of the target, c = x/target (less: 2 - x/target)."""

    met_only: Truth = False
    """100 points if the target is met, else 0."""
    floor: Number | None = None
    """The fewest points (0)."""
    cap: Number | None = None
    """The most points (100)."""
    base: Number | None = None
    """Points where the target is just met; more by `over`, less by `short`."""
    compare: Literal["ratio", "difference"] = "ratio"
    """`difference` compares x - target, for rates in percentage points."""
    over: OverForm | None = None
    """Points above the target."""
    short: ShortForm | None = None
    """Points under the target."""


class StepsForm(Form):
    """分档赋分: the points of the highest threshold reached."""

    table: Annotated[tuple[Pair, ...], Field(min_length=1)]
    """`[threshold, points]`, thresholds rising."""
    otherwise: Number = 0.0
    """Points where no threshold is reached."""

    @classmethod
    def written_out(cls, value: object) -> object:
        """Read a bare list as the table."""
        return {"table": value} if isinstance(value, list | tuple) else value


class PlaceForm(Form):
    """排序赋分: points by place in the group: evenly, by a step, or from a table."""

    first: Number | None = None
    """Points of place 1 (100)."""
    last: Number | None = None
    """Points of the last place (0); evenly between."""
    step: Annotated[Number, Field(gt=0)] | None = None
    """Points fewer for each further place."""
    floor: Number | None = None
    """With `step`: the fewest points (0)."""
    table: Annotated[dict[PlaceRange, Number], Field(min_length=1)] | None = None
    """Points by place or range of places: `{1-3: 100, 4-6: 70}`."""
    otherwise: Number | None = None
    """With `table`: points of all other places (0)."""

    @classmethod
    def written_out(cls, value: object) -> object:
        """Read keys of the table that are numbers as text."""
        if isinstance(value, Mapping) and isinstance(value.get("table"), Mapping):
            return {**value, "table": {str(key): points for key, points in value["table"].items()}}
        return value


class PercentileForm(Form):
    """百分位: the share of the other units it beats, 100·(strictly worse)/(n - 1)."""


class RatioForm(Form):
    """比值法: 100·x/ref (less: 100·ref/x)."""

    ref: ReferenceForm
    """What x is compared with."""
    cap: Annotated[Number, Field(gt=0)] | None = None
    """The most points."""


class ZScoreForm(Form):
    """标准化: center + spread·(x - mean)/sd."""

    center: Number = 50.0
    """Points at the mean."""
    spread: Annotated[Number, Field(gt=0)] = 10.0
    """Points for each standard deviation."""
    ddof: Literal[0, 1] = 1
    """1: the standard deviation of a sample (n - 1); 0: of all (n)."""


class DeductForm(Form):
    """扣分法: from - each·max(0, x - free), not under `floor`."""

    start: Number = Field(default=100.0, alias="from")
    """Points before anything is taken."""
    each: Annotated[Number, Field(gt=0)]
    """Points taken for each unit of x."""
    free: Amount = 0.0
    """So much of x costs nothing."""
    floor: Number = 0.0
    """The fewest points."""


class IdealForm(Form):
    """适度指标: 100 inside the interval, falling with the distance outside."""

    between: tuple[Amount, Amount]
    """`[a, b]`, the ideal interval."""
    width: Annotated[Amount, Field(gt=0)] | None = None
    """The distance at which points reach 0; if not given, the greatest that is observed."""


class GivenForm(Form):
    """直接评分: x itself is the points, checked to lie in its range."""

    range: tuple[Number, Number] = (0.0, 100.0)
    """`[least, most]`."""


RULE_WORDS: Final = frozenset({"scale", "target", "place", "percentile", "zscore", "given"})
"""The rules that one word is enough for: all their parameters have defaults."""


class RuleForm(Form):
    """How the measure becomes points: exactly one of these rules."""

    scale: ScaleForm | None = None
    target: TargetForm | None = None
    bands: Annotated[tuple[Pair, ...], Field(min_length=2)] | None = None
    """区间插值: straight lines through `[x, points]`, x rising, flat outside."""
    steps: StepsForm | None = None
    place: PlaceForm | None = None
    percentile: PercentileForm | None = None
    ratio: RatioForm | None = None
    zscore: ZScoreForm | None = None
    deduct: DeductForm | None = None
    ideal: IdealForm | None = None
    met: FormulaText | None = None
    """达标赋分: 100 if the condition over `x`, `target` and items holds, else 0."""
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
