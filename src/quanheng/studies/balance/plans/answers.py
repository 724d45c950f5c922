"""The answers to what a study file asks: a plan each, with what was asked and what the engine makes of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from quanheng.engine.frame import columns as c
from quanheng.findings.finding import Finding, FindingsError, Kind
from quanheng.findings.text import Text
from quanheng.findings.value import Value
from quanheng.studies.balance.model.pieces import is_flat
from quanheng.studies.balance.model.tree import Moved, UnitTree
from quanheng.studies.balance.plans.asked import HALF_ASKED, Asked
from quanheng.studies.balance.plans.conflict import conflict_of
from quanheng.studies.balance.plans.front import Choice, front_of
from quanheng.studies.balance.plans.goals import Goal
from quanheng.studies.balance.plans.plan import Ground, Plan, Question, Search, cost_of, laid
from quanheng.studies.balance.plans.proof import Proof, proof_of
from quanheng.studies.balance.plans.questions import Cheapest, Fairest, Frame, Most, first_level

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
    en="{question}: the solver was stopped before the best was proved: found {best}, none better "
    "than {bound}",
    zh="{question}：求解器在证明最优之前停止：已找到{best}，最优不会好于{bound}",
    hint_en="raise 'seconds' or 'branches', or write fewer or coarser levers",
    hint_zh="请增大时限（seconds）或分支数（branches），或减少可调数据项、放大步长",
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
    hint_zh="请增大轮数（rounds），或略微放低要求",
)
EARNS_NOTHING: Final = Kind(
    code="QH784",
    severity="note",
    en="moving {unit}'s '{item}' as far as it goes changes no points as the pool stands",
    zh="{unit}的“{item}”即使调到头，按目前参照也不改变得分",
    hint_en="its rule is flat there, or a weight of 0 stands above it",
    hint_zh="该处计分规则已封顶（保底），或其权重为0",
)
_DIGITS: Final = 6
_PARTS: Final = 16
_PASSES: Final = 2


class Answer(Value):
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
    asked: Asked
    findings: list[Finding] = field(default_factory=list)

    def answers(self) -> tuple[Answer, ...]:
        """Return the answer to everything the settings ask but the front.

        Raises:
            FindingsError: a question names what is not there, or its demands conflict.
        """
        settings = self.ground.settings
        frame = self.asked.frame()
        goals = tuple(self.asked.goals(settings.reach))
        most = tuple(self.asked.units(settings.most, "most"))
        fairest = tuple(self.asked.units(settings.fairest, "fairest"))
        self.asked.require_sound()
        found = []
        if goals or settings.share:
            found.append(self._cheapest(goals, frame))
        if most:
            names = self._names(most)
            asked = Text(en=f"The largest total of {names.en}", zh=f"{names.zh}总分最大")
            found.append(self._answer("most", self._within(asked), Most(frame=frame, units=most)))
        if fairest:
            found.append(self._fairest(fairest, frame))
        return tuple(found)

    def tell_idle(self) -> None:
        """Tell of each lever along which no points change, as the pool stands."""
        units = tuple(dict.fromkeys(lever.unit for lever in self.ground.levers))
        zero = (0.0,) * len(self.ground.levers)
        trees = self.ground.trees(self.ground.today, zero, units)
        for number, lever in enumerate(self.ground.levers):
            moved = [part for part in trees[lever.unit].nodes.values() if isinstance(part, Moved)]
            if not any(number in part.slopes and not is_flat(part.pieces) for part in moved):
                self.findings.append(EARNS_NOTHING.at(unit=self.ground.names[lever.unit], item=lever.item))

    def front(self) -> tuple[Choice, ...]:
        """Return the front that the settings ask for; empty if none.

        Raises:
            FindingsError: it names what is not there, or nothing can be had.
        """
        form = self.ground.settings.front
        if form is None:
            return ()
        unit = self.asked.settling.unit(form.unit, "front.unit")
        nodes = self.asked.nodes_of(form)
        self.asked.require_sound()
        if unit is None:
            return ()
        for node in nodes:
            if self.ground.today.number(unit, c.points(node)) is None:
                why = Text(en=f"{node} has no points for {unit}", zh=f"{unit}没有“{node}”的得分")
                raise FindingsError((HALF_ASKED.at(where_in="front.of", why=why),))
        return front_of(self.ground, self.asked.frame(), unit, nodes, form.points)

    def _cheapest(self, goals: tuple[Goal, ...], frame: Frame) -> Answer:
        today = self.ground.today
        for goal in goals:
            if goal.reached(today):
                self.findings.append(REACHED.at(goal=goal.text))
        texts = [*(goal.text for goal in goals), *(whole.text for whole in frame.wholes)]
        asked = Text(en="; ".join(each.en for each in texts), zh="；".join(each.zh for each in texts))
        question = Cheapest(frame=frame, goals=goals, scheme=today.scheme)
        answer = self._answer("cheapest", asked, question)
        slack = max((tree.slack for tree in self._trees(answer.plan, question).values()), default=0.0)
        if slack == 0.0:
            return replace(answer, lowest=answer.plan.bound)
        return self._with_roundings(answer, question, slack)

    def _with_roundings(self, answer: Answer, question: Cheapest, slack: float) -> Answer:
        """Return the cheapest plan that roundings let through, and a cost under which nothing does.

        They may lift or lower a total by `slack` at most: so goals that are harder and easier by parts of it
        are solved, too, and their plans scored together.
        """
        best, lowest = answer.plan, answer.plan.bound
        hard, easy = -slack, slack
        for _ in range(_PASSES):
            parts = [hard + (easy - hard) * part / _PARTS for part in range(1, _PARTS + 1)]
            bounds, plans = zip(*(self._easier(answer.plan, question, by) for by in parts), strict=True)
            if easy == slack:
                lowest = bounds[-1]
            best, let_through = self._cheapest_of(best, question, plans)
            # on between the easiest goal whose plan is let through and the next
            hard, easy = (hard, parts[0]) if let_through is None else (parts[let_through], parts[-1])
            easy = easy if let_through is None else parts[min(let_through + 1, _PARTS - 1)]
        if best is not answer.plan:
            answer = replace(answer, plan=best, proof=proof_of(self.ground, best.amounts))
        return replace(answer, lowest=None if lowest is None else max(lowest, 0.0))

    def _easier(
        self, plan: Plan, question: Cheapest, by: float
    ) -> tuple[float | None, tuple[float, ...] | None]:
        """Return the bound and the amounts where goals are easier by so much total."""
        easier = replace(question, easier=by)
        encoded, asked = laid(self.ground, easier, self._trees(plan, easier), plan.pool)
        outcome = encoded.least(asked.objective, self.ground.limits)
        return outcome.bound, encoded.amounts_in(outcome) if outcome.values else None

    def _cheapest_of(
        self, best: Plan, question: Cheapest, plans: Sequence[tuple[float, ...] | None]
    ) -> tuple[Plan, int | None]:
        """Return the cheapest plan that a full scoring confirms, and the last of `plans` that it does."""
        last = None
        pools = self.ground.scored([amounts for amounts in plans if amounts is not None])
        scored = iter(pools)
        for number, amounts in enumerate(plans):
            if amounts is None:
                continue
            pool = next(scored)
            if not question.is_fulfilled(pool):
                continue
            last, cost = number, cost_of(self.ground.levers, amounts)
            if cost < best.cost or not best.fulfilled:
                best = replace(best, amounts=amounts, pool=pool, cost=cost, objective=cost, fulfilled=True)
        return best, last

    def _trees(self, plan: Plan, question: Question) -> dict[str, UnitTree]:
        return self.ground.trees(plan.pool, plan.amounts, question.units)

    def _fairest(self, units: tuple[str, ...], frame: Frame) -> Answer:
        nodes: tuple[str, ...] = ()
        names = self._names(units)
        asked = Text(
            en=f"The lowest total of {names.en} as high as it can be", zh=f"{names.zh}中最低总分尽量高"
        )
        if len(units) == 1:
            zero = (0.0,) * len(self.ground.levers)
            (tree,) = self.ground.trees(self.ground.today, zero, units).values()
            nodes = first_level(self.ground.today.scheme, tree)
            asked = Text(
                en=f"The weakest dimension of {names.en} as strong as it can be",
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

    def _names(self, units: Sequence[str]) -> Text:
        names = [self.ground.names[unit] for unit in units]
        return Text(en=", ".join(names), zh="、".join(names))

    def _within(self, asked: Text) -> Text:
        budget = self.ground.settings.budget
        if budget is None:
            return asked
        return Text(en=f"{asked.en} for {budget:g}", zh=f"在预算{budget:g}内，{asked.zh}")
