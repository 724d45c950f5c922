"""分档赋分."""

from __future__ import annotations

from quanheng.findings.text import Text
from quanheng.scheme.tools.examples import rated
from quanheng.scheme.tools.tool import Option, Tool

STEPS = Tool(
    name="steps",
    family="rules",
    title=Text(zh="分档赋分", en="Points by the highest threshold reached"),
    written="rule: {steps: [[60, 60], [80, 80], [90, 100]]}",
    formula="p = the p of the highest threshold t with x ≥ t  (direction less: the lowest t with x ≤ t);  "
    "else otherwise",
    use=Text(
        zh="方案按档给分、档内不再区分时使用，例如“90 以上得 100，80 以上得 80，60 以上得 60，其余不得"
        "分”。刚好压线和差一点相差一整档，易引起争议：需要平滑时改用 bands。",
        en="Where a scheme gives whole steps and makes no difference inside one: “90 and more gets "
        "100, 80 gets 80, 60 gets 60, the rest nothing”. Just under a line costs a whole step, "
        "which invites dispute: use `bands` where it should be smooth.",
    ),
    options=(
        Option(
            name="table",
            default="—",
            meaning=Text(
                zh="[阈值, 得分]，阈值递增；只写各档时可省去 table",
                en="`[threshold, points]` in rising order; a bare list is the table",
            ),
        ),
        Option(
            name="otherwise",
            default="0",
            meaning=Text(zh="一档也未达到时的得分", en="the points of who reaches none"),
        ),
    ),
    examples=(
        rated(
            "{steps: [[60, 60], [80, 80], [90, 100]]}",
            {"A": "95", "B": "90", "C": "89.9", "D": "59"},
            {"A": 100, "B": 100, "C": 80, "D": 0},
            shows=Text(
                zh="B 正好达到 90 这一档；C 差 0.1，落到 80 这一档。",
                en="B reaches the step of 90 exactly; C misses it by 0.1 and gets the step below.",
            ),
        ),
    ),
)
