"""排序赋分."""

from __future__ import annotations

from quanheng.findings.text import Text
from quanheng.scheme.tools.examples import rated
from quanheng.scheme.tools.tool import Option, Tool

PLACE = Tool(
    name="place",
    family="rules",
    title=Text(zh="排序赋分", en="Points by place in the group"),
    written="rule: {place: {first: 100, last: 60}}",
    formula="p = first − (first − last)·(place − 1)/(n − 1);  or p = max(floor, first − step·(place − "
    "1));  or a table",
    note=Text(
        zh="位次用竞赛排名（1、2、2、4），只在组内有值的 n 个单位中排；n = 1 得 first。",
        en="Competition ranking (1, 2, 2, 4) among the n units of the group that have a value; n = 1 "
        "gives `first`.",
    ),
    use=Text(
        zh="只看先后、不看差距时使用：量纲和分布无关紧要，极端值也不影响他人。代价是差 0.01 与差一倍同"
        "样是一名。单位数不同的组之间，first/last 等距法自动可比。",
        en="Where only the order matters, not the distance: units of measurement, distribution and "
        "extreme values play no part. The price: a lead of 0.01 and a lead of double are both one "
        "place. Between groups of different size `first` and `last` stay comparable by themselves.",
    ),
    options=(
        Option(name="first", default="100", meaning=Text(zh="第一名的得分", en="the points of place 1")),
        Option(
            name="last",
            default="0",
            meaning=Text(
                zh="最后一名的得分，其余等距", en="the points of the last place, the others evenly between"
            ),
        ),
        Option(
            name="step",
            default="—",
            meaning=Text(
                zh="每后一名少几分（代替 last）",
                en="so many fewer for each further place, in place of `last`",
            ),
        ),
        Option(
            name="floor", default="0", meaning=Text(zh="按 step 递减的最低得分", en="where the steps stop")
        ),
        Option(
            name="table",
            default="—",
            meaning=Text(
                zh="名次或名次段与得分的对照表",
                en="points by place or range of places: `{1-3: 100, 4-6: 70}`",
            ),
        ),
        Option(
            name="otherwise",
            default="0",
            meaning=Text(zh="表外名次的得分", en="with `table`: the points of all other places"),
        ),
    ),
    examples=(
        rated(
            "{place: {first: 100, last: 60}}",
            {"A": "9", "B": "7", "C": "7", "D": "3", "E": "1"},
            {"A": 100, "B": 90, "C": 90, "D": 70, "E": 60},
            shows=Text(
                zh="B、C 并列第 2，各得 100 − 40·1/4 = 90；D 为第 4 名。",
                en="B and C share place 2: 100 − 40·1/4 = 90; D has place 4.",
            ),
        ),
        rated(
            "{place: {first: 100, step: 5, floor: 88}}",
            {"A": "9", "B": "7", "C": "5", "D": "3", "E": "1"},
            {"A": 100, "B": 95, "C": 90, "D": 88, "E": 88},
            shows=Text(
                zh="每后一名少 5 分，最低 88。", en="Five points fewer for each place, but not under 88."
            ),
        ),
        rated(
            "{place: {table: {1: 100, 2-3: 90, 4: 80}, otherwise: 60}}",
            {"A": "9", "B": "7", "C": "5", "D": "3", "E": "1"},
            {"A": 100, "B": 90, "C": 90, "D": 80, "E": 60},
            shows=Text(
                zh="第 1 名 100，第 2–3 名 90，第 4 名 80，其余 60。",
                en="Place 1 gets 100, places 2 and 3 get 90, place 4 gets 80, the rest 60.",
            ),
        ),
    ),
)
