"""The findings about writing a result: QH6xx."""

from __future__ import annotations

from typing import Final

from quanheng.findings.finding import Kind

NO_WORKBOOK: Final = Kind(
    code="QH641",
    severity="note",
    en="no results.xlsx is written: {units} units and {nodes} nodes are too many for a workbook of formulas",
    zh="未生成 results.xlsx：{units}个单位、{nodes}个节点，超出公式工作簿的容量",
    hint_en="read scores.csv and trace.parquet instead; 'quanheng explain' shows every step of a unit",
    hint_zh="请改用 scores.csv 和 trace.parquet；用 quanheng explain 查看某单位的每一步",
)
