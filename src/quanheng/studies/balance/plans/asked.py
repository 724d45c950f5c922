"""What a study file asks, its names found: goals, units, nodes, targets of the district, a budget."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import inf
from typing import Final

from quanheng.engine.frame import columns as c
from quanheng.findings.finding import Finding, FindingsError, Kind
from quanheng.findings.nearest import did_you_mean
from quanheng.findings.text import Text
from quanheng.studies.balance.form import BalanceForm, FrontForm, GoalForm, ShareForm
from quanheng.studies.balance.model.frozen import Pool
from quanheng.studies.balance.plans.goals import Goal, place_goal, tier_goal, tier_number
from quanheng.studies.balance.plans.questions import Frame, Whole
from quanheng.studies.balance.plans.settle import NO_ITEM, Settling

HALF_ASKED: Final = Kind(
    code="QH789",
    severity="error",
    en="{where_in}: {why}",
    zh="{where_in}：{why}",
    hint_en="'quanheng schema --study balance' says what may be written",
    hint_zh="可写的内容见 quanheng schema --study balance",
)


@dataclass(slots=True, kw_only=True)
class Asked:
    """The questions of `settings` while their names are looked up; `findings` say what is wrong with them."""

    today: Pool
    names: Mapping[str, str]
    settings: BalanceForm
    settling: Settling
    findings: list[Finding] = field(default_factory=list)

    def require_sound(self) -> None:
        """Raise all that is wrong with what is asked.

        Raises:
            FindingsError: something is.
        """
        found = (*self.settling.findings, *self.findings)
        errors = tuple(finding for finding in found if finding.severity == "error")
        if errors:
            raise FindingsError(errors)

    def frame(self) -> Frame:
        """Return the budget and the targets of the district."""
        settings = self.settings
        wholes = tuple(whole for form in settings.share if (whole := self._whole(form)) is not None)
        return Frame(budget=settings.budget, wholes=wholes)

    def nodes_of(self, form: FrontForm) -> tuple[str, ...]:
        """Return the codes of the nodes that a front names."""
        return tuple(self._node(name) for name in form.of)

    def goals(self, forms: Sequence[GoalForm]) -> Iterator[Goal]:
        """Yield the goals that can be looked for."""
        today = self.today
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
            name = self.names[unit]
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
        number = tier_number(self.today.scheme, tier)
        if number is not None:
            return tier_goal(self.today, unit, name, number)
        known = [each.name for each in self.today.scheme.tiers]
        what = Text(en="tier", zh="等次")
        self.findings.append(
            NO_ITEM.at(where_in=where, what=what, name=tier, offer=did_you_mean(tier, known))
        )
        return None

    def units(self, names: Sequence[str], where: str) -> Iterator[str]:
        """Yield the codes of the units that are named."""
        for name in names:
            unit = self.settling.unit(name, where)
            if unit is not None:
                yield unit

    def _node(self, name: str) -> str:
        scheme = self.today.scheme
        for node in scheme.nodes:
            if name in (node.code, node.name.zh, node.name.en):
                return node.code
        what, known = Text(en="node", zh="节点"), [node.code for node in scheme.nodes]
        self.findings.append(
            NO_ITEM.at(where_in="front.of", what=what, name=name, offer=did_you_mean(name, known))
        )
        return name

    def _whole(self, form: ShareForm) -> Whole | None:
        today = self.today
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
