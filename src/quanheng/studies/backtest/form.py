"""The settings of a backtest."""

from typing import Annotated, Literal

from pydantic import Field

from quanheng.findings.text import Text
from quanheng.studies.form import StudyForm


class BacktestForm(StudyForm, zh="回测的设置。"):
    """The settings of a backtest."""

    study: Annotated[Literal["backtest"], Text(en="Which study it is.", zh="哪一项研究。")] = "backtest"
    rounds: Annotated[
        Annotated[int, Field(ge=2, le=60)],
        Text(
            en="At most so many rounds, the scheme's among them.",
            zh="最多回看多少个考核期（含方案的考核期）。",
        ),
    ] = 12
    available: Annotated[
        Annotated[float, Field(ge=0.0, le=1.0)],
        Text(
            en="A round counts in which units have figures for so much of their weight, in the mean.",
            zh="单位平均有数据的权重达到此比例的考核期才计入。",
        ),
    ] = 0.8
    month: Annotated[
        Annotated[int, Field(ge=1, le=11)],
        Text(
            en="Of years: the month up to which they are looked at within, 1 to 11; 6 is June.",
            zh="年度考核期：年内看到哪个月底，1 至 11；6 为年中。",
        ),
    ] = 6
    low: Annotated[
        Annotated[float, Field(gt=0.0, lt=1.0)],
        Text(
            en="The part of a group whose places count as low at the year's end.",
            zh="年底位次在组内后多少比例算靠后。",
        ),
    ] = 0.3
