"""The functions of the formula language: a closed list, each with what it takes and what it gives."""

from __future__ import annotations

from typing import Final

from quanheng.findings.text import Text
from quanheng.findings.value import Value


class Function(Value):
    """A function of the formula language: how many arguments it takes and what it gives."""

    name: str
    least: int
    most: int
    gives: Text


_MANY = 50

FUNCTIONS: Final[dict[str, Function]] = {
    function.name: function
    for function in (
        Function(
            name="growth",
            least=1,
            most=1,
            gives=Text(en="(x - a) / |a|, a = x a year before; a fraction", zh="同比增长率（小数）"),
        ),
        Function(
            name="change", least=1, most=1, gives=Text(en="x less its value a year before", zh="同比增减量")
        ),
        Function(
            name="lag",
            least=2,
            most=2,
            gives=Text(en="x so long before: lag(x, 1y), lag(x, 3m)", zh="此前某期的值"),
        ),
        Function(
            name="own",
            least=1,
            most=1,
            gives=Text(
                en="of a cumulative item the part of the round alone, without what was before it in the year",
                zh="累计数据项的当期数（扣除本年此前各期）",
            ),
        ),
        Function(
            name="share",
            least=1,
            most=1,
            gives=Text(
                en="x as a part of the sum over all units; a fraction. share(months(x > 35)): in which part "
                "of the months it holds",
                zh="占全部单位的比重（小数）；share(months(x > 35))：满足条件的月份所占比例",
            ),
        ),
        Function(
            name="place",
            least=1,
            most=1,
            gives=Text(en="place of x in the group, 1 is best by the direction", zh="组内位次"),
        ),
        Function(
            name="units",
            least=0,
            most=1,
            gives=Text(
                en="units(): how many units the group has; units(x > 1): for how many it holds; "
                "mean(units(x)), also max, min, sum, sd, median: of x over the units of the group",
                zh="units()：组内单位数；units(x > 1)：满足条件的单位数；"
                "mean(units(x))：组内各单位x的平均，另有max、min、sum、sd、median",
            ),
        ),
        Function(
            name="sd",
            least=1,
            most=1,
            gives=Text(
                en="sd(units(x)): standard deviation over the units of the group, with n - 1",
                zh="sd(units(x))：组内各单位的标准差（除以n-1）",
            ),
        ),
        Function(
            name="median",
            least=1,
            most=1,
            gives=Text(
                en="median(units(x)): the median over the units of the group",
                zh="median(units(x))：组内各单位的中位数",
            ),
        ),
        Function(
            name="months",
            least=1,
            most=2,
            gives=Text(
                en="months(x > 35): in how many months of the round it holds; mean(months(x)), also sum, "
                "max, min, sd, median: of x over the months; months(x, 9): nine of them must be there",
                zh="months(x > 35)：考核期内满足条件的月数；mean(months(x))：各月x的平均，另有sum、max、min、"
                "sd、median；months(x, 9)：至少须有九个月的数",
            ),
        ),
        Function(
            name="quarters",
            least=1,
            most=2,
            gives=Text(en="the same over the quarters of the round", zh="同上，按考核期内各季度"),
        ),
        Function(
            name="reviews",
            least=1,
            most=2,
            gives=Text(
                en="reviews(place <= 3): in how many reviews inside the round it holds, likewise "
                "reviews(tier == 'A'), reviews(award == 'Flag'); mean(reviews(score)), also as months()",
                zh="reviews(place <= 3)：考核期内有几次季季评满足条件，也可用reviews(tier == 'A')、"
                "reviews(award == '红旗')；mean(reviews(score))等同各月",
            ),
        ),
        Function(
            name="best",
            least=2,
            most=2,
            gives=Text(
                en="mean(best(3, months(x))): of the three best months, by the direction of the indicator",
                zh="mean(best(3, months(x)))：最好的三个月（按指标方向）",
            ),
        ),
        Function(
            name="worst", least=2, most=2, gives=Text(en="of the worst, likewise", zh="最差的若干期，同上")
        ),
        Function(
            name="last",
            least=2,
            most=2,
            gives=Text(
                en="of the last of the round: last(3, months(x > 35)) counts among the last three months",
                zh="考核期的最后若干期：last(3, months(x > 35))为最后三个月中满足条件的月数",
            ),
        ),
        Function(
            name="percentile",
            least=2,
            most=2,
            gives=Text(
                en="percentile(95%, months(x)): where 95 % of them lie below, between two in proportion",
                zh="percentile(95%, months(x))：各月的第95百分位数（相邻两数之间按比例）",
            ),
        ),
        Function(
            name="completion",
            least=1,
            most=1,
            gives=Text(en="x / target (less: 2 - x / target); a fraction", zh="目标完成率（小数）"),
        ),
        Function(name="log", least=1, most=1, gives=Text(en="natural logarithm of x > 0", zh="自然对数")),
        Function(
            name="abs", least=1, most=1, gives=Text(en="the size of x: x, or -x where x < 0", zh="绝对值")
        ),
        Function(
            name="sign",
            least=1,
            most=1,
            gives=Text(en="1 for x > 0, 0 for 0, -1 for x < 0", zh="正负号（1、0、-1）"),
        ),
        Function(
            name="floor",
            least=1,
            most=1,
            gives=Text(en="the greatest whole number not above x", zh="向下取整：不大于x的最大整数"),
        ),
        Function(
            name="ceil",
            least=1,
            most=1,
            gives=Text(en="the least whole number not below x", zh="向上取整：不小于x的最小整数"),
        ),
        Function(
            name="round",
            least=1,
            most=2,
            gives=Text(
                en="x rounded half up: round(x) to a whole number, round(x, 2) to two decimals",
                zh="四舍五入：round(x)取整，round(x, 2)保留两位小数",
            ),
        ),
        Function(
            name="sqrt", least=1, most=1, gives=Text(en="the square root of x >= 0", zh="平方根（x≥0）")
        ),
        Function(name="exp", least=1, most=1, gives=Text(en="e to the power of x", zh="e的x次方")),
        Function(
            name="min",
            least=2,
            most=_MANY,
            gives=Text(
                en="the least of the arguments, or of x over a span: min(x, 3y)",
                zh="最小值；可带时间跨度，如 min(x, 3y)",
            ),
        ),
        Function(
            name="max",
            least=2,
            most=_MANY,
            gives=Text(en="the greatest of the arguments, or of x over a span", zh="最大值；可带时间跨度"),
        ),
        Function(
            name="mean",
            least=2,
            most=_MANY,
            gives=Text(
                en="the arithmetic mean of the arguments, or of x over a span: mean(x, 3y)",
                zh="平均值；可带时间跨度，如 mean(x, 3y)",
            ),
        ),
        Function(
            name="sum",
            least=2,
            most=_MANY,
            gives=Text(en="the sum of the arguments, or of x over a span", zh="合计；可带时间跨度"),
        ),
        Function(
            name="coalesce",
            least=2,
            most=_MANY,
            gives=Text(en="the first argument that has a value", zh="第一个有值的参数"),
        ),
        Function(
            name="workdays",
            least=2,
            most=2,
            gives=Text(
                en="of records of a ledger: the working days after the first day, up to and with the second",
                zh="台账事项：首日次日起至末日（含）的工作日数",
            ),
        ),
        Function(
            name="where",
            least=3,
            most=3,
            gives=Text(en="where(condition, a, b): a if it holds, else b", zh="条件成立取a，否则取b"),
        ),
        Function(
            name="points",
            least=1,
            most=2,
            gives=Text(
                en="the points, 0 to 100, of the node with this code; points(work, led_by): their mean over "
                "the units whose column led_by names this unit",
                zh="该编码节点的百分制得分；points(work, led_by)：单位表led_by一列写明本单位的各单位，"
                "其得分的平均",
            ),
        ),
        Function(
            name="score",
            least=1,
            most=2,
            gives=Text(
                en="the score, in marks, of the node with this code; a second argument as for points",
                zh="该编码节点的得分（分值）；第二个参数同上",
            ),
        ),
    )
}

UNITS: Final = "units"
"""Counts units: `units()`, `units(x > 1)`. In another function it is what all have: `mean(units(x))`."""
OF_UNITS: Final = {name: f"{name} of units" for name in ("max", "min", "mean", "sum", "sd", "median")}
"""Functions over the units of a group, and what a tree calls them: `mean(units(x))` is `mean of units`."""
OVER_UNITS: Final = frozenset({UNITS, *OF_UNITS.values()})
"""The calls of a tree that are of all units of a group."""


def written(function: str) -> str:
    """Return a function of a tree as it is written.

    Examples:
        >>> written("mean of units"), written("mean")
        ('mean(units())', 'mean()')
    """
    name = function.removesuffix(" of units")
    return f"{name}({UNITS}())" if name != function else f"{name}()"
