"""One unusual report: what was reported, what shows the sign, what it is compared with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from quanheng.insight.signs import SignName


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """One unusual report; `quanheng.insight.unusual.Unusual` says what the fields mean.

    For a landing, `before` is the target it lies on, None for a threshold.
    """

    sign: SignName
    unit: str
    code: str
    period: str
    value: float
    strength: float
    earlier: str | None = None
    before: float | None = None
    change: float | None = None
    usual: float | None = None
    logarithmic: bool = False
    facts: Mapping[str, float] = field(default_factory=dict)
