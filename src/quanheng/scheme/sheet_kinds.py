"""The findings of a scheme's sheets in a workbook: QH15x."""

from __future__ import annotations

from typing import Final

from quanheng.findings.finding import Kind

CODE_TWICE_IN_SHEET: Final = Kind(
    code="QH151",
    severity="error",
    en="the code '{code}' stands twice on this sheet",
    zh="编码“{code}”在本表出现两次",
    hint_en="give one of the two rows another code, or delete it",
    hint_zh="请为其中一行换一个编码，或删去一行",
)
ROW_WITHOUT_CODE: Final = Kind(
    code="QH152",
    severity="error",
    en="this row has no code",
    zh="本行没有编码",
    hint_en="fill in the column 'code' (编码)",
    hint_zh="请填写“编码”列",
)
PARENT_UNKNOWN: Final = Kind(
    code="QH153",
    severity="error",
    en="the node '{code}' hangs below '{parent}', which is no node",
    zh="节点“{code}”的上级“{parent}”不存在",
    hint_en="write the code of a row of this sheet, or nothing for the first level; {suggest_en}",
    hint_zh="请填写本表中某一行的编码，第一级指标留空；{suggest_zh}",
)
PARENTS_IN_A_CIRCLE: Final = Kind(
    code="QH154",
    severity="error",
    en="the node '{code}' hangs below '{parent}', which hangs below it in turn",
    zh="节点“{code}”与上级“{parent}”互为上下级，形成循环",
    hint_en="let one node of the circle hang below another, or leave its parent empty",
    hint_zh="请改正其中一个节点的上级编码，或将其留空",
)
CELL_BESIDE_ITS_PARTS: Final = Kind(
    code="QH155",
    severity="error",
    en="'{key}' has a value of its own and parts in other columns",
    zh="“{key}”既有自己的内容，又在其他列中分项填写",
    hint_en="keep one of the two",
    hint_zh="请只保留一种写法",
)
