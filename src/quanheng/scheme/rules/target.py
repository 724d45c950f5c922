"""目标完成法: the completion of a target."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Final, Literal

from quanheng.findings.finding import Finding, Kind
from quanheng.findings.text import Text
from quanheng.findings.value import Value
from quanheng.scheme.fields.lines import Path
from quanheng.scheme.fields.told import told_key
from quanheng.scheme.formulas.tree import Call
from quanheng.scheme.rules.entry import Ruled, Written
from quanheng.scheme.rules.rule import Answers, Rule, Stated
from quanheng.scheme.tools.examples import rated
from quanheng.scheme.tools.tool import Option, Tool


class Slope(Value):
    """So many points (`amount`) for each `per` of distance from the target, not past `limit` points.

    `per` is in completion (0.01 is one per cent) or, where the target rule compares by difference, in
    the measure's own unit. `whole` counts only complete steps (不足一个步长不计).
    """

    per: float
    amount: float
    limit: float
    whole: bool = False

    def __str__(self) -> str:
        return f"({self.amount:g} per {self.per:g}{' whole' if self.whole else ''}, limit {self.limit:g})"


class Target(Rule):
    """目标完成法: c = x/target (direction less: 2 - x/target), of a target below 0 the other way round.

    That is c = 1 + (x - target)/|target|, for less 1 - (x - target)/|target|.

    `met_only`: 100 if c >= 1 else 0. Without `base`: p = 100·c within [floor, cap]. With `base`: base at
    c = 1, more by the slope `over` (limit: `up_to`), less by the slope `short` (limit: `down_to`); a side
    without a slope stays at `base`. `compare="difference"` uses x - target (less: target - x) in place
    of c - 1, for rates in percentage points.
    """

    met_only: bool = False
    floor: float = 0.0
    cap: float = 100.0
    base: float | None = None
    over: Slope | None = None
    short: Slope | None = None
    compare: Literal["ratio", "difference"] = "ratio"

    def _answers(self) -> Answers:
        return Answers(
            name="target",
            roles=(),
            formulas=(),
            statistics=(),
            shown=(),
            completes=True,
            divides_by_target=self.compare == "ratio" and not self.met_only,
            compares_values=False,
            base_points=0.0 if self.base is None else self.base,
            fewest_points=self._fewest(),
            thresholds=(),
            allowed=None,
            ranges=self._ranges(),
            pairs=(),
            ends=None,
        )

    def _ranges(self) -> tuple[Stated, ...]:
        by_completion = self.base is None and not self.met_only
        return (Stated("target.floor/cap", self.floor, self.cap),) if by_completion else ()

    def _fewest(self) -> float:
        if self.met_only:
            return 0.0
        if self.base is None:
            return self.floor
        return self.base if self.short is None else self.short.limit

    def _in_chinese(self) -> str:
        compared = "，按与目标之差" if self.compare == "difference" else ""
        if self.met_only:
            return f"目标完成法：完成目标得100分，否则0分{compared}"
        if self.base is None:
            return f"目标完成法：按完成率计分，不低于{self.floor:g}分，不超过{self.cap:g}分{compared}"
        over = self._side(self.over, "超", "加", "最高")
        short = self._side(self.short, "差", "减", "最低")
        return f"目标完成法：完成目标得{self.base:g}分{over}{short}{compared}"

    def _side(self, slope: Slope | None, side: str, change: str, limit: str) -> str:
        if slope is None:
            return ""
        per = f"{slope.per * 100:g}%" if self.compare == "ratio" else f"{slope.per:g}"
        whole = "（不足一步不计）" if slope.whole else ""
        return f"，每{side}{per}{change}{slope.amount:g}分{whole}，{limit}{slope.limit:g}分"


_STEP: Final = Text(
    en="The step: a part of the target (`1%`); where `compare: difference`, in the measure's unit.",
    zh="步长：目标的一部分（`1%`）；`compare: difference` 时为指标值的单位。",
)


def written() -> Written:
    """Return how the rule is written: `{target: {floor: 0, cap: 120}}`."""
    from pydantic import Field

    from quanheng.scheme.fields.fields import Amount, Form, Number, Truth
    from quanheng.scheme.fields.findings import KEY_NEEDS, KEYS_CLASH
    from quanheng.scheme.fields.margin import Margin

    class OverForm(Form, zh="超过目标：每 `per` 加 `add` 分，不超过 `up_to`。"):
        """Points above the target: `add` for each `per`, not past `up_to`."""

        per: Annotated[
            Amount,
            Field(gt=0),
            _STEP,
        ]
        add: Annotated[Number, Field(gt=0), Text(en="Points for each step.", zh="每步加几分。")]
        up_to: Annotated[Number, Text(en="The most points.", zh="最高得分。")]
        whole: Annotated[Truth, Text(en="Count only complete steps.", zh="不足一步不计。")] = False

    class ShortForm(Form, zh="未达目标：每 `per` 减 `take` 分，不低于 `down_to`。"):
        """Points under the target: `take` for each `per`, not past `down_to`."""

        per: Annotated[
            Amount,
            Field(gt=0),
            _STEP,
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

    def settled(form: TargetForm, path: Path, margin: Margin) -> Target:
        note_clashes(form, path, margin)
        over, short = form.over, form.short
        return Target(
            met_only=form.met_only,
            floor=0.0 if form.floor is None else form.floor,
            cap=100.0 if form.cap is None else form.cap,
            base=form.base,
            over=None
            if over is None
            else Slope(per=over.per, amount=over.add, limit=over.up_to, whole=over.whole),
            short=None
            if short is None
            else Slope(per=short.per, amount=short.take, limit=short.down_to, whole=short.whole),
            compare=form.compare,
        )

    def note_clashes(form: TargetForm, path: Path, margin: Margin) -> None:
        given = [key for key in ("floor", "cap", "base", "over", "short") if getattr(form, key) is not None]
        if form.met_only:
            for key in given:
                margin.note(KEYS_CLASH, (*path, key), key=key, other="met_only")
            return
        if form.base is not None:
            for key in (key for key in given if key in ("floor", "cap")):
                margin.note(KEYS_CLASH, (*path, key), key=key, other="base")
            return
        for key in (key for key in given if key in ("over", "short")):
            margin.note(KEY_NEEDS, (*path, key), key=key, other="base")
        if form.compare == "difference":
            margin.note(KEY_NEEDS, (*path, "compare"), key="compare: difference", other="base")

    return Written(form=TargetForm, settled=settled)


SLOPE_LIMIT: Final = Kind(
    code="QH240",
    severity="error",
    en="'{key}: {limit}' of '{code}' lies on the wrong side of 'base: {base}'",
    zh="“{code}”的{key}为{limit}，与基础分（base）{base}不一致",
    hint_en="'up_to' is above the base, 'down_to' below it",
    hint_zh="加至（up_to）应大于基础分（base），减至（down_to）应小于基础分",
)


def check_slopes(ruled: Ruled) -> Iterator[Finding]:
    """Yield a QH240 for each slope whose limit lies on the wrong side of the base."""
    rule = ruled.rule
    if not isinstance(rule, Target) or rule.base is None:
        return
    for key, slope, sign in (("up_to", rule.over, 1.0), ("down_to", rule.short, -1.0)):
        if slope is not None and (slope.limit - rule.base) * sign <= 0:
            facts = {"limit": f"{slope.limit:.12g}", "base": f"{rule.base:.12g}"}
            yield SLOPE_LIMIT.at(ruled.where, key=told_key(key), code=ruled.code, **facts)


COMPLETION_TWICE: Final = Kind(
    code="QH244",
    severity="warning",
    en="'{code}' rates completion() by the target rule, which completes once more",
    zh="“{code}”对完成率（completion）再用目标完成法，重复计算了完成率",
    hint_en="let the measure be the item itself",
    hint_zh="指标值请直接写数据项",
)


def check_completion(ruled: Ruled) -> Iterator[Finding]:
    """Yield a QH244 where the target rule rates a completion."""
    match ruled.rule, ruled.measure:
        case Target(), Call("completion"):
            yield COMPLETION_TWICE.at(ruled.where, code=ruled.code)


TOOL: Final = Tool(
    name="target",
    family="rules",
    title=Text(zh="目标完成法", en="Completion of a target"),
    written="rule: {target: {cap: 110}}",
    formula=Text(
        en="c = x / target  (direction less: 2 − x / target; of a target below 0 the other way round);"
        "  p = 100·c, within [floor, cap]",
        zh="c = x / 目标（越小越好：2 − x / 目标；目标小于 0 时方向相反）；  p = 100·c，限于 [floor, cap]",
    ),
    note=Text(
        zh="met_only：c ≥ 1 得 100，否则 0。写了 base：c = 1 得 base，每超 over.per 加 over.add 直到 "
        "over.up_to，每差 short.per 减 short.take 直到 short.down_to；没有写的一侧停在 base；"
        "whole: true 只计整步。",
        en="With `met_only`: 100 if c ≥ 1, else 0. With `base`: base at c = 1; `over.add` more for "
        "each `over.per` above it up to `over.up_to`, `short.take` less for each `short.per` below "
        "it down to `short.down_to`; a side that is not written stays at base; `whole: true` "
        "counts only complete steps.",
    ),
    use=Text(
        zh="年初定了目标、按完成率算分时使用。cap 高于 100 可鼓励超额；每超、每差一个百分点加减固定分"
        "值的办法用 base、over、short。增速一类以百分点比较的指标写 compare: difference。目标写 / "
        "表示该单位不适用；没有目标按缺失处理。目标可以小于 0：目标为亏损 100 而亏损 50，完成率为 150%；目标"
        "为 0 会被指出，met_only 和 compare: difference 除外。",
        en="Where a target was set and completion is what counts. A `cap` over 100 rewards doing "
        "more. The usual “so many points for each per cent over or short” is `base` with `over` "
        "and `short`. For growth rates, compared in percentage points, write `compare: "
        "difference`. A target of `/` means not applicable to this unit; a target nobody set "
        "follows the policy for gaps. A target may be below 0: where a loss of 100 was the target, "
        "one of 50 completes it to 150 %. A target of 0 is a finding, but for `met_only` and "
        "`compare: difference`.",
    ),
    options=(
        Option(name="met_only", default="false", meaning=Text(zh="只看是否完成", en="met or nothing")),
        Option(name="floor", default="0", meaning=Text(zh="最低得分", en="no points below it")),
        Option(name="cap", default="100", meaning=Text(zh="最高得分", en="no points above it")),
        Option(
            name="base",
            default="—",
            meaning=Text(zh="正好完成时的得分", en="the points at exactly the target"),
        ),
        Option(
            name="over",
            default="—",
            meaning=Text(
                zh="{per, add, up_to}：每超一步加几分，加到几分为止",
                en="`{per, add, up_to}`: more for each step over the target",
            ),
        ),
        Option(
            name="short",
            default="—",
            meaning=Text(
                zh="{per, take, down_to}：每差一步减几分，减到几分为止",
                en="`{per, take, down_to}`: less for each step short of it",
            ),
        ),
        Option(
            name="compare",
            default="ratio",
            meaning=Text(
                zh="ratio 按比率；difference 按差额（百分点）",
                en="`ratio`, or `difference` in the measure's own unit",
            ),
        ),
    ),
    examples=(
        rated(
            "{target: {cap: 110}}",
            {"A": "120", "B": "100", "C": "95", "D": "40"},
            {"A": 110, "B": 100, "C": 95, "D": 40},
            targets={"*": "100"},
            shows=Text(
                zh="目标都是 100：A 完成 120%，封顶 110 分。",
                en="Everybody's target is 100: A reaches 120 % and stops at the cap of 110.",
            ),
        ),
        rated(
            "{target: {base: 80, over: {per: 1%, add: 0.5, up_to: 90}, short: {per: 1%, take: 2, "
            "down_to: 0}}}",
            {"A": "130", "B": "110", "C": "100", "D": "95"},
            {"A": 90, "B": 85, "C": 80, "D": 70},
            targets={"*": "100"},
            shows=Text(
                zh="完成得 80；每超 1% 加 0.5（至 90）：B 得 80 + 10·0.5 = 85；每差 1% 减 2：D 得 80 "
                "− 5·2 = 70。",
                en="80 for the target itself; 0.5 more for each per cent over it, up to 90: B gets 80 "
                "+ 10·0.5 = 85; 2 less for each per cent short: D gets 80 − 5·2 = 70.",
            ),
        ),
        rated(
            "{target: {met_only: true}}",
            {"A": "8", "B": "10", "C": "12"},
            {"A": 100, "B": 100, "C": 0},
            targets={"*": "10"},
            more=("direction: less",),
            shows=Text(
                zh="越小越好的指标：不超过目标 10 即得 100。",
                en="Less is better: 100 for not being over the target of 10.",
            ),
        ),
    ),
)
