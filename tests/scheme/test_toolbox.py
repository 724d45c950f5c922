from __future__ import annotations

import pytest

from quanheng.findings.errors import UsageError
from quanheng.scheme.rules.forms import RuleForm
from quanheng.scheme.toolbox import TOOLS, tool_named
from quanheng.scheme.tools.tool import FAMILIES, Tool


def names_of(family: str) -> set[str]:
    return {tool.name for tool in TOOLS if tool.family == family}


def test_every_rule_of_the_language_is_in_the_toolbox() -> None:
    # the toolbox has one name once: `marks` is the weights' there
    assert names_of("rules") - {"by-formula"} | {"marks"} == set(RuleForm.model_fields)


def test_every_weight_method_is_in_the_toolbox() -> None:
    assert names_of("weights") == {
        "marks",
        "relative",
        "equal",
        "entropy",
        "critic",
        "std",
        "pca",
        "ahp",
        "by",
        "bod",
    }


def test_every_aggregation_is_in_the_toolbox() -> None:
    means = {"arithmetic", "geometric", "harmonic", "power", "min", "max"}
    others = {"best", "last", "product", "sum", "copeland"}
    assert names_of("aggregation") == means | others


def test_every_gap_policy_is_in_the_toolbox() -> None:
    assert names_of("gaps") == {
        "missing-error",
        "missing-zero",
        "missing-worst",
        "missing-redistribute",
        "missing-neutral",
        "missing-fill",
        "not-applicable",
        "at-least",
    }


def test_names_are_unique() -> None:
    assert len({tool.name for tool in TOOLS}) == len(TOOLS)


@pytest.mark.parametrize("tool", TOOLS, ids=lambda tool: tool.name)
def test_tool_is_told_whole_in_both_languages(tool: Tool) -> None:
    texts = [tool.title, tool.use, tool.formula, *(option.meaning for option in tool.options)]

    assert tool.family in FAMILIES
    assert tool.written
    assert all(text.zh and text.en for text in texts)
    assert tool.examples
    assert all(example.shows.zh and example.shows.en for example in tool.examples)


def test_tool_is_found_by_its_chinese_name() -> None:
    assert tool_named("极差法").name == "scale"


def test_unknown_tool_is_wrong_usage_that_offers_the_nearest() -> None:
    with pytest.raises(UsageError, match="did you mean 'percentile'") as raised:
        tool_named("percentil")

    assert "是否应为“百分位”" in raised.value.text("zh")
