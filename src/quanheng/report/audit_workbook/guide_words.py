"""What the sheet of guidance says, in both languages."""

from __future__ import annotations

from typing import Final

GUIDE: Final = {
    "guide.title": ("怎样读这本工作簿", "How to read this workbook"),
    "guide.scheme": ("考核方案", "scheme"),
    "guide.round": ("考核期", "round"),
    "guide.as_of": ("按此日已知", "as known on"),
    "guide.units": ("单位数", "units"),
    "guide.scheme_hash": ("方案散列值", "hash of the scheme"),
    "guide.data_hash": ("数据散列值", "hash of the data"),
    "guide.program_hash": ("程序散列值", "hash of the program"),
    "guide.version": ("程序版本", "version of the program"),
    "guide.sheets": ("各表内容", "The sheets"),
    "guide.colours": ("颜色", "Colours"),
    "guide.reported": ("方案或单位填报的数", "a figure as reported or stated in the scheme"),
    "guide.frozen": ("取自引擎的输入：不由本工作簿计算", "an input taken from the engine: not computed here"),
    "guide.live": ("公式：由其他单元格算出", "a formula over other cells"),
    "guide.inputs": ("取自引擎的输入", "Inputs taken from the engine"),
    "guide.no_inputs": ("没有：每个数都由公式算出。", "None: every number follows from a formula."),
    "guide.how": ("读法", "Reading"),
    "guide.rows": (
        "每个单位在各表同一行；同组单位连在一起，因此一段区域就是一个组。",
        "A unit has the same row in every sheet; the units of a group stand together: a range is a group.",
    ),
    "guide.states": (
        "指标值中空白为缺数据，“/”为不适用，“!”为无法计算（除数为零等）。",
        "In measures, empty is missing, / is not applicable, ! cannot be computed (a division by zero).",
    ),
    "guide.rounding": (
        "四舍五入用 ROUND，只在方案写明处进行。",
        "Rounding is ROUND, half up, at the stages the scheme names and nowhere else.",
    ),
    "guide.recalculate": (
        "改动数据后，Excel、WPS、LibreOffice 自动重算；行的先后不随位次变动。",
        "Excel, WPS and LibreOffice recalculate when figures change; the rows keep their order.",
    ),
    "guide.arrays": (
        "带大括号的是数组公式：在 Excel 2016 和 WPS 中修改后须按 Ctrl+Shift+Enter。",
        "Formulas in braces are array formulas: in Excel 2016 and WPS end a change with Ctrl+Shift+Enter.",
    ),
}
"""The wordings, by key: Chinese, English."""
