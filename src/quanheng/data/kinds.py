"""Kinds of findings of a book: its files, sheets and cells (QH3xx)."""

from __future__ import annotations

from quanheng.findings.finding import Kind

NO_BOOK = Kind(
    code="QH301",
    severity="error",
    en="there is no book here",
    zh="这里没有考核册",
    hint_en="give the folder of a book, or one workbook (.xlsx)",
    hint_zh="请给出考核册文件夹，或一个工作簿（.xlsx）",
)
NO_SCHEME = Kind(
    code="QH302",
    severity="error",
    en="the book has no scheme.yaml",
    zh="考核册缺少 scheme.yaml",
    hint_en="write one, or begin with 'quanheng new'",
    hint_zh="请编写方案文件，或用 quanheng new 新建",
)
NO_UNITS = Kind(
    code="QH303",
    severity="error",
    en="the book does not say which units are assessed",
    zh="考核册没有被考核单位",
    hint_en="add units.csv (unit,name,group), or the sheet 单位 to a workbook",
    hint_zh="请添加 units.csv（unit,name,group），工作簿请添加“单位”表",
)
OUTSIDE_BOOK = Kind(
    code="QH304",
    severity="error",
    en="this leads out of the book, to another place on the disk",
    zh="该路径指向考核册以外的位置",
    hint_en="put a copy of the file into the book",
    hint_zh="请把文件复制到考核册中",
)
UNREADABLE_FILE = Kind(
    code="QH305",
    severity="error",
    en="the file cannot be read: {reason}",
    zh="无法读取文件：{reason}",
    hint_en="check that it is an ordinary file that you may read",
    hint_zh="请检查它是否为普通文件、是否有读取权限",
)
TOO_BIG = Kind(
    code="QH306",
    severity="error",
    en="the file has {size} MiB, more than the {most} MiB that are read",
    zh="文件大小 {size} MiB，超过可读取的 {most} MiB",
    hint_en="split it, or hand in big tables as parquet",
    hint_zh="请拆分文件，大表请用 parquet 格式",
)
EMPTY_FILE = Kind(
    code="QH307",
    severity="error",
    en="there is nothing in it",
    zh="内容为空",
    hint_en="fill it in, or remove it",
    hint_zh="请填写内容，或删除",
)
NOT_TEXT = Kind(
    code="QH308",
    severity="error",
    en="this is no csv text: it is neither UTF-8 nor GB18030",
    zh="不是 csv 文本：编码既非 UTF-8 也非 GB18030",
    hint_en="save it again as 'CSV UTF-8'",
    hint_zh="请另存为“CSV UTF-8”",
)
BROKEN_CSV = Kind(
    code="QH309",
    severity="error",
    en="the csv cannot be taken apart: {reason}",
    zh="无法解析 csv：{reason}",
    hint_en="check the quotation marks near this line, or save it again from the spreadsheet",
    hint_zh="请检查该行附近的引号，或从表格软件重新另存",
)
NOT_A_WORKBOOK = Kind(
    code="QH310",
    severity="error",
    en="this is not an .xlsx workbook that can be read",
    zh="不是可读取的 .xlsx 工作簿",
    hint_en="open it in Excel or WPS and save it as .xlsx without a password",
    hint_zh="请用 Excel 或 WPS 打开后另存为无密码的 .xlsx",
)
ZIP_BOMB = Kind(
    code="QH311",
    severity="error",
    en="unpacked, the workbook would grow to {size} MiB in {parts} parts, far beyond what a workbook needs",
    zh="解压后达 {size} MiB、{parts} 个部件，远超正常工作簿",
    hint_en="hand in the workbook as the spreadsheet saves it; big tables as parquet",
    hint_zh="请提交表格软件直接保存的工作簿；大表请用 parquet",
)
SHEET_TOO_LARGE = Kind(
    code="QH312",
    severity="error",
    en="the sheet spans {rows} rows and {columns} columns, too much to be laid out",
    zh="工作表跨 {rows} 行 {columns} 列，超出可处理范围",
    hint_en="delete stray cells far below or right of the table",
    hint_zh="请删除表格下方或右侧很远处的零散单元格",
)
NOT_PARQUET = Kind(
    code="QH313",
    severity="error",
    en="this is not a parquet file that can be read",
    zh="不是可读取的 parquet 文件",
    hint_en="write it again",
    hint_zh="请重新生成该文件",
)
TOO_MANY_COLUMNS = Kind(
    code="QH314",
    severity="error",
    en="the table has {columns} columns, more than the {most} that are read",
    zh="表格有 {columns} 列，超过可读取的 {most} 列",
    hint_en="use the long form: item, unit, period, value",
    hint_zh="请改用长表：数据项、单位、期间、数值",
)
TOO_MANY_ROWS = Kind(
    code="QH315",
    severity="error",
    en="the table has {rows} rows, more than the {most} that are read",
    zh="表格有 {rows} 行，超过可读取的 {most} 行",
    hint_en="split it, or hand in a wide parquet file",
    hint_zh="请拆分，或提交宽表 parquet 文件",
)
OTHER_FORMAT = Kind(
    code="QH316",
    severity="error",
    en="a {suffix} file is not read",
    zh="不能读取 {suffix} 格式",
    hint_en="save it as .xlsx or .csv",
    hint_zh="请另存为 .xlsx 或 .csv",
)
TOO_MANY_FILES = Kind(
    code="QH317",
    severity="error",
    en="the book has more than {most} files",
    zh="考核册文件数超过 {most} 个",
    hint_en="keep only what belongs to this round",
    hint_zh="请只保留本考核期的文件",
)
NOT_READ = Kind(
    code="QH318",
    severity="note",
    en="{what} is no part of a book and was not read",
    zh="{what} 不属于考核册，未读取",
    hint_en="nothing, if it only explains; else see what its name should be",
    hint_zh="若只是说明可忽略；否则请核对名称",
)
TWO_FILES = Kind(
    code="QH319",
    severity="error",
    en="{what} is here twice: also as {other}",
    zh="{what} 重复出现：另见 {other}",
    hint_en="keep one of the two",
    hint_zh="请只保留一个",
)
NO_HEADING = Kind(
    code="QH320",
    severity="error",
    en="no heading row with {wanted} was found among the first rows",
    zh="前几行中未找到含有 {wanted} 的表头",
    hint_en="name the columns in one row above the figures",
    hint_zh="请在数据上方用一行写明各列名称",
)
UNCLEAR_HEADING = Kind(
    code="QH321",
    severity="error",
    en="the merged headings cannot be told apart: column {column} has no name of its own",
    zh="合并表头无法识别：第 {column} 列没有自己的名称",
    hint_en="write one heading row without merged cells",
    hint_zh="请改为一行不合并的表头",
)
HEADING_TWICE = Kind(
    code="QH322",
    severity="error",
    en="the heading {heading!r} stands over two columns, {first} and {second}",
    zh="表头“{heading}”出现在两列：{first} 和 {second}",
    hint_en="name each column once",
    hint_zh="请使各列名称唯一",
)
COLUMN_NOT_USED = Kind(
    code="QH323",
    severity="warning",
    en="the column {heading!r} is not one that this table has, and was not read{near}",
    zh="该表没有“{heading}”这一列，未读取{near_zh}",
    hint_en="correct the heading, or remove the column",
    hint_zh="请更正表头，或删除该列",
)
LONG_ROW = Kind(
    code="QH324",
    severity="error",
    en="the row has more cells than there are headings, the first too many is {text!r}",
    zh="该行单元格多于表头，多出的第一个是“{text}”",
    hint_en="check for a comma inside a text without quotation marks",
    hint_zh="请检查文本中是否有未加引号的逗号",
)
MERGED_VALUES = Kind(
    code="QH325",
    severity="error",
    en="the cells {cells} are merged, so it is unclear whose value this is",
    zh="单元格 {cells} 已合并，无法判断数值归属",
    hint_en="unmerge them and fill in each",
    hint_zh="请取消合并并逐格填写",
)
NO_SHEET = Kind(
    code="QH326",
    severity="error",
    en="the workbook has no sheet {sheet}",
    zh="工作簿缺少“{sheet}”表",
    hint_en="add it, or begin with 'quanheng new FILE.xlsx'",
    hint_zh="请添加，或用 quanheng new 文件.xlsx 新建",
)
NOT_A_NUMBER = Kind(
    code="QH327",
    severity="error",
    en="{text!r} stands where a number belongs",
    zh="“{text}”应为数字",
    hint_en="write a number; leave the cell empty if it is missing, or '/' if it does not apply",
    hint_zh="请填数字；缺失请留空，不适用请填“/”",
)
NOT_A_DATE = Kind(
    code="QH328",
    severity="error",
    en="{text!r} stands where a date belongs",
    zh="“{text}”应为日期",
    hint_en="write it as 2023-03-18; leave the cell empty if it is missing, or '/' if it does not apply",
    hint_zh="请写成 2023-03-18；缺失请留空，不适用请填“/”",
)
NOT_A_PERIOD = Kind(
    code="QH329",
    severity="error",
    en="{text!r} is not a period",
    zh="“{text}”不是有效期间",
    hint_en="write it as 2023, 2023-H1, 2023-Q3 or 2023-06; what is counted from January by its last month",
    hint_zh="请写成 2023、2023-H1、2023-Q3 或 2023-06；累计数用截止月份",
)
TOTAL_ROW = Kind(
    code="QH330",
    severity="note",
    en="the row {text!r} is a total or a remark and was left out",
    zh="“{text}”是合计或说明行，未计入",
    hint_en="nothing; remove the row if you like",
    hint_zh="无需处理，也可删除该行",
)
EMPTY_KEY = Kind(
    code="QH331",
    severity="error",
    en="the cell under {heading!r} is empty",
    zh="“{heading}”列为空",
    hint_en="fill it in, or remove the row",
    hint_zh="请填写，或删除该行",
)
TEXT_TOO_LONG = Kind(
    code="QH332",
    severity="error",
    en="the text under {heading!r} has more than {most} characters",
    zh="“{heading}”列的文字超过 {most} 个字符",
    hint_en="shorten it",
    hint_zh="请缩短",
)
MORE = Kind(
    code="QH398",
    severity="note",
    en="{number} more findings {code} are not listed",
    zh="另有 {number} 条 {code} 未列出",
    hint_en="settle the ones listed first; they often have one cause",
    hint_zh="请先处理已列出的问题，它们往往同因",
)
HIDDEN_SHEET = Kind(
    code="QH333",
    severity="note",
    en="the sheet is hidden and was not read",
    zh="该工作表已隐藏，未读取",
    hint_en="show it if it holds figures of the book",
    hint_zh="若其中有考核数据，请取消隐藏",
)
NOT_CELLS = Kind(
    code="QH334",
    severity="error",
    en="the column {heading!r} holds lists or bytes, not figures or texts",
    zh="“{heading}”列是列表或二进制内容，不是数字或文字",
    hint_en="write one figure or text a row",
    hint_zh="请每行写一个数字或文字",
)
NOT_ORDINARY = Kind(
    code="QH335",
    severity="error",
    en="this is not an ordinary file",
    zh="这不是普通文件",
    hint_en="put a csv, xlsx or parquet file in its place",
    hint_zh="请换成 csv、xlsx 或 parquet 文件",
)
NO_TABLE_ON_SHEET = Kind(
    code="QH336",
    severity="warning",
    en="no heading row was found on this sheet, beside others that have one; it was not read",
    zh="该工作表没有找到表头，同一文件的其他工作表有；该表未读取",
    hint_en="nothing if it only explains; else name the columns in one row above the figures",
    hint_zh="若只是说明可忽略；否则请在数据上方用一行写明各列名称",
)
