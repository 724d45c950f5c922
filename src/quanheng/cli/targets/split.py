"""`quanheng targets split`: the year's targets split into quarters or months, a whole among units."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any, Literal, TypeAlias

from cyclopts import Parameter

from quanheng.cli.parameters import MOST_ROWS, BookPath
from quanheng.cli.show import Column, Screen
from quanheng.findings.text import Text
from quanheng.usecase.targets.split import Asked, Targets
from quanheng.usecase.targets.split import split as split_targets
from quanheng.usecase.targets.write import split_into

_Indicator: TypeAlias = Annotated[
    tuple[str, ...],
    Text(
        en="whose targets; by default all that have one of the year",
        zh="要分解的指标，默认为所有有年度目标的指标",
    ),
]
_Unit: TypeAlias = Annotated[
    tuple[str, ...], Text(en="only of this unit, by code or name", zh="只分解该单位的目标")
]
_Every: TypeAlias = Annotated[
    Literal["quarter", "month"] | None,
    Text(en="into what parts of the year", zh="按季（quarter）或按月（month）分解"),
]
_Curve: TypeAlias = Annotated[
    str | None,
    Text(
        en="even, seasonal, or the shares due: 2023-Q1=22%,2023-H1=48%; else the scheme's pace",
        zh="均匀（even）、按往年规律（seasonal）或各期累计比例：2023-Q1=22%,2023-H1=48%；默认按方案",
    ),
]
_Whole: TypeAlias = Annotated[
    float | None, Text(en="an amount for all units together", zh="各单位合计的总量")
]
_Among: TypeAlias = Annotated[
    str,
    Text(
        en="how the whole is shared: equal, last-year, attribute:COLUMN",
        zh="总量如何分解到单位：平均（equal）、按上年数（last-year）、按单位属性（attribute:列名）",
    ),
]
_Group: TypeAlias = Annotated[str | None, Text(en="only among this group", zh="只在该分组内分解")]
_Decimals: TypeAlias = Annotated[
    int | None,
    Text(en="decimals of the parts; else as the targets have", zh="各期目标的小数位数，默认与原目标相同"),
]
_Force: TypeAlias = Annotated[
    bool,
    Text(en="write over a csv file that is no table of targets", zh="覆盖不是目标表的 csv 文件"),
]
_SetOn: TypeAlias = Annotated[
    dt.date | None, Text(en="the day of a revision: 2023-07-01", zh="调整日期，如 2023-07-01")
]
_Reason: TypeAlias = Annotated[str | None, Text(en="why they were revised", zh="调整事由")]
_Out: TypeAlias = Annotated[
    Path | None,
    Text(
        en="the csv file they are written into, such as BOOK/targets.csv, or the workbook of the book",
        zh="写入的 csv 文件，如 考核册/targets.csv，或工作簿考核册",
    ),
]


def split(  # noqa: PLR0913  the options of the command
    book: BookPath,
    *,
    indicator: _Indicator = (),
    unit: _Unit = (),
    every: _Every = None,
    curve: _Curve = None,
    whole: _Whole = None,
    among: _Among = "equal",
    group: _Group = None,
    decimals: _Decimals = None,
    set_on: _SetOn = None,
    reason: _Reason = None,
    out: _Out = None,
    force: _Force = False,
    screen: Annotated[Screen, Parameter(parse=False)],
) -> int:
    """Print the parts of each target, which add up to it exactly, and write them if asked."""
    asked = Asked(
        indicators=indicator,
        units=unit,
        whole=whole,
        among=among,
        group=group,
        every=every,
        curve=curve,
        decimals=decimals,
        set_on=set_on,
        reason=reason,
    )
    with screen.working(Text(en="splitting", zh="正在分解")):
        if out is None:
            targets = split_targets(book, asked)
        else:
            writing = screen.writing("quanheng targets split", force=force)
            targets = split_into(book, asked, out, writing=writing)
    _show(targets, screen)
    screen.findings(targets.findings, answer=False)
    if out is not None:
        screen.say(Text(en=f"The targets are written to {out}", zh=f"目标已写入 {out}"))
    screen.record(_record(targets, out, screen))
    return 0


def _show(targets: Targets, screen: Screen) -> None:
    """Print a table for each indicator: a row a unit, a column a period."""
    rows = targets.rows.rows(named=True)
    names = dict(targets.book.units.select("unit", "name").rows())
    titles = {one.code: one.name.in_language(screen.language) for one in targets.book.scheme.indicators}
    for code in dict.fromkeys(row["indicator"] for row in rows):
        own = [row for row in rows if row["indicator"] == code]
        periods = list(dict.fromkeys(row["period"] for row in own))
        units: dict[str, dict[str, str]] = {}
        for row in own:
            units.setdefault(row["unit"], {})[row["period"]] = _cell(row)
        columns = (
            Column(heading=Text(en="unit", zh="单位")),
            Column(heading=Text(en="name", zh="名称")),
            *(Column(heading=Text(en=period), number=True) for period in periods),
        )
        listed = [unit for unit in names if unit in units][:MOST_ROWS]
        cells = [
            (unit, names[unit] or "", *(units[unit].get(period, "") for period in periods)) for unit in listed
        ]
        screen.table(columns, cells, title=f"{titles[code]} [{code}]")
        if len(units) > MOST_ROWS:
            left = len(units) - MOST_ROWS
            screen.say(
                Text(
                    en=f"… and {left} more; write them with --out",
                    zh=f"……另有 {left} 个单位，可用 --out 写出",
                )
            )
        screen.text("")


def _cell(row: Mapping[str, Any]) -> str:
    if row["target"] is None:
        return "/"
    if row["decimals"] is None:
        return f"{row['target']:z.10g}"
    return f"{row['target']:.{row['decimals']}f}"


def _record(targets: Targets, out: Path | None, screen: Screen) -> dict[str, object]:
    rows: Sequence[Mapping[str, Any]] = targets.rows.rows(named=True)
    return {
        "year": targets.year,
        "out": None if out is None else str(out),
        "set_on": targets.set_on,
        "reason": targets.reason,
        "targets": [{key: value for key, value in row.items() if key != "decimals"} for row in rows],
        "findings": [finding.as_record(screen.language) for finding in targets.findings],
    }
