"""What a study of robustness says in words, the most important first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import narwhals as nw
import numpy as np

from quanheng.engine.replicates.runs import Outcomes
from quanheng.findings.text import Text
from quanheng.studies.robustness.causes import TITLES
from quanheng.studies.robustness.form import CausesForm, WeightsForm
from quanheng.studies.robustness.summary import Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
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
    parts = list(_causes(said.causes))
    en, zh = ", ".join(part.en for part in parts), "、".join(part.zh for part in parts)
    return Text(
        en=f"In {count} replicates these were otherwise: {en or 'nothing'}.",
        zh=f"共重复{count}次，其中变动的有：{zh or '无'}。",
    )


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
    rows = [
        row for row in said.places.iter_rows(named=True) if row["group"] == group and row["low"] is not None
    ]
    ranked = [row for row in rows if row["nominal"] is not None]
    if not ranked:
        return
    several = len(said.groups) > 1
    name = said.groups.get(group, Text(en=group, zh=group))
    of_en = f"{name.in_language('en')}: " if several else ""
    of_zh = f"{name.in_language('zh')}：" if several else ""
    share = f"{100.0 * said.level:.12g}%"
    widths = np.array([row["high"] - row["low"] for row in ranked])
    widest = ranked[int(widths.argmax())]
    yield Text(
        en=f"{of_en}in {share} of the replicates half of the {len(ranked)} units stay within "
        f"{_places_en(int(np.median(widths)))}; {widest['name']} is the least certain, from place {widest['low']} "
        f"to {widest['high']} (place {widest['nominal']} as the scheme has it).",
        zh=f"{of_zh}在{share}的重复中，{len(ranked)}个单位有一半的位次相差不超过{int(np.median(widths))}位；最不确定的是"
        f"{widest['name']}，在第{widest['low']}至第{widest['high']}名之间（现行方案为第{widest['nominal']}名）。",
    )
    yield from _firsts(said, group, of_en, of_zh)
    yield from _levels(ranked, of_en, of_zh)


def _places_en(count: int) -> str:
    return f"{count} place" if count == 1 else f"{count} places"


def _firsts(said: Said, group: str, of_en: str, of_zh: str) -> Iterator[Text]:
    standing = said.standing
    here = [index for index, each in enumerate(standing.groups) if each == group]
    places = said.outcomes.places[said.sample][:, standing.columns[here]]
    chances = (places == 1).mean(axis=0)
    first = [index for index, at in enumerate(here) if standing.places[at] == 1]
    ever = int((chances > 0.0).sum())
    for index in first[:1]:
        name, chance = standing.names[here[index]], 100.0 * chances[index]
        others = ever - (1 if chances[index] > 0.0 else 0)
        yield Text(
            en=f"{of_en}{name}, first as the scheme has it, is first in {chance:.0f}% of the replicates; "
            f"{others} other units were first at least once.",
            zh=f"{of_zh}现行方案的第一名{name}在{chance:.0f}%的重复中居首；另有{others}个单位至少一次居首。",
        )


def _levels(ranked: list[dict[str, Any]], of_en: str, of_zh: str) -> Iterator[Text]:
    """Yield how many groups of units can be told apart, and who is level with the first."""
    groups: dict[int, list[str]] = {}
    for row in ranked:
        groups.setdefault(row["level_with"], []).append(row["name"])
    if len(ranked) < 2:  # noqa: PLR2004 - one unit is level with nobody
        return
    leaders = next(iter(groups.values()))
    told_en = ", ".join(leaders[:5]) + (" …" if len(leaders) > 5 else "")  # noqa: PLR2004 - so many are named
    told_zh = "、".join(leaders[:5]) + ("等" if len(leaders) > 5 else "")  # noqa: PLR2004 - the same
    if len(leaders) > 1:
        yield Text(
            en=f"{of_en}the {len(ranked)} units are {len(groups)} groups that can be told apart; the first "
            f"{len(leaders)} cannot be told apart from each other's first: {told_en}.",
            zh=f"{of_zh}{len(ranked)}个单位可分出高下的只有{len(groups)}组；前{len(leaders)}名与首位难分高下：{told_zh}。",
        )
    else:
        yield Text(
            en=f"{of_en}the {len(ranked)} units are {len(groups)} groups that can be told apart; {told_en} stands "
            "alone at the top.",
            zh=f"{of_zh}{len(ranked)}个单位可分出高下的有{len(groups)}组；{told_zh}单独居首。",
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
        yield Text(
            en=f"Of all {en}s the ranking hangs most on {most['name']}: without it units are off by "
            f"{most['mean_shift']:.1f} places on average, {most['unit']} by {most['most']}.",
            zh=f"{zh}中对排名影响最大的是{most['name']}：去掉后位次平均变动{most['mean_shift']:.1f}位，"
            f"{most['unit']}变动{most['most']}位。",
        )
