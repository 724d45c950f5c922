"""`quanheng campaign`: milestones of a campaign, and the indicators it should move."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

from cyclopts import Parameter

from quanheng.cli.days import AsOf, On, day_or_today
from quanheng.cli.language import both
from quanheng.cli.record_words import SHOWN, STANDINGS
from quanheng.cli.show import Column, Screen, number
from quanheng.usecase.campaign import campaign as campaign_of

if TYPE_CHECKING:
    from quanheng.insight.campaign import CampaignState
    from quanheng.insight.campaign_effects import Movement

_MARKS: Final = {
    "reached": both("✓ reached", "✓ 已达到"),
    "late": both("△ reached late", "△ 逾期达到"),
    "missed": both("✗ missed", "✗ 未达到"),
    "to_come": both("· to come", "· 未到期"),
    "no_tasks": both("∅ no tasks", "∅ 无任务"),
}
_BETTER: Final = {
    True: both("better", "改善"),
    False: both("worse", "变差"),
    None: both("–", "–"),
}
_DECIMALS: Final = 4
_YEAR: Final = len("2023")


def campaign(
    book: Annotated[Path, Parameter(help=both("a folder or a workbook (.xlsx)", "文件夹或工作簿（.xlsx）"))],
    code: Annotated[str, Parameter(help=both("the code or the name of a campaign", "专项行动的代码或名称"))],
    *,
    on: On = None,
    as_of: AsOf = None,
    screen: Annotated[Screen, Parameter(parse=False)],
) -> int:
    """Print what of the tasks of `code` is done by each milestone, and what its indicators did."""
    day = day_or_today(on)
    with screen.working("reading", "正在读取"):
        state = campaign_of(book, code, on=day, as_of=as_of)
    if screen.json:
        screen.record(_record_of(state))
        return 0
    name = state.campaign.name.in_language(screen.language)
    screen.text(f"{name}  {state.on}")
    screen.say(f"{state.done} of {state.tasks} tasks done", f"任务 {state.tasks} 项，已完成 {state.done} 项")
    _show_stages(state, screen)
    _show_units(state, screen)
    _show_movements(state, screen)
    return 0


def _show_stages(state: CampaignState, screen: Screen) -> None:
    columns = (
        Column(heading=both("milestone", "节点")),
        Column(heading=both("by", "期限")),
        Column(heading=both("to be done", "应完成"), number=True),
        Column(heading=both("done by then", "届时完成"), number=True),
        Column(heading=both("done now", "目前完成"), number=True),
        Column(heading=both("", "")),
    )
    rows = [
        (
            stage.milestone.name,
            stage.milestone.by.isoformat(),
            f"{stage.milestone.done:.1%}",
            "" if stage.share is None else f"{stage.done} ({stage.share:.1%})",
            str(stage.now),
            screen.choose(_MARKS[stage.mark]),
        )
        for stage in state.stages
    ]
    if rows:
        screen.text("")
        screen.table(columns, rows)


def _show_units(state: CampaignState, screen: Screen) -> None:
    columns = (
        Column(heading=both("unit", "单位")),
        Column(heading=both("tasks", "任务"), number=True),
        Column(heading=both("done", "已完成"), number=True),
        Column(heading=STANDINGS["due_soon"], number=True),
        Column(heading=STANDINGS["overdue"], number=True),
    )
    rows = [tuple(map(str, row[1:])) for row in state.units.head(SHOWN).rows()]
    if rows:
        screen.text("")
        screen.table(columns, rows)
    more = len(state.units) - len(rows)
    if more > 0:
        screen.say(f"and {more} more units; --json has all", f"另有 {more} 个单位，--json 可列出全部")


def _show_movements(state: CampaignState, screen: Screen) -> None:
    """Print the means of the indicators: of the years that are over, then of the year that runs."""
    if not state.movements:
        return
    for whole in (True, False):
        rounds = [
            name
            for name in state.movements[0].means
            if (len(name) == _YEAR) is whole
            and any(movement.means[name] is not None for movement in state.movements)
        ]
        columns = (
            Column(heading=both("indicator, mean of the units", "指标（各单位均值）")),
            *(Column(heading=name, number=True) for name in rounds),
            Column(heading=both("moved", "变化"), number=True),
            Column(heading=both("", "")),
        )
        if rounds:
            rows = [_row_of(movement, rounds, screen, whole=whole) for movement in state.movements]
            screen.text("")
            screen.table(columns, rows)


def _row_of(movement: Movement, rounds: list[str], screen: Screen, *, whole: bool) -> tuple[str, ...]:
    change = movement.years if whole else movement.lately
    return (
        movement.indicator.name.in_language(screen.language),
        *(number(movement.means[name], _DECIMALS) for name in rounds),
        "" if change.moved is None else f"{change.moved:+.{_DECIMALS}f}",
        screen.choose(_BETTER[change.better]),
    )


def _record_of(state: CampaignState) -> dict[str, object]:
    return {
        "campaign": state.campaign.code,
        "on": state.on,
        "tasks": state.tasks,
        "done": state.done,
        "milestones": [
            {
                "name": stage.milestone.name,
                "by": stage.milestone.by,
                "to_be_done": stage.milestone.done,
                "done": stage.done,
                "share": stage.share,
                "now": stage.now,
                "mark": stage.mark,
            }
            for stage in state.stages
        ],
        "units": state.units.rows(named=True),
        "indicators": [
            {
                "indicator": movement.indicator.code,
                "means": dict(movement.means),
                "years": dataclasses.asdict(movement.years),
                "lately": dataclasses.asdict(movement.lately),
                "units": movement.units.rows(named=True),
            }
            for movement in state.movements
        ],
    }
