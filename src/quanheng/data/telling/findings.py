"""Kinds of findings of a book that several of its readers tell (QH3xx, QH4xx)."""

from __future__ import annotations

from typing import Final

from quanheng.findings.finding import Kind
from quanheng.findings.text import Text

NO_UNITS: Final = Kind(
    code="QH303",
    severity="error",
    en="the book does not say which units are assessed",
    zh="考核册没有被考核单位",
    hint_en="add units.csv (unit,name,group), or the sheet 单位 to a workbook",
    hint_zh="请添加 units.csv（unit,name,group），工作簿请添加“单位”表",
)
OUTSIDE_BOOK: Final = Kind(
    code="QH304",
    severity="error",
    en="this leads out of the book, to another place on the disk",
    zh="该路径指向考核册以外的位置",
    hint_en="put a copy of the file into the book",
    hint_zh="请把文件复制到考核册中",
)
UNREADABLE_FILE: Final = Kind(
    code="QH305",
    severity="error",
    en="the file cannot be read: {reason}",
    zh="无法读取文件：{reason}",
    hint_en="check that it is an ordinary file that you may read",
    hint_zh="请检查它是否为普通文件、是否有读取权限",
)
TOO_BIG: Final = Kind(
    code="QH306",
    severity="error",
    en="the file has {size} MiB, more than the {most} MiB that are read",
    zh="文件大小 {size} MiB，超过可读取的 {most} MiB",
    hint_en="split it, or hand in big tables as parquet",
    hint_zh="请拆分文件，大表请用 parquet 格式",
)
EMPTY_FILE: Final = Kind(
    code="QH307",
    severity="error",
    en="there is nothing in it",
    zh="内容为空",
    hint_en="fill it in, or remove it",
    hint_zh="请填写内容，或删除",
)
NOT_A_WORKBOOK: Final = Kind(
    code="QH310",
    severity="error",
    en="this is not a workbook that can be read",
    zh="不是可读取的工作簿",
    hint_en="open it in Excel or WPS and save it as .xlsx without a password",
    hint_zh="请用 Excel 或 WPS 打开后另存为无密码的 .xlsx",
)
NOT_PARQUET: Final = Kind(
    code="QH313",
    severity="error",
    en="this is not a parquet file that can be read",
    zh="不是可读取的 parquet 文件",
    hint_en="write it again",
    hint_zh="请重新生成该文件",
)
TOO_MANY_COLUMNS: Final = Kind(
    code="QH314",
    severity="error",
    en="the table has {columns} columns, more than the {most} that are read",
    zh="表格有 {columns} 列，超过可读取的 {most} 列",
    hint_en="use the long form: item, unit, period, value",
    hint_zh="请改用长表：数据项、单位、期间、数值",
)
TOO_MANY_ROWS: Final = Kind(
    code="QH315",
    severity="error",
    en="the table has {rows} rows, more than the {most} that are read",
    zh="表格有 {rows} 行，超过可读取的 {most} 行",
    hint_en="split it, or hand in a wide parquet file",
    hint_zh="请拆分，或提交宽表 parquet 文件",
)
OTHER_FORMAT: Final = Kind(
    code="QH316",
    severity="error",
    en="a {suffix} file is not read",
    zh="不能读取 {suffix} 格式",
    hint_en="save it as .xlsx or .csv",
    hint_zh="请另存为 .xlsx 或 .csv",
)
NOT_READ: Final = Kind(
    code="QH318",
    severity="note",
    en="{what} is no part of a book and was not read",
    zh="{what} 不属于考核册，未读取",
    hint_en="nothing, if it only explains; else see what its name should be",
    hint_zh="若只是说明可忽略；否则请核对名称",
)
NO_HEADING: Final = Kind(
    code="QH320",
    severity="error",
    en="no heading row with {wanted} was found among the first rows",
    zh="前几行中未找到含有 {wanted} 的表头",
    hint_en="name the columns in one row above the figures{how}",
    hint_zh="请在数据上方用一行写明各列名称{how}",
)
NEITHER: Final = Text(
    en="; where items stand down, those across are units, or periods with the unit in the title",
    zh="；数据项在左侧逐行排列的，上方各列应为单位，或为期间并在标题中写明单位",
)
"""What to do where a table has items down and nothing across that is known."""
HEADING_TWICE: Final = Kind(
    code="QH322",
    severity="error",
    en="the heading {heading!r} stands over two columns, {first} and {second}",
    zh="表头“{heading}”出现在两列：{first} 和 {second}",
    hint_en="name each column once",
    hint_zh="请使各列名称唯一",
)
NOT_A_NUMBER: Final = Kind(
    code="QH327",
    severity="error",
    en="{text!r} stands where a number belongs",
    zh="“{text}”应为数字",
    hint_en="write a number; leave the cell empty if it is missing, or '/' if it does not apply",
    hint_zh="请填数字；缺失请留空，不适用请填“/”",
)
BEYOND_RANGE: Final = Kind(
    code="QH337",
    severity="error",
    en="{text!r} is beyond the range of numbers: 0, or a size from 1e-15 up to below 1e15 (1 000 trillion)",
    zh="“{text}”超出可读取的数的范围：0，或绝对值从 1e-15 到不足 1e15（一千万亿）",
    hint_en="correct it, or count in a larger or smaller unit; a key or an account number is a text",
    hint_zh="请更正，或改用更大（更小）的计量单位；编号、账号应作为文字",
)
NOT_A_DATE: Final = Kind(
    code="QH328",
    severity="error",
    en="{text!r} stands where a date belongs",
    zh="“{text}”应为日期",
    hint_en="write it as 2023-03-18; leave the cell empty if it is missing, or '/' if it does not apply",
    hint_zh="请写成 2023-03-18；缺失请留空，不适用请填“/”",
)
NOT_A_PERIOD: Final = Kind(
    code="QH329",
    severity="error",
    en="{text!r} is not a period",
    zh="“{text}”不是有效期间",
    hint_en="write it as 2023, 2023-H1, 2023-Q3 or 2023-06; what is counted from January as 2023-01~2023-09",
    hint_zh="请写成 2023、2023-H1、2023-Q3 或 2023-06；累计数写成 2023年1-9月",
)
EMPTY_KEY: Final = Kind(
    code="QH331",
    severity="error",
    en="the cell under {heading!r} is empty",
    zh="“{heading}”列为空",
    hint_en="fill it in, or remove the row",
    hint_zh="请填写，或删除该行",
)
TEXT_TOO_LONG: Final = Kind(
    code="QH332",
    severity="error",
    en="the text under {heading!r} has more than {most} characters",
    zh="“{heading}”列的文字超过 {most} 个字符",
    hint_en="shorten it",
    hint_zh="请缩短",
)
NOT_ORDINARY: Final = Kind(
    code="QH335",
    severity="error",
    en="this is not an ordinary file",
    zh="这不是普通文件",
    hint_en="put a csv, workbook or parquet file in its place",
    hint_zh="请换成 csv、工作簿或 parquet 文件",
)
UNKNOWN_UNIT: Final = Kind(
    code="QH401",
    severity="error",
    en="there is no unit {name!r}{near}",
    zh="没有单位“{name}”{near}",
    hint_en="correct the unit, or write it under alias in the units, or add it to them",
    hint_zh="请更正单位；若是别称，请写入单位表的“别名”列（alias）；确为新单位的请补充",
)
UNKNOWN_ITEM: Final = Kind(
    code="QH402",
    severity="error",
    en="the scheme has no item {name!r}{near}",
    zh="方案中没有数据项“{name}”{near}",
    hint_en="correct the heading or item, or add the item to the scheme",
    hint_zh="请更正名称，或在方案中添加该数据项",
)
AMBIGUOUS_NAME: Final = Kind(
    code="QH409",
    severity="error",
    en="{name!r} may mean {first!r} or {second!r}",
    zh="“{name}”可能指“{first}”或“{second}”",
    hint_en="write the code instead of the name",
    hint_zh="请用代码代替名称",
)
TWO_VALUES: Final = Kind(
    code="QH410",
    severity="error",
    en="{item} of {unit} in {period} has two values: {first} here and {second} at {other}{more}",
    zh="{unit} 的 {item} 在 {period} 有两个数值：此处 {first}，{other} 为 {second}{more}",
    hint_en="keep the right one",
    hint_zh="请保留正确的一个",
)
NEVER_REPORTED: Final = Kind(
    code="QH413",
    severity="error",
    en="the item {item!r} ({name}) is never reported",
    zh="数据项“{item}”（{name}）没有任何数据",
    hint_en="add its figures; check how its heading is written",
    hint_zh="请补充数据；并核对表头写法",
)
NOTHING_IN_ROUND: Final = Kind(
    code="QH414",
    severity="error",
    en="no figure is reported for the round {round}",
    zh="考核期 {round} 没有任何数据",
    hint_en="add the figures, or correct the round in the scheme",
    hint_zh="请补充数据，或更正方案中的考核期",
)
SILENT_UNIT: Final = Kind(
    code="QH415",
    severity="warning",
    en="the unit {unit!r} has no figure at all",
    zh="单位“{unit}”没有任何数据",
    hint_en="check how it is written in the data, or remove it from the units",
    hint_zh="请核对数据中的写法，或从单位表删除",
)
NEEDED_CELL: Final = Kind(
    code="QH463",
    severity="error",
    en="the record has nothing under {column!r}, which every record needs",
    zh="该事项的“{column}”为空，此列必填",
    hint_en="fill it in",
    hint_zh="请填写",
)
HIDDEN_SHEET: Final = Kind(
    code="QH333",
    severity="note",
    en="the sheet is hidden and was not read",
    zh="该工作表已隐藏，未读取",
    hint_en="show it if it holds figures of the book",
    hint_zh="若其中有考核数据，请取消隐藏",
)
