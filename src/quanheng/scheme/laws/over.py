"""Laws of several rounds whose values count together (`over`, observed §4)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from quanheng.findings.finding import Finding, Kind
from quanheng.periods.period import parse_period
from quanheng.scheme.document.document import nodes_of
from quanheng.scheme.fields.codes import ROOT
from quanheng.scheme.formulas.own import has_own
from quanheng.scheme.tree.in_force import scheme_on
from quanheng.scheme.tree.pools import Over
from quanheng.scheme.tree.scheme import Dimension, Node
from quanheng.scheme.tree.settle import Settled
from quanheng.scheme.tree.uses import uses_of

LOOKS_AT_NOBODY: Final = Kind(
    code="QH856",
    severity="warning",
    en="'over' says nothing at '{code}': its rule looks at no other values",
    zh="“{code}”的合看考核期（over）不起作用：其规则不看其他数值",
    hint_en="remove 'over', or let the rule observe: 'worst: observed', 'best: observed'",
    hint_zh="请删去合看考核期（over），或让规则取实际最值（observed）",
)
OTHER_LENGTH: Final = Kind(
    code="QH857",
    severity="error",
    en="'{code}' is compared over {rounds}, which are not as long as the round {round}",
    zh="“{code}”合看{rounds}，与考核期{round}长短不同",
    hint_en="name rounds of its length: years for a year, quarters for a quarter",
    hint_zh="请写与考核期长短相同的各期：年度写年，季度写季",
)
PARTS_DIFFER: Final = Kind(
    code="QH858",
    severity="error",
    en="'{code}' is compared over {rounds}, and own() asks something else in each part of a year",
    zh="“{code}”合看{rounds}，而方案中的当期（own）在一年各期含义不同",
    hint_en="name years, or the same quarter of several years, such as 2021-Q1, 2022-Q1",
    hint_zh="请写年度，或各年的同一季度，例如 2021-Q1, 2022-Q1",
)
CHILDREN_DIFFER: Final = Kind(
    code="QH869",
    severity="warning",
    en="'{code}' is compared over {rounds}, in which not the same nodes count below it: each "
    "round's values are those of its own tree",
    zh="“{code}”合看{rounds}，但各期计入的下级指标不同：各期的数值按各自的指标体系得出",
    hint_en="name rounds in which the same nodes count, or say nothing if that is meant",
    hint_zh="请写下级指标相同的各期；如确需如此，无需处理",
)


def check_over(settled: Settled) -> Iterator[Finding]:
    """Yield what is wrong with the rounds that rules look at."""
    scheme = settled.scheme
    rated = {each.code: each.within for each in scheme.all_rated}
    over = {code: within for code, within in rated.items() if isinstance(within, Over)}
    stated = {
        ROOT: settled.document.over,
        **{code: form.over for _, code, form in nodes_of(settled.document)},
    }
    for code, rounds in stated.items():
        if rounds not in (None, "none") and code in rated and code not in over:
            yield LOOKS_AT_NOBODY.at(settled.node_at(code, "over"), code=code)
    if not over:
        return
    own = parse_period(scheme.round)
    parts = any(has_own(use.formula.tree) for use in uses_of(scheme))
    for code, within in over.items():
        facts = {"code": code, "rounds": within.text}
        where = settled.node_at(code, "over")
        if any(each.length_months != own.length_months for each in within.rounds):
            yield OTHER_LENGTH.at(where, **facts, round=own)
        elif parts and any(each.first_month != own.first_month for each in within.rounds):
            yield PARTS_DIFFER.at(where, **facts)
        below = frozenset(_codes_below(scheme.node(code)))
        trees = {below & {node.code for node in scheme_on(scheme, each.end).nodes} for each in within.rounds}
        if len(trees) > 1:
            yield CHILDREN_DIFFER.at(where, **facts)


def _codes_below(node: Node) -> Iterator[str]:
    if isinstance(node, Dimension):
        for child in node.children:
            yield child.code
            yield from _codes_below(child)


OVER_LAWS: Final[tuple[Callable[[Settled], Iterator[Finding]], ...]] = (check_over,)
