"""Days on the command line: `--as-of 2023-07-01`, `--on 2023-07-01`."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, TypeAlias

from quanheng.findings.text import Text

AsOf: TypeAlias = Annotated[
    dt.date | None,
    Text(
        en="with the figures and targets known on this day: 2023-07-01",
        zh="按这一天已知的数据和目标，如 2023-07-01",
    ),
]
"""The day whose knowledge counts; without it, all that the book says."""

On: TypeAlias = Annotated[
    dt.date | None,
    Text(en="as of this day: 2023-07-01; without it, today", zh="截至哪一天，如 2023-07-01；默认今天"),
]
"""The day that is looked at; without it, today."""


def day_or_today(day: dt.date | None) -> dt.date:
    """Return `day`, or the day it is where the program runs."""
    return dt.datetime.now(tz=dt.UTC).astimezone().date() if day is None else day
