"""The findings about writing a result: QH6xx."""

from __future__ import annotations

from typing import Final

from quanheng.findings.finding import Kind

NO_WORKBOOK: Final = Kind(
    code="QH641",
    severity="note",
    en="no results.xlsx is written: {units} units and {nodes} nodes are too many for a workbook of formulas",
    zh="未生成 results.xlsx：{units}个单位、{nodes}个节点，对公式工作簿来说太多",
    hint_en="read scores.csv and trace.parquet; 'quanheng score --workbook' writes it all the same",
    hint_zh="请看 scores.csv 和 trace.parquet；仍要生成，用 quanheng score --workbook",
)
NO_ROOM: Final = Kind(
    code="QH642",
    severity="note",
    en="no results.xlsx can be written: its sheets have room for {most_units} units and {most_nodes} nodes, "
    "here are {units} and {nodes}",
    zh="无法生成 results.xlsx：工作表容纳{most_units}个单位、{most_nodes}个节点，"
    "此处有{units}个单位、{nodes}个节点",
    hint_en="read scores.csv and trace.parquet; 'quanheng explain' shows every step of a unit",
    hint_zh="请看 scores.csv 和 trace.parquet；用 quanheng explain 查看某单位的每一步",
)
