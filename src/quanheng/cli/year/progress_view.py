"""How progress is shown: units in one table, then what is behind, or the list of alerts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from quanheng.cli.numbers import figure, percent
from quanheng.cli.parameters import MOST_ROWS
from quanheng.cli.show import Column, Screen, number
from quanheng.cli.year.backtest_view import show_backtest
from quanheng.findings.text import Text

if TYPE_CHECKING:
    from quanheng.usecase.year.progress import Watched

"""More rows than a person reads in a terminal are left to the files."""
_SHOWN: Final = ("green", "yellow", "red", "missing")
_TO_ACT_ON: Final = ("red", "yellow", "missing")


def show_progress(watched: Watched, screen: Screen, *, alerts: bool, whole: bool) -> None:
    """Print the progress: with `alerts` the list of alerts, else the table; `whole` shows green rows too."""
    if screen.json:
        return
    progress = watched.progress
    known = watched.as_of
    day = (
        ""
        if known is None
        else screen.choose(Text(en=f", as known on {known}", zh=f"（按{known}已知的数据）"))
    )
    screen.text(f"{progress.scheme.title.in_language(screen.language)}  {progress.at}{day}\n")
    _show_units(watched, screen)
    _show_check(watched, screen)
    if alerts:
        _show_alerts(watched, screen)
    else:
        _show_table(watched, screen, whole=whole)
    if watched.backtest is not None:
        show_backtest(watched.backtest, watched.progress.scheme, screen)
    screen.findings(watched.findings, answer=False)


def record_of(watched: Watched, screen: Screen) -> dict[str, object]:
    """Return the progress for a program."""
    progress = watched.progress
    checkpoint = progress.checkpoint
    record: dict[str, object] = {
        "scheme": progress.scheme.id,
        "at": str(progress.at),
        "as_of": None if watched.as_of is None else watched.as_of.isoformat(),
        "rows": watched.table(screen.language).rows(named=True),
        "units": progress.totals.rows(named=True),
        "missing": progress.missing.rows(named=True),
        "alerts": watched.alerts(screen.language).rows(named=True),
        "check": None,
        "findings": [finding.as_record(screen.language) for finding in watched.findings],
    }
    if checkpoint is not None and progress.past is not None:
        record["check"] = {
            "code": checkpoint.code,
            "name": checkpoint.name.in_language(screen.language),
            "units": progress.past.rows(named=True),
        }
    if watched.backtest is not None:
        record["backtest"] = watched.backtest.rows(named=True)  # by month, too
    return record


def _show_units(watched: Watched, screen: Screen) -> None:
    """Print a line a unit: how many of each light, the score it would have today."""
    from quanheng.insight.progress.lights import LOOKS  # noqa: PLC0415 - heavy, used here

    shown = watched.progress.totals.head(MOST_ROWS).rows(named=True)
    counts = watched.progress.lights_of([row["unit"] for row in shown])
    past = {} if watched.progress.past is None else {row[0]: row for row in watched.progress.past.rows()}
    columns = [
        Column(heading=Text(en="unit", zh="单位")),
        *(
            Column(heading=Text(en=LOOKS[light].words("en"), zh=LOOKS[light].words("zh")), number=True)
            for light in _SHOWN
        ),
        Column(heading=Text(en="score today", zh="当前得分"), number=True),
        Column(heading=Text(en="place", zh="位次"), number=True),
        *([Column(heading=Text(en="past", zh="过关"), number=True)] if past else []),
    ]
    decimals = watched.progress.scheme.rounding.shown_total
    rows = [
        (
            row["name"] or row["unit"],
            *(str(counts.get(row["unit"], {}).get(light, 0)) for light in _SHOWN),
            number(row["score"], 2 if decimals is None else decimals),
            str(row["place"] or "—"),
            *([_past(past.get(row["unit"]))] if past else []),
        )
        for row in shown
    ]
    screen.table(columns, rows)
    _say_rest(len(watched.progress.totals), Text(en="units", zh="个单位"), screen)
    screen.text("")


def _past(row: tuple[str, int, int, bool] | None) -> str:
    return "—" if row is None else f"{row[2]}/{row[1]}{' ✓' if row[3] else ''}"


def _show_check(watched: Watched, screen: Screen) -> None:
    """Print how the named check of this month came out."""
    checkpoint, past = watched.progress.checkpoint, watched.progress.past
    if checkpoint is None or past is None or past.is_empty():
        return
    held = sum(past["held"].to_list())
    tasks, done = sum(past["checked"].to_list()), sum(past["passed"].to_list())
    name = checkpoint.name.in_language(screen.language)
    screen.say(
        Text(
            en=f"{name}: {held} of {len(past)} units in all their tasks, {done} of {tasks} tasks\n",
            zh=f"{name}：{len(past)}个单位中{held}个全部过关，{tasks}项任务中{done}项过关\n",
        ),
    )


def _show_table(watched: Watched, screen: Screen, *, whole: bool) -> None:
    rows = watched.table(screen.language, lights=None if whole else _TO_ACT_ON)
    if rows.is_empty():
        screen.say(Text(en="Nothing is behind", zh="没有落后或未报送的指标"))
        return
    forecast = watched.forecast is not None
    cells = [_cells(row, screen, forecast=forecast) for row in rows.head(MOST_ROWS).iter_rows(named=True)]
    title = Text(en="Progress", zh="进度") if whole else Text(en="Behind or not reported", zh="落后或未报送")
    screen.table(_columns(forecast=forecast), cells, title=screen.choose(title))
    _say_rest(len(rows), Text(en="rows; all of them with --csv", zh="行，可用 --csv 全部导出"), screen)
    screen.text("")


def _columns(*, forecast: bool) -> list[Column]:
    numbers = (
        Text(en="value", zh="实际"),
        Text(en="target", zh="全年目标"),
        Text(en="share due", zh="应达比例"),
        Text(en="due", zh="应达"),
        Text(en="of due", zh="完成应达"),
        Text(en="of year", zh="完成全年"),
        Text(en="gap", zh="差额"),
        Text(en="needed", zh="后续所需"),
        Text(en="points", zh="得分率"),
        Text(en="score", zh="得分"),
    )
    ahead = (
        (
            Text(en="year's end", zh="全年预测"),
            Text(en="80% between", zh="80%区间"),
            Text(en="chance", zh="达标概率"),
        )
        if forecast
        else ()
    )
    return [
        Column(heading=Text(en="unit", zh="单位")),
        Column(heading=Text(en="indicator", zh="指标")),
        Column(heading=Text(en="up to", zh="数据截至")),
        *(Column(heading=heading, number=True) for heading in (*numbers, *ahead)),
        Column(heading=Text(en="light", zh="亮灯")),
        Column(heading=Text(en="reason", zh="原因")),
    ]


def _cells(row: Mapping[str, Any], screen: Screen, *, forecast: bool) -> tuple[str, ...]:
    from quanheng.insight.progress.lights import LOOKS  # noqa: PLC0415 - heavy, used here

    ahead = (_expected(row, screen), _between(row), percent(row["probability"])) if forecast else ()
    return (
        row["name"] or row["unit"],
        row["indicator_name"],
        row["period"],
        *(figure(row[name]) for name in ("value", "target")),
        percent(row["share"]),
        figure(row["due"]),
        *(percent(row[name]) for name in ("completion", "completion_year")),
        *(figure(row[name]) for name in ("gap", "needed")),
        number(row["points"], 1),
        number(row["score"], 2),
        *ahead,
        LOOKS[row["light"]].words(screen.language),
        row["reason"],
    )


def _between(row: Mapping[str, Any]) -> str:
    if row["low_80"] is None or row["high_80"] is None:
        return ""
    return f"{figure(row['low_80'])}–{figure(row['high_80'])}"


def _expected(row: Mapping[str, Any], screen: Screen) -> str:
    """Return where the year will end, or that too little is known to say so."""
    if row["note"] == "not_enough_history":
        return screen.choose(Text(en="little history", zh="历史不足"))
    return figure(row["expected"])


def _show_alerts(watched: Watched, screen: Screen) -> None:
    from quanheng.insight.progress.alerts import LEVELS  # noqa: PLC0415 - heavy, used here

    alerts = watched.alerts(screen.language)
    if alerts.is_empty():
        screen.say(Text(en="Nothing to tell anybody", zh="没有需要预警的事项"))
        return
    columns = (
        Column(heading=Text(en="unit", zh="单位")),
        Column(heading=Text(en="level", zh="级别")),
        Column(heading=Text(en="about", zh="事项")),
        Column(heading=Text(en="period", zh="期间")),
        Column(heading=Text(en="what", zh="内容")),
    )
    rows = [
        (
            row["name"] or row["unit"],
            LEVELS[row["level"]].in_words(screen.language),
            row["subject_name"],
            row["period"],
            row["text"],
        )
        for row in alerts.head(MOST_ROWS).iter_rows(named=True)
    ]
    screen.table(columns, rows, title=screen.choose(Text(en="Alerts", zh="预警清单")))
    _say_rest(len(alerts), Text(en="alerts; all of them with --csv", zh="条，可用 --csv 全部导出"), screen)
    screen.text("")


def _say_rest(count: int, what: Text, screen: Screen) -> None:
    if count > MOST_ROWS:
        more = Text(en=f"… and {count - MOST_ROWS} more ", zh=f"……另有{count - MOST_ROWS}")
        screen.text(f"{screen.choose(more)}{screen.choose(what)}")
