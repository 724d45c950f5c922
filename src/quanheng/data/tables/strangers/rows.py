"""Rows of no unit that are no mistake: totals of all or of a part, sections, remarks, signatures and dates.

A unit of the book that has such a name is a unit. Whatever else names no unit is an unknown unit.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Final

import polars as pl

from quanheng.data.cells.numbers import IS_UNREADABLE, IS_VALUE, read_numbers
from quanheng.data.tables.headings import TOTALS, UNIT, plain
from quanheng.data.tables.table import ROW, Table, texts_of
from quanheng.data.telling.half_width import half_width, loose
from quanheng.data.telling.names import Roster, shown
from quanheng.findings.collector import Collector
from quanheng.findings.finding import Kind

LEFT_OUT: Final = Kind(
    code="QH330",
    severity="note",
    en="rows left out as totals, remarks or signatures ({number}): {words}",
    zh="以下 {number} 行是合计、说明或签署，未计入：{words}",
    hint_en="nothing; if one is a unit, add it to the units",
    hint_zh="无需处理；若其中有被考核单位，请补充到单位表",
)

_OF_ALL: Final = frozenset(
    {
        *(
            "全国",
            "全省",
            "全市",
            "全州",
            "全盟",
            "全区",
            "全县",
            "全旗",
            "全乡",
            "全镇",
            "全街道",
            "全部",
            "全体",
        ),
        *("世界", "全球", "world", "global", "all", "oecd", "eu", "g20", "g7", "euroarea", "europeanunion"),
    }
)
"""What stands for everybody together, without a word for total."""
_LONGEST: Final = 40
_SUMS: Final = (
    "合计|总计|小计|总和|累计|汇总|平均|平均值|平均数|均值|中位数|最高|最低|最大值|最小值|标准差|极差"
)
_TOTAL: Final = (
    rf"^(?:{_SUMS})(?:[(（:：].*)?$|^.{{1,{_LONGEST}}}(?:{_SUMS}|合计数|总计数)(?:[(（].*)?$"
    r"|(?:^|[^a-z])(?:sub-?|grand )?(?:totals?|averages?|avg\.?|mean|median|sum)(?: ?\(.*)?$"
    r"|^(?:(?:sub|grand )?total|average|mean|median|sum)(?:,| of | for |:).*$"
)
"""What is called a total or another figure of several units, in half width and lower case."""
_AT_THE_FOOT: Final = (
    r"^\s*[*※]?\s*(?:填表|制表|填报|报送|上报|审核|复核|审批|审定|核定|经办|统计|联系|签发|签字|签章|盖章|签名|负责"
    r"|单位负责|主要负责|分管|责任|数据来源|资料来源|来源|日期|时间|电话|备注|附注|注|说明|口径"
    r"|notes?|sources?|remarks?|date|signed|signature|prepared|checked|approved|reviewed|contact|compiled)"
    r"[^:：]{0,16}[:：]"
)
"""How a remark, a signature or a date begins that stands under a table."""


def without_strange_rows(
    table: Table, units: Roster, *, collector: Collector, key: str = "unit", groups: Iterable[str] = ()
) -> Table:
    """Return `table` without the rows of no unit that are totals, sections, remarks or signatures; one note.

    Such a row is named as a total, or as one of the `groups` of units, has nothing beside its name, or is a
    line of the foot. Where it names nothing, what stands to the left may: 合计 under 序号.
    """
    unit = str(table.known[key])
    texts = table.texts(key)
    strange = units.find(texts).index.is_null()
    if not strange.any():
        return table
    rows = table.body.filter(strange).select(ROW, pl.exclude(ROW).cast(pl.String))
    rows = rows.with_columns(texts.filter(strange).alias(unit))
    name = pl.coalesce(unit, *(str(column) for column in range(int(unit))))
    total = is_total(name, groups)
    for column in table.others:
        if key == "unit" and plain(table.headings[column]) in UNIT.spellings:  # World beside WLD
            total |= is_total(pl.col(str(column)), groups)
    left_out = rows.filter(total | _is_alone(rows, unit) | _is_of_the_foot(rows, unit))
    if left_out.is_empty():
        return table
    words = left_out.select(pl.coalesce(unit, pl.exclude(ROW, unit))).to_series().fill_null("")
    collector.gather(LEFT_OUT, table.location(left_out[ROW][0]), Counter(map(shown, words)))
    return table.with_body(table.body.filter(~pl.col(ROW).is_in(left_out[ROW].implode())))


def without_foot(table: Table, collector: Collector) -> Table:
    """Return a table of units without its totals and the lines of its foot: one note.

    A row with a group is a unit whatever it is called, and so is what is only called `World` or `全市`.
    """
    unit = str(table.known["unit"])
    rows = table.body.select(ROW, pl.exclude(ROW).cast(pl.String))
    rows = rows.with_columns(table.texts("unit").alias(unit))
    named = pl.coalesce(unit, str(table.known.get("name", table.known["unit"])))
    plain = half_width(named).str.strip_chars().str.to_lowercase()
    total = loose(named).is_in(list(TOTALS)) | (
        (plain.str.len_chars() <= _LONGEST) & plain.str.contains(_TOTAL)
    )
    grouped = pl.col(str(table.known["group"])).is_not_null() if table.has("group") else pl.lit(value=False)
    feet = rows.select((_is_of_the_foot(rows, unit) | total.fill_null(value=False)) & ~grouped).to_series()
    if not feet.any():
        return table
    left_out = rows.filter(feet)
    words = left_out.select(pl.coalesce(unit, pl.exclude(ROW, unit))).to_series().fill_null("")
    collector.gather(LEFT_OUT, table.location(left_out[ROW][0]), Counter(map(shown, words)))
    return table.with_body(table.body.filter(~feet))


def is_of_the_foot(text: pl.Expr) -> pl.Expr:
    """Return whether a text is a remark, a signature or a date as they stand under tables."""
    short = half_width(text).str.slice(0, _LONGEST * 2).str.to_lowercase()
    return short.str.contains(_AT_THE_FOOT).fill_null(value=False)


def is_total(text: pl.Expr, groups: Iterable[str] = ()) -> pl.Expr:
    """Return whether a text names a total, everybody together, or one of the groups."""
    plain = half_width(text).str.strip_chars().str.to_lowercase()
    short = plain.str.len_chars() <= _LONGEST
    names = [*TOTALS, *_OF_ALL, *("".join(name.split()).lower() for name in groups if name)]
    joined = plain.str.replace_all(r"([^a-z])\s+|\s+([^a-z])", "$1$2")
    return (loose(text).is_in(names) | (short & joined.str.contains(_TOTAL))).fill_null(value=False)


def _is_alone(rows: pl.DataFrame, unit: str) -> pl.Expr:
    """Return whether a row has only one cell: its name, or one text elsewhere that is no figure."""
    others = [name for name in rows.columns if name not in (ROW, unit)]
    if not others:
        return pl.col(unit).is_not_null()
    nobody = rows.filter(pl.col(unit).is_null())
    single = nobody.filter(pl.sum_horizontal(pl.col(others).is_not_null()) == 1)
    text = texts_of(single.select(pl.coalesce(others).alias("text")).to_series())
    remarks = single.filter(read_numbers(text)["state"] == IS_UNREADABLE)[ROW]
    only_named = pl.col(unit).is_not_null() & pl.all_horizontal(pl.col(others).is_null())
    return only_named | pl.col(ROW).is_in(remarks.implode())


def _is_of_the_foot(rows: pl.DataFrame, unit: str) -> pl.Expr:
    """Return whether a row without a figure has a name, or else any cell, of the foot of a table."""
    others = [name for name in rows.columns if name not in (ROW, unit)]
    named = rows.filter(is_of_the_foot(pl.col(unit)))
    nobody = rows.filter(pl.col(unit).is_null())
    found = (
        pl.any_horizontal(is_of_the_foot(pl.col(name)) for name in others) if others else pl.lit(value=False)
    )
    feet = pl.concat([named, nobody.filter(found)])
    if feet.is_empty():
        return pl.lit(value=False)
    figures = [read_numbers(feet[name])["state"].eq(IS_VALUE) for name in others]
    any_figure = pl.any_horizontal(pl.lit(figure) for figure in figures) if figures else pl.lit(value=False)
    return pl.col(ROW).is_in(feet.filter(~any_figure)[ROW].implode())
