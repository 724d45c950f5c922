"""The answers to what a study file asks: a plan each, with what was asked and what the engine makes of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from math import inf
from typing import Final

from quanheng.engine.frame import columns as c
from quanheng.findings.finding import Finding, FindingsError, Kind
from quanheng.findings.text import Text
from quanheng.studies.balance.conflict import conflict_of
from quanheng.studies.balance.form import FrontForm, GoalForm, ShareForm
from quanheng.studies.balance.front import Choice, front_of
from quanheng.studies.balance.goals import Goal, place_goal, tier_goal, tier_number
from quanheng.studies.balance.model.tree import UnitTree
from quanheng.studies.balance.plan import Ground, Plan, Question, Search, laid
from quanheng.studies.balance.proof import Proof, proof_of
from quanheng.studies.balance.questions import Cheapest, Fairest, Frame, Most, Whole, first_level
from quanheng.studies.balance.settle import NO_ITEM, Settling
from quanheng.findings.nearest import did_you_mean

REACHED: Final = Kind(
    code="QH779",
    severity="note",
    en="{goal}: it has that today, so nothing has to be moved",
    zh="{goal}：目前已达到，无需调整",
    hint_en="ask for a better place, tier or score",
    hint_zh="可改问更前的位次、更高的等次或得分",
)
STOPPED: Final = Kind(
    code="QH783",
    severity="warning",
    en="{question}: the solver was stopped before the best was proved: found {best}, none better than {bound}",
    zh="{question}：求解器在证明最优之前停止：已找到{best}，最优不会好于{bound}",
    hint_en="raise 'seconds' or 'branches', or write fewer or coarser levers",
    hint_zh="请增大 seconds 或 branches，或减少可调数据项、放大步长",
)
NOT_AGREED: Final = Kind(
    code="QH785",
    severity="warning",
    en="{question}: after {rounds} rounds the model's total and the engine's are still {gap} apart",
    zh="{question}：经过{rounds}轮，模型总分与实际计分仍相差{gap}",
    hint_en="the pool moves along with the levers; take the engine's figures, they are the proof",
    hint_zh="参照随调整而变动；请以实际计分（证明）为准",
)
MISSED: Final = Kind(
    code="QH786",
    severity="warning",
    en="{question}: no plan was found that a full scoring confirms; the last one is shown",
    zh="{question}：未找到经完整计分确认的方案；所列为最后一个",
    hint_en="raise 'rounds', or ask for a little less",
    hint_zh="请增大 rounds，或略微放低要求",
)
HALF_ASKED: Final = Kind(
    code="QH789",
    severity="error",
    en="{where_in}: {why}",
    zh="{where_in}：{why}",
    hint_en="'quanheng schema --study balance' says what may be written",
    hint_zh="可写的内容见 quanheng schema --study balance",
)
_DIGITS: Final = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The answer to one question. `lowest` is a cost under which nothing reaches it, roundings bounded."""

    name: str
    asked: Text
    plan: Plan
    proof: Proof
    units: tuple[str, ...]
    lowest: float | None = None
    nodes: tuple[str, ...] = ()


@dataclass(slots=True, kw_only=True)
class Answering:
    """Answers while they are looked for; `findings` are told beside them."""

    ground: Ground
    settling: Settling
    findings: list[Finding] = field(default_factory=list)

    def answers(self) -> tuple[Answer, ...]:
        """Return the answer to everything the settings ask but the front.

        Raises:
            FindingsError: a question names what is not there, or its demands conflict.
        """
        settings = self.ground.settings
        frame = self.frame()
        goals = tuple(self._goals(settings.reach))
        most = tuple(self._units(settings.most, "most"))
        fairest = tuple(self._units(settings.fairest, "fairest"))
        self._raise()
        found = []
        if goals or settings.share:
            found.append(self._cheapest(goals, frame))
        if most:
            names = self._names(most)
            asked = Text(en=f"the largest total of {names.en}", zh=f"{names.zh}总分最大")
            found.append(self._answer("most", self._within(asked), Most(frame=frame, units=most)))
        if fairest:
            found.append(self._fairest(fairest, frame))
        return tuple(found)

    def front(self) -> tuple[Choice, ...]:
        """Return the front that the settings ask for; empty if none.

        Raises:
            FindingsError: it names what is not there, or nothing can be had.
        """
        form = self.ground.settings.front
        if form is None:
            return ()
        unit = self.settling.unit(form.unit, "front.unit")
        nodes = self.nodes_of(form)
        self._raise()
        if unit is None:
            return ()
        for node in nodes:
            if self.ground.today.number(unit, c.points(node)) is None:
                why = Text(en=f"{node} has no points for {unit}", zh=f"{unit}没有“{node}”的得分")
                raise FindingsError((HALF_ASKED.at(where_in="front.of", why=why),))
        return front_of(self.ground, self.frame(), unit, nodes, form.points)

    def nodes_of(self, form: FrontForm) -> tuple[str, ...]:
        """Return the codes of the nodes that a front names."""
        return tuple(self._node(name) for name in form.of)

    def frame(self) -> Frame:
        """Return the budget and the targets of the district."""
        settings = self.ground.settings
        wholes = tuple(whole for form in settings.share if (whole := self._whole(form)) is not None)
        return Frame(budget=settings.budget, wholes=wholes)

    def _raise(self) -> None:
        found = (*self.settling.findings, *self.findings)
        errors = tuple(finding for finding in found if finding.severity == "error")
        if errors:
            raise FindingsError(errors)

    def _cheapest(self, goals: tuple[Goal, ...], frame: Frame) -> Answer:
        today = self.ground.today
        for goal in goals:
            if goal.reached(today):
                self.findings.append(REACHED.at(goal=goal.text))
        texts = [*(goal.text for goal in goals), *(whole.text for whole in frame.wholes)]
        asked = Text(en="; ".join(each.en for each in texts), zh="；".join(each.zh for each in texts))
        question = Cheapest(frame=frame, goals=goals, scheme=today.scheme)
        answer = self._answer("cheapest", asked, question)
        easier = max((tree.slack for tree in self._trees(answer.plan, question).values()), default=0.0)
        lowest = answer.plan.bound
        if easier > 0.0 and lowest is not None:
            relaxed = Cheapest(frame=frame, goals=goals, scheme=today.scheme, easier=easier)
            trees = self._trees(answer.plan, relaxed)
            encoded, laid_out = laid(self.ground, relaxed, trees, answer.plan.pool)
            outcome = encoded.least(laid_out.objective, self.ground.limits)
            lowest = outcome.bound
        return replace(answer, lowest=None if lowest is None else max(lowest, 0.0))

    def _trees(self, plan: Plan, question: Question) -> dict[str, UnitTree]:
        return self.ground.trees(plan.pool, plan.amounts, question.units)

    def _fairest(self, units: tuple[str, ...], frame: Frame) -> Answer:
        nodes: tuple[str, ...] = ()
        names = self._names(units)
        asked = Text(
            en=f"the lowest total of {names.en} as high as it can be", zh=f"{names.zh}中最低总分尽量高"
        )
        if len(units) == 1:
            zero = (0.0,) * len(self.ground.levers)
            (tree,) = self.ground.trees(self.ground.today, zero, units).values()
            nodes = first_level(self.ground.today.scheme, tree)
            asked = Text(
                en=f"the weakest dimension of {names.en} as strong as it can be",
                zh=f"{names.zh}最弱的维度尽量强",
            )
        return self._answer("fairest", self._within(asked), Fairest(frame=frame, units=units, nodes=nodes))

    def _answer(self, name: str, asked: Text, question: Cheapest | Most | Fairest) -> Answer:
        plan = Search(ground=self.ground, question=question).plan()
        if plan is None:
            conflict = conflict_of(self.ground, question)
            if conflict is not None:
                raise FindingsError((conflict,))
            plan = self._nothing_in_time(asked)
        self._tell(asked, plan)
        nodes = question.nodes if isinstance(question, Fairest) else ()
        return Answer(
            name=name,
            asked=asked,
            plan=plan,
            proof=proof_of(self.ground, plan.amounts),
            units=tuple(question.units),
            nodes=nodes,
        )

    def _nothing_in_time(self, asked: Text) -> Plan:
        nothing = Text(en="nothing", zh="无")
        raise FindingsError((STOPPED.at(question=asked, best=nothing, bound=nothing),))

    def _tell(self, asked: Text, plan: Plan) -> None:
        if plan.stopped:
            bound = "" if plan.bound is None else f"{plan.bound:.{_DIGITS}g}"
            self.findings.append(
                STOPPED.at(question=asked, best=f"{plan.objective:.{_DIGITS}g}", bound=bound or "?")
            )
        if not plan.fulfilled:
            self.findings.append(MISSED.at(question=asked))
        elif not plan.agreed:
            self.findings.append(NOT_AGREED.at(question=asked, rounds=plan.rounds, gap=f"{plan.gap:.3g}"))

    def _goals(self, forms: Sequence[GoalForm]) -> Iterator[Goal]:
        today = self.ground.today
        for number, form in enumerate(forms, 1):
            where = f"reach[{number}]"
            unit = self.settling.unit(form.unit, where)
            given = [
                each for each in (form.next_place, form.place, form.tier, form.score) if each is not None
            ]
            if len(given) != 1:
                why = Text(
                    en="it says not exactly one of 'next_place', 'place', 'tier' and 'score'",
                    zh="next_place、place、tier、score 须且只须写一个",
                )
                self.findings.append(HALF_ASKED.at(where_in=where, why=why))
            if unit is None or len(given) != 1:
                continue
            name = self.ground.names[unit]
            found: Goal | Finding | None
            if form.tier is not None:
                found = self._tier(unit, name, form.tier, where)
            elif form.score is not None:
                text = Text(en=f"{name} reaches {form.score:g}", zh=f"{name}达到{form.score:g}分")
                found = Goal(unit=unit, text=text, score=form.score)
            else:
                found = place_goal(today, unit, name, form.place)
            if isinstance(found, Finding):
                self.findings.append(found)
            elif found is not None:
                yield found

    def _tier(self, unit: str, name: str, tier: str, where: str) -> Goal | Finding | None:
        number = tier_number(self.ground.today.scheme, tier)
        if number is not None:
            return tier_goal(self.ground.today, unit, name, number)
        known = [each.name for each in self.ground.today.scheme.tiers]
        what = Text(en="tier", zh="等次")
        self.findings.append(
            NO_ITEM.at(where_in=where, what=what, name=tier, offer=did_you_mean(tier, known))
        )
        return None

    def _units(self, names: Sequence[str], where: str) -> Iterator[str]:
        for name in names:
            unit = self.settling.unit(name, where)
            if unit is not None:
                yield unit

    def _node(self, name: str) -> str:
        scheme = self.ground.today.scheme
        for node in scheme.nodes:
            if name in (node.code, node.name.zh, node.name.en):
                return node.code
        what, known = Text(en="node", zh="节点"), [node.code for node in scheme.nodes]
        self.findings.append(
            NO_ITEM.at(where_in="front.of", what=what, name=name, offer=did_you_mean(name, known))
        )
        return name

    def _whole(self, form: ShareForm) -> Whole | None:
        today = self.ground.today
        column, where = c.item(form.item), f"share: {form.item}"
        if column not in today.wide.columns:
            what, known = Text(en="item", zh="数据项"), [item.code for item in today.scheme.items]
            self.findings.append(
                NO_ITEM.at(where_in=where, what=what, name=form.item, offer=did_you_mean(form.item, known))
            )
            return None
        if (form.at_least is None) == (form.at_most is None):
            why = Text(
                en="it says not exactly one of 'at_least' and 'at_most'",
                zh="at_least 与 at_most 须且只须写一个",
            )
            self.findings.append(HALF_ASKED.at(where_in=where, why=why))
            return None
        now = float(today.wide[column].sum())
        if form.at_least is not None:
            text = Text(
                en=f"{form.item} of all units adds up to at least {form.at_least:g}",
                zh=f"各单位{form.item}合计不少于{form.at_least:g}",
            )
            return Whole(item=form.item, text=text, now=now, least=form.at_least)
        text = Text(
            en=f"{form.item} of all units adds up to at most {form.at_most:g}",
            zh=f"各单位{form.item}合计不多于{form.at_most:g}",
        )
        return Whole(item=form.item, text=text, now=now, most=inf if form.at_most is None else form.at_most)

    def _names(self, units: Sequence[str]) -> Text:
        names = [self.ground.names[unit] for unit in units]
        return Text(en=", ".join(names), zh="、".join(names))

    def _within(self, asked: Text) -> Text:
        budget = self.ground.settings.budget
        if budget is None:
            return asked
        return Text(en=f"{asked.en} for {budget:g}", zh=f"在预算{budget:g}内，{asked.zh}")
