"""How well forecasts of earlier years would have done, as a table a line an indicator."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from quanheng.cli.numbers import figure, percent
from quanheng.cli.show import Column, Screen
from quanheng.findings.text import Text

if TYPE_CHECKING:
    from quanheng.data.book.frames import Frame
    from quanheng.scheme.tree.scheme import Scheme


def show_backtest(backtest: Frame, scheme: Scheme, screen: Screen) -> None:
    """Print a line an indicator, over all months; month by month they stand in the answer to a program."""
    rows = backtest.rows(named=True)
    if not rows:
        screen.say(Text(en="Not enough history to look back", zh="历史不足，无法检验预测"))
        return
    columns = (
        Column(heading=Text(en="indicator", zh="指标")),
        Column(heading=Text(en="forecasts", zh="预测次数"), number=True),
        Column(heading=Text(en="in 80% interval", zh="落入80%区间"), number=True),
        Column(heading=Text(en="in 95% interval", zh="落入95%区间"), number=True),
        Column(heading=Text(en="mean error", zh="平均误差"), number=True),
        Column(heading=Text(en="last year's step", zh="按上年进度"), number=True),
        Column(heading=Text(en="last year's end", zh="按上年全年"), number=True),
    )
    names = {each.code: each.name.in_language(screen.language) for each in scheme.indicators}
    everything = screen.choose(Text(en="all", zh="全部"))
    cells = [
        (
            names.get(row["indicator"]) or row["indicator"] or everything,
            str(row["forecasts"]),
            *(percent(row[name]) for name in ("inside_80", "inside_95")),
            *(_error(row, rival) for rival in ("", "_naive", "_seasonal")),
        )
        for row in rows
        if row["month"] is None
    ]
    screen.table(columns, cells, title=screen.choose(Text(en="Forecasts of earlier years", zh="历史检验")))
    screen.text("")


def _error(row: Mapping[str, Any], rival: str) -> str:
    """Return the mean error in percent of the year's end, or else in the unit of the measure."""
    percent, plain = row[f"mape{rival}"], row[f"mae{rival}"]
    return f"{100 * percent:z.1f}%" if percent is not None else figure(plain)
