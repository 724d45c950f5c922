"""What may move a unit from one side of a comparison to the other: the causes, and what each is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal, TypeAlias

from quanheng.findings.text import Text

Cause: TypeAlias = Literal["data", "peers", "targets", "weights", "rules", "adjustments", "reviews"]

CAUSES: Final[Mapping[Cause, Text]] = {
    "data": Text(en="its own figures", zh="自身数据"),
    "peers": Text(en="the others' figures", zh="其他单位"),
    "targets": Text(en="targets", zh="目标"),
    "weights": Text(en="weights", zh="权重"),
    "rules": Text(en="rules", zh="计分规则"),
    "adjustments": Text(en="adjustments", zh="加减分"),
    "reviews": Text(en="reviews folded in", zh="季季评折算"),
}
"""In the order in which they are told, and in which they come in where an order is asked for without one."""

PUBLISHED: Final = "published"
PUBLISHED_NAME: Final = Text(en="published otherwise", zh="公布与重算之差")
"""What a published total has beyond the one that the book gives now; it only ever adds."""
TOGETHER: Final = "together"
TOGETHER_NAME: Final = Text(en="all together", zh="各项合计（无法拆分）")
"""The whole move of a unit of which some mixture has no score."""


NAMES: Final[Mapping[str, Text]] = {
    **{str(code): name for code, name in CAUSES.items()},
    PUBLISHED: PUBLISHED_NAME,
    TOGETHER: TOGETHER_NAME,
}
"""What each cause is called."""
