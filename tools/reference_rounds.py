"""The page of the reference on the life of a round: a picture and a table for each thing of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from tools.state_diagrams import diagram

from quanheng.findings.text import Language
from quanheng.process.rounds.life import Life
from quanheng.process.rounds.lives import LIVES
from quanheng.process.rounds.people import ROLES

_TITLES: Final[Mapping[str, Mapping[Language, str]]] = {
    "round": {"en": "The round", "zh": "考核期"},
    "assignment": {"en": "An assignment", "zh": "填报任务"},
    "value": {"en": "A reported value", "zh": "填报的指标值"},
    "run": {"en": "A run", "zh": "计分"},
    "appeal": {"en": "An appeal", "zh": "申诉"},
    "publication": {"en": "A publication", "zh": "发布"},
}
_TEXTS: Final[Mapping[str, Mapping[Language, str]]] = {
    "round": {
        "en": (
            "The office opens a round once every figure is assigned to somebody and the deadline is "
            "yet to come. Reporting is closed before its deadline only with a reason. Provisional "
            "results are shown for a window once every figure is accepted, or declared missing, and "
            "a run has scored them as they are; they are final when the window is over and no appeal "
            "is open. What is final never changes: a mistake is put right in a **new version** that "
            "names the old one and its reason, and begins where figures are checked."
        ),
        "zh": (
            "每项指标值都已指派、截止时间尚未到来，考核办方可开放填报。提前截止须说明原因。全部指标值"
            "已通过或已确认缺报，且已按现有数值计分，方可公示核对；核对时间结束、没有未办结的申诉，方"
            "可定稿。定稿之后不再改变：如有错误，出**新版本**，写明所更正的版本和原因，从审核重新开始。"
        ),
    },
    "assignment": {
        "en": (
            "Who reports which item of which unit, by when. A deadline of its own goes before that "
            "of the round; the moment itself is in time."
        ),
        "zh": "由谁填报哪个单位的哪个数据项，何时截止。任务自己的截止时间优先于考核期的；到点当刻仍算按时。",
    },
    "value": {
        "en": (
            "A figure is reported by whom it is assigned to, while the round is open and until the "
            "deadline. Who entered it does not accept it. One that is returned comes with a message, "
            "and may come with a deadline of its own, until which it can be reported while figures "
            "are checked. Each change is a new version: who saves what somebody else changed in "
            "between sees both values and chooses. To correct is to put an upheld appeal into "
            "effect, or to mend in a new version of the round."
        ),
        "zh": (
            "在填报期间、截止之前，由被指派的人填报；录入人不得自行审核。退回须附说明，可另定截止时间"
            "，审核期间在此之前可再次填报。每次变更都是新的一版：他人已先修改的，保存时会看到两个值并"
            "作选择。只有申诉成立，或在考核期的新版本中，才能更正。"
        ),
    },
    "run": {
        "en": (
            "The score is computed in the background. A run that is not heard of for 60 seconds has "
            "lost its process and is taken up again; after three attempts it is given up, with its "
            "reason."
        ),
        "zh": "计分在后台进行。60 秒没有进展的，视为进程中断，重新排队；三次仍未完成即告失败，并说明原因。",
    },
    "appeal": {
        "en": (
            "A unit contests one of its figures or scores inside the window, with grounds. Nobody "
            "decides who entered or accepted what it is about, or filed it; each decision has its "
            "reasons, which the unit reads. Where it is upheld, a corrected figure and a new run "
            "come before it is done: nothing is edited in place."
        ),
        "zh": (
            "单位在核对时间内，就本单位的某项指标值或得分申诉，并写明理由。录入或审核过该事项的人、提"
            "出申诉的人不得作决定；每项决定须写明理由，单位可见。申诉成立的，先更正指标值并重新计分，"
            "再办结，不在原处修改。"
        ),
    },
    "publication": {
        "en": (
            "Frozen files with their hashes, published at a stated moment. One that is corrected is "
            "replaced by another, which names it; it stays readable and says by what."
        ),
        "zh": (
            "固定不变的文件及其校验值，按设定时间发布。更正后由新的发布替代，新的写明所替代的；原发布"
            "仍可查阅，并注明由何替代。"
        ),
    },
}
_WORDS: Final[Mapping[Language, Mapping[str, str]]] = {
    "en": {
        "title": "# The life of a round\n\n[中文](rounds.zh.md)",
        "about": (
            "What can be done to a round and to the things of it, from which state, and by whom. The "
            "states that have a thick edge are final. The pictures and tables are made from the "
            "rules themselves (`quanheng.process.rounds`), and tests play them at random: from every "
            "state there is a way out, nothing final changes, and whatever is refused says why "
            "([findings](findings.md) QH900 and following)."
        ),
        "head": "| | move | from | to | by | reason |\n| --- | --- | --- | --- | --- | --- |",
        "needed": "needed",
    },
    "zh": {
        "title": "# 考核期的流程\n\n[English](rounds.md)",
        "about": (
            "考核期及其各项事物可以做什么、从什么状态、由谁办理。粗边框的状态为终态。图和表由规则本身"
            "（`quanheng.process.rounds`）生成，测试随机演练：任何状态都有出路，终态不再改变，凡被拒"
            "绝的都说明原因（见[检查发现](findings.zh.md) QH900 起）。"
        ),
        "head": "| | 动作 | 由 | 至 | 办理人 | 原因 |\n| --- | --- | --- | --- | --- | --- |",
        "needed": "必填",
    },
}


def round_pages() -> Mapping[str, str]:
    """Return the pages and pictures by their path below `docs/reference`."""
    found = {"rounds.md": _page("en"), "rounds.zh.md": _page("zh")}
    for name, life in LIVES.items():
        found[f"rounds/{name}.svg"] = diagram(life, "en")
        found[f"rounds/{name}.zh.svg"] = diagram(life, "zh")
    return found


def _page(language: Language) -> str:
    words = _WORDS[language]
    ending = ".zh.svg" if language == "zh" else ".svg"
    blocks = [words["title"], words["about"]]
    for name, life in LIVES.items():
        title = _TITLES[name][language]
        table = "\n".join((words["head"], *_rows(life, language)))
        blocks += [f"## {title}", f"![{title}](rounds/{name}{ending})", _TEXTS[name][language], table]
    return "\n\n".join(blocks) + "\n"


def _rows(life: Life, language: Language) -> Iterator[str]:
    comma = "、" if language == "zh" else ", "
    for number, move in enumerate(life.moves, 1):
        before = comma.join(life.states[state].in_language(language) for state in move.before)
        after = life.states[move.after].in_language(language)
        by = comma.join(ROLES[role].in_language(language) for role in move.by)
        reason = _WORDS[language]["needed"] if move.reason else ""
        yield f"| {number} | {move.name.in_language(language)} | {before} | {after} | {by} | {reason} |"
