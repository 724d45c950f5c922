"""What every study file says: which study it is of, and the seed of its random numbers."""

from typing import Annotated, Literal

from pydantic import Field

from quanheng.findings.text import Text
from quanheng.scheme.fields.fields import Form

VERSION = 1
"""The version of study files."""


class StudyForm(Form, zh="一项研究的设置。"):
    """The settings of a study; each study adds its own."""

    quanheng: Annotated[Literal[1], Text(en="The version of study files: 1.", zh="研究文件的版本：1。")] = 1
    study: Annotated[str, Text(en="Which study it is.", zh="哪一项研究。")]
    seed: Annotated[
        Annotated[int, Field(ge=0, lt=2**63)],
        Text(
            en="The seed of the random numbers; the same seed gives the same figures.",
            zh="随机数种子；种子相同，结果相同。",
        ),
    ] = 1
