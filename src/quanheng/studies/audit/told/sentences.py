"""What is conspicuous, in sentences: one for each kind, about its greatest case."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Final, assert_never

from quanheng.findings.text import Text
from quanheng.scheme.fields.codes import ROOT
from quanheng.scheme.grades.grades import ADJUSTMENTS
from quanheng.studies.audit.audited import Audited
from quanheng.studies.audit.pool import TELLING, Pool
from quanheng.studies.audit.problems import KINDS, Problem
from quanheng.studies.columns import GROUP, NUMBER, TEXT, Columns, table
from quanheng.studies.study import Table

_PROBLEMS: Final[Columns] = {
    "group": GROUP,
    "problem": (
        TEXT,
        Text(
            en="`influence` far from weight; pulls `against` its parent or the total; "
            "`same_points` for all; "
            "`redundant` with another; a `threshold` just passed by many; a `cap` that many have "
            "reached; "
            "`safe`: nobody can lose; `one_unit` decides it; a `step` where a little pays much; "
            "a `bonus` "
            "larger than any indicator.",
            zh="问题：影响与权重不符（influence）、与上级或总分反向（against）、得分全部相同（same_points）、"
            "与另一指标重复（redundant）、许多单位刚好过线（threshold）、多数已到封顶（cap）、"
            "不会失分（safe）、由一个单位决定（one_unit）、小幅变动得分悬殊（step）、"
            "加减分超过任一指标（bonus）。",
        ),
    ),
    "node": (TEXT, Text(en="Which node it is about.", zh="节点。")),
    "other": (
        TEXT,
        Text(
            en="The whole, the other indicator, the threshold, the unit, the value or the kind of marks.",
            zh="相关项：整体、另一指标、界限、单位、指标值或加减分类别。",
        ),
    ),
    "value": (
        NUMBER,
        Text(
            en="Its number: influence, correlation, points, p-value, share of units, part of the "
            "range, marks.",
            zh="数值：影响、相关系数、得分、概率、单位占比、占全距比例或分数。",
        ),
    ),
    "limit": (
        NUMBER,
        Text(en="What it is measured by: the weight, or the limit set.", zh="比照：权重或设定的界限。"),
    ),
}


def problem_table(problems: Sequence[Problem]) -> Table:
    """Return the table of all that is conspicuous."""
    rows = [
        (each.pool.group.code, each.what, each.node, each.other or None, each.value, each.limit)
        for each in problems
    ]
    return table("problems", Text(en="What is conspicuous", zh="值得注意之处"), _PROBLEMS, rows)


def sentences_of(groups: Sequence[Audited], problems: Sequence[Problem]) -> tuple[Text, ...]:
    """Return what an audit found, the most important first."""
    return tuple(_told(groups, problems))


def _told(groups: Sequence[Audited], problems: Sequence[Problem]) -> Iterator[Text]:
    several = len(groups) > 1
    for what in KINDS:
        cases = [each for each in problems if each.what == what]
        if not cases:
            continue
        greatest = max(cases, key=_importance)
        told, more = _sentence(greatest), _more(len(cases) - 1)
        where = _where(greatest, several=several)
        yield Text(en=f"{_opened(where.en, told.en)}{more.en}.", zh=f"{where.zh}{told.zh}{more.zh}。")
    telling = any(
        ratio.n >= TELLING for found in groups for whole in found.influences for ratio in whole.ratios
    )
    if not problems and not telling:
        yield Text(
            en="There are too few units with figures to call anything conspicuous.",
            zh="有数据的单位太少，无法判断有无值得注意之处。",
        )
    elif not problems:
        yield Text(
            en="Nothing is conspicuous: influence is near weight, no two indicators say the same, no "
            "incentive "
            "stands out.",
            zh="未见明显问题：影响与权重相近，没有重复的指标，激励上没有异常。",
        )
    yield from _alphas(groups)


def _importance(problem: Problem) -> tuple[bool, bool, float]:
    """Return what makes a case the one to tell: many units, the total itself, and its size."""
    return problem.pool.is_telling, problem.other == ROOT, problem.size


def _where(problem: Problem, *, several: bool) -> Text:
    if not several:
        return Text()
    name = problem.pool.name
    return Text(en=f"{name.in_language('en')}: ", zh=f"{name.in_language('zh')}：")


def _opened(where: str, sentence: str) -> str:
    """Return a sentence behind its group, or with a capital where it stands alone."""
    return f"{where}{sentence}" if where else f"{sentence[0].upper()}{sentence[1:]}"


def _more(count: int) -> Text:
    if count == 0:
        return Text()
    return Text(en=f" ({count} more like it)", zh=f"（另有{count}处类似）")


def _sentence(problem: Problem) -> Text:
    node = _quoted(problem.pool, problem.node)
    value, limit = problem.value, problem.limit
    match problem.what:
        case "influence":
            whole = _quoted(problem.pool, problem.other)
            has = "达" if value > limit else "只占"
            return Text(
                en=f"{node.en} weighs {limit:.0%} of {whole.en} and has {value:.0%} of the influence on it",
                zh=f"{node.zh}占{whole.zh}权重的{limit:.0%}，实际影响{has}{value:.0%}",
            )
        case "against":
            whole = _quoted(problem.pool, problem.other)
            return Text(
                en=f"{node.en} pulls against {whole.en}: who is better in it is worse there "
                f"(correlation {value:.2f})",
                zh=f"{node.zh}与{whole.zh}反向：该项越好，后者越差（相关系数{value:.2f}）",
            )
        case "same_points":
            return Text(
                en=f"{node.en} gives every unit the same {value:g} points",
                zh=f"{node.zh}每个单位都得{value:g}分，没有区分",
            )
        case "redundant":
            other = _quoted(problem.pool, problem.other)
            return Text(
                en=f"{node.en} and {other.en} say the same (correlation {value:.2f})",
                zh=f"{node.zh}与{other.zh}内容重复（相关系数{value:.2f}）",
            )
        case "threshold" if problem.other == "target":
            return Text(
                en=f"suspiciously many have just reached their target in {node.en} (p = {value:.2g})",
                zh=f"{node.zh}刚好完成目标的单位多得可疑（p = {value:.2g}）",
            )
        case "threshold":
            return Text(
                en=f"suspiciously many have just passed {problem.other} in {node.en} (p = {value:.2g})",
                zh=f"{node.zh}刚好越过{problem.other}的单位多得可疑（p = {value:.2g}）",
            )
        case "cap":
            return Text(
                en=f"{value:.0%} of the units have reached the most points in {node.en}, whose cap no longer "
                "tells them apart",
                zh=f"{node.zh}有{value:.0%}的单位已得最高分，封顶不再区分它们",
            )
        case "safe":
            return Text(
                en=f"nobody can lose on {node.en}: the fewest points are {value:g}",
                zh=f"{node.zh}谁也不会失分：最低也有{value:g}分",
            )
        case "one_unit":
            return Text(
                en=f"one unit, {problem.other}, decides {node.en}: {value:.0%} of the range lies "
                "between it and "
                "the next",
                zh=f"{node.zh}由{problem.other}一个单位决定：它与次一位之间占全距的{value:.0%}",
            )
        case "step":
            return Text(
                en=f"a little pays {value:.3g} of 100 points in {node.en}, at {problem.other}",
                zh=f"{node.zh}在{problem.other}处，小幅变动即差{value:.3g}分（百分制）",
            )
        case "bonus":
            kind = ADJUSTMENTS[problem.other]
            return Text(
                en=f"a {kind.en} of up to {value:g} marks outweighs every indicator; the largest, "
                f"{node.en}, is worth "
                f"{limit:.3g}",
                zh=f"{kind.zh}最多{value:g}分，超过任何一项指标；分值最大的{node.zh}也只有{limit:.3g}分",
            )
        case _:
            assert_never(problem.what)


def _quoted(pool: Pool, code: str) -> Text:
    name = pool.name_of(code)
    if code == ROOT:
        return name
    return Text(en=f"'{name.in_language('en')}'", zh=f"“{name.in_language('zh')}”")


def _alphas(groups: Sequence[Audited]) -> Iterator[Text]:
    """Yield which dimension holds together least, by Cronbach's alpha."""
    known = [
        (inner.reliability.alpha, found, inner)
        for found in groups
        for inner in found.belongings
        if not math.isnan(inner.reliability.alpha)
    ]
    if not known:
        return
    alpha, found, inner = min(known, key=lambda each: each[0])
    name, group = _quoted(found.pool, inner.dimension.code), found.pool.name
    several = len(groups) > 1
    where = Text(en=f"{group.in_language('en')}: ", zh=f"{group.in_language('zh')}：") if several else Text()
    yield Text(
        en=f"{_opened(where.en, 'of')} all dimensions, the parts of {name.en} go together least "
        f"(Cronbach's alpha {alpha:.2f}).",
        zh=f"{where.zh}各维度中，{name.zh}的各部分最不一致（克隆巴赫系数{alpha:.2f}）。",
    )
