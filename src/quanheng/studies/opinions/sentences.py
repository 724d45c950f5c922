"""What the opinions come to, in sentences; of many groups the first ones."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from quanheng.findings.text import Text
from quanheng.studies.opinions.opinion import SCHEME, Opinions
from quanheng.studies.opinions.tables import most_disputed

_MOST_GROUPS: Final = 5
_MOST_NAMED: Final = 5


def sentences_of(groups: Sequence[Opinions]) -> tuple[Text, ...]:
    """Return the sentences, group by group."""
    told = [sentence for each in groups[:_MOST_GROUPS] for sentence in _of_group(each, len(groups) > 1)]
    if len(groups) > _MOST_GROUPS:
        more = len(groups) - _MOST_GROUPS
        told.append(Text(en=f"{more} more groups stand in the tables.", zh=f"其余{more}个分组见各表。"))
    return tuple(told)


def _of_group(each: Opinions, named: bool) -> Iterator[Text]:  # noqa: FBT001  whether groups are told apart
    group = each.decision.group.name
    en = f"{group.in_language('en')}: " if named else ""
    zh = f"{group.in_language('zh')}：" if named else ""
    for sentence in (
        *_agreement(each),
        *_first(each),
        *_disputed(each),
        *_compromise(each),
        *_left_out(each),
    ):
        yield Text(en=en + sentence.en, zh=zh + sentence.zh)


def _agreement(each: Opinions) -> Iterator[Text]:
    others = len(each.opinions) - 1
    if not others:
        yield Text(
            en="No method is defined on these data: the scheme stands alone.",
            zh="没有一种方法适用于这些数据：只有方案自身的结果。",
        )
        return
    w = each.concordance
    if w is None:
        yield Text(en="None of the orders tells the units apart.", zh="各种排序都分不出高下。")
        return
    same, units = int((each.spread == 0).sum()), len(each.decision.units)
    yield Text(
        en=f"The scheme and {others} other methods put {units} units in order with Kendall's W {w:.3f}; "
        f"units with the same place everywhere: {same}.",
        zh=f"方案与另外{others}种方法对{units}个单位的排序，肯德尔W为{w:.3f}；{same}个单位的位次处处相同。",
    )
    agreements = each.agreements()
    known = [
        (value, opinion.title)
        for opinion in each.opinions[1:]
        if (value := agreements[SCHEME, opinion.name]) is not None
    ]
    if known:
        (high, near), (low, far) = (end(known, key=lambda pair: pair[0]) for end in (max, min))
        yield Text(
            en=f"Nearest to the scheme is {near.en} (Spearman {high:.3f}), farthest {far.en} ({low:.3f}).",
            zh=f"与方案最接近的是{near.zh}（斯皮尔曼{high:.3f}），最远的是{far.zh}（{low:.3f}）。",
        )


def _first(each: Opinions) -> Iterator[Text]:
    firsts = [at for at, place in enumerate(each.decision.scheme_places.tolist()) if place == 1]
    others = each.opinions[1:]
    if not others or len(firsts) != 1:
        return
    at = firsts[0]
    agreeing = sum(int(opinion.places[at] == 1) for opinion in others)
    name, worst = each.decision.names[at], int(each.worst[at])
    yield Text(
        en=f"The scheme's first, {name}, is first under {agreeing} of the {len(others)}; "
        f"its worst place is {worst}.",
        zh=f"方案第1位{name}，在{len(others)}种方法中有{agreeing}种也是第1位，最差为第{worst}位。",
    )


def _disputed(each: Opinions) -> Iterator[Text]:
    for at in most_disputed(each, 1):
        best, worst = int(each.best[at]), int(each.worst[at])
        low, high = (
            next(opinion.title for opinion in each.opinions if opinion.places[at] == place)
            for place in (best, worst)
        )
        name, place = each.decision.names[at], int(each.decision.scheme_places[at])
        yield Text(
            en=f"They disagree most on {name}: place {best} under {low.en}, {worst} under {high.en} "
            f"({place} in the scheme).",
            zh=f"分歧最大的是{name}：{low.zh}第{best}位，{high.zh}第{worst}位（方案第{place}位）。",
        )


def _compromise(each: Opinions) -> Iterator[Text]:
    found = each.compromise
    if found is None:
        return
    names = [each.decision.names[int(at)] for at in found.members[:_MOST_NAMED]]
    more = int(found.members.size) - len(names)
    if found.has_advantage and found.is_stable:
        why = Text(en="both conditions hold", zh="两个条件都满足")
    elif found.has_advantage:
        why = Text(en="the first is best neither by S nor by R", zh="第一名按S、R都不是最优")
    else:
        why = Text(
            en=f"the second lies only {found.advantage:.4f} behind in Q, less than {found.needed:.4f}",
            zh=f"第二名的Q只差{found.advantage:.4f}，不到{found.needed:.4f}",
        )
    yield Text(
        en=f"VIKOR proposes {', '.join(names)}{f' and {more} more' if more else ''}: {why.en}.",
        zh=f"VIKOR 的折中解是{'、'.join(names)}{f'等{found.members.size}个' if more else ''}：{why.zh}。",
    )


def _left_out(each: Opinions) -> Iterator[Text]:
    out = [asked.method.title for asked in each.asked if asked.refusals]
    if out:
        yield Text(
            en=f"Not defined on these data and left out: {', '.join(title.en for title in out)}.",
            zh=f"不适用于这些数据而未采用：{'、'.join(title.zh for title in out)}。",
        )
