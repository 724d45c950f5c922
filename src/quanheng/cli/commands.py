"""Each command and what it does. The module of a command has its name, the package of a group too."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from quanheng.cli.language import both

COMMANDS: Final = {
    "new": both("make a book, empty or from an example", "新建考核册：空白或取自示例"),
    "check": both("say what is wrong with a book", "检查考核册中的问题"),
    "score": both("compute scores, places, tiers and awards", "计算得分、位次、等次和奖项"),
    "explain": both("show every step behind a score", "展示得分的每一步依据"),
    "moves": both("say what moved each unit since the round before", "说明各单位比上期升降的原因"),
    "verify": both("recompute a result and compare", "重新计算并核对结果"),
    "demo": both("score an example book and show the ranking", "试算示例考核册并显示排名"),
    "progress": both(
        "what is due by now, who is behind and why, with a light",
        "序时进度：应达多少、谁落后、为什么（亮灯）",
    ),
    "targets": both(
        "split the year's targets, list what was set when", "目标：分解到季、月和单位，列出历次调整"
    ),
    "ledgers": both(
        "registers of requests, hazards, projects, tasks at work", "台账：导入事项、查看未办结与逾期"
    ),
    "records": both(
        "from an indicator of a unit down to the records behind it", "从单位的指标追溯到每件事项"
    ),
    "campaign": both(
        "a campaign's milestones, and the indicators it should move", "专项行动：节点完成情况与相关指标变化"
    ),
    "headline": both(
        "total, growth and share of a place among its peers", "总量、增幅、占比：一个地区在同类中的位置"
    ),
    "unusual": both("reports to ask about before they are accepted", "报送数据异常预警"),
    "rules": both(
        "the toolbox: every rule and method, with an example", "工具箱：计分规则和各种方法，附示例"
    ),
    "convert": both("turn a folder into a workbook, or back", "文件夹与工作簿互相转换"),
    "schema": both("write the JSON Schema of scheme.yaml", "输出 scheme.yaml 的 JSON Schema"),
}
"""The commands of one word, and the groups of commands."""

GROUPS: Final[Mapping[str, Mapping[str, str]]] = {
    "targets": {
        "split": both(
            "split targets of the year into parts that add up", "把年度目标分解到季、月或单位，合计不差"
        ),
        "list": both("list a unit's targets with their revisions", "列出一个单位的目标及历次调整"),
    },
    "ledgers": {
        "list": both(
            "records that are open, due soon or overdue on a day", "某日未办结、即将到期、已逾期的事项"
        ),
        "import": both("take records in, matched by their key", "按编号导入事项"),
    },
}
"""The commands of two words, by their first: `{"targets": {"split": …}}` is `quanheng targets split`, the
function `split` of `quanheng.cli.targets.split` (a keyword of Python gets a line below: `import_`). What the
group is for stands in `COMMANDS`."""


def paths() -> tuple[tuple[str, ...], ...]:
    """Return the words of every command that can be run, in the order of the help."""
    return tuple(
        path
        for name in COMMANDS
        for path in ([(name, part) for part in GROUPS[name]] if name in GROUPS else [(name,)])
    )
