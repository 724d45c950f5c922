"""The settings of a comparison."""

from typing import Annotated, Literal

from pydantic import Field

from quanheng.findings.text import Text
from quanheng.scheme.fields.fields import PeriodText
from quanheng.studies.compare.causes import Cause
from quanheng.studies.form import StudyForm

MOST_ROWS = 300_000
"""So many rows a mixture may take to tell a unit's own figures from the others'."""


class CompareForm(StudyForm, zh="比较的设置。"):
    """The settings of a comparison."""

    study: Annotated[Literal["compare"], Text(en="Which study it is.", zh="哪一项研究。")] = "compare"
    round: Annotated[
        PeriodText | None,
        Text(en="The later round; by default the scheme's.", zh="后一考核期；默认为方案的考核期。"),
    ] = None
    before: Annotated[
        PeriodText | None,
        Text(
            en="The earlier round; by default the one of the same length before.",
            zh="前一考核期；默认为紧邻的、等长的上一期。",
        ),
    ] = None
    order: Annotated[
        tuple[Cause, ...],
        Text(
            en="Causes that come in one after the other, in this order, instead of the mean over all orders.",
            zh="按此顺序逐项计入各原因，而不取所有顺序的平均。",
        ),
    ] = ()
    units: Annotated[
        tuple[str, ...],
        Text(
            en="Units, by code or name, that are told about and drawn; by default the three that moved most.",
            zh="单独说明并作图的单位（代码或名称）；默认为变动最大的三个。",
        ),
    ] = ()
    mixtures: Annotated[
        bool,
        Text(
            en="Whether the score and place of every unit in every mixture is kept as a table.",
            zh="是否列出每个单位在各种混合情形下的得分和位次。",
        ),
    ] = False
    most_rows: Annotated[
        Annotated[int, Field(ge=0)],
        Text(
            en="So many rows a mixture may take to tell a unit's own figures from the others'.",
            zh="为区分自身数据与其他单位的数据，每种混合情形最多计算的行数。",
        ),
    ] = MOST_ROWS
