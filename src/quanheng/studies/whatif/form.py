"""What was asked, as it can be written down."""

from typing import Annotated, Any, Literal

from pydantic import Field

from quanheng.findings.text import Text
from quanheng.studies.form import StudyForm


class WhatIfForm(StudyForm, zh="提出的改动。"):
    """What was asked."""

    study: Annotated[Literal["whatif"], Text(en="Which study it is.", zh="哪一项研究。")] = "whatif"
    round: Annotated[str | None, Text(en="The round.", zh="考核期。")] = None
    set: Annotated[
        dict[str, Any],
        Field(default_factory=dict),
        Text(en="Figures, by item@unit.", zh="数据：数据项@单位。"),
    ]
    weight: Annotated[
        dict[str, Any], Field(default_factory=dict), Text(en="Weights, by node.", zh="权重：节点。")
    ]
    without: Annotated[tuple[str, ...], Text(en="Nodes left out.", zh="去掉的节点。")] = ()
    rule: Annotated[
        dict[str, Any], Field(default_factory=dict), Text(en="Rules, by indicator.", zh="计分规则：指标。")
    ]
    target: Annotated[
        dict[str, Any],
        Field(default_factory=dict),
        Text(en="Targets, by indicator@unit.", zh="目标：指标@单位。"),
    ]
    scheme: Annotated[str | None, Text(en="Another scheme.", zh="另一方案。")] = None
