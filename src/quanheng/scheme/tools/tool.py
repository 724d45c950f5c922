"""A tool of the toolbox: what it is called, how it computes, when to use it, and examples that run."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal, TypeAlias

from quanheng.findings.text import Text
from quanheng.findings.value import Value, field

Family: TypeAlias = Literal["rules", "weights", "aggregation", "gaps", "treatment"]

FAMILIES: Final[Mapping[Family, Text]] = {
    "rules": Text(zh="计分规则", en="Rules: from a measure to points"),
    "weights": Text(zh="赋权方法", en="Weights: what each child is worth"),
    "aggregation": Text(zh="合成方法", en="Aggregation: from children to their parent"),
    "gaps": Text(zh="缺失处理", en="Gaps: what happens where a value is absent"),
    "treatment": Text(zh="异常值处理", en="Treatment of outliers, before rating"),
}


class Option(Value):
    """A parameter of a tool: how it is written, what it is if not written, and what it means."""

    name: str
    default: str
    meaning: Text


class Example(Value):
    """A small book as text, and what comes out of it, worked out by hand.

    `files` are the book's files by name. `points` are the points of `node` by unit; `shares` are the parts of
    the root that a method gives its children; `unranked` are the units listed without a place; `findings` are
    the codes of the findings where nothing is scored.
    """

    shows: Text
    files: Mapping[str, str]
    node: str = "total"
    points: Mapping[str, float] = field(default_factory=dict)
    shares: Mapping[str, float] = field(default_factory=dict)
    unranked: tuple[str, ...] = ()
    findings: tuple[str, ...] = ()


def in_symbols(formula: str) -> Text:
    """Return a formula without words, which is the same in all languages."""
    return Text(en=formula, zh=formula)


class Tool(Value):
    """One entry of the toolbox.

    `written` is how a scheme says it. `note` explains the formula further.
    """

    name: str
    family: Family
    title: Text
    written: str
    formula: Text
    use: Text
    note: Text = Text()
    options: tuple[Option, ...] = ()
    sources: tuple[str, ...] = ()
    examples: tuple[Example, ...] = ()
