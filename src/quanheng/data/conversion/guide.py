"""The sheet that says how to fill in a workbook; a test reads every rule and formula it shows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from quanheng.findings.text import Language

RULES: Final[Sequence[tuple[str, str]]] = (
    ("功效系数法（最差值：实际最值，最好值：实际最值，基础分：60）", "最差的60分，最好的100分，其余按比例"),
    ("功效系数法（最差值：0，最好值：目标）", "0得0分，达到目标得100分"),
    ("目标完成法（最高分：110）", "完成率即得分，最高110分；目标填在“目标”表"),
    (
        "目标完成法（基础分：80，比较方式：差值，超额（每：0.5，加：2.5，加至：100），不足（每：0.5，减：2.5，减至：40））",
        "达到目标得80分，每高0.5加2.5分，每低0.5减2.5分",
    ),
    ("区间插值法（0.8：0，0.95：80，1：100）", "0.8得0分，0.95得80分，1得100分，其间按直线"),
    (
        "分档赋分法（对照表（60：70，80：85，95：100），其余：40）",
        "达到60得70分，达到80得85分，达到95得100分，其余40分",
    ),
    ("排序赋分法（第一名得分：100，每退一名减：5，最低分：40）", "按名次"),
    ("百分位法", "超过其他单位的比例"),
    ("比值法（参照值：均值，最高分：120）", "与均值（或中位数、最好单位、某数）之比"),
    ("标准化法（均值得分：80，每个标准差得分：8）", "均值得80分，每高一个标准差加8分"),
    ("扣分法（每单位扣：5，最低分：40）", "从100分起扣"),
    ("适度指标法（适度区间：95、100，区间外宽度：20）", "95至100之间得100分"),
    ("达标赋分法：指标值 <= 15%", "条件成立得100分，否则0分"),
    ("直接评分法", "填报的分数即得分"),
    ("公式计分：最大(分值 - 2 * 指标值, 0)", "从该指标的分值起，每单位扣2分，扣完为止"),
)
"""How each rule is written in a cell, and what it says."""

FORMULAS: Final[Sequence[tuple[str, str]]] = (
    ("地区生产总值", "数据项本身"),
    ("地区生产总值 / 常住人口", "加减乘除：+ - * /"),
    ("增长率(地区生产总值)", "比上年同期增长的比例"),
    ("变化(占比(地区生产总值))", "占全部单位的比重比上年同期的变化"),
    ("往期(地区生产总值, 1年)", "一年前的值；1季、3个月也可"),
    ("完成率(地区生产总值)", "与目标之比"),
    ("位次(地区生产总值)", "在本组的位次"),
    ("若(常住人口 >= 10, 1.02, 1)", "条件成立取第一个数，否则取第二个"),
    ("首个有值(常住人口, 户籍人口)", "第一个有数的"),
    ("最大(0, 地区生产总值 - 100)", "另有：最小、平均、合计、对数"),
    ("进位 >= 2 且 非 被否决", "且、或、非；奖项条件中可用：得分、位次、等次、进位、被否决"),
)
"""How formulas are written in a cell, and what they say."""

_CHINESE: Final[Sequence[tuple[str, ...]]] = (
    ("考核工作簿填写说明",),
    (
        "本表只供阅读，程序不读取，可以删去。每张表第一行是列名，鼠标停在列名上有说明；有下拉列表的格可以选填。",
    ),
    (),
    ("一、先填什么",),
    ("1", "方案", "考核的名称、考核期、满分等，一行一项"),
    ("2", "分组", "单位分几组比较就写几行；只有一组可不要这张表"),
    (
        "3",
        "数据项",
        "要填报的数：名称、计量单位、数据类型（累计、当期、时点、比率、日期）、报送周期（年、半年、季、月）",
    ),
    ("4", "指标", "指标体系：上级、权重、指标公式、计分规则；下级权重之和等于上级"),
    ("5", "单位", "被考核的单位，一行一个；标有“（示例）”的是虚构的样例，填入自己的单位后删去"),
    ("6", "数据", "填报的数：一行一个单位一个时期，一列一个数据项；空格是未报，/ 是不适用"),
    ("7", "目标", "各单位各指标的目标；单位写 * 表示全部"),
    ("8", "加减分", "一事一行：加分、扣分或一票否决"),
    ("9", "等次、奖项、加减分规则", "需要时添加；列名见参考手册《考核册》"),
    ("10", "台账定义、台账字段、台账状态", "需要时添加；事项填在“台账-名称”表"),
    (),
    ("二、填好以后",),
    ("检查", "quanheng check 文件.xlsx", "列出全部问题：在哪一格、错在哪、怎么改"),
    ("计分", "quanheng score 文件.xlsx", "显示排名，结果写在文件旁边"),
    ("解释", "quanheng explain 文件.xlsx 单位", "一个单位的得分从何而来"),
    (),
    ("三、名称和编码",),
    (
        "只填名称，名称就是编码；名称中的标点在编码里是下划线。公式、上级、分组中写名称或编码都可以；同名时须写编码。",
    ),
    ("一格填几样，用顿号隔开，如：镇街、园区。",),
    (),
    ("四、计分规则的写法",),
    *RULES,
    (),
    ("五、公式的写法（数据项换成自己的）",),
    *FORMULAS,
)
_ENGLISH: Final[Sequence[tuple[str, ...]]] = (
    ("How to fill in this workbook",),
    ("Only for reading; this sheet may be deleted. Headings have notes, some cells a list to choose from.",),
    (),
    ("1", "scheme", "title, round and full marks, a line each"),
    ("2", "groups", "the groups units are compared in; leave the sheet out if there is one"),
    ("3", "items", "the figures that are reported: name, measured_in, kind, every"),
    (
        "4",
        "indicators",
        "the tree: parent, weight, measure, rule; the weights of children add up to their parent's",
    ),
    ("5", "units", "who is assessed; what is marked as an example is invented and to be deleted"),
    (
        "6",
        "data",
        "a row for a unit and a period, a column for an item; empty is missing, / is not applicable",
    ),
    ("7", "targets", "what is to be reached; the unit * means all"),
    ("8", "adjustments", "bonus, penalty or veto, a row each"),
    (),
    ("check", "quanheng check FILE.xlsx", "all that is wrong: in which cell, and what to do"),
    ("score", "quanheng score FILE.xlsx", "the ranking; the result lies beside the file"),
    ("explain", "quanheng explain FILE.xlsx UNIT", "where a score comes from"),
    (),
    ("rules", "quanheng rules", "every rule with its formula and an example"),
)


def guide_rows(language: Language) -> list[list[str]]:
    """Return the rows of the guide in `language`."""
    return [list(row) for row in (_CHINESE if language == "zh" else _ENGLISH)]
