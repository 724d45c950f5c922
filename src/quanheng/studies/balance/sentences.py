"""What a balance found, in sentences."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from quanheng.engine.frame import columns as c
from quanheng.findings.text import Text
from quanheng.studies.balance.model.frozen import Pool
from quanheng.studies.balance.plans.answers import Answer
from quanheng.studies.balance.plans.front import Choice
from quanheng.studies.balance.plans.needs import Need
from quanheng.studies.balance.plans.plan import Ground

_SHOWN: Final = 3
_EQUAL: Final = 1e-9
_CHEAPER: Final = 1e-6


def of_answer(ground: Ground, answer: Answer) -> Iterator[Text]:
    """Yield what the plan is, what it costs, and what the full scoring makes of it."""
    moves = [
        (lever, amount)
        for lever, amount in zip(ground.levers, answer.plan.amounts, strict=True)
        if amount > 0.0
    ]
    listed = Text(en="nothing is moved", zh="无需调整")
    if moves:
        listed = Text(
            en="; ".join(f"{lever.name.en} {_from_to(lever.start, lever.figure(by))}" for lever, by in moves),
            zh="；".join(f"{lever.name.zh}{_from_to(lever.start, lever.figure(by))}" for lever, by in moves),
        )
    cost = f"{answer.plan.cost:.6g}"
    yield Text(
        en=f"{answer.asked.en}: {listed.en}. It costs {cost}.",
        zh=f"{answer.asked.zh}：{listed.zh}。代价{cost}。",
    )
    apart = answer.plan.cost - (answer.lowest or answer.plan.cost)
    if apart > _CHEAPER * max(1.0, answer.plan.cost):
        low = f"{answer.lowest:.6g}"
        yield Text(
            en=f"No plan under {low} can do it, whatever the roundings do; between {low} and {cost} they "
            "decide.",
            zh=f"无论如何舍入，代价低于{low}必不能达到；{low}至{cost}之间取决于舍入。",
        )
    before, after = ground.today, answer.proof.pool
    told = [_outcome(ground.names[unit], before, after, unit) for unit in answer.units]
    how = Text(en="Scored anew", zh="重新计分")
    if not answer.proof.anew:
        how = Text(
            en="Scored with these figures, reviews as they were held", zh="按这些数据计分（季季评保持不变）"
        )
    yield Text(
        en=f"{how.en}: {'; '.join(each.en for each in told)}.",
        zh=f"{how.zh}：{'；'.join(each.zh for each in told)}。",
    )


def _from_to(before: float, after: float) -> str:
    return f"{before:.6g} → {after:.6g}"


def _outcome(name: str, before: Pool, after: Pool, unit: str) -> Text:
    score = f"{before.total(unit):.6g} → {after.total(unit):.6g}"
    place = f"{before.place(unit)} → {after.place(unit)}"
    tiers = before.text(unit, c.TIER), after.text(unit, c.TIER)
    more = Text()
    if tiers[0] != tiers[1]:
        more = Text(en=f", {tiers[0]} → {tiers[1]}", zh=f"，{tiers[0]} → {tiers[1]}")
    return Text(en=f"{name} {score}, place {place}{more.en}", zh=f"{name}{score}，位次{place}{more.zh}")


def of_front(ground: Ground, unit: str, nodes: Sequence[str], choices: Sequence[Choice]) -> Text:
    """Return what the front says."""
    name = ground.names[unit]
    if not choices:
        return Text(
            en=f"{name}: nothing can be had within these demands.", zh=f"{name}：在这些要求内无方案。"
        )
    first, last = choices[0], choices[-1]

    def levels(choice: Choice) -> str:
        return " / ".join(f"{value:.4g}" for value in choice.points)

    listed = Text(en=" / ".join(nodes), zh="/".join(nodes))
    if len(choices) == 1:
        return Text(
            en=f"{name} can have all at once: {listed.en} at {levels(first)} points; nothing has to be "
            "given up.",
            zh=f"{name}可以兼得：{listed.zh}得分率{levels(first)}，无须取舍。",
        )
    knee = next((choice for choice in choices if choice.is_knee), None)
    en = f"{name}: {listed.en} go from {levels(first)} to {levels(last)} points in {len(choices)} plans"
    zh = f"{name}：{listed.zh}得分率从{levels(first)}到{levels(last)}，共{len(choices)}个方案"
    if knee is None:
        return Text(en=f"{en}.", zh=f"{zh}。")
    return Text(en=f"{en}; the knee is at {levels(knee)}.", zh=f"{zh}；拐点为{levels(knee)}。")


def of_needs(ground: Ground, needs: Sequence[Need], names: Mapping[str, Text]) -> Text:
    """Return what a unit needs for one goal, the nearest figures first."""
    goal, unit, today = needs[0].goal, needs[0].unit, ground.today
    now, wanted = today.total(unit) or 0.0, goal.total(today)
    name = ground.names[unit]
    done = [need for need in needs if need.to is not None]
    en = f"{goal.text.en}: {name} is place {today.place(unit)} with {now:.6g} and needs {wanted:.6g}"
    zh = f"{goal.text.zh}：{name}现为第{today.place(unit)}名、{now:.6g}分，需{wanted:.6g}分"
    if goal.place is not None and abs(now - wanted) < _EQUAL:
        en = f"{goal.text.en}: {name} is place {today.place(unit)} with {now:.6g}, as much as the one before "
        en += "it, whom the order of ties puts first"
        zh = f"{goal.text.zh}：{name}现为第{today.place(unit)}名、{now:.6g}分，"
        zh += "与前一名同分，按并列时的先后排在其后"
    items = len({need.item for need in needs})
    if not done:
        return Text(
            en=f"{en}; none of its {items} figures alone does that.",
            zh=f"{zh}；{items}项数据中没有一项能单独做到。",
        )
    near = [(_name(names, need), _from_to(need.start, need.to or 0.0)) for need in done[:_SHOWN]]
    moves = Text(
        en="; ".join(f"{own.en} {move}" for own, move in near),
        zh="；".join(f"{own.zh}{move}" for own, move in near),
    )
    count = len({need.item for need in done})
    return Text(
        en=f"{en}. {count} of its {items} figures could do that alone; with the least change for its "
        f"group: {moves.en}.",
        zh=f"{zh}。{items}项数据中有{count}项可单独做到；相对组内差异变动最小的：{moves.zh}。",
    )


def _name(names: Mapping[str, Text], need: Need) -> Text:
    own = names[need.item]
    return Text(en=own.en or own.zh or need.item, zh=own.zh or own.en or need.item)


def as_proved(zh_en: int) -> Text:
    """Return that every need was scored."""
    return Text(
        en=f"Each of these was scored by the engine, in {zh_en} copies of the round in which that "
        "figure alone is another one.",
        zh=f"以上各项均经完整计分：共{zh_en}份副本，每份只改动这一项数据。",
    )
