"""`quanheng score --rounds`: several rounds at once, a folder for each and one table of all."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Final

from quanheng.cli.show import Column, Screen, number
from quanheng.findings.text import Text
from quanheng.usecase.results.assess_rounds import PanelAssessment, lay_down_panel, score_panel_book

if TYPE_CHECKING:
    from quanheng.engine.frame.engines import EngineName
    from quanheng.engine.results.each_round import Panel
    from quanheng.engine.results.result import Result

_DECIMALS: Final = 4
"""What is shown of a score that the scheme does not round."""


def score_rounds(  # noqa: PLR0913  the options of the command
    book: Path,
    *,
    rounds: str,
    engine: EngineName,
    as_of: dt.date | None,
    out: Path | None,
    workbook: bool | None,
    force: bool,
    screen: Screen,
) -> int:
    """Print who is first in each of `rounds`, then write their results and the table of all."""
    with screen.working(Text(en="scoring", zh="正在计分")):
        panel = score_panel_book(book, rounds=rounds, as_of=as_of, engine=engine)
    _show(panel, screen)
    with screen.working(Text(en="writing the results", zh="正在写入结果")):
        laid = lay_down_panel(
            panel,
            book,
            as_of=as_of,
            out=out,
            workbook=workbook,
            language=screen.language,
            writing=screen.writing("quanheng score", force=force),
        )
    screen.findings(laid.findings, answer=False)
    screen.say(
        Text(
            en=f"The results lie in {laid.table.parent}, the table of all rounds is {laid.table}",
            zh=f"各期结果位于 {laid.table.parent}，汇总表为 {laid.table}",
        )
    )
    _record(laid, as_of, screen)
    return 0


def _show(panel: Panel, screen: Screen) -> None:
    """Print a line for each round and group: how many units, and who is first."""
    if screen.json:
        return
    last = tuple(panel.results.values())[-1]
    several = len(last.scheme.groups) > 1
    columns = [
        Column(heading=Text(en="round", zh="考核期")),
        *([Column(heading=Text(en="group", zh="分组"))] if several else []),
        Column(heading=Text(en="units", zh="单位数"), number=True),
        Column(heading=Text(en="first", zh="第一名")),
        Column(heading=Text(en="score", zh="得分"), number=True),
    ]
    rows = [row for result in panel.results.values() for row in _rows(result, screen, several=several)]
    screen.table(columns, rows, title=last.scheme.title.in_language(screen.language))
    screen.text("")


def _rows(result: Result, screen: Screen, *, several: bool) -> list[tuple[str, ...]]:
    decimals = _DECIMALS if result.scheme.rounding.total is None else result.scheme.rounding.total
    ranking = result.ranking.rows(named=True)
    rows = []
    for group in result.scheme.groups:
        own = [row for row in ranking if row["group"] == group.code]
        if own:
            first = own[0] if own[0]["place"] else None
            rows.append(
                (
                    result.round,
                    *([group.name.in_language(screen.language) or group.code] if several else []),
                    str(len(own)),
                    "—" if first is None else str(first["name"] or first["unit"]),
                    "—" if first is None else number(first["score"], decimals),
                )
            )
    return rows


def _record(laid: PanelAssessment, as_of: dt.date | None, screen: Screen) -> None:
    results = tuple(laid.panel.results.values())
    screen.record(
        {
            "scheme": results[-1].scheme.id,
            "rounds": list(laid.panel.results),
            "as_of": None if as_of is None else as_of.isoformat(),
            "engine": results[-1].engine.name,
            "folders": [str(folder) for folder in laid.folders],
            "table": str(laid.table),
            "ranking": laid.panel.ranking.rows(named=True),
            "findings": [finding.as_record(screen.language) for finding in laid.findings],
        }
    )
