"""What many commands take: the book, the round, units, and days such as `--as-of 2023-07-01`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Final, TypeAlias

from cyclopts import Parameter, Token

from quanheng.findings.text import Text

MOST_ROWS: Final = 500
"""A table on the screen has no more rows; a file has them all."""

BookPath: TypeAlias = Annotated[Path, Text(en="a folder or a workbook (.xlsx)", zh="文件夹或工作簿（.xlsx）")]
"""The book that a command is about."""

Round: TypeAlias = Annotated[
    str | None, Text(en="another round than the scheme's: 2023-H1", zh="方案以外的考核期，如 2023-H1")
]
"""The round that is scored; without it, the scheme's."""

Unit: TypeAlias = Annotated[str, Text(en="the code or the name of a unit", zh="单位的代码或名称")]
"""The unit that a command is about."""

Force: TypeAlias = Annotated[
    bool,
    Text(en="write over a file that quanheng did not write", zh="覆盖并非由权衡生成的文件"),
]
"""Whether a file may be written over that is not known to be one of this program's."""

OnlyUnits: TypeAlias = Annotated[
    tuple[str, ...], Text(en="only this unit, by code or name", zh="只看该单位（代码或名称）")
]
"""The units that are looked at; without it, all."""


def _day(_: object, tokens: Sequence[Token]) -> dt.date:
    """Return the day that is written as in the data: `2023-06-30`, `2023.6.30`, `2023年6月30日`."""
    from quanheng.data.cells.dates import parse_date  # noqa: PLC0415  help needs no frames

    day = parse_date(tokens[0].value)
    if day is None:
        raise ValueError
    return day


AsOf: TypeAlias = Annotated[
    dt.date | None,
    Parameter(converter=_day),
    Text(
        en="with the figures and targets known on this day: 2023-07-01",
        zh="按这一天已知的数据和目标，如 2023-07-01",
    ),
]
"""The day whose knowledge counts; without it, all that the book says."""

On: TypeAlias = Annotated[
    dt.date | None,
    Parameter(converter=_day),
    Text(en="as of this day: 2023-07-01; without it, today", zh="截至哪一天，如 2023-07-01；默认今天"),
]
"""The day that is looked at; without it, today."""


def day_or_today(day: dt.date | None) -> dt.date:
    """Return `day`, or the day it is where the program runs."""
    return dt.datetime.now(tz=dt.UTC).astimezone().date() if day is None else day
