"""Every tool of the toolbox, in the order in which a person reads them."""

from __future__ import annotations

from typing import Final

from quanheng.findings.errors import UsageError
from quanheng.findings.nearest import nearest
from quanheng.scheme.gaps.tools import GAPS
from quanheng.scheme.gaps.tools_treatment import TREATMENT
from quanheng.scheme.rules.catalogue import CATALOGUE
from quanheng.scheme.tools.tool import Tool
from quanheng.scheme.weights.tools_aggregation import AGGREGATION
from quanheng.scheme.weights.tools_computed import COMPUTED
from quanheng.scheme.weights.tools_stated import STATED

TOOLS: Final[tuple[Tool, ...]] = (
    *(entry.tool for entry in CATALOGUE),
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
    called = {word: tool for tool in TOOLS for word in (tool.name, *tool.title.zh.split("、"))}
    near = called.get(nearest(name, called) or "")
    raise UsageError(
        f"there is no rule or method {name!r}; "
        + (f"did you mean {near.name!r}?" if near else "'quanheng rules' lists them"),
        f"没有规则或方法“{name}”；"
        + (f"是否应为“{near.title.zh.partition('、')[0]}”？" if near else "“quanheng rules”列出全部"),
    )
