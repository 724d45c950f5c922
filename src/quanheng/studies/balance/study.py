"""The study `balance` (统筹兼顾): what moving figures would reach, and the best way to move them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import inf
from typing import TYPE_CHECKING, Final

from quanheng.engine.frame import columns as c
from quanheng.engine.results.score import score
from quanheng.findings.errors import UsageError
from quanheng.findings.finding import Finding, FindingsError, Kind
from quanheng.findings.nearest import no_such
from quanheng.findings.text import Text
from quanheng.studies.balance import sentences, tables
from quanheng.studies.balance.form import EVERY, BalanceForm
from quanheng.studies.balance.model.build import touched_adjustments
from quanheng.studies.balance.model.frozen import Pool
from quanheng.studies.balance.plans.answers import Answering
from quanheng.studies.balance.plans.asked import Asked
from quanheng.studies.balance.plans.effects import effects_of
from quanheng.studies.balance.plans.goals import Goal, next_tier, place_goal, tier_goal
from quanheng.studies.balance.plans.needs import Finder, Need, candidates, wanted_needs
from quanheng.studies.balance.plans.plan import Ground
from quanheng.studies.balance.plans.settle import Settling
from quanheng.studies.study import Study
from quanheng.studies.variants.trials import trials_of

if TYPE_CHECKING:
    from quanheng.data.book.book import Book
    from quanheng.studies.charts.chart import Chart
    from quanheng.studies.form import StudyForm
    from quanheng.studies.study import Table

FORM: Final = BalanceForm
TITLE: Final = Text(en="Balance: what effort would reach", zh="统筹兼顾：努力能换来什么")

_TOLD: Final = 4
"""So many figures at most are named in a note; the table has them all."""
SEARCHED: Final = Kind(
    code="QH788",
    severity="note",
    en="what these would have to be was sought among full scorings, not solved: {items}",
    zh="以下各项的所需值由逐次完整计分搜索得出，而非精确求解：{items}",
    hint_en="it is the least of the amounts tried, to about a thousandth of how far it was sought",
    hint_zh="所列为试过的最小值，精确到搜索范围的千分之一左右",
)
ADJUSTMENTS_MOVE: Final = Kind(
    code="QH782",
    severity="note",
    en="the adjustment '{formula}' asks for what the levers move; the model holds it as it "
    "stands, each round anew",
    zh="加减分“{formula}”含所调数据项；模型每轮按当时情况固定",
    hint_en="the full scoring takes it as it really is",
    hint_zh="完整计分按其实际情况计算",
)


def run(book: Book, settings: StudyForm) -> Study:
    """Return what the levers of `settings` can reach; without levers, what one figure alone would do.

    Raises:
        FindingsError: levers or goals name what is not there or cannot be modelled, or demands conflict.
        UsageError: there is nothing to ask.
    """
    assert isinstance(settings, BalanceForm)  # noqa: S101 - narrows the type: the catalogue hands over its own form
    result = score(book)
    trials = trials_of(result)
    today = Pool(result.scheme, result.wide)
    names = dict(zip(today.wide[c.UNIT].to_list(), today.wide[c.NAME].to_list(), strict=True))
    settling = Settling(scheme=result.scheme, pool=today, trials=trials, names=names)
    levers, effects = settling.levers(settings.levers)
    ground = Ground(
        book=book,
        result=result,
        trials=trials,
        today=today,
        levers=levers,
        slopes=effects.of_levers(levers),
        names=names,
        settings=settings,
    )
    if levers:
        return _answered(ground, settling)
    _require_no_questions(settings)
    return _needs(ground)


def _answered(ground: Ground, settling: Settling) -> Study:
    asked = Asked(today=ground.today, names=ground.names, settings=ground.settings, settling=settling)
    answering = Answering(ground=ground, asked=asked)
    answering.tell_idle()
    answers = answering.answers()
    choices = answering.front()
    settings = ground.settings
    if not answers and settings.front is None:
        raise UsageError(
            "the levers are there, but nothing is asked of them: write 'reach', 'most', 'fairest', "
            "'share' or 'front'",
            "已写可调数据项，但未提问题：请写 reach、most、fairest、share 或 front",
        )
    told = [text for answer in answers for text in sentences.of_answer(ground, answer)]
    plans = [(answer.name, answer.plan.amounts) for answer in answers]
    shown: list[Table] = []
    charts: list[Chart] = []
    if answers:
        shown += [tables.plans_table(answers)]
    if settings.front is not None and choices:
        unit = settling.unit(settings.front.unit, "front.unit") or ""
        nodes = asked.nodes_of(settings.front)
        sentence = sentences.of_front(ground, unit, nodes, choices)
        told.append(sentence)
        shown.append(tables.front_table(nodes, choices, ground, unit))
        charts.append(tables.front_chart(nodes, choices, sentence))
        plans += [(f"front {number}", choice.plan.amounts) for number, choice in enumerate(choices, 1)]
    shown.append(tables.levers_table(ground, plans))
    if answers:
        shown.append(tables.proof_table(ground, answers))
    items = frozenset(lever.item for lever in ground.levers)
    moving = [
        ADJUSTMENTS_MOVE.at(formula=each.brief) for each in touched_adjustments(ground.today.scheme, items)
    ]
    return Study(
        name="balance",
        title=TITLE,
        settings=settings,
        sentences=tuple(told),
        tables=tuple(shown),
        charts=tuple(charts),
        findings=(*settling.findings, *moving, *asked.findings, *answering.findings),
    )


def _require_no_questions(settings: BalanceForm) -> None:
    asked = [name for name in ("reach", "most", "fairest", "share", "front") if getattr(settings, name)]
    if asked:
        listed = ", ".join(asked)
        raise UsageError(
            f"{listed}: there are no levers to do it with; write 'levers'",
            f"{listed}：没有可调数据项；请写 levers",
        )


def _needs(ground: Ground) -> Study:
    today, settings = ground.today, ground.settings
    units = list(_asked(ground))
    if not units:
        raise UsageError(
            "no unit has a place before it: ask for a score with levers, or name a unit",
            "没有哪个单位前面还有位次：请写可调数据项并问某一得分，或指定单位",
        )
    told: list[Text] = []
    findings: list[Finding] = []
    every: list[Need] = []
    charts: list[Chart] = []
    names = {item.code: item.name for item in today.scheme.items}
    if settings.unit is None:
        listed = [ground.names[unit] for unit in units]
        told.append(
            Text(
                en="No unit was named: of each group, the one nearest to its next place: "
                f"{', '.join(listed)}.",
                zh=f"未指定单位：各组取距上一名最近的单位：{'、'.join(listed)}。",
            )
        )
    count = 0
    for unit in units:
        needs = _needs_of(ground, unit, findings)
        for goal in dict.fromkeys(need.goal for need in needs):
            own = _nearest_first([need for need in needs if need.goal is goal])
            sentence = sentences.of_needs(ground, own, names)
            told.append(sentence)
            every += own
            done = [need for need in own if need.in_spreads is not None]
            if done and settings.unit != EVERY:
                kind = "place" if goal.tier is None else "tier"
                charts.append(tables.needs_chart(done, names, sentence, f"needs-{kind}-{unit}"))
        count += sum(1 for need in needs if need.to is not None)
    if settings.unit == EVERY:
        findings += _searched(every)
    if count:
        told.append(sentences.as_proved(count))
    return Study(
        name="balance",
        title=TITLE,
        settings=settings,
        sentences=tuple(told),
        tables=(tables.needs_table(ground, every, names),),
        charts=tuple(charts),
        findings=tuple(findings),
    )


def _needs_of(ground: Ground, unit: str, findings: list[Finding]) -> list[Need]:
    goals = _goals(ground, unit, findings)
    items = candidates(ground.today, ground.trials, unit)
    if not goals or not items:
        return []
    effects = effects_of(ground.trials, ground.today, [(unit, item) for item in items])
    needs = wanted_needs(ground.today, unit, goals, items, effects)
    finder = Finder(
        pool=ground.today, trials=ground.trials, effects=effects, settings=ground.settings, ground=ground
    )
    finder.find(needs)
    if ground.settings.unit != EVERY:
        findings += _searched(needs)
    return needs


def _searched(needs: Sequence[Need]) -> Iterator[Finding]:
    """Yield which figures were sought and not solved, if there are any."""
    searched = {need.item: need.why for need in needs if need.found == "search"}
    if searched:
        shown = list(searched.items())[:_TOLD]
        more = len(searched) - len(shown)
        listed = Text(
            en="; ".join(f"{item} ({why.en})" for item, why in shown)
            + (f"; and {more} more" if more else ""),
            zh="；".join(f"{item}（{why.zh}）" for item, why in shown)
            + (f"等{len(searched)}项" if more else ""),
        )
        yield SEARCHED.at(items=listed)


def _goals(ground: Ground, unit: str, findings: list[Finding]) -> list[Goal]:
    """Return the next place and the next tier of a unit, those that there are."""
    today, name = ground.today, ground.names[unit]
    tier = next_tier(today, unit)
    wanted = [place_goal(today, unit, name, None)]
    if tier is not None:
        wanted.append(tier_goal(today, unit, name, tier))
    goals = [goal for goal in wanted if isinstance(goal, Goal)]
    told = [finding for finding in wanted if isinstance(finding, Finding)]
    if not goals:
        raise FindingsError(tuple(told))
    if ground.settings.unit != EVERY:
        findings.extend(told)
    return goals


def _asked(ground: Ground) -> Iterator[str]:
    """Yield the units whose needs are asked: the one that is named, all that have any, or the nearest."""
    unit = ground.settings.unit
    if unit is None:
        yield from _nearest(ground.today)
    elif unit == EVERY:
        yield from (each for each in ground.today.units if _has_goal(ground.today, each))
    else:
        yield _unit(ground, unit)


def _has_goal(today: Pool, unit: str) -> bool:
    """Return whether a unit has a place, and one or a tier above."""
    place = today.place(unit)
    return place is not None and (place > 1 or next_tier(today, unit) is not None)


def _unit(ground: Ground, written: str) -> str:
    for unit, name in ground.names.items():
        if written in (unit, name):
            return unit
    raise no_such(Text(en="unit", zh="单位"), written, [*ground.names, *ground.names.values()])


def _nearest(today: Pool) -> Iterator[str]:
    """Yield of each group the unit nearest to the place before it; nobody where all share one."""
    for group in today.scheme.groups:
        own = [unit for unit in today.units if today.text(unit, c.GROUP) == group.code]
        behind = [unit for unit in own if (today.place(unit) or 0) > 1]
        if behind:
            yield min(behind, key=lambda unit: (_missing(today, unit), today.place(unit) or 0, unit))


def _missing(today: Pool, unit: str) -> float:
    goal = place_goal(today, unit, unit, None)
    return goal.total(today) - (today.total(unit) or 0.0) if isinstance(goal, Goal) else inf


def _nearest_first(needs: Sequence[Need]) -> list[Need]:
    """Return of each figure the nearest way that does, else one that says that none does; nearest first."""

    def key(need: Need) -> tuple[bool, float, str]:
        spreads = need.in_spreads
        return (need.to is None, inf if spreads is None else spreads, need.item)

    nearest: dict[str, Need] = {}
    for need in sorted(needs, key=key):
        nearest.setdefault(need.item, need)
    return list(nearest.values())
