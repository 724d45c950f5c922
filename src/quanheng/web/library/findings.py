"""What can be wrong with a scheme or a file that is handed in, beside what the core tells of it."""

from __future__ import annotations

from typing import Final

from quanheng.findings.finding import Kind

FOR_THE_OFFICE: Final = Kind(
    code="QH956",
    severity="error",
    en="schemes and rounds are made by the office",
    zh="方案和考核期由考核办管理",
    hint_en="ask somebody of the office",
    hint_zh="请联系考核办人员",
)
UPLOAD_TOO_LARGE: Final = Kind(
    code="QH957",
    severity="error",
    en="{name} is larger than {most} MiB",
    zh="{name} 超过 {most} MiB",
    hint_en="leave out pictures and attachments, or part it",
    hint_zh="请去掉图片和附件，或拆分后重新上传",
)
UPLOAD_OF_NO_USE: Final = Kind(
    code="QH958",
    severity="error",
    en="{name} is no {wanted}, whatever it is called",
    zh="{name} 的内容不是{wanted}（与文件名无关）",
    hint_en="save it in one of these forms and hand it in again",
    hint_zh="请另存为上述格式后重新上传",
)
HOLDS_MACROS: Final = Kind(
    code="QH959",
    severity="error",
    en="{name} holds macros, which are not taken",
    zh="{name} 含有宏，不予接收",
    hint_en="save it as .xlsx",
    hint_zh="请另存为 .xlsx 后重新上传",
)
BAD_ARCHIVE: Final = Kind(
    code="QH960",
    severity="error",
    en="{name} cannot be unpacked: {why}",
    zh="{name} 无法解包：{why}",
    hint_en="pack the folder of the book anew, without a password",
    hint_zh="请重新打包考核册文件夹，不要设密码",
)
SAME_AS_BEFORE: Final = Kind(
    code="QH961",
    severity="error",
    en="the scheme {scheme!r} says the same as its version {number}",
    zh="方案{scheme!r}与第{number}版内容相同",
    hint_en="there is nothing to keep",
    hint_zh="无需保存",
)
NEWER_VERSION: Final = Kind(
    code="QH962",
    severity="error",
    en="there is a version {number} of {scheme!r} meanwhile, by {who}",
    zh="在此期间{who}已保存方案{scheme!r}的第{number}版",
    hint_en="look at the difference to it, and keep yours once more if it is to replace it",
    hint_zh="请查看与该版本的差异；确需替换时请再次保存",
)
TOO_MANY_FILES: Final = Kind(
    code="QH989",
    severity="error",
    en="there would be more than {most} files",
    zh="文件将超过{most}个",
    hint_en="withdraw one that is no longer needed, or put several into one",
    hint_zh="请撤下不再需要的文件，或合并后上传",
)
NO_EVIDENCE: Final = Kind(
    code="QH988",
    severity="error",
    en="{name} is no PDF, picture, document, workbook or text, or not what it is called",
    zh="{name} 不是版式文件、图片、文档、表格或文本，或内容与名称不符",
    hint_en="hand in .pdf, .jpg, .png, .docx, .xlsx, .ofd, .wps, .et, .txt or .csv",
    hint_zh="请上传版式文件（pdf, ofd）、图片（jpg, png）、办公文档（docx, xlsx, wps, et）或文本（txt, csv）",
)
WORDS_TOO_LONG: Final = Kind(
    code="QH894",
    severity="error",
    en="the text has {length} letters, and {most} at most are kept",
    zh="内容有{length}个字符，最多可写{most}个",
    hint_en="shorten it, or hand the rest in as a file; nothing of it was kept",
    hint_zh="请缩短，或将其余内容作为文件上传；尚未保存",
)
KNOWN_OTHERWISE: Final = Kind(
    code="QH897",
    severity="warning",
    en="the unit {code!r} is called {name!r} on this site and {other!r} here; it stays {name!r}",
    zh="单位{code!r}在本站的名称是{name!r}，此处写的是{other!r}；沿用{name!r}",
    hint_en="if it is another unit, give it another code",
    hint_zh="若是另一单位，请换用其他代码",
)
