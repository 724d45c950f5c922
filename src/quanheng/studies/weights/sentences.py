"""What the methods and judgements come to, in sentences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np

from quanheng.findings.text import Text
from quanheng.studies.weights.effects import GroupPlaces
from quanheng.studies.weights.sensitivity import Moved
from quanheng.studies.weights.told_judgements import Compared
from quanheng.studies.weights.weighed import SCHEME

_MOST_GROUPS: Final = 5


def sentences_of(
    groups: Sequence[GroupPlaces], compared: Sequence[Compared], moved: Sequence[Moved]
) -> tuple[Text, ...]:
    """Return the sentences: of each group what the methods do, then what the judgements do."""
    several = len(groups) > 1
    told = [
        _of(each, sentence) if several else sentence
        for each in groups[:_MOST_GROUPS]
        for sentence in _places(each)
    ]
    if len(groups) > _MOST_GROUPS:
        more = len(groups) - _MOST_GROUPS
        told.append(Text(en=f"{more} more groups stand in the tables.", zh=f"其余{more}个分组见各表。"))
    return (*told, *_judgements(compared), *_steps(moved))


def _of(each: GroupPlaces, sentence: Text) -> Text:
    name = each.group.name
    return Text(en=f"{name.in_language('en')}: {sentence.en}", zh=f"{name.in_language('zh')}：{sentence.zh}")


def _places(each: GroupPlaces) -> Iterator[Text]:
    others = each.others
    if not others:
        yield Text(en="No method can be had on these data.", zh="没有一种方法适用于这些数据。")
        return
    units, kept = len(each.units), int((each.spread == 0).sum())
    first = int(np.argmin(each.places[SCHEME]))
    firsts = sum(int(each.places[name][first] == 1) for name in others)
    yield Text(
        en=f"Of {units} units {kept} keep their place under all of the {len(others)} other ways to weigh; "
        f"the scheme's first, {each.names[first]}, is first under {firsts} of them.",
        zh=f"{units}个单位中，{kept}个在另外{len(others)}种权重下位次都不变；方案第1位{each.names[first]}在其中{firsts}种下仍是第1位。",
    )
    means = {name: float(np.abs(each.shift(name)).mean()) for name in others}
    most, least = max(means, key=lambda name: means[name]), min(means, key=lambda name: means[name])
    far = each.farthest(most)
    if far is None:
        return
    before, after = int(each.places[SCHEME][far]), int(each.places[most][far])
    title, calm = each.methods[most].title, each.methods[least].title
    yield Text(
        en=f"What moves most is {title.en}: {means[most]:.1f} places on average, {each.names[far]} from "
        f"{before} to {after}; least {calm.en} ({means[least]:.1f}).",
        zh=f"变动最大的是{title.zh}：平均{means[most]:.1f}位，{each.names[far]}由第{before}位到第{after}位；"
        f"最小的是{calm.zh}（平均{means[least]:.1f}位）。",
    )


def _judgements(compared: Sequence[Compared]) -> Iterator[Text]:
    rated = [each for each in compared if each.ratio is not None]
    if not rated:
        return
    bad = [each for each in rated if each.contradicts]
    if not bad:
        most = max(each.ratio or 0.0 for each in rated)
        yield Text(
            en=f"The judgements are consistent: the ratio is at most {most:.3f}.",
            zh=f"判断一致：一致性比率最大为{most:.3f}。",
        )
        return
    for each in bad[:_MOST_GROUPS]:
        worst = each.worst
        if worst is None or worst.ratio is None:
            continue
        names = {child.code: child.name for child in each.judged.dimension.children}
        node, one, two = each.judged.dimension.name, names[worst.first], names[worst.second]
        yield Text(
            en=f"The judgements about {node.in_language('en')} contradict each other (consistency ratio "
            f"{each.ratio:.3f}), most of all {one.in_language('en')} over {two.in_language('en')}: "
            f"{worst.value:.4g}, where {worst.mended:.4g} would make it {worst.ratio:.3f}.",
            zh=f"对{node.in_language('zh')}的判断不一致（比率{each.ratio:.3f}），矛盾最大的是{one.in_language('zh')}对"
            f"{two.in_language('zh')}：现为{worst.value:.4g}，改为{worst.mended:.4g}则比率为{worst.ratio:.3f}。",
        )


def _steps(moved: Sequence[Moved]) -> Iterator[Text]:
    if not moved:
        return
    most = max(moved, key=lambda each: each.moved)
    if most.moved == 0:
        yield Text(
            en="No judgement moves a place by one step of Saaty's scale.",
            zh="任何一项判断改动一级，位次都不变。",
        )
        return
    yield Text(
        en=f"The judgement that decides most is {most.first} over {most.second}: {most.changed:.3g} in place "
        f"of {most.value:.3g} moves {most.moved} units, {most.unit} from {most.before} to {most.after}.",
        zh=f"影响最大的判断是{most.first}对{most.second}：由{most.value:.3g}改为{most.changed:.3g}，{most.moved}个单位变动，"
        f"{most.unit}由第{most.before}位到第{most.after}位。",
    )
