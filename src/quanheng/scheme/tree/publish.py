"""What of a result is meant for everybody: the parts that a scheme publishes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal, TypeAlias

from quanheng.findings.text import Text

Part: TypeAlias = Literal[
    "total", "place", "tier", "awards", "moves", "dimensions", "indicators", "adjustments"
]
"""A part of a result that a document can show or keep back."""
PARTS: Final[Mapping[Part, Text]] = {
    "total": Text(zh="总分", en="total"),
    "place": Text(zh="位次", en="place"),
    "tier": Text(zh="等次", en="tier"),
    "awards": Text(zh="奖项", en="awards"),
    "moves": Text(zh="升降", en="moves"),
    "dimensions": Text(zh="各方面得分", en="scores of the dimensions"),
    "indicators": Text(zh="各指标得分", en="scores of the indicators"),
    "adjustments": Text(zh="加减分", en="marks given and taken"),
}
"""What each part is called."""
PUBLISHED: Final[tuple[Part, ...]] = ("total", "place", "tier", "awards")
"""What is published where a scheme does not say."""
