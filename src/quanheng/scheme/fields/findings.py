"""Kinds of findings of a scheme that several of its readers and laws tell (QH1xx, QH2xx)."""

from __future__ import annotations

from typing import Final

from quanheng.findings.finding import Kind

FILE_TOO_LARGE: Final = Kind(
    code="QH102",
    severity="error",
    en="the scheme file has {size} bytes, more than the {limit} that are read",
    zh="方案文件有{size}字节，超过上限{limit}字节",
    hint_en="a scheme is text written by people; keep figures in the data files",
    hint_zh="方案只写考核办法，数据请放在数据文件中",
)
TOO_NESTED: Final = Kind(
    code="QH107",
    severity="error",
    en="the file nests more than {limit} levels",
    zh="嵌套超过{limit}层",
    hint_en="use fewer levels",
    hint_zh="请减少层级",
)
ALIAS_INSIDE_ITSELF: Final = Kind(
    code="QH110",
    severity="error",
    en="the part '&{alias}' contains itself",
    zh="“&{alias}”包含了自身",
    hint_en="a scheme is a tree; a node cannot stand under itself",
    hint_zh="方案是一棵树，节点不能处于自身之下",
)
UNSEEN_CHARACTER: Final = Kind(
    code="QH114",
    severity="error",
    en="a text contains the control character {character}",
    zh="文字中含有控制字符{character}",
    hint_en="remove it",
    hint_zh="请删去",
)
NOT_KEYS: Final = Kind(
    code="QH124",
    severity="error",
    en="under '{key}' stand keys with values, not {value}",
    zh="“{key}”下应为键和值，而不是{value}",
    hint_en="write '{key}: {{…: …}}' or indented lines below it",
    hint_zh="请写“{key}: {{…: …}}”或在其下缩进书写",
)
NOT_ONE_OF: Final = Kind(
    code="QH127",
    severity="error",
    en="'{key}' cannot be {value}",
    zh="“{key}”不能是{value}",
    hint_en="{suggest}",
    hint_zh="{suggest}",
)
BAD_FORM: Final = Kind(
    code="QH129",
    severity="error",
    en="'{key}' cannot be {value}",
    zh="“{key}”不能写作{value}",
    hint_en="{form}",
    hint_zh="{form}",
)
NOT_EXACTLY_ONE: Final = Kind(
    code="QH130",
    severity="error",
    en="'{key}' names {count} of its forms, it has exactly one",
    zh="“{key}”写了{count}种形式，应当恰好一种",
    hint_en="keep one of: {forms}",
    hint_zh="请只保留其一：{forms}",
)
BEYOND_RANGE: Final = Kind(
    code="QH138",
    severity="error",
    en="'{key}' is {value}, beyond the range of numbers",
    zh="“{key}”为{value}，超出数的范围",
    hint_en="write 0, or a number of a size from 1e-15 up to below 1e15",
    hint_zh="请写 0，或绝对值从 1e-15 到不足 1e15 的数",
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
TOO_MANY: Final = Kind(
    code="QH212",
    severity="error",
    en="there are {count} {what}, more than {limit}",
    zh="{what}共{count}个，超过上限{limit}",
    hint_en="split the scheme",
    hint_zh="请拆分方案",
)
UNKNOWN_NODE: Final = Kind(
    code="QH255",
    severity="error",
    en="there is no node '{node}'",
    zh="没有节点“{node}”",
    hint_en="{suggest}",
    hint_zh="{suggest}",
)
