"""Kinds of findings of declared ledgers and of what is imported into them (QH460-QH479)."""

from __future__ import annotations

from quanheng.findings.finding import Kind

NO_DECLARED_COLUMN = Kind(
    code="QH460",
    severity="error",
    en="the ledger {ledger!r} is declared with the column {column!r}, which it does not have{near}",
    zh="方案为台账“{ledger}”声明了“{column}”列，但台账没有{near_zh}",
    hint_en="add the column to the ledger, or correct the scheme",
    hint_zh="请在台账中添加该列，或更正方案",
)
NO_DECLARED_LEDGER = Kind(
    code="QH461",
    severity="warning",
    en="the ledger {ledger!r} is declared, but the book does not have it yet",
    zh="方案声明了台账“{ledger}”，但考核册中尚无此台账",
    hint_en="import its first records: quanheng ledgers import BOOK {ledger} FILE",
    hint_zh="请导入首批事项：quanheng ledgers import 考核册 {ledger} 文件",
)
KEY_TWICE = Kind(
    code="QH462",
    severity="error",
    en="the {column!r} {text!r} stands here again; it identifies the record at {other}",
    zh="“{column}”{text} 重复，它已标识 {other} 的事项",
    hint_en="give each record a {column!r} of its own, or keep one of the two",
    hint_zh="请使每件事项的“{column}”唯一，或只保留一条",
)
NEEDED_CELL = Kind(
    code="QH463",
    severity="error",
    en="the record has nothing under {column!r}, which every record needs",
    zh="该事项的“{column}”为空，此列必填",
    hint_en="fill it in",
    hint_zh="请填写",
)
OUT_OF_RANGE = Kind(
    code="QH464",
    severity="error",
    en="{text} under {column!r} is not {limits}",
    zh="“{column}”的 {text} 超出范围：{limits_zh}",
    hint_en="correct the number, or the limits in the scheme",
    hint_zh="请更正数值，或修改方案中的范围",
)
NOT_A_CHOICE = Kind(
    code="QH465",
    severity="error",
    en="{text!r} is none of what {column!r} may say{near}",
    zh="“{text}”不是“{column}”的可选值{near_zh}",
    hint_en="choose one of: {choices}",
    hint_zh="请选用：{choices}",
)
UNKNOWN_STATE = Kind(
    code="QH466",
    severity="error",
    en="{text!r} is no state of this ledger{near}",
    zh="“{text}”不是该台账的状态{near_zh}",
    hint_en="the states are: {choices}",
    hint_zh="状态有：{choices}",
)
CLOSED_BEFORE_OPENED = Kind(
    code="QH467",
    severity="error",
    en="the record was closed on {text}, before it was opened on {opened}",
    zh="办结日期 {text} 早于开始日期 {opened}",
    hint_en="correct one of the two dates",
    hint_zh="请更正其中一个日期",
)
DUE_BEFORE_OPENED = Kind(
    code="QH468",
    severity="error",
    en="the record is due on {text}, before it was opened on {opened}",
    zh="到期日 {text} 早于开始日期 {opened}",
    hint_en="correct one of the two dates",
    hint_zh="请更正其中一个日期",
)
NO_EVIDENCE = Kind(
    code="QH469",
    severity="warning",
    en="the record is done, but there is nothing under {column!r}",
    zh="该事项已办结，但“{column}”为空",
    hint_en="write what proves it: a document's number, a file, a photograph",
    hint_zh="请填写佐证，如文号、附件、照片",
)
STATE_AGAINST_DATE = Kind(
    code="QH470",
    severity="warning",
    en="the state is {text!r}, but the record has {closed} under {column!r}",
    zh="状态为“{text}”，但“{column}”为 {closed}",
    hint_en="let state and date say the same; the date decides what is open",
    hint_zh="请使状态与日期一致；是否办结以日期为准",
)
MOVE_NOT_ALLOWED = Kind(
    code="QH471",
    severity="error",
    en="the record {key!r} may not go from {before!r} to {after!r}",
    zh="事项“{key}”不能由“{before}”变为“{after}”",
    hint_en="allowed from there: {choices}; steps on the way are imported one by one",
    hint_zh="该状态之后可为：{choices}；中间步骤请逐步导入",
)
NOT_A_FIRST_STATE = Kind(
    code="QH472",
    severity="error",
    en="the new record {key!r} may not begin in the state {after!r}",
    zh="新事项“{key}”不能以“{after}”为初始状态",
    hint_en="begin in one of: {choices}",
    hint_zh="初始状态可为：{choices}",
)
COLUMN_NOT_IN_LEDGER = Kind(
    code="QH473",
    severity="warning",
    en="the ledger has no column {heading!r}, so it was not imported{near}",
    zh="台账没有“{heading}”列，未导入{near_zh}",
    hint_en="correct the heading; for a new column declare it under 'fields' of the ledger",
    hint_zh="请更正表头；新增列请在方案该台账的 fields 中声明",
)
LIKE_A_FORMULA = Kind(
    code="QH474",
    severity="error",
    en="{text!r} would run as a formula when the ledger is opened in a spreadsheet",
    zh="“{text}”在表格软件中会被当作公式执行",
    hint_en="write plain text: it must not begin with '=', '@', or a sign before a name",
    hint_zh="请改为普通文字，不要以“=”“@”或正负号加名称开头",
)
CONTROL_CHARACTER = Kind(
    code="QH476",
    severity="error",
    en="the text under {column!r} has a control character: {text!r}",
    zh="“{column}”列的文字含控制字符：{text}",
    hint_en="type the text again without it",
    hint_zh="请重新录入，去掉该字符",
)
CLOSED_LATER = Kind(
    code="QH477",
    severity="warning",
    en="the record is closed on {text}, after the day of the import, {on}",
    zh="办结日期 {text} 晚于导入日期 {on}",
    hint_en="correct the date; until it comes the record counts as open",
    hint_zh="请更正日期；在该日之前事项仍算未办结",
)
NO_FIELD = Kind(
    code="QH475",
    severity="warning",
    en="the ledger {ledger!r} does not have the field {column!r} that is declared for it{near}",
    zh="台账“{ledger}”没有方案声明的“{column}”列{near_zh}",
    hint_en="add the column, or remove the field from the scheme",
    hint_zh="请添加该列，或从方案中删除该字段",
)
