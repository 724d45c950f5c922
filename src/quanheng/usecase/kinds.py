"""The findings of `quanheng verify`: QH61x."""

from __future__ import annotations

from typing import Final

from quanheng.findings.finding import Kind

TABLE_MISSING: Final = Kind(
    code="QH611",
    severity="error",
    en="this table of the result is missing",
    zh="结果缺少这张表",
    hint_en="score the book again",
    hint_zh="请重新计分",
)
TABLE_CHANGED: Final = Kind(
    code="QH612",
    severity="error",
    en="this table was changed after it was written",
    zh="这张表在生成后被改动",
    hint_en="find out who changed it, or score the book again",
    hint_zh="请查明改动原因，或重新计分",
)
OTHER_SCHEME: Final = Kind(
    code="QH613",
    severity="error",
    en="the book's scheme is not the one of this result",
    zh="考核册现在的方案与生成该结果时不同",
    hint_en="score the book again, or restore the scheme",
    hint_zh="请重新计分，或恢复原方案",
)
OTHER_DATA: Final = Kind(
    code="QH614",
    severity="error",
    en="the book's data are not those of this result",
    zh="考核册现在的数据与生成该结果时不同",
    hint_en="score the book again, or restore the data",
    hint_zh="请重新计分，或恢复原数据",
)
OTHER_PROGRAM: Final = Kind(
    code="QH615",
    severity="note",
    en="the result was made by another program: '{what}' differs",
    zh="该结果由另一版本的程序生成：{what} 不同",
    hint_en="numbers are compared all the same",
    hint_zh="数值仍已逐一比对",
)
OTHER_SHAPE: Final = Kind(
    code="QH616",
    severity="error",
    en="this table has other columns or another number of rows than one computed anew",
    zh="这张表的列或行数与重新计算的不同",
    hint_en="score the book again",
    hint_zh="请重新计分",
)
OTHER_CELL: Final = Kind(
    code="QH617",
    severity="error",
    en="the column {column!r} says {was}, computed anew it is {now}",
    zh="{column!r}列为{was}，重新计算为{now}",
    hint_en="find out why it differs; the figure computed anew follows from the book",
    hint_zh="请查明差异原因；重新计算的数值由考核册得出",
)
MORE_CELLS: Final = Kind(
    code="QH618",
    severity="error",
    en="{count} more cells of this table differ",
    zh="这张表另有{count}个单元格不同",
    hint_en="score the book again",
    hint_zh="请重新计分",
)
