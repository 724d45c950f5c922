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
