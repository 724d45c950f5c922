"""A plan: how far each lever is moved; found in a model of the pool, then scored by the engine."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Protocol

from quanheng.engine.frame import columns as c
from quanheng.findings.finding import Finding, Kind, require_no_errors
from quanheng.findings.text import Text
from quanheng.findings.value import Value
from quanheng.studies.balance.form import BalanceForm
from quanheng.studies.balance.levers import Lever
from quanheng.studies.balance.model.build import Building, Refusal
from quanheng.studies.balance.model.encode import Encoded
from quanheng.studies.balance.model.frozen import Pool
from quanheng.studies.balance.model.program import Limits, Outcome, Sum
from quanheng.studies.balance.model.tree import UnitTree
from quanheng.studies.variants.trials import Trials

if TYPE_CHECKING:
    from quanheng.data.book.book import Book
    from quanheng.engine.results.result import Result

NOT_STRAIGHT: Final = Kind(
    code="QH773",
    severity="error",
    en="the levers of {unit} cannot stand in an exact model: '{node}' ({formula}) {why}",
    zh="{unit}的可调数据项无法进入精确模型：“{node}”（{formula}）{why}",
    hint_en="leave out what moves it, or ask without levers what each figure alone would need",
    hint_zh="请去掉牵动它的可调数据项；或不写可调数据项，逐项查看所需",
)


@dataclass(frozen=True, kw_only=True)
class Ground:
    """What plans are made on: a scored book, its levers, and the trials by which plans are scored."""

    book: Book
    result: Result
    trials: Trials
    today: Pool
    levers: tuple[Lever, ...]
    slopes: Mapping[tuple[str, int], float]
    names: Mapping[str, str]
    settings: BalanceForm
    _scored: dict[tuple[float, ...], Pool] = field(default_factory=dict)

    @property
    def limits(self) -> Limits:
        """When the solver is stopped."""
        return Limits(seconds=self.settings.seconds, branches=self.settings.branches)

    def changes(self, amounts: Sequence[float]) -> dict[tuple[str, str], float]:
        """Return the figures of a plan that are not as they were."""
        return {
            (lever.unit, lever.item): lever.figure(amount)
            for lever, amount in zip(self.levers, amounts, strict=True)
            if amount > 0.0
        }

    def scored(self, plans: Sequence[Sequence[float]]) -> list[Pool]:
        """Return what the engine makes of each of `plans`, all in one pass; each once."""
        new = [key for key in dict.fromkeys(map(tuple, plans)) if any(key) and key not in self._scored]
        if new:
            wide = self.trials.scored([self.changes(plan) for plan in new])
            for number, key in enumerate(new):
                self._scored[key] = Pool(self.today.scheme, wide.filter(wide[c.ROUND] == f"{number:06d}"))
        return [self._scored.get(tuple(plan), self.today) for plan in plans]

    def trees(self, pool: Pool, amounts: Sequence[float], units: Sequence[str]) -> dict[str, UnitTree]:
        """Return the trees of `units` with the levers in them, exact where the levers are at `amounts`.

        Raises:
            FindingsError: a lever moves something that is no straight line in it; all of them.
        """
        found, refused = {}, []
        for unit in units:
            building, tree = self.built(pool, amounts, unit)
            found[unit] = tree
            refused += [_told(refusal, self.names[unit]) for refusal in building]
        require_no_errors(refused)
        return found

    def built(self, pool: Pool, amounts: Sequence[float], unit: str) -> tuple[tuple[Refusal, ...], UnitTree]:
        """Return the tree of a unit, and what of it is no straight line and was left as it stands."""
        building = Building(pool=pool, unit=unit, levers=self.levers, slopes=self.slopes, amounts=amounts)
        tree = building.tree()
        return tuple(building.refusals), tree


def _told(refusal: Refusal, unit: str) -> Finding:
    return NOT_STRAIGHT.at(unit=unit, node=refusal.node, formula=refusal.formula, why=refusal.why)


class Demand(Value):
    """A row that somebody asked for: `left` is at least, or at most, `right`; in words `text`."""

    text: Text
    left: Sum
    right: float
    is_floor: bool = True


class Laid(Value):
    """A question laid into a program: what is demanded, and what is to be least."""

    demands: tuple[Demand, ...]
    objective: Sum


class Question(Protocol):
    """What is asked of the levers."""

    @property
    def units(self) -> Sequence[str]:
        """The units whose trees it looks at."""

    def lay(self, encoded: Encoded, trees: Mapping[str, UnitTree], pool: Pool) -> Laid:
        """Lay the question over the trees of units as the pool stands."""

    def is_fulfilled(self, pool: Pool) -> bool:
        """Return whether a scored round has all that was asked."""

    def demand_more(self, pool: Pool) -> bool:
        """Ask a little more of units that a full scoring leaves short of it; return whether any is."""


class Plan(Value):
    """How far each lever is moved, and what the engine makes of it.

    `objective` is what the model made least; no plan in the model of that pool has less than `bound`. `gap`
    is how far the model's totals were from the engine's at most, `rounds` how often it was scored.
    `fulfilled` says whether the engine's scoring has all that was asked, `agreed` whether the model's totals
    were the engine's but for roundings.
    """

    amounts: tuple[float, ...]
    cost: float
    pool: Pool
    objective: float
    bound: float | None
    gap: float
    rounds: int
    stopped: bool
    fulfilled: bool
    agreed: bool


def cost_of(levers: Sequence[Lever], amounts: Sequence[float]) -> float:
    """Return what a plan costs."""
    return sum(lever.cost(amount) for lever, amount in zip(levers, amounts, strict=True))


def laid(
    ground: Ground, question: Question, trees: Mapping[str, UnitTree], pool: Pool
) -> tuple[Encoded, Laid]:
    """Return the program of a question with its demands as rows."""
    encoded = Encoded(ground.levers)
    asked = question.lay(encoded, trees, pool)
    for demand in asked.demands:
        if demand.is_floor:
            encoded.program.at_least(demand.left, demand.right)
        else:
            encoded.program.at_most(demand.left, demand.right)
    return encoded, asked


def first_plan(ground: Ground, question: Question) -> tuple[float, ...] | None:
    """Return the amounts that answer a question as the pool stands today; None if nothing does."""
    trees = ground.trees(ground.today, (0.0,) * len(ground.levers), question.units)
    encoded, asked = laid(ground, question, trees, ground.today)
    outcome = encoded.least(asked.objective, ground.limits)
    return encoded.amounts_in(outcome) if outcome.values else None


@dataclass(slots=True, kw_only=True)
class Search:
    """The way to a plan: a model of the pool as it stands is solved, its plan scored, the model made anew."""

    ground: Ground
    question: Question
    found: list[Plan] = field(default_factory=list)

    def plan(self) -> Plan | None:
        """Return the best plan that is fulfilled in a full scoring, else the last; None if there is none."""
        ground = self.ground
        amounts: tuple[float, ...] = (0.0,) * len(ground.levers)
        pool = ground.today
        for number in range(1, ground.settings.rounds + 1):
            trees = ground.trees(pool, amounts, self.question.units)
            encoded, asked = laid(ground, self.question, trees, pool)
            outcome = encoded.least(asked.objective, ground.limits)
            if not outcome.values:
                break
            amounts = encoded.amounts_in(outcome)
            (pool,) = ground.scored([amounts])
            plan = self._plan(amounts, pool, trees, asked, outcome, number)
            again = any(plan.amounts == earlier.amounts for earlier in self.found)
            self.found.append(plan)
            if plan.fulfilled and plan.agreed:
                break
            more = plan.agreed and self.question.demand_more(pool)
            if again and not more:
                break
        return self._best()

    def _plan(
        self,
        amounts: tuple[float, ...],
        pool: Pool,
        trees: Mapping[str, UnitTree],
        asked: Laid,
        outcome: Outcome,
        number: int,
    ) -> Plan:
        gap = max(
            (abs(tree.total(amounts) - (pool.total(unit) or 0.0)) for unit, tree in trees.items()),
            default=0.0,
        )
        slack = max((tree.slack for tree in trees.values()), default=0.0)
        return Plan(
            amounts=amounts,
            cost=cost_of(self.ground.levers, amounts),
            pool=pool,
            objective=asked.objective.value(outcome.values),
            bound=outcome.bound,
            gap=gap,
            rounds=number,
            stopped=outcome.status == "stopped",
            fulfilled=self.question.is_fulfilled(pool),
            agreed=gap <= slack + _CLOSE,
        )

    def _best(self) -> Plan | None:
        if not self.found:
            return None
        fulfilled = [plan for plan in self.found if plan.fulfilled]
        agreed = [plan for plan in fulfilled if plan.agreed]
        return min(agreed or fulfilled or self.found[-1:], key=lambda plan: plan.objective)


_CLOSE: Final = 1e-6
