"""What is done on boards, as the log calls it."""

from __future__ import annotations

from typing import Final

from quanheng.findings.text import Text

ACTIONS: Final = {
    "figures.confirm": Text(zh="确认本单位指标值", en="confirm figures of the own unit"),
    "figures.doubt": Text(zh="对本单位指标值提出疑问", en="doubt a figure of the own unit"),
}
