"""What one figure alone would have to be for a unit's next place or tier, the others as they stand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import ceil, floor, log10
from statistics import stdev
from typing import TYPE_CHECKING, Final

from quanheng.engine.frame import columns as c
from quanheng.findings.finding import FindingsError
from quanheng.findings.text import Text
from quanheng.scheme.formulas.tree import names_in
from quanheng.scheme.items.item import FromPeriods, FromUnits
from quanheng.scheme.tree.scheme import Indicator
from quanheng.studies.balance.levers import Lever
from quanheng.studies.balance.model.frozen import Pool
from quanheng.studies.balance.model.program import Limits
from quanheng.studies.balance.plans.effects import Effects
from quanheng.studies.balance.plans.goals import Goal
from quanheng.studies.balance.plans.plan import Ground, laid
from quanheng.studies.balance.plans.questions import Cheapest, Frame

if TYPE_CHECKING:
    from quanheng.studies.balance.form import BalanceForm
    from quanheng.studies.variants.trials import Trials

_WAYS: Final = (1.0, -1.0)
_FAR: Final = 10.0
_SPREADS: Final = 3.0
_DIGITS: Final = 4
_PASSES: Final = 4
_LARGER: Final = 4.0
_STEPS: Final = 5
_PARTS: Final = 6


@dataclass(kw_only=True)
class Need:
    """What a figure would have to be for a goal: `to`, None where it alone does not do.

    `found` says how it was found: in the exact model (`model`) or among full scorings (`search`); `pool` is
    the round scored with it. `spread` is the standard deviation of the figure in the group, None for one.
    """

    unit: str
    goal: Goal
    item: str
    indicators: tuple[str, ...]
    start: float
    way: float
    reach: float
    spread: float | None
    found: str = "model"
    why: Text = field(default_factory=Text)
    to: float | None = None
    pool: Pool | None = None
    seen: bool = False

    @property
    def change(self) -> float | None:
        """How far the figure moves."""
        return None if self.to is None else self.to - self.start

    @property
    def in_spreads(self) -> float | None:
        """How far the figure moves, in standard deviations of its group."""
        if self.change is None or not self.spread:
            return None
        return abs(self.change) / self.spread


def candidates(pool: Pool, trials: Trials, unit: str) -> dict[str, tuple[Indicator, ...]]:
    """Return the items whose figures of the round count for a unit, with the indicators that use them."""
    scheme = pool.scheme
    movable = {item.code for item in scheme.items if not isinstance(item.source, FromPeriods | FromUnits)}
    found: dict[str, list[Indicator]] = {}
    for indicator in scheme.indicators:
        if not pool.number(unit, c.marks(indicator.code)):
            continue
        for name in names_in(indicator.measure.tree):
            if name in movable and trials.figure(unit, name) is not None:
                found.setdefault(name, []).append(indicator)
    return {item: tuple(indicators) for item, indicators in found.items()}


def wanted_needs(
    pool: Pool,
    unit: str,
    goals: Sequence[Goal],
    items: Mapping[str, tuple[Indicator, ...]],
    effects: Effects,
) -> list[Need]:
    """Return a need for each goal, item and way, with how far it is looked for: nothing is found yet.

    Where a little more of a figure raises the total, or lowers it, it is looked for that way only.
    """
    found = []
    for item, indicators in items.items():
        values = _values_in_group(pool, unit, item)
        start = pool.figures(unit)[item] or 0.0
        rise = effects.totals.get((unit, item), 0.0)
        for goal in goals:
            for way in [way for way in _WAYS if way * rise >= 0.0]:
                reach = _reach(start, values, way)
                if reach > 0.0:
                    found.append(
                        Need(
                            unit=unit,
                            goal=goal,
                            item=item,
                            indicators=tuple(each.code for each in indicators),
                            start=start,
                            way=way,
                            reach=reach,
                            spread=stdev(values) if len(values) > 1 else None,
                        )
                    )
    return found


def _values_in_group(pool: Pool, unit: str, item: str) -> list[float]:
    group = pool.text(unit, c.GROUP)
    frame = pool.wide.filter(pool.wide[c.GROUP] == group)
    return [float(value) for value in frame[c.item(item)].to_list() if value is not None]


def _reach(start: float, values: Sequence[float], way: float) -> float:
    """Return how far a figure is moved at most; one that nobody has below 0 is not moved below 0."""
    far = max(_FAR * abs(start), _SPREADS * (max(values) - min(values)), 1.0)
    if way < 0.0 and min(values) >= 0.0:
        return min(far, start)
    return far


@dataclass(kw_only=True)
class Finder:
    """Needs while they are looked for: in the model first, among full scorings where there is none."""

    pool: Pool
    trials: Trials
    effects: Effects
    settings: BalanceForm
    ground: Ground

    def find(self, needs: Sequence[Need]) -> None:
        """Fill in what each of `needs` comes to."""
        straight = [need for need in needs if self._is_straight(need)]
        self._by_model(straight)
        self._by_search([need for need in needs if need.found == "search"])
        for need in needs:
            if need.to is not None:
                values = _values_in_group(self.pool, need.unit, need.item)
                need.seen = min(values) <= need.to <= max(values)

    def _lever(self, need: Need) -> Lever:
        return Lever(
            unit=need.unit,
            item=need.item,
            name=Text(en=need.item, zh=need.item),
            start=need.start,
            per=need.way,
            reach=need.reach,
            step=None,
            costs=((1.0, 1.0),),
        )

    def _ground(self, need: Need) -> Ground:
        lever = self._lever(need)
        slopes = self.effects.of_levers([lever])
        return Ground(
            book=self.ground.book,
            result=self.ground.result,
            trials=self.trials,
            today=self.pool,
            levers=(lever,),
            slopes=slopes,
            names=self.ground.names,
            settings=self.settings,
        )

    def _is_straight(self, need: Need) -> bool:
        refusals, _ = self._ground(need).built(self.pool, (0.0,), need.unit)
        if refusals:
            need.found = "search"
            need.why = Text(
                en=f"'{refusals[0].node}' {refusals[0].why.en}",
                zh=f"“{refusals[0].node}”{refusals[0].why.zh}",
            )
        return not refusals

    def _by_model(self, needs: Sequence[Need]) -> None:
        """Solve each need in the pool as it stands, score all, make the model anew where one fails."""
        open_needs = [(need, self._question(need), self.pool, 0.0) for need in needs]
        for _ in range(_PASSES):
            answers = []
            for need, question, pool, amount in open_needs:
                found = self._solved(need, question, pool, amount)
                if found is not None:
                    answers.append((need, question, found))
            pools = self._scored([(need, amount) for need, _, amount in answers])
            open_needs = []
            for (need, question, amount), pool in zip(answers, pools, strict=True):
                if need.goal.reached(pool):
                    need.to, need.pool = need.start + need.way * amount, pool
                else:
                    question.demand_more(pool)
                    open_needs.append((need, question, pool, amount))
        for need, _, _, _ in open_needs:
            need.found = "search"
            need.why = Text(en="the pool moves along with it", zh="参照随之变动")

    def _question(self, need: Need) -> Cheapest:
        frame = Frame(budget=None, wholes=())
        return Cheapest(frame=frame, goals=(need.goal,), scheme=self.pool.scheme)

    def _solved(self, need: Need, question: Cheapest, pool: Pool, amount: float) -> float | None:
        ground = self._ground(need)
        try:
            trees = ground.trees(pool, (amount,), (need.unit,))
        except FindingsError:
            return None
        encoded, asked = laid(ground, question, trees, pool)
        outcome = encoded.least(asked.objective, Limits())
        if not outcome.values:
            return None
        (found,) = encoded.amounts_in(outcome)
        return _rounded_up(need, found)

    def _scored(self, answers: Sequence[tuple[Need, float]]) -> list[Pool]:
        if not answers:
            return []
        changes = [{(need.unit, need.item): need.start + need.way * amount} for need, amount in answers]
        wide = self.trials.scored(changes)
        return [
            Pool(self.pool.scheme, wide.filter(wide[c.ROUND] == f"{number:06d}"))
            for number in range(len(changes))
        ]

    def _by_search(self, needs: Sequence[Need]) -> None:
        """Try amounts in full scorings: first in ever larger steps, then between the last two."""
        brackets: list[tuple[Need, list[float]]] = [(need, _ever_larger(need)) for need in needs]
        for _ in range(_PASSES):
            # goals of one figure try the same amounts: each is scored once
            asked = {
                (need.unit, need.item, need.way * by): (need, by) for need, tries in brackets for by in tries
            }
            pools = dict(zip(asked, self._scored(list(asked.values())), strict=True))
            following = []
            for need, tries in brackets:
                own = [(by, pools[need.unit, need.item, need.way * by]) for by in tries]
                bracket = _narrowed(need, self.pool, own)
                if bracket is not None:
                    following.append((need, bracket))
            brackets = following


def _narrowed(need: Need, today: Pool, own: Sequence[tuple[float, Pool]]) -> list[float] | None:
    """Note the least amount that does; return what to try below it, None where none does."""
    low = own[0][0] - (own[1][0] - own[0][0] if need.to is not None else own[0][0])
    for amount, pool in own:
        if need.goal.reached(pool) and pool.is_sound(need.unit, today):
            need.to, need.pool = need.start + need.way * amount, pool
            return [low + (amount - low) * part / _PARTS for part in range(1, _PARTS + 1)]
        low = amount
    return None


def _ever_larger(need: Need) -> list[float]:
    return [need.reach * _LARGER**-step for step in range(_STEPS, -1, -1)]


def _rounded_up(need: Need, amount: float) -> float:
    """Return the least amount that leads to a figure of few digits and is no less than `amount`."""
    if amount <= 0.0:
        return 0.0
    size = 10.0 ** (floor(log10(amount)) + 1 - _DIGITS)
    figure = need.start + need.way * amount
    tidy = (ceil(figure / size - 1e-6) if need.way > 0 else floor(figure / size + 1e-6)) * size
    decimals = max(0, -floor(log10(size)))
    return min(abs(round(tidy, decimals) - need.start), need.reach)
