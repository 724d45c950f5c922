"""From settings to factors: what may be otherwise in a book, as numbers that are drawn.

A factor is a cause of its own in a study of variance. It takes columns of numbers between 0 and 1: one to
choose with, or one for each weight.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import replace
from typing import Final, Literal, TypeAlias

from quanheng.findings.finding import require_no_errors
from quanheng.findings.nearest import no_such
from quanheng.findings.text import Text
from quanheng.findings.value import Value
from quanheng.scheme.fields.codes import ROOT
from quanheng.scheme.fields.lines import Locations
from quanheng.scheme.fields.margin import Margin
from quanheng.scheme.gaps.form import GapsForm
from quanheng.scheme.gaps.settle import gaps_of, treatment_of
from quanheng.scheme.rules.forms import rule_of
from quanheng.scheme.tree.scheme import Dimension, Indicator, Node, Scheme
from quanheng.scheme.weights.aggregation import Aggregation
from quanheng.scheme.weights.settle import aggregation_of
from quanheng.studies.robustness.causes.called import told_form
from quanheng.studies.robustness.form import CausesForm
from quanheng.studies.variants.edits import with_indicators

CauseName: TypeAlias = Literal["weights", "rule", "treatment", "aggregation", "gaps", "noise"]
TITLES: Final[dict[str, Text]] = {
    "weights": Text(en="weights", zh="权重"),
    "rule": Text(en="rules", zh="计分规则"),
    "treatment": Text(en="treatment of outliers", zh="异常值处理"),
    "aggregation": Text(en="aggregation", zh="合成方法"),
    "gaps": Text(en="missing figures", zh="缺数处理"),
    "noise": Text(en="errors of figures", zh="数据误差"),
}
"""What causes are called."""


class Choice(Value):
    """One way that may be chosen: its number, 0 for what the scheme says, and how it is written."""

    number: int
    label: str


OWN: Final = Choice(number=0, label="own")
"""What the scheme says."""


class Choices(Value):
    """The ways of one cause, the scheme's own (0) first, if it is among them."""

    cause: CauseName
    ways: tuple[Choice, ...]


class Variants:
    """The schemes that the choices of a study stand for, each made once."""

    def __init__(self, scheme: Scheme, causes: CausesForm) -> None:
        """Settle what is written of `causes`.

        Raises:
            FindingsError: a rule is not a whole rule.
            UsageError: a node is not in the scheme.
        """
        self._scheme = scheme
        self._causes = causes
        self._margin = Margin(Locations())
        self.choices = tuple(self._choices())
        self.require_nodes()

    def require_nodes(self) -> None:
        """Raise if a cause names a node that is not there."""
        causes = self._causes
        for form in (causes.rule, causes.treatment, causes.aggregation, causes.gaps):
            for code in () if form is None else form.nodes:
                _require(self._scheme, code)

    def scheme(self, chosen: Sequence[int]) -> Scheme:
        """Return the scheme that results from a choice of each cause but the aggregation."""
        scheme = self._scheme
        for choices, number in zip(self.choices, chosen, strict=True):
            if number:
                scheme = self._changed(scheme, choices.cause, number - 1)
        return scheme

    def aggregates(self, chosen: Sequence[int]) -> dict[str, Aggregation]:
        """Return the aggregation of each dimension that joins its children otherwise."""
        form = self._causes.aggregation
        for choices, number in zip(self.choices, chosen, strict=True):
            if choices.cause == "aggregation" and form is not None and number:
                method = aggregation_of(form.choices[number - 1])
                return {
                    each.code: method
                    for each in self._scheme.dimensions
                    if (not form.nodes or each.code in form.nodes) and each.aggregate != method
                }
        return {}

    def _choices(self) -> Iterator[Choices]:
        causes = self._causes
        names: tuple[CauseName, ...] = ("rule", "treatment", "aggregation", "gaps")
        for name in names:
            form = getattr(causes, name)
            if form is not None:
                own = (OWN,) if form.own else ()
                ways = (
                    Choice(number=number, label=told_form(each))
                    for number, each in enumerate(form.choices, start=1)
                )
                yield Choices(cause=name, ways=(*own, *ways))

    def _changed(self, scheme: Scheme, cause: CauseName, written: int) -> Scheme:
        causes = self._causes
        if cause == "rule" and causes.rule is not None:
            rule = rule_of(causes.rule.choices[written], ("causes", "rule", "choices", written), self._margin)
            require_no_errors(self._margin.findings)
            return _with(scheme, causes.rule.nodes, lambda each: replace(each, rule=rule))
        if cause == "treatment" and causes.treatment is not None:
            treatment = treatment_of([causes.treatment.choices[written]])
            return _with(scheme, causes.treatment.nodes, lambda each: replace(each, treat=treatment))
        if cause == "gaps" and causes.gaps is not None:
            missing = gaps_of([GapsForm(missing=causes.gaps.choices[written])]).missing
            return _with(
                scheme,
                causes.gaps.nodes,
                lambda each: replace(each, gaps=replace(each.gaps, missing=missing)),
            )
        return scheme


def weighed_nodes(scheme: Scheme, levels: Collection[int], nodes: Collection[str]) -> tuple[Node, ...]:
    """Return the nodes whose weights may be otherwise: below dimensions in which each unit weighs alike.

    Raises:
        UsageError: a node is not in the scheme.
    """
    for code in nodes:
        _require(scheme, code)
    return tuple(
        child
        for dimension in scheme.dimensions
        if not dimension.method.by_unit and len(dimension.children) > 1
        for child in dimension.children
        if (not levels or scheme.level_of(child.code) in levels) and (not nodes or child.code in nodes)
    )


def _require(scheme: Scheme, code: str) -> None:
    codes = [node.code for node in scheme.nodes]
    if code not in codes:
        raise no_such(Text(en="node", zh="节点"), code, codes)


def _with(scheme: Scheme, nodes: Collection[str], changed: Callable[[Indicator], Indicator]) -> Scheme:
    """Return `scheme` with the indicators at or below `nodes`, or all, as `changed` returns them."""
    at = frozenset(_below(scheme.root, nodes, inside=not nodes or ROOT in nodes))
    return with_indicators(scheme, lambda each: changed(each) if each.code in at else each)


def _below(node: Node, nodes: Collection[str], *, inside: bool) -> Iterator[str]:
    here = inside or node.code in nodes
    if isinstance(node, Dimension):
        for child in node.children:
            yield from _below(child, nodes, inside=here)
    elif here:
        yield node.code
