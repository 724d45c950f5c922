"""扣分法."""

from __future__ import annotations

from quanheng.findings.text import Text
from quanheng.scheme.tools.examples import rated
from quanheng.scheme.tools.tool import Option, Tool

DEDUCT = Tool(
    name="deduct",
    family="rules",
    title=Text(zh="扣分法", en="Points taken off"),
    written="rule: {deduct: {from: 100, each: 5, free: 2, floor: 40}}",
    formula="p = max(floor, from − each·max(0, x − free))",
    use=Text(
        zh="从满分起、每发生一件或每超一个单位扣几分时使用：逾期件数、PM2.5 超标微克数、事故起数。"
        "free 是不扣分的额度；floor 是扣到为止的底线。",
        en="Where everybody starts with all points and loses some for each event or each unit over a "
        "limit: overdue requests, micrograms over the standard, accidents. `free` is what costs "
        "nothing, `floor` is where it stops.",
    ),
    options=(
        Option(name="from", default="100", meaning=Text(zh="起始分", en="the points to start from")),
        Option(name="each", default="—", meaning=Text(zh="每个单位扣几分", en="taken off for each unit")),
        Option(name="free", default="0", meaning=Text(zh="不扣分的额度", en="what costs nothing")),
        Option(name="floor", default="0", meaning=Text(zh="最低得分", en="no points below it")),
    ),
    examples=(
        rated(
            "{deduct: {from: 100, each: 5, free: 2, floor: 40}}",
            {"A": "0", "B": "2", "C": "5", "D": "30"},
            {"A": 100, "B": 100, "C": 85, "D": 40},
            shows=Text(
                zh="两件以内不扣；C 多 3 件扣 15；D 扣到底线 40。",
                en="Two are free; C is three over and loses 15; D stops at the floor of 40.",
            ),
        ),
    ),
)
