"""What the actions of appeals are called where people read the log."""

from __future__ import annotations

from typing import Final

from quanheng.findings.text import Text

ACTIONS: Final[dict[str, Text]] = {
    "appeal.file": Text(zh="提出申诉", en="file an appeal"),
    "appeal.move": Text(zh="办理申诉", en="move an appeal on"),
    "appeal.correct": Text(zh="按申诉更正指标值", en="correct a figure by an appeal"),
    "appeal.add": Text(zh="补充申诉材料", en="add evidence to an appeal"),
    "appeal.open": Text(zh="下载申诉材料", en="download evidence of an appeal"),
}
"""The actions by their names in the log."""
