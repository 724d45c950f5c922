"""From written levers to levers: names found, figures and costs checked, effects on measures asked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

from quanheng.engine.frame import columns as c
from quanheng.findings.finding import Finding, Kind, require_no_errors
from quanheng.findings.nearest import did_you_mean
from quanheng.findings.text import Text
from quanheng.scheme.formulas.tree import names_in
from quanheng.scheme.items.item import FromPeriods, FromUnits
from quanheng.scheme.rules.given import Given
from quanheng.scheme.tree.scheme import Indicator, Scheme
from quanheng.studies.balance.form import LeverForm
from quanheng.studies.balance.levers import Lever
from quanheng.studies.balance.model.formulas import is_straight, uses
from quanheng.studies.balance.model.frozen import Pool
from quanheng.studies.balance.plans.effects import Effects, effects_of
from quanheng.studies.variants.trials import Trials

EVERY_UNIT: Final = "*"

NO_UNIT: Final = Kind(
    code="QH770",
    severity="error",
    en="{where_in}: there is no unit '{unit}'{offer}",
    zh="{where_in}：没有单位“{unit}”{offer}",
    hint_en="name a unit of units.csv by code or name",
    hint_zh="请写 units.csv 中单位的代码或名称",
)
NO_ITEM: Final = Kind(
    code="QH771",
    severity="error",
    en="{where_in}: there is no {what} '{name}'{offer}",
    zh="{where_in}：没有{what}“{name}”{offer}",
    hint_en="write its code or name as it stands in the scheme; a lever names one 'item' or one 'indicator'",
    hint_zh="请按方案写代码或名称；每项写一个数据项（item）或一个指标（indicator）",
)
NO_FIGURE: Final = Kind(
    code="QH772",
    severity="error",
    en="{where_in}: {unit} has no figure of '{item}' in this round that could be moved",
    zh="{where_in}：{unit}本期没有可调整的“{item}”数据",
    hint_en="a lever moves a figure that is there and is used; report it first",
    hint_zh="只能调整已报送且被使用的数据；请先补报",
)
BAD_COST: Final = Kind(
    code="QH774",
    severity="error",
    en="{where_in}: {why}",
    zh="{where_in}：{why}",
    hint_en="costs are 0 or more; pairs rise from the first amount to the last, and reach as far as "
    "the lever",
    hint_zh="代价不小于0；各点按调整量递增、代价不降，且覆盖到最大调整量",
)
BAD_STEP: Final = Kind(
    code="QH775",
    severity="error",
    en="{where_in}: a step of {step} does not fit into {reach}: it could not be moved at all",
    zh="{where_in}：步长{step}大于最大调整量{reach}，无法调整",
    hint_en="write a step that is no more than how far the lever moves",
    hint_zh="请写不大于最大调整量的步长",
)
STEPS_SHORT: Final = Kind(
    code="QH776",
    severity="note",
    en="{where_in}: {reach} is no whole number of steps of {step}: it is moved by {whole} at most",
    zh="{where_in}：{reach}不是步长{step}的整数倍，最多调整{whole}",
    hint_en="write how far it moves as a whole number of steps",
    hint_zh="请把最大调整量写成步长的整数倍",
)
BEYOND_RULE: Final = Kind(
    code="QH777",
    severity="error",
    en="{where_in}: '{indicator}' would come to {value}, and its rule takes only {low} to {high}",
    zh="{where_in}：“{indicator}”将达{value}，而计分规则只接受{low}至{high}",
    hint_en="write a smaller 'up' or 'down'",
    hint_zh="请减小上调（up）或下调（down）的幅度",
)
TWICE: Final = Kind(
    code="QH778",
    severity="error",
    en="{where_in}: {unit}'s '{item}' is moved by another lever already",
    zh="{where_in}：{unit}的“{item}”已有另一条可调",
    hint_en="write one lever for a figure; a cost in pairs says where it gets dearer",
    hint_zh="一个数据只写一条；代价渐增可用成对写法",
)


@dataclass(slots=True, kw_only=True)
class Wish:
    """A lever as it was wished, for one unit."""

    where: str
    form: LeverForm
    unit: str
    item: str
    indicator: Indicator | None


@dataclass(slots=True, kw_only=True)
class Settling:
    """Levers while they are settled; `findings` say what is wrong with them."""

    scheme: Scheme
    pool: Pool
    trials: Trials
    names: dict[str, str]
    findings: list[Finding] = field(default_factory=list)

    def levers(self, forms: Sequence[LeverForm]) -> tuple[tuple[Lever, ...], Effects]:
        """Return the levers that `forms` mean, and what they do to measures.

        Raises:
            FindingsError: something is wrong with them; all of it together.
        """
        wishes = [wish for number, form in enumerate(forms, 1) for wish in self._wishes(number, form)]
        wishes = list(self._each_once(wishes))
        require_no_errors(self.findings)
        effects = effects_of(self.trials, self.pool, [(wish.unit, wish.item) for wish in wishes])
        levers = tuple(lever for wish in wishes if (lever := self._lever(wish, effects)) is not None)
        require_no_errors(self.findings)
        for lever in levers:
            self._check_reach(lever, effects)
        require_no_errors(self.findings)
        return levers, effects

    def unit(self, written: str, where: str) -> str | None:
        """Return the code of a unit that is named by code or name; None and a finding if there is none."""
        if written in self.names:
            return written
        for unit, name in self.names.items():
            if name == written:
                return unit
        offer = did_you_mean(written, [*self.names, *self.names.values()])
        self.findings.append(NO_UNIT.at(where_in=where, unit=written, offer=offer))
        return None

    def _wishes(self, number: int, form: LeverForm) -> Iterator[Wish]:
        where = f"levers[{number}]"
        indicator = self._indicator(form, where)
        item = self._item(form, indicator, where)
        if (form.up is None) == (form.down is None):
            self.findings.append(
                BAD_COST.at(
                    where_in=where,
                    why=Text(en="it says not exactly one of 'up' and 'down'", zh="up 和 down 须且只须写一个"),
                )
            )
        self.findings.extend(_cost_findings(form, where))
        if form.unit == EVERY_UNIT:
            units = [unit for unit in self.names if item and self.trials.figure(unit, item) is not None]
            if indicator is not None:
                units = [unit for unit in units if self.pool.text(unit, c.GROUP) in indicator.groups]
            if item and not units:
                self._no_figure(where, "*", item)
        else:
            unit = self.unit(form.unit, where)
            units = [] if unit is None else [unit]
        for unit in units if item else ():
            if self.trials.figure(unit, item) is None:
                self._no_figure(where, self.names[unit], item)
            else:
                yield Wish(where=where, form=form, unit=unit, item=item, indicator=indicator)

    def _no_figure(self, where: str, unit: str, item: str) -> None:
        self.findings.append(NO_FIGURE.at(where_in=where, unit=unit, item=item))

    def _indicator(self, form: LeverForm, where: str) -> Indicator | None:
        if form.indicator is None:
            return None
        for indicator in self.scheme.indicators:
            if form.indicator in (indicator.code, indicator.name.zh, indicator.name.en):
                return indicator
        self._no_item(
            where,
            Text(en="indicator", zh="指标"),
            form.indicator,
            [each.code for each in self.scheme.indicators],
        )
        return None

    def _item(self, form: LeverForm, indicator: Indicator | None, where: str) -> str:
        """Return the item that is moved; nothing and a finding if there is none."""
        movable = [item for item in self.scheme.items if not isinstance(item.source, FromPeriods | FromUnits)]
        if (form.item is None) == (form.indicator is None):
            self._no_item(
                where, Text(en="one item or indicator but", zh="唯一的数据项或指标"), str(form.item), []
            )
            return ""
        if form.item is not None:
            for item in movable:
                if form.item in (item.code, item.name.zh, item.name.en):
                    return item.code
            self._no_item(
                where,
                Text(en="item that can be moved", zh="可调数据项"),
                form.item,
                [item.code for item in movable],
            )
            return ""
        if indicator is None:
            return ""
        codes = {item.code for item in movable}
        for name in names_in(indicator.measure.tree):
            if name in codes and is_straight(indicator.measure.tree, {name}):
                return name
        why = Text(en="item in a straight line in the measure", zh="指标值中的线性数据项：")
        self._no_item(where, why, indicator.measure.brief, [])
        return ""

    def _no_item(self, where: str, what: Text, name: str, known: Sequence[str]) -> None:
        self.findings.append(
            NO_ITEM.at(where_in=where, what=what, name=name, offer=did_you_mean(name, known))
        )

    def _each_once(self, wishes: Sequence[Wish]) -> Iterator[Wish]:
        seen: set[tuple[str, str]] = set()
        for wish in wishes:
            if (wish.unit, wish.item) in seen:
                self.findings.append(
                    TWICE.at(where_in=wish.where, unit=self.names[wish.unit], item=wish.item)
                )
            else:
                seen.add((wish.unit, wish.item))
                yield wish

    def _lever(self, wish: Wish, effects: Effects) -> Lever | None:
        form = wish.form
        way, reach = (1.0, form.up) if form.up is not None else (-1.0, form.down)
        if reach is None:
            return None
        per = way
        if wish.indicator is not None:
            slope = effects.slope(wish.indicator.code, wish.unit, wish.item)
            if not slope:
                self._no_figure(wish.where, self.names[wish.unit], wish.item)
                return None
            per = way / slope
        if form.step is not None and form.step > reach * (1 + 1e-12):
            self.findings.append(BAD_STEP.at(where_in=wish.where, step=f"{form.step:g}", reach=f"{reach:g}"))
            return None
        start = self.trials.figure(wish.unit, wish.item)
        lever = Lever(
            unit=wish.unit,
            item=wish.item,
            name=self._name(wish),
            start=start or 0.0,
            per=per,
            reach=reach,
            step=form.step,
            costs=form.cost if isinstance(form.cost, tuple) else ((1.0, form.cost),),
            indicator=None if wish.indicator is None else wish.indicator.code,
        )
        steps = lever.whole_steps
        if steps is None or form.step is None or abs(steps * form.step - reach) <= 1e-9 * reach:
            return lever
        whole = steps * form.step
        note = STEPS_SHORT.at(
            where_in=wish.where, reach=f"{reach:g}", step=f"{form.step:g}", whole=f"{whole:g}"
        )
        self.findings.append(note)
        return lever

    def _name(self, wish: Wish) -> Text:
        unit = self.names[wish.unit]
        if wish.indicator is not None:
            own = wish.indicator.name
        else:
            own = next(item.name for item in self.scheme.items if item.code == wish.item)
        what = wish.item if wish.indicator is None else wish.indicator.code
        return Text(en=f"{unit}: {own.en or own.zh or what}", zh=f"{unit}：{own.zh or own.en or what}")

    def _check_reach(self, lever: Lever, effects: Effects) -> None:
        for indicator in self.scheme.indicators:
            if not uses(indicator.measure.tree, {lever.item}):
                continue
            measure = self.pool.number(lever.unit, c.measure(indicator.code))
            slope = effects.slope(indicator.code, lever.unit, lever.item) * lever.per
            if measure is None or not isinstance(indicator.rule, Given):
                continue
            end, (low, high) = measure + slope * lever.reach, (indicator.rule.low, indicator.rule.high)
            if not low - 1e-9 <= end <= high + 1e-9:
                self.findings.append(
                    BEYOND_RULE.at(
                        where_in=lever.name,
                        indicator=indicator.code,
                        value=f"{end:g}",
                        low=f"{low:g}",
                        high=f"{high:g}",
                    )
                )


def _cost_findings(form: LeverForm, where: str) -> Iterator[Finding]:
    """Yield what is wrong with what a lever costs."""
    if not isinstance(form.cost, tuple):
        if form.cost < 0.0:
            yield BAD_COST.at(
                where_in=where,
                why=Text(en=f"a cost of {form.cost:g} is below 0", zh=f"代价{form.cost:g}小于0"),
            )
        return
    if not form.cost or form.cost[0][0] <= 0.0:
        yield BAD_COST.at(
            where_in=where,
            why=Text(en="pairs of costs begin above an amount of 0", zh="代价各点应从大于0的调整量开始"),
        )
        return
    if form.cost[0][1] < 0.0:
        yield BAD_COST.at(
            where_in=where,
            why=Text(en=f"a cost of {form.cost[0][1]:g} is below 0", zh=f"代价{form.cost[0][1]:g}小于0"),
        )
    for (left, low), (right, high) in pairwise(form.cost):
        if right <= left or high < low:
            why = Text(
                en=f"from [{left:g}, {low:g}] to [{right:g}, {high:g}] the amount does not rise, or the cost "
                "falls",
                zh=f"从[{left:g}, {low:g}]到[{right:g}, {high:g}]，调整量未增或代价下降",
            )
            yield BAD_COST.at(where_in=where, why=why)
    reach = form.up or form.down or 0.0
    if len(form.cost) > 1 and form.cost[-1][0] < reach * (1 - 1e-12):
        why = Text(
            en=f"its costs end at {form.cost[-1][0]:g}, and it moves by {reach:g}",
            zh=f"代价只写到{form.cost[-1][0]:g}，而最多调整{reach:g}",
        )
        yield BAD_COST.at(where_in=where, why=why)
