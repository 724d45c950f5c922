"""`quanheng progress`: what is due by now, who is behind and why."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from quanheng.cli.parameters import AsOf, BookPath, Force, OnlyUnits
from quanheng.cli.show import Screen
from quanheng.cli.year.backtest_view import show_backtest
from quanheng.cli.year.progress_view import record_of, show_progress
from quanheng.findings.errors import UsageError
from quanheng.findings.text import Text
from quanheng.usecase.year.progress import Wanted, draw, look_back, watch, write_table


def progress(  # noqa: PLR0913  the options of the command
    book: BookPath,
    *,
    at: Annotated[
        str | None,
        Text(
            en="by the end of which period: 2023-06, 2023-Q2, 2023-H1; only --backtest goes without",
            zh="截至哪个期间，如 2023-06、2023-Q2、2023-H1；只有 --backtest 可以不写",
        ),
    ] = None,
    unit: OnlyUnits = (),
    indicator: Annotated[
        tuple[str, ...],
        Text(en="only this indicator, by code or name", zh="只看该指标（代码或名称）"),
    ] = (),
    alerts: Annotated[bool, Text(en="the list of alerts, unit by unit", zh="按单位列出预警清单")] = False,
    as_of: AsOf = None,
    forecast: Annotated[bool, Text(en="where the year will end, beside it", zh="附全年预测")] = False,
    backtest: Annotated[
        bool,
        Text(en="how well forecasts would have done on history", zh="用历史数据检验预测的准确程度"),
    ] = False,
    csv: Annotated[
        Path | None,
        Text(en="write the table, or the alerts, there", zh="把进度表或预警清单写入该文件"),
    ] = None,
    svg: Annotated[
        Path | None,
        Text(en="draw the lights of units × indicators there", zh="把单位×指标的灯图画入该文件"),
    ] = None,
    force: Force = False,
    screen: Annotated[Screen, Parameter(parse=False)],
) -> int:
    """Print the progress of `book` from January to the end of `at`, with a light for each value."""
    if at is None:
        if not backtest or alerts or forecast or unit or indicator or csv is not None or svg is not None:
            raise UsageError("--at is missing", "缺少 --at")
        return _look_back(book, as_of, screen)
    wanted = Wanted(units=unit, indicators=indicator, forecast=forecast, backtest=backtest)
    with screen.working(Text(en="watching the year", zh="正在计算进度")):
        watched = watch(book, at=at, as_of=as_of, wanted=wanted, language=screen.language)
    writing = screen.writing("quanheng progress", force=force)
    if csv is not None:
        write_table(watched, csv, alerts=alerts, language=screen.language, writing=writing)
    if svg is not None:
        draw(watched, svg, language=screen.language, writing=writing)
    show_progress(watched, screen, alerts=alerts, whole=bool(unit or indicator))
    for file in (csv, svg):
        if file is not None:
            screen.say(Text(en=f"Written to {file}", zh=f"已写入 {file}"))
    if screen.json:
        screen.record(record_of(watched, screen))
    return 0


def _look_back(book: Path, as_of: dt.date | None, screen: Screen) -> int:
    """Print how well forecasts of earlier years would have done, and nothing of this one."""
    with screen.working(Text(en="looking back", zh="正在检验")):
        scheme, table = look_back(book, as_of=as_of)
    show_backtest(table, scheme, screen)
    if screen.json:
        screen.record({"backtest": table.rows(named=True)})
    return 0
