"""Findings QH10x to QH14x: the form of a scheme file.

The form of formulas stands in `formula_kinds.py`, the laws (QH2xx) in `law_kinds.py`.
"""

from __future__ import annotations

from typing import Final

from quanheng.findings.finding import Kind

# --- the file -------------------------------------------------------------------------------------

FILE_UNREADABLE: Final = Kind(
    code="QH101",
    severity="error",
    en="the scheme file cannot be read: {reason}",
    zh="无法读取方案文件：{reason}",
    hint_en="check the path and that you may read it",
    hint_zh="请检查路径和读取权限",
)
FILE_TOO_LARGE: Final = Kind(
    code="QH102",
    severity="error",
    en="the scheme file has {size} bytes, more than the {limit} that are read",
    zh="方案文件有{size}字节，超过上限{limit}字节",
    hint_en="a scheme is text written by people; keep figures in the data files",
    hint_zh="方案只写考核办法，数据请放在数据文件中",
)
FILE_NOT_UTF8: Final = Kind(
    code="QH103",
    severity="error",
    en="the scheme file is not UTF-8 text (byte {position})",
    zh="方案文件不是UTF-8文本（第{position}字节）",
    hint_en="save it again with the encoding UTF-8",
    hint_zh="请以UTF-8编码重新保存",
)
NOT_YAML: Final = Kind(
    code="QH104",
    severity="error",
    en="this is not YAML: {problem}",
    zh="不符合YAML格式：{problem}",
    hint_en="look here and just above for a missing colon, bracket or quote, or a tab; "
    "inside {{…}} quote a formula with commas",
    hint_zh="请检查本行及上一行是否缺少冒号、括号或引号，或有制表符；{{…}}中含逗号的公式请加引号",
)
NOT_A_MAPPING: Final = Kind(
    code="QH105",
    severity="error",
    en="a scheme is a list of 'key: value' lines, this file is something else",
    zh="方案应由“键: 值”组成，此文件不是",
    hint_en="begin with 'quanheng: 1', or write an example with 'quanheng new'",
    hint_zh="请以“quanheng: 1”开头，或用“quanheng new”生成样例",
)
DUPLICATE_KEY: Final = Kind(
    code="QH106",
    severity="error",
    en="'{key}' is written twice here, first on line {first}",
    zh="“{key}”重复，首次出现在第{first}行",
    hint_en="keep one of the two",
    hint_zh="请只保留一处",
)
TOO_NESTED: Final = Kind(
    code="QH107",
    severity="error",
    en="the file nests more than {limit} levels",
    zh="嵌套超过{limit}层",
    hint_en="use fewer levels",
    hint_zh="请减少层级",
)
TOO_MANY_ALIASES: Final = Kind(
    code="QH108",
    severity="error",
    en="aliases (*name) expand to more than {limit} parts",
    zh="别名（*名称）展开后超过{limit}个部分",
    hint_en="write the parts out, or use 'defaults'",
    hint_zh="请直接写出，或改用 defaults",
)
UNKNOWN_ALIAS: Final = Kind(
    code="QH109",
    severity="error",
    en="the alias '*{alias}' names nothing that was written above",
    zh="别名“*{alias}”之前没有定义",
    hint_en="mark the part meant with '&{alias}'",
    hint_zh="请在所指部分前写“&{alias}”",
)
ALIAS_INSIDE_ITSELF: Final = Kind(
    code="QH110",
    severity="error",
    en="the part '&{alias}' contains itself",
    zh="“&{alias}”包含了自身",
    hint_en="a scheme is a tree; a node cannot stand under itself",
    hint_zh="方案是一棵树，节点不能处于自身之下",
)
KEY_NOT_TEXT: Final = Kind(
    code="QH111",
    severity="error",
    en="a key here is a list or a mapping",
    zh="此处的键是列表或映射",
    hint_en="a key is a word; put texts with brackets in quotes",
    hint_zh="键应为一个词；含括号的文字请加引号",
)
TAG_NOT_USED: Final = Kind(
    code="QH112",
    severity="error",
    en="the YAML tag '{tag}' has no meaning in a scheme",
    zh="方案中不使用YAML标签“{tag}”",
    hint_en="remove it; put a text that begins with '!' in quotes",
    hint_zh="请删去；以“!”开头的文字请加引号",
)
SECOND_DOCUMENT: Final = Kind(
    code="QH113",
    severity="error",
    en="a second scheme begins here ('---')",
    zh="此处开始了第二份方案（“---”）",
    hint_en="keep one scheme a file",
    hint_zh="一个文件只写一份方案",
)
UNSEEN_CHARACTER: Final = Kind(
    code="QH114",
    severity="error",
    en="a text contains the control character {character}",
    zh="文字中含有控制字符{character}",
    hint_en="remove it",
    hint_zh="请删去",
)

# --- what stands in it ----------------------------------------------------------------------------

UNKNOWN_KEY: Final = Kind(
    code="QH120",
    severity="error",
    en="'{key}' is not known here",
    zh="此处不认识“{key}”",
    hint_en="{suggest_en}",
    hint_zh="{suggest_zh}",
)
MISSING_KEY: Final = Kind(
    code="QH121",
    severity="error",
    en="'{key}' is missing",
    zh="缺少“{key}”",
    hint_en="add '{key}: …'",
    hint_zh="请补充“{key}: …”",
)
NOT_A_NUMBER: Final = Kind(
    code="QH122",
    severity="error",
    en="'{key}' is a number, not {value}",
    zh="“{key}”应为数字，而不是{value}",
    hint_en="write a plain number such as 20 or 0.5",
    hint_zh="请写数字，例如 20 或 0.5",
)
NOT_A_TEXT: Final = Kind(
    code="QH123",
    severity="error",
    en="'{key}' is a text, not {value}",
    zh="“{key}”应为文字，而不是{value}",
    hint_en="put it in quotes if it looks like a number",
    hint_zh="若形似数字，请加引号",
)
NOT_KEYS: Final = Kind(
    code="QH124",
    severity="error",
    en="under '{key}' stand keys with values, not {value}",
    zh="“{key}”下应为键和值，而不是{value}",
    hint_en="write '{key}: {{…: …}}' or indented lines below it",
    hint_zh="请写“{key}: {{…: …}}”或在其下缩进书写",
)
NOT_A_LIST: Final = Kind(
    code="QH125",
    severity="error",
    en="'{key}' is a list, not {value}",
    zh="“{key}”应为列表，而不是{value}",
    hint_en="write '[…, …]' or lines that begin with '- '",
    hint_zh="请写“[…, …]”或以“- ”开头的各行",
)
NOT_TRUE_OR_FALSE: Final = Kind(
    code="QH126",
    severity="error",
    en="'{key}' is true or false, not {value}",
    zh="“{key}”应为 true 或 false，而不是{value}",
    hint_en="write true or false",
    hint_zh="请写 true 或 false",
)
NOT_ONE_OF: Final = Kind(
    code="QH127",
    severity="error",
    en="'{key}' cannot be {value}",
    zh="“{key}”不能是{value}",
    hint_en="{suggest_en}",
    hint_zh="{suggest_zh}",
)
OUT_OF_RANGE: Final = Kind(
    code="QH128",
    severity="error",
    en="'{key}' is {value}, it must be {bound}",
    zh="“{key}”为{value}，应当{bound}",
    hint_en="write a value that is {bound}",
    hint_zh="请写符合“{bound}”的值",
)
BAD_FORM: Final = Kind(
    code="QH129",
    severity="error",
    en="'{key}' cannot be {value}",
    zh="“{key}”不能写作{value}",
    hint_en="{form_en}",
    hint_zh="{form_zh}",
)
NOT_EXACTLY_ONE: Final = Kind(
    code="QH130",
    severity="error",
    en="'{key}' names {count} of its forms, it has exactly one",
    zh="“{key}”写了{count}种形式，应当恰好一种",
    hint_en="keep one of: {forms}",
    hint_zh="请只保留其一：{forms}",
)
BAD_CODE: Final = Kind(
    code="QH131",
    severity="error",
    en="'{value}' cannot be a code",
    zh="“{value}”不能用作代码",
    hint_en="a code is a letter or Chinese character, then letters, digits and _, at most {limit} in all",
    hint_zh="代码以字母或汉字开头，只含字母、汉字、数字和下划线，不超过{limit}个字符",
)
RESERVED_CODE: Final = Kind(
    code="QH132",
    severity="error",
    en="'{code}' is a word of the scheme language and cannot be a code",
    zh="“{code}”是方案语言的保留词，不能用作代码",
    hint_en="choose another code, such as '{code}_1'",
    hint_zh="请换一个代码，例如“{code}_1”",
)
KEYS_CLASH: Final = Kind(
    code="QH133",
    severity="error",
    en="'{key}' has no effect beside '{other}'",
    zh="有“{other}”时“{key}”不起作用",
    hint_en="remove one of the two",
    hint_zh="请删去其一",
)
KEY_NEEDS: Final = Kind(
    code="QH134",
    severity="error",
    en="'{key}' needs '{other}'",
    zh="“{key}”需要同时写明“{other}”",
    hint_en="add '{other}: …' or remove '{key}'",
    hint_zh="请补充“{other}: …”或删去“{key}”",
)
NODE_WITHOUT_CONTENT: Final = Kind(
    code="QH135",
    severity="error",
    en="the node '{code}' has neither children nor a measure",
    zh="节点“{code}”既没有下级指标（children），也没有指标值公式（measure）",
    hint_en="add 'measure: …' for an indicator, or 'children: …'",
    hint_zh="指标请补充“measure: …”，维度请补充“children: …”",
)
MORE_OF_THE_SAME: Final = Kind(
    code="QH136",
    severity="note",
    en="there are more findings of this sort than the {count} shown",
    zh="此类问题不止所列的{count}处",
    hint_en="mend those shown first and check again",
    hint_zh="请先修改已列出的问题，再重新检查",
)
FORMULA_NEEDS_QUOTES: Final = Kind(
    code="QH137",
    severity="error",
    en="'{key}' is not known here; it looks like the rest of a formula cut at a comma",
    zh="此处不认识“{key}”，像是公式在逗号处被截断",
    hint_en="put a formula with a comma in quotes inside {{…}}, or on a line of its own",
    hint_zh="含逗号的公式在{{…}}中请加引号，或另起一行书写",
)
