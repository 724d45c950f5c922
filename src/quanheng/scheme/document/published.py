"""The parts of a result that documents for the public show."""

from __future__ import annotations

from typing import Final, Literal, TypeAlias

Part: TypeAlias = Literal[
    "total", "place", "tier", "awards", "moves", "intervals", "dimensions", "indicators", "adjustments"
]
"""A part of a result that a document can show or keep back."""
PUBLISHED: Final[tuple[Part, ...]] = ("total", "place", "tier", "awards")
"""What is published where a scheme does not say."""
