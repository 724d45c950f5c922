"""What the sheet of guidance says, in both languages."""

from __future__ import annotations

from typing import Final

from quanheng.findings.text import Text

GUIDE: Final = {
    "guide.title": Text(zh="怎样读这本工作簿", en="How to read this workbook"),
    "guide.scheme": Text(zh="考核方案", en="scheme"),
    "guide.round": Text(zh="考核期", en="round"),
    "guide.as_of": Text(zh="按此日已知", en="as known on"),
    "guide.units": Text(zh="单位数", en="units"),
    "guide.scheme_hash": Text(zh="方案散列值", en="hash of the scheme"),
    "guide.data_hash": Text(zh="数据散列值", en="hash of the data"),
    "guide.program_hash": Text(zh="程序散列值", en="hash of the program"),
    "guide.version": Text(zh="程序版本", en="version of the program"),
    "guide.sheets": Text(zh="各表内容", en="The sheets"),
    "guide.colours": Text(zh="颜色", en="Colours"),
    "guide.reported": Text(zh="方案或单位填报的数", en="a figure as reported or stated in the scheme"),
    "guide.frozen": Text(
        zh="取自引擎的输入：不由本工作簿计算", en="an input taken from the engine: not computed here"
    ),
    "guide.live": Text(zh="公式：由其他单元格算出", en="a formula over other cells"),
    "guide.inputs": Text(zh="取自引擎的输入", en="Inputs taken from the engine"),
    "guide.no_inputs": Text(zh="没有：每个数都由公式算出。", en="None: every number follows from a formula."),
    "guide.how": Text(zh="读法", en="Reading"),
    "guide.rows": Text(
        zh="每个单位在各表同一行；同组单位连在一起，因此一段区域就是一个组。",
        en="A unit has the same row in every sheet; the units of a group stand together: a range is a group.",
    ),
    "guide.states": Text(
        zh="指标值中空白为缺数据，“/”为不适用，“!”为无法计算（除数为零等）。",
        en="In measures, empty is missing, / is not applicable, ! cannot be computed (a division by zero).",
    ),
    "guide.rounding": Text(
        zh="四舍五入用 ROUND，只在方案写明处进行。",
        en="Rounding is ROUND, half up, at the stages the scheme names and nowhere else.",
    ),
    "guide.recalculate": Text(
        zh="改动数据后，Excel、WPS、LibreOffice 自动重算；行的先后不随位次变动。",
        en="Excel, WPS and LibreOffice recalculate when figures change; the rows keep their order.",
    ),
    "guide.arrays": Text(
        zh="带大括号的是数组公式：在 Excel 2016 和 WPS 中修改后须按 Ctrl+Shift+Enter。",
        en="Formulas in braces are array formulas: in Excel 2016 and WPS end a change with Ctrl+Shift+Enter.",
    ),
}
"""The wordings, by key: Chinese, English."""
