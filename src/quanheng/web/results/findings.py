"""What can be wrong with runs of the score, beside what the core tells of a book."""

from __future__ import annotations

from typing import Final

from quanheng.findings.finding import Kind

NOT_SCORED_NOW: Final = Kind(
    code="QH981",
    severity="error",
    en="the round is {state}: its score is run while it is {states}",
    zh="本考核期为“{state}”；计分须在“{states}”状态下进行",
    hint_en="close reporting first; what is final is scored anew in a new version only",
    hint_zh="请先截止填报；已定稿的须在新版本中重新计分",
)
NO_PARTS: Final = Kind(
    code="QH982",
    severity="error",
    en="{name} holds no part of a book",
    zh="{name} 中没有可采用的考核册内容",
    hint_en="hand in units, targets, adjustments or calendar as a table, or a zip of a book's folder "
    "with ledgers/, targets/, history/ or data/",
    hint_zh="请上传单位、目标、加减分或日历表（units, targets, adjustments, calendar），或考核册压缩包",
)
ASKED_HERE: Final = Kind(
    code="QH983",
    severity="error",
    en="{item} in {period} is reported in this round, and stands in {file} as well",
    zh="{period}的“{item}”由本考核期填报，{file} 中不应再有",
    hint_en="take these figures out of the file; it is for those of earlier periods",
    hint_zh="请从文件中删除；其中只放以往期间的数据",
)
