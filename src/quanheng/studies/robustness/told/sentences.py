"""What a study of robustness says in words, the most important first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

import narwhals as nw
import numpy as np

from quanheng.engine.replicates.runs import Outcomes
from quanheng.findings.text import Text
from quanheng.findings.value import Value
from quanheng.studies.robustness.causes.causes import TITLES
from quanheng.studies.robustness.form import CausesForm, WeightsForm
from quanheng.studies.robustness.told.summary import Standing


class Said(Value):
    """What there is to say something of."""

    outcomes: Outcomes
    sample: slice
    standing: Standing
    places: nw.DataFrame[Any]
    shares: Mapping[str, float | None]
    left_out: nw.DataFrame[Any]
    level: float
    steady: bool
    groups: Mapping[str, Text]
    causes: CausesForm


def sentences_of(said: Said) -> Iterator[Text]:
    """Yield the sentences."""
    yield _varied(said)
    for group in dict.fromkeys(said.standing.groups):
        yield from _of_group(said, group)
    yield from _shares(said)
    yield from _left_out(said)
    if not said.steady:
        yield Text(
            en="There were too few replicates for these figures to stand still.",
            zh="重复次数偏少，以上数字尚未稳定。",
        )


def _varied(said: Said) -> Text:
    count = said.sample.stop - said.sample.start
    causes = in_words(said.causes)
    return Text(
        en=f"In {count} replicates these were otherwise: {causes.en or 'nothing'}.",
        zh=f"共重复{count}次，其中变动的有：{causes.zh or '无'}。",
    )


def in_words(causes: CausesForm) -> Text:
    """Return what was otherwise, in a line; empty for nothing."""
    parts = list(_causes(causes))
    return Text(en=", ".join(part.en for part in parts), zh="、".join(part.zh for part in parts))


def _causes(causes: CausesForm) -> Iterator[Text]:
    if causes.weights is not None:
        yield _weights(causes.weights)
    for name in ("rule", "treatment", "aggregation", "gaps"):
        form = getattr(causes, name)
        if form is not None:
            count = len(form.choices) + bool(form.own)
            title = TITLES[name]
            yield Text(en=f"{title.en} ({count} choices)", zh=f"{title.zh}（{count}种）")
    if causes.noise:
        items = ", ".join(causes.noise)
        yield Text(en=f"errors of {items}", zh=f"{items}的误差")


def _weights(form: WeightsForm) -> Text:
    if form.change is not None:
        change = f"±{100.0 * form.change:.12g}%"
        return Text(en=f"weights ({change})", zh=f"权重（{change}）")
    if form.dirichlet is not None:
        return Text(
            en=f"weights (Dirichlet, concentration {form.dirichlet:.12g})",
            zh=f"权重（狄利克雷分布，集中度{form.dirichlet:.12g}）",
        )
    if form.ranges is not None:
        return Text(
            en=f"weights of {len(form.ranges)} nodes (ranges)", zh=f"{len(form.ranges)}个节点的权重（区间）"
        )
    return Text(en=f"weights ({len(form.sets or ())} sets)", zh=f"权重（{len(form.sets or ())}组）")


def _of_group(said: Said, group: str) -> Iterator[Text]:
    ranked = [
        row
        for row in said.places.iter_rows(named=True)
        if row["group"] == group and row["low"] is not None and row["nominal"] is not None
    ]
    if not ranked:
        return
    name = said.groups.get(group, Text(en=group, zh=group))
    of = Text(en=f"{name.in_language('en')}: ", zh=f"{name.in_language('zh')}：")
    of = of if len(said.groups) > 1 else Text(en="", zh="")
    yield _within(ranked, said.level, of)
    yield from _firsts(said, group, of)
    yield from _levels(ranked, of)


def _within(ranked: Sequence[Mapping[str, Any]], level: float, of: Text) -> Text:
    """Return how far places go apart."""
    share = f"{100.0 * level:.12g}%"
    widths = np.array([row["high"] - row["low"] for row in ranked])
    half = int(np.median(widths))
    most = ranked[int(widths.argmax())]
    low, high, nominal, name = most["low"], most["high"], most["nominal"], most["name"]
    count = len(ranked)
    return Text(
        en=_begun(
            f"{of.en}in {share} of the replicates half of the {count} units stay within {_places_en(half)}; "
            f"the least certain is {name}, from place {low} to {high} (place {nominal} as the scheme has it)."
        ),
        zh=f"{of.zh}在{share}的重复中，{count}个单位有一半的位次相差不超过{half}位；最不确定的是{name}，"
        f"在第{low}至第{high}名之间（现行方案为第{nominal}名）。",
    )


def _begun(sentence: str) -> str:
    """Return a sentence that begins with a capital letter."""
    return f"{sentence[:1].upper()}{sentence[1:]}"


def _places_en(count: int) -> str:
    return f"{count} place" if count == 1 else f"{count} places"


def _firsts(said: Said, group: str, of: Text) -> Iterator[Text]:
    standing = said.standing
    here = [index for index, each in enumerate(standing.groups) if each == group]
    places = said.outcomes.places[said.sample][:, standing.columns[here]]
    chances = (places == 1).mean(axis=0)
    first = next((index for index, at in enumerate(here) if standing.places[at] == 1), None)
    if first is None or len(here) == 1:
        return
    name, chance = standing.names[here[first]], 100.0 * chances[first]
    others = int((chances > 0.0).sum()) - int(chances[first] > 0.0)
    if not others:
        yield Text(
            en=_begun(f"{of.en}{name} is first in every replicate."), zh=f"{of.zh}{name}在每次重复中都居首。"
        )
        return
    told = "one other unit was" if others == 1 else f"{others} other units were"
    yield Text(
        en=_begun(
            f"{of.en}{name}, first as the scheme has it, is first in {chance:.0f}% of the replicates; {told} "
            "first at least once."
        ),
        zh=f"{of.zh}现行方案的第一名{name}在{chance:.0f}%的重复中居首；另有{others}个单位至少一次居首。",
    )


_NAMED: Final = 5


def _levels(ranked: Sequence[Mapping[str, Any]], of: Text) -> Iterator[Text]:
    """Yield how many groups of units can be told apart, and who is level with the first."""
    if len(ranked) == 1:
        return
    groups: dict[int, list[str]] = {}
    for row in ranked:
        groups.setdefault(row["level_with"], []).append(row["name"])
    leaders = next(iter(groups.values()))
    more = len(leaders) > _NAMED
    told = Text(
        en=", ".join(leaders[:_NAMED]) + (" …" if more else ""),
        zh="、".join(leaders[:_NAMED]) + ("等" if more else ""),
    )
    count, apart, level = len(ranked), len(groups), len(leaders)
    if level == count:
        yield Text(
            en=_begun(f"{of.en}none of the {count} units can be told apart from the first."),
            zh=f"{of.zh}{count}个单位都与首位难分高下。",
        )
    elif level > 1:
        yield Text(
            en=_begun(
                f"{of.en}the {count} units fall into {apart} groups that can be told apart; {level} are "
                f"level at the top: {told.en}."
            ),
            zh=f"{of.zh}{count}个单位可分出高下的只有{apart}组；前{level}名难分高下：{told.zh}。",
        )
    else:
        yield Text(
            en=_begun(
                f"{of.en}the {count} units fall into {apart} groups that can be told apart; {told.en} stands "
                "alone at the top."
            ),
            zh=f"{of.zh}{count}个单位可分出高下的有{apart}组；{told.zh}单独居首。",
        )


def _shares(said: Said) -> Iterator[Text]:
    known = {cause: share for cause, share in said.shares.items() if share is not None}
    if not said.shares:
        return
    if not known:
        yield Text(en="None of this moved any place.", zh="以上变动没有改变任何位次。")
        return
    if len(known) > 1:
        ordered = sorted(known.items(), key=lambda each: -each[1])
        en = ", ".join(f"{TITLES[cause].en} {100.0 * share:.0f}%" for cause, share in ordered)
        zh = "、".join(f"{TITLES[cause].zh}{100.0 * share:.0f}%" for cause, share in ordered)
        yield Text(
            en=f"What moves places (total share of variance of the mean shift, alone and with others): {en}.",
            zh=f"位次变动的来源（占平均位次变动方差的总份额，含交互作用）：{zh}。",
        )


def _left_out(said: Said) -> Iterator[Text]:
    rows = said.left_out.rows(named=True)
    for kind, en, zh in (
        ("dimension", "dimension", "维度"),
        ("indicator", "indicator", "指标"),
        ("unit", "unit", "单位"),
    ):
        of_kind = [row for row in rows if row["kind"] == kind]
        if not of_kind:
            continue
        most = max(of_kind, key=lambda row: row["mean_shift"])
        if not most["mean_shift"]:
            yield Text(en=f"Leaving out any one {en} moves no place.", zh=f"去掉任何一个{zh}都不改变位次。")
            continue
        name = Text(zh=most["name"], en=most["name_en"])
        yield Text(
            en=f"Of all {en}s the ranking hangs most on {name.en}: without it units are off by "
            f"{most['mean_shift']:.1f} places on average, {most['unit_name']} by {most['most']}.",
            zh=f"{zh}中对排名影响最大的是{name.zh}：去掉后位次平均变动{most['mean_shift']:.1f}位，"
            f"{most['unit_name']}变动{most['most']}位。",
        )
