"""The tables and charts of a balance: plans, their proofs, the front, and needs one figure at a time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from quanheng.engine.frame import columns as c
from quanheng.findings.text import Text
from quanheng.studies.balance.model.frozen import Pool
from quanheng.studies.balance.plans.answers import Answer
from quanheng.studies.balance.plans.front import Choice
from quanheng.studies.balance.plans.needs import Need
from quanheng.studies.balance.plans.plan import Ground
from quanheng.studies.balance.plans.proof import moved_units
from quanheng.studies.charts.chart import Chart
from quanheng.studies.charts.kinds import bars, scatter
from quanheng.studies.columns import NUMBER, TEXT, TRUTH, WHOLE, Columns, table_of_rows
from quanheng.studies.study import Table

_LEVERS: Final[Columns] = {
    "question": (TEXT, Text(en="which question", zh="问题")),
    "unit": (TEXT, Text(en="code of the unit", zh="单位代码")),
    "name": (TEXT, Text(en="name of the unit", zh="单位")),
    "group": (TEXT, Text(en="code of its group", zh="分组")),
    "item": (TEXT, Text(en="the item whose figure is moved", zh="数据项")),
    "indicator": (
        TEXT,
        Text(
            en="the indicator of the lever, null if it names the item",
            zh="指标（可调数据项只写数据项时为空）",
        ),
    ),
    "before": (NUMBER, Text(en="the figure of the round", zh="现值")),
    "after": (NUMBER, Text(en="the figure of the plan", zh="方案值")),
    "amount": (
        NUMBER,
        Text(en="how far the lever is moved, in its own measure", zh="调整量（按可调数据项的计量）"),
    ),
    "reach": (NUMBER, Text(en="how far it could be moved", zh="最多可调")),
    "cost": (NUMBER, Text(en="what that costs", zh="代价")),
}
_PROOF: Final[Columns] = {
    "question": (TEXT, Text(en="which question", zh="问题")),
    "unit": (TEXT, Text(en="code of the unit", zh="单位代码")),
    "name": (TEXT, Text(en="name of the unit", zh="单位")),
    "group": (TEXT, Text(en="code of its group", zh="分组")),
    "moved": (TRUTH, Text(en="whether the plan moves a figure of it", zh="方案是否调整其数据")),
    "score_before": (NUMBER, Text(en="total today", zh="现总分")),
    "score_after": (NUMBER, Text(en="total of the changed book, scored anew", zh="改动后重新计分的总分")),
    "place_before": (WHOLE, Text(en="place today", zh="现位次")),
    "place_after": (WHOLE, Text(en="place in the changed book", zh="改动后位次")),
    "tier_before": (TEXT, Text(en="tier today", zh="现等次")),
    "tier_after": (TEXT, Text(en="tier in the changed book", zh="改动后等次")),
}
_PLANS: Final[Columns] = {
    "question": (TEXT, Text(en="which question", zh="问题")),
    "asked": (TEXT, Text(en="what was asked", zh="所问")),
    "cost": (NUMBER, Text(en="what the plan costs", zh="方案代价")),
    "lowest": (
        NUMBER,
        Text(
            en="of the cheapest way: nothing under this reaches it, roundings bounded",
            zh="最低代价界：低于此数必不能达到（已计入舍入）",
        ),
    ),
    "fulfilled": (TRUTH, Text(en="whether the full scoring has all that was asked", zh="完整计分是否确认")),
    "rounds": (WHOLE, Text(en="how often it was scored until model and engine agreed", zh="迭代轮数")),
    "gap": (
        NUMBER,
        Text(en="how far the model's totals were from the engine's at most", zh="模型与实际计分的最大差"),
    ),
    "best_proved": (
        TRUTH,
        Text(en="whether the solver proved it best in its model", zh="求解器是否证明最优"),
    ),
}
_NEEDS: Final[Columns] = {
    "unit": (TEXT, Text(en="code of the unit", zh="单位代码")),
    "name": (TEXT, Text(en="name of the unit", zh="单位")),
    "group": (TEXT, Text(en="code of its group", zh="分组")),
    "goal": (TEXT, Text(en="`place` or `tier`: the next one", zh="目标：下一位次 place 或等次 tier")),
    "wanted": (TEXT, Text(en="which place or tier", zh="所求")),
    "item": (TEXT, Text(en="the item whose figure alone is moved", zh="数据项")),
    "item_name": (TEXT, Text(en="its name", zh="名称")),
    "indicators": (TEXT, Text(en="the indicators it counts in", zh="涉及指标")),
    "before": (NUMBER, Text(en="the figure of the round", zh="现值")),
    "after": (
        NUMBER,
        Text(en="what it would have to be; null if it alone does not do", zh="所需值（单靠它达不到则为空）"),
    ),
    "change": (NUMBER, Text(en="by how much", zh="变动")),
    "in_spreads": (
        NUMBER,
        Text(en="the same in standard deviations of the group", zh="变动相当于几个组内标准差"),
    ),
    "seen": (TRUTH, Text(en="whether a unit of the group has as much today", zh="组内是否已有此水平")),
    "score": (NUMBER, Text(en="the total then, from a full scoring", zh="届时总分（完整计分）")),
    "place": (WHOLE, Text(en="the place then", zh="届时位次")),
    "tier": (TEXT, Text(en="the tier then", zh="届时等次")),
    "found": (
        TEXT,
        Text(
            en="`model`: solved exactly; `search`: among full scorings",
            zh="求法：model 精确求解，search 逐次完整计分",
        ),
    ),
}


def plans_table(answers: Sequence[Answer]) -> Table:
    """Return a row for each question: what its plan costs and how sure it is."""
    rows = [
        {
            "question": answer.name,
            "asked": answer.asked.en,
            "cost": answer.plan.cost,
            "lowest": answer.lowest,
            "fulfilled": answer.plan.fulfilled,
            "rounds": answer.plan.rounds,
            "gap": answer.plan.gap,
            "best_proved": not answer.plan.stopped,
        }
        for answer in answers
    ]
    return table_of_rows("plans", Text(en="Plans", zh="方案"), _PLANS, rows)


def levers_table(ground: Ground, plans: Sequence[tuple[str, Sequence[float]]]) -> Table:
    """Return a row for each lever that a plan moves; `plans` are names and amounts."""
    rows = [
        {
            "question": name,
            "unit": lever.unit,
            "name": ground.names[lever.unit],
            "group": ground.today.text(lever.unit, c.GROUP),
            "item": lever.item,
            "indicator": lever.indicator,
            "before": lever.start,
            "after": lever.figure(amount),
            "amount": amount,
            "reach": lever.reach,
            "cost": lever.cost(amount),
        }
        for name, amounts in plans
        for lever, amount in zip(ground.levers, amounts, strict=True)
        if amount > 0.0
    ]
    return table_of_rows("levers", Text(en="What is moved", zh="调整内容"), _LEVERS, rows)


def proof_table(ground: Ground, answers: Sequence[Answer]) -> Table:
    """Return a row for each unit that is moved, or whose place or tier is another one then."""
    before = ground.today
    rows = []
    for answer in answers:
        after = answer.proof.pool
        own = {
            lever.unit
            for lever, amount in zip(ground.levers, answer.plan.amounts, strict=True)
            if amount > 0.0
        }
        for unit in moved_units(ground, before, after, answer.plan.amounts):
            row = {"question": answer.name, "moved": unit in own, **_who(ground, unit)}
            rows.append(row | _outcome(before, unit, "before") | _outcome(after, unit, "after"))
    return table_of_rows(
        "proof", Text(en="Proof: the changed book, scored", zh="证明：改动后的考核册重新计分"), _PROOF, rows
    )


def _who(ground: Ground, unit: str) -> dict[str, Any]:
    return {"unit": unit, "name": ground.names[unit], "group": ground.today.text(unit, c.GROUP)}


def _outcome(pool: Pool, unit: str, when: str) -> dict[str, Any]:
    return {
        f"score_{when}": pool.total(unit),
        f"place_{when}": pool.place(unit),
        f"tier_{when}": pool.text(unit, c.TIER),
    }


def front_table(nodes: Sequence[str], choices: Sequence[Choice], ground: Ground, unit: str) -> Table:
    """Return a row for each plan on the front."""
    columns: Columns = {
        "number": (WHOLE, Text(en="number of the plan", zh="方案号")),
        **{
            f"points_{node}": (
                NUMBER,
                Text(en=f"points of {node}, as the engine scores the plan", zh=f"{node}得分率（完整计分）"),
            )
            for node in nodes
        },
        "total": (NUMBER, Text(en="total of the unit", zh="总分")),
        "place": (WHOLE, Text(en="place of the unit", zh="位次")),
        "cost": (NUMBER, Text(en="what the plan costs", zh="方案代价")),
        "knee": (
            TRUTH,
            Text(en="whether it is the knee: nearest to the best of all", zh="是否为拐点（距各维最优最近）"),
        ),
    }
    rows = [
        {
            "number": number,
            **{f"points_{node}": value for node, value in zip(nodes, choice.points, strict=True)},
            "total": choice.plan.pool.total(unit),
            "place": choice.plan.pool.place(unit),
            "cost": choice.plan.cost,
            "knee": choice.is_knee,
        }
        for number, choice in enumerate(choices, 1)
    ]
    title = Text(en=f"Front of {ground.names[unit]}", zh=f"{ground.names[unit]}的帕累托前沿")
    return table_of_rows("front", title, columns, rows)


def needs_table(ground: Ground, needs: Sequence[Need], item_names: Mapping[str, Text]) -> Table:
    """Return a row for each figure, goal and way that does, then one for each that does not."""
    rows = []
    for need in needs:
        tiers = ground.today.scheme.tiers
        wanted = tiers[need.goal.tier].name if need.goal.tier is not None else str(need.goal.place)
        rows.append(
            {
                **_who(ground, need.unit),
                "goal": "place" if need.goal.tier is None else "tier",
                "wanted": wanted,
                "item": need.item,
                "item_name": _item_word(need.item, item_names).zh,
                "indicators": " ".join(need.indicators),
                "before": need.start,
                "after": need.to,
                "change": need.change,
                "in_spreads": need.in_spreads,
                "seen": need.seen if need.to is not None else None,
                "score": None if need.pool is None else need.pool.total(need.unit),
                "place": None if need.pool is None else need.pool.place(need.unit),
                "tier": None if need.pool is None else need.pool.text(need.unit, c.TIER),
                "found": need.found,
            }
        )
    title = Text(en="Needs, one figure at a time", zh="差距：逐项单独调整所需")
    items = (_item_word(need.item, item_names) for need in needs)
    goals = {"place": Text(en="place", zh="位次"), "tier": Text(en="tier", zh="等次")}
    found = {"model": Text(en="model", zh="精确求解"), "search": Text(en="search", zh="逐次计分")}
    words = {"item_name": {name.zh: name for name in items}, "goal": goals, "found": found}
    return table_of_rows("needs", title, _NEEDS, rows, words=words)


def _item_word(item: str, names: Mapping[str, Text]) -> Text:
    own = names[item]
    return Text(en=own.en or own.zh or item, zh=own.zh or own.en or item)


def front_chart(nodes: Sequence[str], choices: Sequence[Choice], sentence: Text) -> Chart:
    """Return the front: the first node across, the second up; the knee is marked."""
    rows = [
        {"name": str(number), "x": choice.points[0], "y": choice.points[1], "marked": choice.is_knee}
        for number, choice in enumerate(choices, 1)
    ]
    across, up = (Text(en=f"points of {node}", zh=f"{node}得分率") for node in nodes[:2])
    title = Text(en="What can be had of both", zh="二者可兼得多少")
    return Chart(
        name="front",
        title=title,
        sentence=sentence,
        definition=scatter(rows, across, up, line=len(nodes) == 2),  # noqa: PLR2004 - a line of two
    )


def needs_chart(needs: Sequence[Need], names: Mapping[str, Text], sentence: Text, name: str) -> Chart:
    """Return how far each figure that alone does would have to move, in spreads of its group."""
    rows = [
        {"name": _item_name(need, names), "value": need.in_spreads}
        for need in needs
        if need.in_spreads is not None
    ]
    heading = Text(en="change in standard deviations of the group", zh="所需变动（组内标准差的倍数）")
    title = Text(en="One figure alone", zh="单靠一项")
    return Chart(name=name, title=title, sentence=sentence, definition=bars(rows, heading))


def _item_name(need: Need, names: Mapping[str, Text]) -> Text:
    way = Text(en="up", zh="升") if need.way > 0 else Text(en="down", zh="降")
    own = _item_word(need.item, names)
    return Text(en=f"{own.en} {way.en}", zh=f"{own.zh}{way.zh}")
