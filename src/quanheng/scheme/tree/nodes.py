"""The tree of a document as nodes: groups they apply to, weights for each group, defaults settled."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import fsum
from typing import Final

from quanheng.findings.finding import Kind
from quanheng.periods.period import parse_period
from quanheng.scheme.document.document import Document, nodes_of
from quanheng.scheme.document.node_form import DefaultsForm, NodeForm
from quanheng.scheme.fields.codes import ROOT
from quanheng.scheme.fields.findings import KEY_NEEDS, KEYS_CLASH, RESERVED_CODE
from quanheng.scheme.fields.lines import Path
from quanheng.scheme.fields.margin import Margin, text_of
from quanheng.scheme.formulas import scopes
from quanheng.scheme.gaps.form import AllGapsForm
from quanheng.scheme.gaps.policies import Least
from quanheng.scheme.gaps.settle import AnyGapsForm, gaps_of, least_of, treatment_of, where_of
from quanheng.scheme.pace.pace import Pace
from quanheng.scheme.pace.settle import own_pace, pace_of
from quanheng.scheme.rounding.rounding import NodeRounding, Rounding
from quanheng.scheme.rounding.settle import node_rounding, rounding_of
from quanheng.scheme.rules.catalogue import AnyRule
from quanheng.scheme.rules.forms import rule_of
from quanheng.scheme.rules.percentile import Percentile
from quanheng.scheme.tree.pools import Alike, Inside, OneRound, Within, over_rounds, pools_of
from quanheng.scheme.tree.scheme import Dimension, Group, Indicator, Node
from quanheng.scheme.weights.aggregation import Aggregation
from quanheng.scheme.weights.bounds import bounds_of, named_groups
from quanheng.scheme.weights.form import BoundForm, CapsForm
from quanheng.scheme.weights.methods import ByAttribute, Equal, WeightMethod
from quanheng.scheme.weights.settle import aggregation_of, inherited_method, method_of

_LEAF_KEYS: Final = ("treat", "pace")
_KEYS_OF_A_RULE: Final = ("direction", "within", "over")
_INNER_KEYS: Final = ("aggregate", "weights")


NODE_WITHOUT_CONTENT: Final = Kind(
    code="QH135",
    severity="error",
    en="the node '{code}' has neither children nor a measure",
    zh="节点“{code}”既没有下级指标（children），也没有指标公式（measure）",
    hint_en="add 'measure: …' for an indicator, or 'children: …'",
    hint_zh="指标请补充指标公式（measure），维度请补充下级（children）",
)
NO_WEIGHT: Final = Kind(
    code="QH202",
    severity="error",
    en="'{code}' has no weight",
    zh="“{code}”没有权重",
    hint_en="add 'weight: …', or write 'weights: equal' at its parent",
    hint_zh="请补充权重（weight），或在上级的赋权方法写“等权”（weights: equal）",
)
GROUP_OUTSIDE_PARENT: Final = Kind(
    code="QH204",
    severity="error",
    en="'{code}' applies to the group '{group}', its parent does not",
    zh="“{code}”适用于分组“{group}”，其上级不适用",
    hint_en="give the parent a weight for '{group}', or remove it here",
    hint_zh="请为上级设置“{group}”的权重，或在此删去",
)
GROUPS_DIFFER: Final = Kind(
    code="QH205",
    severity="error",
    en="'{code}' names the group '{group}' in one of 'weight' and 'groups' only",
    zh="“{code}”的权重（weight）与适用分组（groups）对分组“{group}”的规定不一致",
    hint_en="name the groups in 'weight' alone",
    hint_zh="只在权重（weight）中写明分组即可",
)
CODE_TWICE: Final = Kind(
    code="QH211",
    severity="error",
    en="the code '{code}' stands twice in the tree, first at {first}",
    zh="节点代码“{code}”重复，首次出现于{first}",
    hint_en="codes are unique in a scheme; rename one of the two",
    hint_zh="代码在方案中应唯一，请改其一",
)


NO_RULE: Final = Kind(
    code="QH230",
    severity="error",
    en="'{code}' has no rule",
    zh="“{code}”没有计分规则",
    hint_en="add 'rule: …' here or under 'defaults'; 'quanheng rules' lists them",
    hint_zh="请在此处或默认（defaults）中补充计分规则（rule）；“quanheng rules”可列出全部规则",
)


class TreeBuilder:
    """Builds the nodes of one document; `paths` says afterwards where each code was written."""

    pace: Pace | None
    """The pace of the whole scheme."""
    pools: dict[str, Inside]
    """The pools by their codes, and the groups that indicators are compared within."""
    rounding: Rounding
    """The rounding of the whole scheme."""

    def __init__(self, document: Document, groups: Sequence[Group], margin: Margin) -> None:
        """Settle what holds for all nodes."""
        self.paths: dict[str, Path] = {}
        self._document = document
        self._groups = tuple(group.code for group in groups)
        self._margin = margin
        self._defaults = document.defaults or DefaultsForm()
        self._all_gaps: tuple[AllGapsForm | None, ...] = (document.gaps, self._defaults.gaps)
        self.pace = pace_of(document.pace, margin)
        self.pools = dict(pools_of(document, self._groups, margin))
        by_nodes = any(node.rounding is not None for _, _, node in nodes_of(document))
        self.rounding = rounding_of(document.rounding, by_nodes=by_nodes)
        self._rule: AnyRule | None = None
        if self._defaults.rule is not None:
            self._rule = rule_of(self._defaults.rule, ("defaults", "rule"), margin)

    def root(self, groups: Sequence[Group]) -> Dimension:
        """Return the root node with all that is below it."""
        document = self._document
        codes = tuple(document.indicators)
        method = method_of(document.weights, codes, ("weights",), self._margin)
        self._note_groups(document.floor, document.cap, ())
        aggregate = aggregation_of(document.aggregate)
        if not aggregate.shares_marks:
            method = Equal()
        return Dimension(
            code=ROOT,
            name=text_of(document.title),
            weights={group.code: group.marks for group in groups},
            children=self._children(document.indicators, ("indicators",), self._groups, method),
            aggregate=aggregate,
            method=method,
            rounding=self.rounding.root,
            least=self._least(
                where_of(self._all_gaps), document.indicators, ("indicators",), _beside(method, aggregate)
            ),
            rule=(rule := self._rule_above(document, ())),
            bounds=bounds_of(document.floor, document.cap, ROOT, self._groups, (), self._margin),
            direction=document.direction or "more",
            within=self._within_above(document, (), rule),
            where=self._margin.at(("indicators",)),
        )

    def _least(
        self, form: AnyGapsForm, forms: Mapping[str, NodeForm], path: Path, beside: str | None
    ) -> Least | None:
        children = {code: own.gaps for code, own in forms.items()}
        return least_of(form, children, path, self._margin, beside=beside)

    def _children(
        self, forms: Mapping[str, NodeForm], path: Path, scope: tuple[str, ...], method: WeightMethod
    ) -> tuple[Node, ...]:
        nodes = (self._node(code, form, (*path, code), scope, method) for code, form in forms.items())
        return tuple(node for node in nodes if node is not None)

    def _node(
        self, code: str, form: NodeForm, path: Path, scope: tuple[str, ...], above: WeightMethod
    ) -> Node | None:
        self._note_code(code, path)
        groups = self._groups_of(code, form, path, scope)
        if form.children:
            return self._dimension(code, form, path, groups, above)
        if form.measure is None:
            self._margin.note(NODE_WITHOUT_CONTENT, path, code=code)
            return None
        return self._indicator(code, form, path, groups, above)

    def _note_code(self, code: str, path: Path) -> None:
        if code in self.paths:
            first = self._margin.at(self.paths[code])
            self._margin.note(CODE_TWICE, path, code=code, first=first)
        elif code == ROOT or code in scopes.FORMULA_KEYWORDS:
            self._margin.note(RESERVED_CODE, path, code=code)
        self.paths.setdefault(code, path)

    def _groups_of(self, code: str, form: NodeForm, path: Path, scope: tuple[str, ...]) -> tuple[str, ...]:
        """Return the groups the node applies to: those of its parent, narrowed by `groups` and `weight`."""
        found = scope
        self._note_groups(form.floor, form.cap, path)
        for key, named in (("groups", form.groups), ("weight", form.weight)):
            if named is None or not isinstance(named, tuple | dict):
                continue
            for group in named:
                if group not in self._groups:
                    self._margin.note_unknown_group(group, (*path, key), self._groups)
                elif group not in scope:
                    self._margin.note(GROUP_OUTSIDE_PARENT, (*path, key), code=code, group=group)
            found = tuple(group for group in found if group in named)
        if isinstance(form.weight, dict) and form.groups is not None:
            for group in {*form.weight}.symmetric_difference(form.groups).intersection(self._groups):
                self._margin.note(GROUPS_DIFFER, (*path, "groups"), code=code, group=group)
        return found

    def _note_groups(self, floor: BoundForm | None, cap: CapsForm | None, path: Path) -> None:
        for group in named_groups(floor, cap):
            if group not in self._groups:
                self._margin.note_unknown_group(group, path, self._groups)

    def _indicator(
        self, code: str, form: NodeForm, path: Path, groups: tuple[str, ...], above: WeightMethod
    ) -> Indicator:
        for key in _INNER_KEYS:
            if getattr(form, key) is not None:
                self._margin.note(KEYS_CLASH, (*path, key), key=key, other="measure")
        for key in ("at_least", "where"):
            if getattr(form.gaps, key, None) is not None:
                self._margin.note(KEYS_CLASH, (*path, "gaps", key), key=key, other="measure")
        return Indicator(
            code=code,
            name=text_of(form.name, code),
            weights=self._stated_weights(code, form, path, groups, above),
            measure=self._margin.formula(form.measure or "", (*path, "measure")),
            rule=(rule := self._rule_of(code, form, path)),
            direction=form.direction or self._defaults.direction or "more",
            gaps=gaps_of((form.gaps, *self._all_gaps)),
            treat=treatment_of((form.treat, self._defaults.treat)),
            within=self._within(form, path, rule),
            coefficient=self._margin.formula_or_none(form.coefficient, (*path, "coefficient")),
            bounds=bounds_of(form.floor, form.cap, code, groups, path, self._margin),
            pace=own_pace(form.pace, self.pace, (*path, "pace"), self._margin),
            rounding=self._rounding_of(form, path, self.rounding.indicators),
            since=None if form.since is None else parse_period(form.since),
            until=None if form.until is None else parse_period(form.until),
            note=text_of(form.note),
            where=self._margin.at(path),
        )

    def _within(self, form: NodeForm, path: Path, rule: AnyRule) -> Within:
        """Return whose values count: a word, a pool, a group, or else a column of the units."""
        own = form.within is not None
        stated = form.within if own else self._defaults.within
        there = self._within_of(stated, (*path, "within") if own else ("defaults", "within"))
        return over_rounds(there, form.over or self._defaults.over, rule)

    def _within_above(self, form: NodeForm | Document, path: Path, rule: AnyRule | None) -> Within:
        """Return the same for the rule of a dimension, of which there are no defaults."""
        return over_rounds(self._within_of(form.within, (*path, "within")), form.over, rule)

    def _within_of(self, stated: str | None, where: Path) -> OneRound:
        if stated in (None, "group", "all"):
            return "all" if stated == "all" else "group"
        if stated in self.pools:
            return self.pools[stated]
        if stated in self._groups:
            condition = self._margin.formula(f"group == '{stated}'", where)
            names = {code: each.name for code, each in self._document.groups.items()}
            pool = Inside(code=stated, name=text_of(names[stated], stated), condition=condition)
            self.pools[stated] = pool
            return pool
        return Alike(column=stated)

    def _rule_of(self, code: str, form: NodeForm, path: Path) -> AnyRule:
        if form.rule is not None:
            return rule_of(form.rule, (*path, "rule"), self._margin)
        if self._rule is None:
            self._margin.note(NO_RULE, path, code=code)
            return Percentile()
        return self._rule

    def _dimension(
        self, code: str, form: NodeForm, path: Path, groups: tuple[str, ...], above: WeightMethod
    ) -> Dimension:
        for key in ("measure", *_LEAF_KEYS):
            if getattr(form, key) is not None:
                self._margin.note(KEYS_CLASH, (*path, key), key=key, other="children")
        forms = form.children or {}
        aggregate = aggregation_of(form.aggregate or self._document.aggregate)
        if not aggregate.shares_marks:
            method: WeightMethod = Equal()
        elif form.weights is None:
            method = inherited_method(self._document.weights)
        else:
            marks = above.basis == "marks" or (isinstance(above, ByAttribute) and above.as_marks)
            method = method_of(form.weights, tuple(forms), (*path, "weights"), self._margin, as_marks=marks)
        children = self._children(forms, (*path, "children"), groups, method)
        summed = form.weight is None and method.basis == "marks"
        return Dimension(
            code=code,
            name=text_of(form.name, code),
            weights=_summed(children, groups)
            if summed
            else self._stated_weights(code, form, path, groups, above),
            children=children,
            aggregate=aggregate,
            method=method,
            rule=(rule := self._rule_above(form, path)),
            direction=form.direction or "more",
            within=self._within_above(form, path, rule),
            coefficient=self._margin.formula_or_none(form.coefficient, (*path, "coefficient")),
            bounds=bounds_of(form.floor, form.cap, code, groups, path, self._margin),
            least=self._least(form.gaps, forms, (*path, "children"), _beside(method, aggregate)),
            rounding=self._rounding_of(form, path, self.rounding.dimensions),
            since=None if form.since is None else parse_period(form.since),
            until=None if form.until is None else parse_period(form.until),
            note=text_of(form.note),
            where=self._margin.at(path),
        )

    def _rounding_of(self, form: NodeForm, path: Path, otherwise: NodeRounding) -> NodeRounding:
        """Return the decimals of a node; an indicator joins nothing, and a dimension has no ratio."""
        stated = form.rounding
        if stated is not None:
            key, other = ("ratio", "children") if form.children else ("aggregate", "measure")
            if getattr(stated, key) is not None:
                self._margin.note(KEYS_CLASH, (*path, "rounding", key), key=key, other=other)
        return node_rounding(stated, otherwise)

    def _rule_above(self, form: NodeForm | Document, path: Path) -> AnyRule | None:
        """Return the rule of a dimension, which rates its joined points; none unless it has its own."""
        if form.rule is not None:
            return rule_of(form.rule, (*path, "rule"), self._margin)
        for key in _KEYS_OF_A_RULE:
            if getattr(form, key) is not None:
                self._margin.note(KEY_NEEDS, (*path, key), key=key, other="rule")
        return None

    def _stated_weights(
        self, code: str, form: NodeForm, path: Path, groups: tuple[str, ...], above: WeightMethod
    ) -> dict[str, float]:
        """Return the weight for each of `groups`; where none is stated and none is needed, 1."""
        weight = form.weight
        if weight is None:
            if above.is_stated:
                self._margin.note(NO_WEIGHT, path, code=code)
            return dict.fromkeys(groups, 1.0)
        if isinstance(weight, dict):
            return {group: weight[group] for group in groups}
        return dict.fromkeys(groups, weight)


def _summed(children: Sequence[Node], groups: Sequence[str]) -> dict[str, float]:
    """Return what the children weigh together in each group that any of them applies to."""
    return {
        group: fsum(child.weights[group] for child in children if group in child.weights)
        for group in groups
        if any(group in child.weights for child in children)
    }


def _beside(method: WeightMethod, aggregate: Aggregation) -> str | None:
    """Return the key of a dimension beside which no share or number of children can be asked for.

    A unit's own weights are no measure of what it should have reported, and in pairs it would still be met.
    """
    return "weights" if method.by_unit else "aggregate" if aggregate.in_pairs else None
