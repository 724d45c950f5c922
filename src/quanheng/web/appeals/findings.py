"""What can be wrong with an appeal, beside what the rules of appeals tell."""

from __future__ import annotations

from typing import Final

from quanheng.findings.finding import Kind

NOTHING_OF_THE_UNIT: Final = Kind(
    code="QH990",
    severity="error",
    en="{about!r} is no figure or score of {unit} in this round",
    zh="本考核期中{unit}没有{about!r}这一指标值或得分",
    hint_en="choose one of those that are offered",
    hint_zh="请在所列各项中选择",
)
