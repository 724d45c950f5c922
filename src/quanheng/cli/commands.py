"""Each command, what it does and in which room it stands. Its module has its name."""

from __future__ import annotations

import keyword
from collections.abc import Mapping
from typing import Final

from quanheng.findings.text import Text

COMMANDS: Final = {
    "new": Text(en="make a book, empty or from an example", zh="新建考核册：空白或取自示例"),
    "check": Text(en="say what is wrong with a book", zh="检查考核册中的问题"),
    "score": Text(en="compute scores, places, tiers and awards", zh="计算得分、位次、等次和奖项"),
    "explain": Text(en="show every step behind a score", zh="展示得分的每一步依据"),
    "moves": Text(en="say what moved each unit since the round before", zh="说明各单位比上期升降的原因"),
    "whatif": Text(
        en="who would move, how far and why, if some things were otherwise",
        zh="假如改动数据、权重、规则或目标：谁升谁降、为什么",
    ),
    "verify": Text(en="recompute a result and compare", zh="重新计算并核对结果"),
    "sign": Text(en="sign a result, so that others can check who stands for it", zh="为结果签名，供他人核实"),
    "publish": Text(
        en="freeze a verified result in the history of its book", zh="公布：把核对无误的结果封存为历史结果"
    ),
    "report": Text(
        en="write documents of a result: bulletin, reports, charts, page",
        zh="由结果生成文书：通报、表彰、诊断报告、网页等",
    ),
    "fonts": Text(
        en="which fonts of official papers are installed",
        zh="公文字体：装了哪些、用什么代替",
    ),
    "demo": Text(en="score an example book and show the ranking", zh="试算示例考核册并显示排名"),
    "progress": Text(
        en="what is due by now, who is behind and why, with a light",
        zh="序时进度：应达多少、谁落后、为什么（亮灯）",
    ),
    "targets": Text(
        en="split the year's targets, list what was set when", zh="目标：分解到季、月和单位，列出历次调整"
    ),
    "ledgers": Text(
        en="registers of requests, hazards, projects, tasks at work", zh="台账：导入事项、查看未办结与逾期"
    ),
    "records": Text(
        en="from an indicator of a unit down to the records behind it", zh="从单位的指标追溯到每件事项"
    ),
    "campaign": Text(
        en="a campaign's milestones, and the indicators it should move",
        zh="专项行动：节点完成情况与相关指标变化",
    ),
    "headline": Text(
        en="total, growth and share of a place among its peers", zh="总量、增幅、占比：一个地区在同类中的位置"
    ),
    "unusual": Text(en="reports to ask about before they are accepted", zh="报送数据异常预警"),
    "study": Text(en="how far to trust a result, and what to do about it", zh="研究：结果有多可信、如何改进"),
    "serve": Text(
        en="serve the web site: people, rounds, results in a browser",
        zh="启动站点：在浏览器中填报、审核、公布",
    ),
    "audit": Text(en="check the log of a web site", zh="核验站点日志"),
    "rules": Text(
        en="the toolbox: every rule and method, with an example", zh="工具箱：计分规则和各种方法，附示例"
    ),
    "convert": Text(en="turn a folder into a workbook, or back", zh="文件夹与工作簿互相转换"),
    "schema": Text(
        en="write the JSON Schema of scheme.yaml or of a study's settings",
        zh="输出 scheme.yaml 或研究设置的 JSON Schema",
    ),
}
"""The commands of one word, and the groups of commands."""

GROUPS: Final[Mapping[str, Mapping[str, Text]]] = {
    "targets": {
        "split": Text(
            en="split targets of the year into parts that add up", zh="把年度目标分解到季、月或单位，合计不差"
        ),
        "list": Text(en="list a unit's targets with their revisions", zh="列出一个单位的目标及历次调整"),
    },
    "ledgers": {
        "list": Text(
            en="records that are open, due soon or overdue on a day", zh="某日未办结、即将到期、已逾期的事项"
        ),
        "import": Text(en="take records in, matched by their key", zh="按编号导入事项"),
    },
    "audit": {
        "verify": Text(
            en="say whether the log of a site was changed", zh="核验站点日志是否被改动、删除或调换"
        ),
    },
    "study": {
        "robustness": Text(
            en="how far the places can be trusted: what is not certain is varied thousands of times",
            zh="稳健性：把不确定的做法变动几千次，看位次有多可信",
        ),
        "audit": Text(
            en="whether a scheme measures what it means to, and what it makes worth doing",
            zh="方案审视：是否考到了想考的，又在激励什么",
        ),
        "balance": Text(
            en="what a place or a tier would take, and the best way to it",
            zh="统筹兼顾：达到某位次、等次要什么，怎样最合算",
        ),
        "backtest": Text(
            en="what the scheme would have ranked in earlier rounds, and how stable its places are",
            zh="回测：按现方案，以前各期会怎样排名，位次是否稳定",
        ),
        "compare": Text(
            en="divide every unit's move between two rounds, schemes or books into its causes",
            zh="比较两期、两个方案或两个版本，把各单位的变动拆分到各个原因",
        ),
        "weights": Text(
            en="what other ways to weigh do to every place: entropy, CRITIC, PCA, judgements and others",
            zh="赋权对照：熵权、主成分、层次分析等对位次的影响",
        ),
        "opinions": Text(
            en="what other methods would say of the same data: TOPSIS, VIKOR, PROMETHEE and others",
            zh="方法对照：换用各种多准则方法会怎样排序",
        ),
        "alignment": Text(
            en="our scheme beside the level above's: what is answered for, what pulls apart, what pays",
            zh="对标：与上级方案对照，哪些有承接、哪里权重不同、谁的努力最值",
        ),
    },
}
"""The commands of two words, by their first: `{"targets": {"split": …}}` is `quanheng targets split`. What
the group is for stands in `COMMANDS`."""


def paths() -> tuple[tuple[str, ...], ...]:
    """Return the words of every command that can be run, in the order of the help."""
    return tuple(
        path
        for name in COMMANDS
        for path in ([(name, part) for part in GROUPS[name]] if name in GROUPS else [(name,)])
    )


ROOMS: Final[Mapping[str, tuple[str, ...]]] = {
    "books": ("new", "check", "demo", "rules", "convert", "schema"),
    "results": ("score", "explain", "moves", "whatif", "verify", "sign", "publish"),
    "year": ("progress", "campaign", "headline", "unusual"),
    "ledgers": ("records",),
    "documents": ("report", "fonts"),
    "site": ("serve",),
}
"""The rooms of the commands of one word; those of two words stand in one that is called as their first."""


def place_of(*words: str) -> str:
    """Return the module of a command, and after a colon its function.

    Examples:
        >>> place_of("score"), place_of("ledgers", "import")
        ('quanheng.cli.results.score:score', 'quanheng.cli.ledgers.import_:import_')
    """
    function = f"{words[-1]}_" if keyword.iskeyword(words[-1]) else words[-1]
    room = words[0] if len(words) > 1 else next(room for room, names in ROOMS.items() if words[0] in names)
    return f"quanheng.cli.{room}.{function}:{function}"
