"""目标完成法."""

from __future__ import annotations

from quanheng.findings.text import Text
from quanheng.scheme.tools.examples import rated
from quanheng.scheme.tools.tool import Option, Tool

TARGET = Tool(
    name="target",
    family="rules",
    title=Text(zh="目标完成法", en="Completion of a target"),
    written="rule: {target: {cap: 110}}",
    formula="c = x / target  (direction less: 2 − x / target);  p = 100·c, within [floor, cap]",
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
        "表示该单位不适用；没有目标按缺失处理；目标为 0 会被指出。",
        en="Where a target was set and completion is what counts. A `cap` over 100 rewards doing "
        "more. The usual “so many points for each per cent over or short” is `base` with `over` "
        "and `short`. For growth rates, compared in percentage points, write `compare: "
        "difference`. A target of `/` means not applicable to this unit; a target nobody set "
        "follows the policy for gaps; a target of 0 is a finding.",
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
