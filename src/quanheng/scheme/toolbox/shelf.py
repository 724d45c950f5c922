"""Every tool of the toolbox, in the order in which a person reads them."""

from __future__ import annotations

from typing import Final

from quanheng.errors import UsageError
from quanheng.findings import nearest
from quanheng.scheme.toolbox import aggregation, gaps, treatment, weights_computed, weights_stated
from quanheng.scheme.toolbox.rules.bands import BANDS
from quanheng.scheme.toolbox.rules.deduct import DEDUCT
from quanheng.scheme.toolbox.rules.given import GIVEN
from quanheng.scheme.toolbox.rules.ideal import IDEAL
from quanheng.scheme.toolbox.rules.met import MET
from quanheng.scheme.toolbox.rules.percentile import PERCENTILE
from quanheng.scheme.toolbox.rules.place import PLACE
from quanheng.scheme.toolbox.rules.ratio import RATIO
from quanheng.scheme.toolbox.rules.scale import SCALE
from quanheng.scheme.toolbox.rules.steps import STEPS
from quanheng.scheme.toolbox.rules.target import TARGET
from quanheng.scheme.toolbox.rules.zscore import ZSCORE
from quanheng.scheme.toolbox.tool import Tool

TOOLS: Final[tuple[Tool, ...]] = (
    SCALE,
    TARGET,
    BANDS,
    STEPS,
    PLACE,
    PERCENTILE,
    RATIO,
    ZSCORE,
    DEDUCT,
    IDEAL,
    MET,
    GIVEN,
    weights_stated.MARKS,
    weights_stated.RELATIVE,
    weights_stated.EQUAL,
    weights_stated.AHP,
    weights_computed.ENTROPY,
    weights_computed.STANDARD_DEVIATION,
    weights_computed.CRITIC,
    weights_computed.PRINCIPAL_COMPONENTS,
    weights_computed.BENEFIT_OF_THE_DOUBT,
    aggregation.ARITHMETIC,
    aggregation.GEOMETRIC,
    aggregation.HARMONIC,
    aggregation.POWER,
    aggregation.MINIMUM,
    aggregation.COPELAND,
    gaps.ERROR,
    gaps.ZERO,
    gaps.WORST,
    gaps.REDISTRIBUTE,
    gaps.NEUTRAL,
    gaps.FILL,
    gaps.NOT_APPLICABLE,
    gaps.AT_LEAST,
    treatment.WINSORISE,
    treatment.QUANTILES,
    treatment.LOG,
)


def tool_named(name: str) -> Tool:
    """Return the tool called `name`, or the one whose Chinese name it is.

    Raises:
        UsageError: there is no such tool; the message offers the nearest name.

    Examples:
        >>> tool_named("scale").title.zh
        '功效系数法、极差法'
    """
    for tool in TOOLS:
        if name == tool.name or name in tool.title.zh.split("、"):
            return tool
    near = nearest(name, [tool.name for tool in TOOLS])
    raise UsageError(
        f"there is no rule or method {name!r}; "
        + (f"did you mean {near!r}?" if near else "'quanheng rules' lists them"),
        f"没有规则或方法 {name!r}；" + (f"是否应为 {near!r}？" if near else "“quanheng rules”列出全部"),
    )
