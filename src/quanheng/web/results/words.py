"""What is done with results, as the log and the pages call it."""

from __future__ import annotations

from typing import Final

from quanheng.findings.text import Text

RUN_SCORE: Final = "results.run"
"""The kind of work in the background."""
RUN: Final = Text(zh="计分", en="run the score")
ACTIONS: Final = {
    "results.ask": Text(zh="发起计分", en="ask for the score to be run"),
    "results.keep": Text(zh="保存计分结果", en="keep a run of the score"),
    "results.parts": Text(zh="上传考核册其他内容", en="hand in parts of the book"),
    "results.part_withdrawn": Text(zh="撤回考核册其他内容", en="withdraw a part of the book"),
    "results.move": Text(zh="办理考核期", en="move a round on by its results"),
}
STATES: Final = {
    "ended": Text(zh="已完成", en="ended"),
    "failed": Text(zh="未能计分", en="could not be scored"),
}
"""What became of a run."""
