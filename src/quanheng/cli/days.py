"""Days on the command line: `--as-of 2023-07-01`."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, TypeAlias

from cyclopts import Parameter

from quanheng.cli.language import both

AsOf: TypeAlias = Annotated[
    dt.date | None,
    Parameter(
        help=both(
            "with the figures and targets known on this day: 2023-07-01",
            "按这一天已知的数据和目标，如 2023-07-01",
        )
    ),
]
"""The day whose knowledge counts; without it, all that the book says."""
