"""Every tool of the toolbox, in the order in which a person reads them."""

from __future__ import annotations

from typing import Final

from quanheng.findings.errors import UsageError
from quanheng.findings.nearest import nearest
from quanheng.scheme.gaps.tools import GAPS
from quanheng.scheme.gaps.tools_treatment import TREATMENT
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
from quanheng.scheme.tools.tool import Tool
from quanheng.scheme.weights.tools_aggregation import AGGREGATION
from quanheng.scheme.weights.tools_computed import COMPUTED
from quanheng.scheme.weights.tools_stated import STATED

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
    *STATED,
    *COMPUTED,
    *AGGREGATION,
    *GAPS,
    *TREATMENT,
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
