"""The tables with a row for each indicator: its figures, what it separates, where it ends."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from quanheng.engine.frame import columns as c
from quanheng.findings.text import Text
from quanheng.studies.audit.audited import Audited
from quanheng.studies.columns import GROUP, INDICATOR, NUMBER, TEXT, TRUTH, WHOLE, Columns, known, table
from quanheng.studies.study import Table

_FIGURES: Final[Columns] = {
    "group": GROUP,
    "indicator": INDICATOR,
    "n": (WHOLE, Text(en="How many units have a measure.", zh="有值：有指标值的单位数。")),
    "missing": (WHOLE, Text(en="How many units' measures are missing.", zh="缺失：缺失的单位数。")),
    "not_applicable": (
        WHOLE,
        Text(en="To how many units it does not apply.", zh="不适用：不适用的单位数。"),
    ),
    "undefined": (
        WHOLE,
        Text(en="For how many units the formula cannot be computed.", zh="无法计算：公式无法计算的单位数。"),
    ),
    "zeros": (WHOLE, Text(en="How many are 0.", zh="零值：等于0的单位数。")),
    "unique": (WHOLE, Text(en="How many different values there are.", zh="不同值：不同取值的个数。")),
    "most_frequent": (
        NUMBER,
        Text(
            en="The value that occurs most often, the least of several.",
            zh="众数：出现最多的值（并列取最小）。",
        ),
    ),
    "times": (WHOLE, Text(en="How often it occurs.", zh="众数次数：众数出现的次数。")),
    "min": (NUMBER, Text(en="The least.", zh="最小值。")),
    "max": (NUMBER, Text(en="The greatest.", zh="最大值。")),
    "mean": (NUMBER, Text(en="The mean.", zh="均值。")),
    "median": (NUMBER, Text(en="The median.", zh="中位数。")),
    "sd": (NUMBER, Text(en="The standard deviation, with n − 1.", zh="标准差（n − 1）。")),
    "skewness": (NUMBER, Text(en="Skewness, sample-adjusted (G1).", zh="偏度（样本校正 G1）。")),
    "kurtosis": (
        NUMBER,
        Text(en="Excess kurtosis, sample-adjusted (G2).", zh="峰度（样本校正 G2，超额）。"),
    ),
    "outliers_low": (
        WHOLE,
        Text(
            en="How many lie over 1.5 interquartile ranges below the first quartile.",
            zh="低离群：低于下四分位1.5倍四分位距的个数。",
        ),
    ),
    "outliers_high": (
        WHOLE,
        Text(
            en="How many lie over 1.5 interquartile ranges above the third quartile.",
            zh="高离群：高于上四分位1.5倍四分位距的个数。",
        ),
    ),
}
_DISCRIMINATION: Final[Columns] = {
    "group": GROUP,
    "indicator": INDICATOR,
    "marks": (NUMBER, Text(en="The marks it is worth.", zh="分值。")),
    "pairs_by_measure": (
        NUMBER,
        Text(
            en="The share of pairs of units whose measures differ.",
            zh="指标值区分：指标值不同的单位对占比。",
        ),
    ),
    "pairs_by_points": (
        NUMBER,
        Text(en="The share of pairs of units whose points differ.", zh="得分区分：得分不同的单位对占比。"),
    ),
    "sd_points": (
        NUMBER,
        Text(en="The standard deviation of its points.", zh="得分标准差（百分制）。"),
    ),
    "moves_total": (
        NUMBER,
        Text(en="The standard deviation of the marks earned with it.", zh="影响总分：所得分数的标准差。"),
    ),
    "range_marks": (
        NUMBER,
        Text(en="The most marks earned with it less the fewest.", zh="分数极差：所得最高分减最低分。"),
    ),
    "places_moved": (
        NUMBER,
        Text(
            en="By how many places units move on average if all have the same marks in it; null "
            "where marks "
            "do not add up to the total.",
            zh="影响位次：若该指标人人同分，各单位位次平均变动几位；得分不是相加成总分时为空。",
        ),
    ),
}
_ENDS: Final[Columns] = {
    "group": GROUP,
    "indicator": INDICATOR,
    "fewest_possible": (
        NUMBER,
        Text(
            en="The fewest points its rule can give; null where nothing bounds them.",
            zh="可能最低：规则可能给出的最低分，无下限时为空。",
        ),
    ),
    "fewest": (NUMBER, Text(en="The fewest points anyone has.", zh="最低得分。")),
    "most": (NUMBER, Text(en="The most points anyone has.", zh="最高得分。")),
    "at_most": (
        NUMBER,
        Text(en="The share of units that have the most.", zh="并列最高：得最高分的单位占比。"),
    ),
    "hidden": (
        WHOLE,
        Text(
            en="How many different measures those have; more than 1 where a cap hides differences.",
            zh="封顶内取值：得最高分的单位有几个不同的指标值，大于1说明封顶掩盖了差异。",
        ),
    ),
    "alone": (
        NUMBER,
        Text(
            en="The part of the measure's range between the unit farthest out and the next.",
            zh="孤立程度：最远单位与次一位之间占全距的比例。",
        ),
    ),
    "unit": (TEXT, Text(en="That unit.", zh="孤立单位：最远的单位。")),
    "moves_others": (
        TRUTH,
        Text(
            en="Whether the rule looks at the extremes, the mean or the spread of all, so that "
            "this unit's "
            "value moves the points of the others.",
            zh="牵动他人：规则是否取决于最值、均值或标准差，使该单位的值牵动其他单位的得分。",
        ),
    ),
}


def indicator_tables(groups: Sequence[Audited]) -> tuple[Table, ...]:
    """Return the tables with a row for each group and indicator."""
    return (
        table(
            "indicators",
            Text(en="Figures of each indicator's measure", zh="各指标值的统计"),
            _FIGURES,
            known(row for each in groups for row in _figures(each)),
        ),
        table(
            "discrimination",
            Text(en="How each indicator tells units apart", zh="各指标的区分度"),
            _DISCRIMINATION,
            known(row for each in groups for row in _discrimination(each)),
        ),
        table(
            "ends",
            Text(en="Caps, floors and lone units", zh="封顶、保底与孤立单位"),
            _ENDS,
            known(row for each in groups for row in _ends(each)),
        ),
    )


def _figures(found: Audited) -> list[tuple[object, ...]]:
    rows: list[tuple[object, ...]] = []
    for indicator in found.pool.indicators:
        column, absence = found.measures[indicator.code], found.pool.absence(indicator.code)
        value, times = column.most_frequent or (None, 0)
        shape = column.shape
        rows.append(
            (
                found.pool.group.code,
                indicator.code,
                column.n,
                *(int((absence == state).sum()) for state in (c.MISSING, c.NOT_APPLICABLE, c.UNDEFINED)),
                column.zeros,
                column.unique,
                value,
                times,
                column.least,
                column.greatest,
                column.mean,
                column.median,
                column.sd,
                None if shape is None else shape.skewness,
                None if shape is None else shape.kurtosis,
                *column.outliers,
            )
        )
    return rows


def _discrimination(found: Audited) -> list[tuple[object, ...]]:
    return [
        (
            found.pool.group.code,
            code,
            found.pool.marks(code),
            each.measures,
            each.points,
            each.sd,
            each.moves,
            each.range,
            each.places,
        )
        for code, each in found.separations.items()
    ]


def _ends(found: Audited) -> list[tuple[object, ...]]:
    return [
        (
            found.pool.group.code,
            code,
            each.possible,
            each.least,
            each.greatest,
            each.at_most,
            each.hidden,
            each.alone,
            None if each.row is None else found.pool.name_of_unit(each.row),
            each.moves_others,
        )
        for code, each in found.ends.items()
    ]
