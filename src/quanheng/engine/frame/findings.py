"""Kinds of findings that several parts of the engine tell: QH5xx."""

from __future__ import annotations

from typing import Final

from quanheng.findings.finding import Kind

NO_FIGURES: Final = Kind(
    code="QH501",
    severity="error",
    en="no figure is reported for the round {round}; there are figures of {periods}",
    zh="{round}没有任何数据；已有数据的时期：{periods}",
    hint_en="choose a round that has figures, or add them",
    hint_zh="请选择有数据的考核期，或补充数据",
)
