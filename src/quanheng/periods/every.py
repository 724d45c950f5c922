"""How often something comes: every year, half, quarter or month; and how many months that is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal, TypeAlias

Every: TypeAlias = Literal["year", "half", "quarter", "month"]
"""The lengths a period of the calendar may have, the longest first."""

MONTHS_IN: Final[Mapping[Every, int]] = {"year": 12, "half": 6, "quarter": 3, "month": 1}
"""Longest first."""
EveryReading: TypeAlias = Literal["day", "hour"]
"""How often an item may be read that no period of the calendar is of."""
EveryOfItem: TypeAlias = Literal["year", "half", "quarter", "month", "day", "hour"]
"""How often an item may be reported."""
READINGS_A_DAY: Final[Mapping[EveryReading, int]] = {"day": 1, "hour": 24}
READINGS_IN_CHINESE: Final[Mapping[EveryReading, str]] = {"day": "日", "hour": "小时"}
MONTHS_A_YEAR: Final = MONTHS_IN["year"]
MONTHS_OF_SERIES: Final[Mapping[str, int]] = {"months": 1, "quarters": 3}
"""The months of a period of which formulas speak in the plural: `months(x)`."""
EVERY_IN_CHINESE: Final[Mapping[Every, str]] = {"year": "年", "half": "半年", "quarter": "季", "month": "月"}
