"""The tables of judgements: how consistent they are, each of them, and what a step in it does."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from quanheng.engine.stages.weights.ahp import ahp_weights
from quanheng.findings.finding import Finding, Kind
from quanheng.findings.text import Text
from quanheng.findings.value import Value
from quanheng.scheme.tree.scheme import Group
from quanheng.studies.columns import GROUP, NUMBER, TEXT, TRUTH, WHOLE, Columns, table
from quanheng.studies.study import Table
from quanheng.studies.weights.chosen import Judged, counted
from quanheng.studies.weights.judgements import (
    TOLERATED,
    Judgement,
    judgements_of,
    most_contradicting,
)
from quanheng.studies.weights.sensitivity import Moved

_DECIMALS: Final = 9
_NODE: Final = (TEXT, Text(en="The dimension whose children are compared.", zh="节点：其下级两两比较。"))
_FIRST: Final = (TEXT, Text(en="The child that is compared.", zh="被比较的下级。"))
_SECOND: Final = (TEXT, Text(en="The child it is compared with.", zh="与之比较的下级。"))
_VALUE: Final = (
    NUMBER,
    Text(en="How many times as important the first is.", zh="判断值：前者的重要程度是后者的几倍。"),
)

INCONSISTENT: Final = Kind(
    code="QH743",
    severity="warning",
    en="the judgements about {node} contradict each other in {group}: consistency ratio {ratio}; {first} "
    "over {second} contradicts most: {value} stands there, with {mended} the ratio would be {better}",
    zh="{group}对{node}的判断不一致：一致性比率{ratio}；矛盾最大的是{first}对{second}：现为{value}，改为{mended}则比率为{better}",
    hint_en="ask the judges about this comparison again, then look at what is left in 'judgements'",
    hint_zh="请先复核这一判断，再看判断表（judgements）中其余的",
)


class Compared(Value):
    """The judgements about a dimension as they hold in a group."""

    group: Group
    judged: Judged
    judgements: tuple[Judgement, ...]
    ratio: float | None

    @property
    def worst(self) -> Judgement | None:
        """The judgement that contradicts most, where they contradict each other at all."""
        return most_contradicting(self.judgements) if self.contradicts else None

    @property
    def contradicts(self) -> bool:
        """Whether the ratio is 0.1 or more."""
        return self.ratio is not None and self.ratio >= TOLERATED


def compared_in(judged: Sequence[Judged], groups: Sequence[Group]) -> tuple[Compared, ...]:
    """Return the judgements of each group about each dimension of which two children count there."""
    return tuple(
        Compared(
            group=group,
            judged=each,
            judgements=judgements_of(each.method, inside),
            ratio=ahp_weights(each.method, inside).ratio,
        )
        for each in judged
        for group in groups
        if group.code in each.dimension.groups and len(inside := counted(each.dimension, group.code)) > 1
    )


def contradictions(compared: Sequence[Compared]) -> Iterator[Finding]:
    """Yield a QH743 where judgements contradict each other."""
    for each in compared:
        worst = each.worst
        if worst is not None and each.ratio is not None and worst.ratio is not None:
            children = {child.code: child for child in each.judged.dimension.children}
            yield INCONSISTENT.at(
                each.judged.dimension.where,
                node=each.judged.dimension.name,
                group=each.group.name,
                ratio=f"{each.ratio:.3f}",
                first=children[worst.first].name,
                second=children[worst.second].name,
                value=f"{worst.value:.4g}",
                mended=f"{worst.mended:.4g}",
                better=f"{worst.ratio:.3f}",
            )


def judgement_tables(compared: Sequence[Compared], moved: Sequence[Moved]) -> tuple[Table, ...]:
    """Return the tables of judgements; none where there are no judgements."""
    if not compared:
        return ()
    return _consistency(compared), _judgements(compared), _sensitivity(moved)


def _consistency(compared: Sequence[Compared]) -> Table:
    columns: Columns = {
        "group": GROUP,
        "node": _NODE,
        "children": (WHOLE, Text(en="How many are compared.", zh="下级数。")),
        "ratio": (
            NUMBER,
            Text(
                en="The consistency ratio; empty for more than 15 children.",
                zh="一致性比率：超过15个下级时为空。",
            ),
        ),
        "contradicts": (TRUTH, Text(en="Whether it is 0.1 or more.", zh="是否不一致：比率不小于0.1。")),
        "given": (
            TRUTH,
            Text(
                en="Whether the study file gives them; else the scheme does.",
                zh="是否由研究文件给出：否则由方案给出。",
            ),
        ),
    }
    rows = [
        (
            each.group.code,
            each.judged.dimension.code,
            len(counted(each.judged.dimension, each.group.code)),
            each.ratio,
            each.contradicts,
            each.judged.is_given,
        )
        for each in compared
    ]
    return table("consistency", Text(en="Consistency of judgements", zh="判断的一致性"), columns, rows)


def _judgements(compared: Sequence[Compared]) -> Table:
    columns: Columns = {
        "group": GROUP,
        "node": _NODE,
        "first": _FIRST,
        "second": _SECOND,
        "judgement": _VALUE,
        "consistent": (NUMBER, Text(en="The quotient of the weights of both.", zh="权重之比。")),
        "mended": (
            NUMBER,
            Text(en="The value with which the ratio would be least.", zh="使一致性比率最小的值。"),
        ),
        "ratio_mended": (NUMBER, Text(en="The ratio it would then be.", zh="改后比率：取该值时。")),
        "step": (NUMBER, Text(en="The nearest value of Saaty's scale.", zh="最近的标度值。")),
        "ratio_at_step": (NUMBER, Text(en="The ratio with that.", zh="标度比率：取标度值时。")),
        "contradicts_most": (
            TRUTH,
            Text(en="Whether it is the one to look at first.", zh="是否矛盾最大：应先复核。"),
        ),
    }
    rows = [
        (
            each.group.code,
            each.judged.dimension.code,
            one.first,
            one.second,
            round(one.value, _DECIMALS),
            round(one.consistent, _DECIMALS),
            one.mended,
            one.ratio,
            round(one.step, _DECIMALS),
            one.ratio_at_step,
            one is each.worst,
        )
        for each in compared
        for one in each.judgements
    ]
    return table("judgements", Text(en="Each judgement", zh="各项判断"), columns, rows)


def _sensitivity(moved: Sequence[Moved]) -> Table:
    columns: Columns = {
        "group": GROUP,
        "node": _NODE,
        "first": _FIRST,
        "second": _SECOND,
        "judgement": _VALUE,
        "changed": (NUMBER, Text(en="One step of Saaty's scale beside it.", zh="改为：标度上相邻的一级。")),
        "ratio": (NUMBER, Text(en="The consistency ratio it gives.", zh="一致性比率：改后。")),
        "moved": (WHOLE, Text(en="Units whose place changes.", zh="变动单位数。")),
        "unit": (
            TEXT,
            Text(
                en="The one that moves farthest; empty where none moves.", zh="变动最大的单位：无变动时为空。"
            ),
        ),
        "before": (WHOLE, Text(en="Its place by the judgements as they are.", zh="原位次。")),
        "after": (WHOLE, Text(en="Its place by the changed one.", zh="新位次。")),
    }
    rows = [
        (
            each.group,
            each.node,
            each.first,
            each.second,
            round(each.value, _DECIMALS),
            round(each.changed, _DECIMALS),
            each.ratio,
            each.moved,
            each.unit,
            each.before,
            each.after,
        )
        for each in moved
    ]
    title = Text(en="What one step in a judgement does to the places", zh="判断改动一级对位次的影响")
    return table("sensitivity", title, columns, rows)
