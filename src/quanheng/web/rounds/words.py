"""What the actions of rounds are called where people read the log."""

from __future__ import annotations

from typing import Final

from quanheng.findings.text import Text

ACTIONS: Final[dict[str, Text]] = {
    "round.make": Text(zh="新建考核期", en="make a round"),
    "round.move": Text(zh="推进考核期", en="move a round on"),
    "round.correct": Text(zh="更正并出新版本", en="make a new version of a round"),
    "round.due": Text(zh="改填报截止时间", en="change a deadline"),
    "tasks.assign": Text(zh="指派填报任务", en="assign figures"),
    "tasks.end": Text(zh="撤销填报任务", en="end assignments"),
    "values.save": Text(zh="保存指标值", en="save figures"),
    "values.move": Text(zh="提交或撤回指标值", en="submit or withdraw figures"),
    "values.review": Text(zh="审核指标值", en="accept figures, or say that there are none"),
    "values.return": Text(zh="退回指标值", en="return a figure"),
    "evidence.add": Text(zh="上传证明材料", en="hand in evidence"),
    "evidence.withdraw": Text(zh="撤下证明材料", en="withdraw evidence"),
    "evidence.open": Text(zh="下载证明材料", en="download evidence"),
    "question.ask": Text(zh="就指标值提问", en="ask about a figure"),
    "question.answer": Text(zh="答复提问", en="answer a question"),
}
"""The actions by their names in the log."""
