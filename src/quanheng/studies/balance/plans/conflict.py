"""Why nothing can be done: demands that cannot hold together, as few as possible."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final, TypeAlias

from quanheng.findings.finding import Finding, Kind
from quanheng.findings.text import Text
from quanheng.findings.value import Value
from quanheng.studies.balance.levers import Lever
from quanheng.studies.balance.model.encode import Encoded
from quanheng.studies.balance.model.program import Sum
from quanheng.studies.balance.plans.plan import Ground, Question

CONFLICT: Final = Kind(
    code="QH781",
    severity="error",
    en="{lead}: {demands}",
    zh="{lead}：{demands}",
    hint_en="give up or loosen one of them; that was found in a model of the pool as it stands",
    hint_zh="请放弃或放宽其中一条；以上按目前各单位的情况得出",
)
TOGETHER: Final = Text(
    en="these demands cannot hold together, and without any one of them the others can",
    zh="以下要求不能同时成立，而去掉其中任何一条，其余即可成立",
)
ALONE: Final = Text(
    en="this cannot be had however far the levers go, since the rules give no more for these figures",
    zh="无论可调数据项调到多大都达不到（这些数据的得分已到顶）",
)

_UNLIMITED: Final = 1000.0


class Reach(Value, kw_only=False):
    """The demand that a lever goes no farther than it does."""

    number: int
    text: Text


_Part: TypeAlias = int | Reach
"""A demand: the number of one of the question's, or how far a lever goes."""


def conflict_of(ground: Ground, question: Question) -> Finding | None:
    """Return which demands of a question conflict as the pool stands; None if they do not.

    One demand after another is left out: where the rest still cannot hold together, it stays out (deletion
    filter; Chinneck & Dravnieks 1991). What is left is irreducible.
    """
    reaches = [Reach(number, _reach_text(lever)) for number, lever in enumerate(ground.levers)]
    texts = _demands(ground, question)
    parts: list[_Part] = [*range(len(texts)), *reaches]
    if _can_hold(ground, question, parts):
        return None
    for part in list(parts):
        others = [other for other in parts if other != part]
        if not _can_hold(ground, question, others):
            parts = others
    told = [part.text if isinstance(part, Reach) else texts[part] for part in parts]
    listed = Text(en="; ".join(each.en for each in told), zh="；".join(each.zh for each in told))
    return CONFLICT.at(lead=TOGETHER if len(parts) > 1 else ALONE, demands=listed)


def _reach_text(lever: Lever) -> Text:
    reach = f"{lever.reach:g}"
    return Text(en=f"{lever.name.en} moves by {reach} at most", zh=f"{lever.name.zh}最多调整{reach}")


def _demands(ground: Ground, question: Question) -> list[Text]:
    encoded = Encoded(ground.levers)
    zero = (0.0,) * len(ground.levers)
    trees = ground.trees(ground.today, zero, question.units)
    return [demand.text for demand in question.lay(encoded, trees, ground.today).demands]


def _can_hold(ground: Ground, question: Question, parts: Sequence[_Part]) -> bool:
    """Return whether the demands `parts` can hold together; levers not among them go as far as they like."""
    limited = {part.number for part in parts if isinstance(part, Reach)}
    wanted = {part for part in parts if not isinstance(part, Reach)}
    levers = tuple(
        lever if number in limited else replace(lever, reach=lever.reach * _UNLIMITED)
        for number, lever in enumerate(ground.levers)
    )
    wide = replace(ground, levers=levers)
    trees = wide.trees(wide.today, (0.0,) * len(levers), question.units)
    encoded = Encoded(levers)
    for number, demand in enumerate(question.lay(encoded, trees, wide.today).demands):
        if number not in wanted:
            continue
        if demand.is_floor:
            encoded.program.at_least(demand.left, demand.right)
        else:
            encoded.program.at_most(demand.left, demand.right)
    return encoded.least(Sum(), wide.limits).status != "none"
