"""The columns of each kind of table, and the headings people write over them, in Chinese and English."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Final

from quanheng.data.context.measures import measure_of
from quanheng.findings.value import Value
from quanheng.periods.widths import to_half_width


class Column(Value):
    """A column that a kind of table must (`needed`) or may have.

    `key` is its heading in English, `zh` in Chinese; `others` are further headings that mean it, and `stated`
    those a scheme names, which go before all. An earlier heading counts before a later one. Behind one that
    is `measured` a measuring unit may stand in brackets.
    """

    key: str
    zh: str
    others: tuple[str, ...] = ()
    needed: bool = False
    stated: tuple[str, ...] = ()
    measured: bool = False

    @property
    def spellings(self) -> tuple[str, ...]:
        """The headings that mean this column, as they are compared."""
        return _spellings(self)


@lru_cache(maxsize=256)
def _spellings(column: Column) -> tuple[str, ...]:
    return tuple(plain(text) for text in (*column.stated, column.key, column.zh, *column.others))


_UNIT_WORDS: Final = ("被考核单位", "考核单位", "考核对象", "单位代码", "单位编码", "单位名称")
UNIT_CODES: Final = (
    *("统一社会信用代码", "信用代码", "企业代码", "机构代码", "行政区划代码", "区划代码", "地区代码"),
    *("fips", "fipscode", "geoid", "iso3", "iso3code", "iso", "isocode", "iso_code", "country_code"),
    "countrycode",
)
"""Headings of codes that stand over units where no heading says so itself."""
UNIT_NAMES: Final = (
    *("企业名称", "企业", "公司名称", "机构名称", "部门名称", "学校名称", "镇街", "镇街名称", "镇(街)"),
    *(
        "镇(街道)",
        "乡镇",
        "乡镇名称",
        "乡镇街道",
        "乡镇(街道)",
        "乡(镇)",
        "街道",
        "街镇",
        "村",
        "村名",
        "社区",
    ),
    *("县(市、区)", "县(市区)", "县市区", "区县", "县区", "区县名称", "地区", "地区名称", "市县", "城市"),
    *("省份", "country", "country_name", "countryname", "county", "county_name", "countyname", "unitname"),
    *("unit_name", "company", "organisation", "organization", "school"),
)
"""Headings of names that do."""
UNIT: Final = Column(
    key="unit",
    zh="单位",
    others=(*_UNIT_WORDS, *UNIT_CODES, "code", "代码", "编码", *UNIT_NAMES, "name", "名称"),
    needed=True,
)
PERIOD: Final = Column(
    key="period",
    zh="期间",
    others=(
        *("考核期", "报告期", "时期", "期别", "时间", "年份", "年度", "年", "year"),
        *("月份", "月", "month", "季度", "季", "quarter"),
    ),
)
KNOWN_ON: Final = Column(
    key="known_on",
    zh="知悉日期",
    others=("发布日期", "公布日期", "修订日期", "published_on"),
)
SET_ON: Final = Column(key="set_on", zh="下达日期", others=("确定日期", "调整日期"))
REASON: Final = Column(key="reason", zh="事由", others=("原因", "理由"))
ALIAS: Final = Column(key="alias", zh="别名", others=("aliases", "曾用名", "又名", "其他名称"))
_FULL_NAMES: Final = ("企业名称", "乡镇名称", "镇街名称", "country_name", "county_name", "unit_name")
NOTE: Final = Column(key="note", zh="备注", others=("说明", "remark"))
DATE: Final = Column(key="date", zh="日期", others=("时间",))

UNITS: Final = (
    Column(
        key="unit",
        zh="单位代码",
        others=(
            *("单位编码", "代码", "编码", "code", "单位", "被考核单位", "单位名称"),
            *UNIT_CODES,
            "名称",
            "name",
            *UNIT_NAMES,
        ),
        needed=True,
    ),
    Column(key="name", zh="名称", others=("单位名称", "单位全称", "单位", "被考核单位", *_FULL_NAMES)),
    Column(key="group", zh="分组", others=("组别", "类别", "分类", "考核类别")),
    Column(key="from", zh="起始", others=("起始日期", "起始时间")),
    Column(key="to", zh="截止", others=("截止日期", "截止时间")),
    Column(key="into", zh="并入", others=("并入单位",)),
)
MEASURE: Final = Column(key="measured_in", zh="计量单位", others=("计量",))
ITEM: Final = Column(
    key="item",
    zh="数据项",
    others=(
        *("数据项代码", "数据项名称", "指标", "指标名称", "项目", "项目名称"),
        *("indicator", "indicators", "indicatorname", "indicator_name", "indicatorcode", "indicator_code"),
        *("variable", "seriesname", "series_name", "seriescode", "series_code"),
    ),
    needed=True,
)
LONG_DATA: Final = (
    ITEM,
    UNIT,
    PERIOD,
    Column(key="value", zh="数值", others=("值", "数据", "数据值"), needed=True, measured=True),
    MEASURE,
    KNOWN_ON,
    NOTE,
)
WIDE_DATA: Final = (UNIT, PERIOD, KNOWN_ON)
TURNED_DATA: Final = (ITEM, PERIOD, MEASURE, KNOWN_ON, NOTE)
"""Items down, and across them units, or periods of one unit."""
DATA: Final = (LONG_DATA, WIDE_DATA, TURNED_DATA)
TARGETS: Final = (
    UNIT,
    Column(key="indicator", zh="指标", others=("指标代码", "指标名称"), needed=True),
    PERIOD,
    Column(key="target", zh="目标", others=("目标值", "年度目标"), needed=True, measured=True),
    Column(key="floor", zh="底线", others=("底线值", "底线目标", "保底目标"), measured=True),
    Column(key="stretch", zh="挑战", others=("挑战值", "挑战目标", "奋斗目标", "力争目标"), measured=True),
    SET_ON,
    REASON,
    NOTE,
)
ADJUSTMENTS: Final = (
    UNIT,
    Column(key="kind", zh="类型", others=("类别", "种类"), needed=True),
    Column(key="marks", zh="分值", others=("分数", "加减分", "加减分值"), needed=True),
    REASON,
    Column(key="node", zh="节点", others=("指标", "维度")),
    Column(key="category", zh="分类", others=("加分分类", "扣分分类", "加减分分类")),
    DATE,
    Column(key="evidence", zh="依据", others=("佐证", "佐证材料", "文件依据")),
    NOTE,
)
CALENDAR: Final = (
    Column(key="date", zh="日期", others=("日子",), needed=True),
    Column(key="day", zh="安排", others=("类型", "放假或上班", "状态"), needed=True),
    Column(key="holiday", zh="节日", others=("名称", "假日", "节假日")),
    NOTE,
)
HISTORY: Final = (
    UNIT,
    Column(key="score", zh="得分", others=("总分", "总得分", "考核得分")),
    Column(key="place", zh="位次", others=("名次", "排名")),
    Column(key="tier", zh="等次", others=("档次", "等级")),
)
AWARDS: Final = (
    UNIT,
    Column(key="award", zh="奖项", needed=True),
)
RESULT_SCORES: Final = (
    UNIT,
    Column(key="node", zh="节点", needed=True),
    Column(key="score", zh="得分", needed=True),
    Column(key="place", zh="位次"),
)

PASSED_OVER: Final = frozenset(
    {
        "序号",
        "编号",
        "no",
        "no.",
        "名称",
        "name",
        "单位名称",
        "分组",
        "group",
        "备注",
        "说明",
        "note",
        "remark",
    }
)
"""Headings of columns in a wide table that hold no figures and that nobody would miss."""
TOTALS: Final = frozenset(
    {"合计", "总计", "小计", "总和", "平均", "平均值", "均值", "total", "subtotal", "sum", "average", "mean"}
)
"""What stands where a unit belongs in a row that sums up the others."""
MEASURED_IN: Final = frozenset({"计量单位", "计量", "measured_in", "unitofmeasure"})
"""What stands under the heading of the units in a row of measuring units."""


def plain(heading: str) -> str:
    """Return `heading` as headings are compared: half-width, without blanks, in lower case.

    Examples:
        >>> plain("单 位　")
        '单位'
    """
    return "".join(to_half_width(heading).split()).lower()


def without_measure(heading: str) -> tuple[str, str]:
    """Return `heading` without a measuring unit in brackets at its end, and the measuring unit.

    Examples:
        >>> without_measure("地区生产总值（亿元）")
        ('地区生产总值', '亿元')
        >>> without_measure("gdp")
        ('gdp', '')
    """
    text = to_half_width(heading).strip()
    opening = max(text.rfind("("), text.rfind("["))
    name, inside = text[:opening].rstrip(), text[opening + 1 : -1]
    ends = opening > 0 and text.endswith((")", "]"))
    if not (ends and inside) or "\n" in name or ")" in inside or "]" in inside:
        return heading, ""
    return name, inside.strip()


def with_unit_heading(form: tuple[Column, ...], headings: tuple[str, ...]) -> tuple[Column, ...]:
    """Return `form` with `headings` that mean its column of units before all others."""
    if not headings:
        return form
    return tuple(replace(column, stated=headings) if column.key == UNIT.key else column for column in form)


def match(headings: Sequence[str | None], columns: Sequence[Column]) -> dict[str, int]:
    """Return, by key, the number of the heading that means each of `columns`; each heading is taken once.

    Examples:
        >>> match(["代码", "单位", "分组"], UNITS)
        {'unit': 0, 'name': 1, 'group': 2}
        >>> match(["名称", "分组"], UNITS)
        {'unit': 0, 'group': 1}
    """
    written = {plain(heading): number for number, heading in reversed(list(enumerate(headings))) if heading}
    bare = {
        plain(name): number
        for number, heading in reversed(list(enumerate(headings)))
        for name, measure in [without_measure(heading or "")]
        if measure and measure_of(measure) is not None
    }
    taken: dict[str, int] = {}
    for column in columns:
        for spelling in column.spellings:
            number = written.get(spelling, bare.get(spelling) if column.measured else None)
            if number is not None and number not in taken.values():
                taken[column.key] = number
                break
    return taken
