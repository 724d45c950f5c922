"""Laws of rules on every indicator, and of the points they give under the means above them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Final

from quanheng.findings.finding import Finding, Kind
from quanheng.findings.text import Text
from quanheng.scheme.document.document import nodes_of
from quanheng.scheme.fields.codes import ROOT
from quanheng.scheme.gaps.treatment import QuantileLimits
from quanheng.scheme.rules.catalogue import LAWS
from quanheng.scheme.rules.entry import Ruled, RuleLaw
from quanheng.scheme.rules.marks import ByMarks
from quanheng.scheme.rules.rule import Stated
from quanheng.scheme.tree.scheme import Indicator
from quanheng.scheme.tree.settle import Settled
from quanheng.scheme.tree.worth import worth_of
from quanheng.scheme.weights.aggregation import Product


def ruled(settled: Settled) -> Iterator[Ruled]:
    """Yield whatever a rule rates, as the laws of rules see it."""
    written = {code: form.direction for _, code, form in nodes_of(settled.document)}
    written[ROOT] = settled.document.direction
    for indicator in settled.scheme.all_rated:
        yield Ruled(
            code=indicator.code,
            where=indicator.where,
            rule=indicator.rule,
            measure=indicator.measure.tree,
            direction=written.get(indicator.code),
            treated_ranges=_ranges(indicator),
            needs_base=indicator.gaps.missing.needs_base,
        )


def _ranges(indicator: Indicator) -> tuple[Stated, ...]:
    treat = indicator.treat
    return (Stated("treat.quantiles", treat.low, treat.high),) if isinstance(treat, QuantileLimits) else ()


def _on_every_indicator(law: RuleLaw, settled: Settled) -> Iterator[Finding]:
    for each in ruled(settled):
        yield from law(each)


REACHES_ZERO: Final = Kind(
    code="QH236",
    severity="note",
    en="under '{code}', points can be 0 ({children}), and then the {mean} mean is 0 whatever "
    "else was reached",
    zh="“{code}”下有指标得分可能为0（{children}），此时{mean}为0",
    hint_en="give these rules a base or floor above 0 if that is not meant",
    hint_zh="如非本意，请为这些规则设置大于0的基础分（base）或最低分（floor）",
)
CAN_BE_NEGATIVE: Final = Kind(
    code="QH237",
    severity="warning",
    en="under '{code}', points can be negative ({children}), and then there is no {mean}",
    zh="“{code}”下有指标得分可能为负（{children}），此时无法计算{mean}",
    hint_en="give these rules a floor above 0, or aggregate arithmetically",
    hint_zh="请为这些规则设置大于0的下限，或改用算术平均",
)


def check_means(settled: Settled) -> Iterator[Finding]:
    """Yield a QH236 or QH237 where a geometric or harmonic mean meets points of 0 or under (points §4)."""
    for dimension in settled.scheme.dimensions:
        aggregate = dimension.aggregate
        if not (aggregate.zero_makes_zero or isinstance(aggregate, Product)):
            continue
        rated = (child if isinstance(child, Indicator) else child.as_rated for child in dimension.children)
        lowest = {child.code: _lowest(child) for child in rated if child is not None}
        facts = {"code": dimension.code, "mean": aggregate.words}
        negative = [code for code, points in lowest.items() if points < 0]
        if negative:
            mean = _PRODUCT if isinstance(aggregate, Product) else _mean(aggregate.words)
            yield CAN_BE_NEGATIVE.at(
                dimension.where, code=dimension.code, mean=mean, children=", ".join(negative)
            )
        zero = [code for code, points in lowest.items() if points == 0]
        if zero and aggregate.zero_makes_zero:
            yield REACHES_ZERO.at(dimension.where, **facts, children=", ".join(zero))


NO_MARKS_OF_ITS_OWN: Final = Kind(
    code="QH178",
    severity="error",
    en="'{code}' has a rule 'marks', but the scheme states no marks above 0 that it is worth",
    zh="“{code}”按公式计分（marks），但方案未写明其大于0的分值",
    hint_en="state the marks of it and of all nodes above it (weights: marks); under a sum, that of the sum",
    hint_zh="请写明该节点及其各上级的分值（weights: marks）；在求和之下的，写明求和节点的分值",
)


MARKS_AS_IN_THE_SCHEME: Final = Kind(
    code="QH189",
    severity="note",
    en="formulas give the marks of {nodes}: where weights are computed, they look at what the scheme says"
    " these are worth",
    zh="{nodes}按公式计分：权重由方法算出时，公式中的分值仍为方案所写的分值",
    hint_en="what a computed weight is in marks is known only after the points",
    hint_zh="算出的权重折合多少分值，要到得分之后才知道",
)


def check_marks_stated(settled: Settled) -> Iterator[Finding]:
    """Yield a QH178 for each node whose marks a formula gives and the scheme does not state."""
    for node in settled.scheme.all_rated:
        if isinstance(node.rule, ByMarks):
            worth = worth_of(settled.scheme, node.code)
            if not worth or min(worth.values()) <= 0.0:
                yield NO_MARKS_OF_ITS_OWN.at(node.where, code=node.code)


_PRODUCT: Final = Text(zh="连乘", en="product")


def _mean(words: Text) -> Text:
    return Text(zh=words.zh, en=f"{words.en} mean")


def _lowest(indicator: Indicator) -> float:
    lowest = indicator.rule.fewest_points
    filled = indicator.gaps.missing.points
    return lowest if filled is None else min(lowest, filled)


RULE_LAWS: Final[tuple[Callable[[Settled], Iterator[Finding]], ...]] = (
    *(partial(_on_every_indicator, law) for law in LAWS),
    check_means,
    check_marks_stated,
)
