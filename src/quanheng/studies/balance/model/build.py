"""From the pool as it stands to a unit's tree of points with its levers in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from quanheng.engine.frame import columns as c
from quanheng.findings.text import Text
from quanheng.findings.value import Value
from quanheng.scheme.fields.codes import ROOT
from quanheng.scheme.formulas.tree import Comparison, Expression, Formula, Logic, names_in, nodes_in
from quanheng.scheme.tree.pools import Over
from quanheng.scheme.tree.scheme import Dimension, Indicator, Node, Scheme
from quanheng.scheme.weights.aggregation import Arithmetic
from quanheng.studies.balance.levers import Lever
from quanheng.studies.balance.model.courses import Frozen, NotStraightError, course_of
from quanheng.studies.balance.model.formulas import Unknown, amount_of, is_straight, uses
from quanheng.studies.balance.model.frozen import Pool
from quanheng.studies.balance.model.means import is_concave
from quanheng.studies.balance.model.pieces import pieces_of
from quanheng.studies.balance.model.tree import Bound, Fixed, Joined, Moved, Part, UnitTree

FULL = 100.0


_CUT: Final = Text(en="its score is cut at a floor or a cap", zh="其得分设有最低分或上限")


class Refusal(Value):
    """Why a lever cannot stand in an exact model: what of which node is no straight line in it."""

    node: str
    formula: str
    why: Text


@dataclass(slots=True, kw_only=True)
class Building:
    """A unit's tree while it is built: the pool as it stands where the levers are at `amounts`.

    `slopes` say by how much 1 of a lever's amount moves the measure of an indicator.
    """

    pool: Pool
    unit: str
    levers: Sequence[Lever]
    slopes: Mapping[tuple[str, int], float]
    amounts: Sequence[float]
    refusals: list[Refusal] = field(default_factory=list)
    nodes: dict[str, Part] = field(default_factory=dict)
    slack: float = 0.0

    def tree(self) -> UnitTree:
        """Return the tree of the unit, whose total is at `amounts` what the engine says."""
        scheme = self.pool.scheme
        gate = self._gate(scheme)
        root = self._part(scheme.root, gated=gate is not None)
        marks = self._number(c.marks(ROOT)) or 0.0
        factor, constant = marks / FULL, 0.0
        fold = None if scheme.reviews is None else scheme.reviews.fold
        mean = self._number(c.REVIEWS_MEAN)
        if fold is not None and mean is not None:
            factor, constant = fold.year * factor, fold.reviews * mean
        decimals = scheme.rounding.total
        slack = self.slack * (1.0 if fold is None or mean is None else fold.year)
        slack += 0.0 if decimals is None else 10.0**-decimals
        tree = UnitTree(
            unit=self.unit,
            root=root,
            factor=factor,
            constant=constant,
            slack=slack,
            nodes=dict(self.nodes),
            gate=gate,
        )
        drift = (self.pool.total(self.unit) or 0.0) - tree.total(self.amounts)
        return UnitTree(
            unit=self.unit,
            root=root,
            factor=factor,
            constant=constant + drift,
            slack=slack,
            nodes=dict(self.nodes),
            gate=gate,
        )

    @property
    def moved(self) -> frozenset[str]:
        """The items that levers of the unit move."""
        return frozenset(self.levers[number].item for number in self._own)

    @property
    def _own(self) -> tuple[int, ...]:
        return tuple(number for number, lever in enumerate(self.levers) if lever.unit == self.unit)

    def _number(self, column: str) -> float | None:
        return self.pool.number(self.unit, column)

    def _part(self, node: Node, *, gated: bool) -> Part:
        part = self._dimension(node, gated=gated) if isinstance(node, Dimension) else self._indicator(node)
        self.nodes[node.code] = part
        return part

    def _fixed(self, node: Node) -> Fixed:
        return Fixed(points=self._number(c.points(node.code)) or 0.0)

    def _dimension(self, node: Dimension, *, gated: bool) -> Part:
        parts = [
            (share, self._part(child, gated=gated))
            for child in node.children
            if (share := self._number(c.share(child.code))) is not None
        ]
        added, behind = self._added(node.code, gated=gated)
        if behind == 0.0 and all(isinstance(part, Fixed) for _, part in parts):
            return self._fixed(node)
        if node.condition is not None and uses(node.condition.tree, self.moved):
            why = Text(
                en="has points under a condition that asks for what is moved", zh="计分条件含所调数据项"
            )
            self._refuse(node.code, node.condition.brief, why)
            return self._fixed(node)
        if node.bounds:
            self._refuse(node.code, node.name.in_language("en"), _CUT)
            return self._fixed(node)
        if node.method.against_best or node.rule is not None or not is_concave(node.aggregate):
            self._refuse(
                node.code,
                node.aggregate.name if node.rule is None else node.rule.name,
                Text(
                    en="its points do not follow its children's from above in one bend",
                    zh="其得分不是下级得分的凹函数",
                ),
            )
            return self._fixed(node)
        coefficient = self._coefficient(node)
        marks = self._number(c.marks(node.code)) or 0.0
        points, scores, mean = node.rounding.points, node.rounding.scores, node.rounding.aggregate
        self.slack += 0.0 if mean is None else abs(coefficient) * marks / FULL * 10.0**-mean
        self.slack += 0.0 if points is None else marks / FULL * 10.0**-points
        self.slack += 0.0 if scores is None else 10.0**-scores
        return Joined(
            code=node.code,
            # a sum is a mean in which every share is 1
            method=node.aggregate if node.aggregate.shares_marks else Arithmetic(),
            parts=tuple(parts),
            coefficient=coefficient,
            added=added,
            gated=behind,
        )

    def _indicator(self, node: Indicator) -> Part:
        if nodes_in(node.measure.tree):
            why = Text(en="asks for what another node has", zh="用到其他节点的得分")
            self._refuse(node.code, node.measure.brief, why)
            return self._fixed(node)
        own = [number for number in self._own if uses(node.measure.tree, {self.levers[number].item})]
        if not own or not self._number(c.marks(node.code)):
            return self._fixed(node)
        part = self._moved(node, own)
        added, _ = self._added(node.code, gated=False)
        if part is None or not added:
            return part or self._fixed(node)
        return Joined(code=node.code, method=Arithmetic(), parts=((1.0, part),), added=added)

    def _moved(self, node: Indicator, own: Sequence[int]) -> Moved | None:
        """Return the indicator with its levers; None where it is refused."""
        measure, treated = self._number(c.measure(node.code)), self._number(c.treated(node.code))
        why = None
        if not is_straight(node.measure.tree, self.moved):
            why = Text(en="is not a straight line in what is moved", zh="不是所调数据项的线性式")
        elif node.bounds:
            why = _CUT
        elif isinstance(node.within, Over):
            why = Text(en="is compared over several rounds", zh="合看若干考核期")
        elif node.treat is not None:
            why = Text(en="is treated for outliers before it is rated", zh="计分前作异常值处理")
        elif measure is None or treated is None:
            why = Text(en="has no value for the unit", zh="该单位没有值")
        elif self.moved & {name for formula in node.rule.formulas() for name in names_in(formula.tree)}:
            why = Text(
                en="is rated by a condition that also asks for what is moved", zh="计分条件含所调数据项"
            )
        elif self.moved & set(node.rule.items()):
            why = Text(en="is compared with what is moved", zh="以所调数据项为参照")
        if why is not None or measure is None:
            self._refuse(node.code, node.measure.brief, why or Text())
            return None
        slopes = {number: self.slopes.get((node.code, number), 0.0) for number in own}
        slopes = {number: slope for number, slope in slopes.items() if slope}
        start = measure - sum(slope * self.amounts[number] for number, slope in slopes.items())
        ways = [slope * self.levers[number].reach for number, slope in slopes.items()]
        low, high = (start + sum(pick(0.0, way) for way in ways) for pick in (min, max))
        try:
            course = course_of(node, self._frozen(node))
            pieces = pieces_of(course.points, course.knots, low, high)
        except NotStraightError as error:
            self._refuse(node.code, node.rule.in_words("en"), error.why)
            return None
        self._rounds(node)
        return Moved(
            code=node.code, pieces=pieces, start=start, slopes=slopes, coefficient=self._coefficient(node)
        )

    def _frozen(self, node: Indicator) -> Frozen:
        row = {
            key: value if isinstance(value, float) else None
            for key, value in self.pool.row(self.unit).items()
        }
        return Frozen(
            row=row,
            figures=self.pool.figures(self.unit),
            rivals=self.pool.rivals(node, self.unit),
        )

    def _rounds(self, node: Indicator) -> None:
        """Count how far roundings of an indicator may take the total, from below and from above."""
        rounding, marks = node.rounding, self._number(c.marks(node.code)) or 0.0
        ratio = getattr(node.rule, "round_ratio", None)
        ratio = rounding.ratio if ratio is None else ratio
        self.slack += 0.0 if ratio is None else marks * 10.0**-ratio
        self.slack += 0.0 if rounding.points is None else marks / FULL * 10.0**-rounding.points
        self.slack += 0.0 if rounding.scores is None else 10.0**-rounding.scores

    def _coefficient(self, node: Node) -> float:
        if node.coefficient is None:
            return 1.0
        if uses(node.coefficient.tree, self.moved):
            why = Text(en="its coefficient asks for what is moved", zh="其系数含所调数据项")
            self._refuse(node.code, node.coefficient.brief, why)
            return 1.0
        try:
            coefficient = amount_of(node.coefficient.tree, self._figures())
        except Unknown:
            why = Text(
                en="its coefficient cannot be said from figures of the round", zh="其系数无法由本期数据得出"
            )
            self._refuse(node.code, node.coefficient.brief, why)
            return 1.0
        if coefficient < 0.0:
            why = Text(en="its coefficient is below 0", zh="其系数小于0")
            self._refuse(node.code, node.coefficient.brief, why)
        return max(coefficient, 0.0)

    def _figures(self) -> dict[str, float | None]:
        return self.pool.figures(self.unit)

    def _added(self, node: str, *, gated: bool) -> tuple[float, float]:
        """Return the points that adjustments add at a node, and those that come when the gate opens."""
        marks = self._number(c.marks(node))
        if not marks:
            return 0.0, 0.0
        bonus, penalty = (self._number(c.adjust(node, kind)) or 0.0 for kind in ("bonus", "penalty"))
        if not gated:
            return FULL * (bonus - penalty) / marks, 0.0
        limit = self.pool.scheme.adjustments.bonus
        before = c.kept(node, "bonus") if limit.is_divided else c.claim(node, "bonus")
        claim, asked = self._number(before) or 0.0, self._number(c.uncapped("bonus")) or 0.0
        cap = limit.cap
        counts = claim * cap / asked if cap is not None and asked > cap else claim
        return -FULL * penalty / marks, FULL * counts / marks

    def _gate(self, scheme: Scheme) -> tuple[Bound, ...] | None:
        when = scheme.adjustments.bonus.when
        if when is None or not uses(when.tree, self.moved) or not self._number(c.uncapped("bonus")):
            return None
        try:
            return tuple(self._bounds(when.tree))
        except Unknown:
            why = Text(
                en="the gate of the bonus is no comparison of straight lines", zh="加分条件不是线性式的比较"
            )
            self._refuse(ROOT, when.brief, why)
            return None

    def _bounds(self, tree: Expression) -> list[Bound]:
        match tree:
            case Logic("and", left, right):
                return [*self._bounds(left), *self._bounds(right)]
            case Comparison(sign, left, right) if sign in {">", ">=", "<", "<="}:
                return [self._bound(sign, left, right)]
            case _:
                raise Unknown

    def _bound(self, sign: str, left: Expression, right: Expression) -> Bound:
        figures, way = self._figures(), 1.0 if sign.startswith(">") else -1.0

        def apart(of: Mapping[str, float | None]) -> float:
            return way * (amount_of(left, of) - amount_of(right, of))

        now, slopes = apart(figures), {}
        for number in self._own:
            lever = self.levers[number]
            figure = figures.get(lever.item)
            if figure is None or not uses(Comparison(">", left, right), {lever.item}):
                continue
            slopes[number] = apart({**figures, lever.item: figure + lever.per}) - now
            twice = apart({**figures, lever.item: figure + 2 * lever.per}) - now
            if abs(twice - 2 * slopes[number]) > 1e-9 * max(1.0, abs(twice)):
                raise Unknown
        start = now - sum(slope * self.amounts[number] for number, slope in slopes.items())
        return Bound(start=start, slopes=slopes, strict="=" not in sign)

    def _refuse(self, node: str, formula: str, why: Text) -> None:
        self.refusals.append(Refusal(node=node, formula=formula, why=why))


def touched_adjustments(scheme: Scheme, items: frozenset[str]) -> tuple[Formula, ...]:
    """Return the formulas of penalties and computed adjustments that ask for `items`."""
    rules = scheme.adjustments.rules
    formulas = (
        scheme.adjustments.penalty.when,
        *(formula for rule in rules for formula in (rule.marks, rule.when)),
    )
    return tuple(formula for formula in formulas if formula is not None and uses(formula.tree, items))
