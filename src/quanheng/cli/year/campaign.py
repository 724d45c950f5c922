"""`quanheng campaign`: milestones of a campaign, and the indicators it should move."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Annotated, Final

from cyclopts import Parameter

from quanheng.cli.ledgers.record_words import SHOWN, STANDINGS
from quanheng.cli.parameters import AsOf, BookPath, On, day_or_today
from quanheng.cli.show import Column, Screen, number
from quanheng.findings.text import Text

if TYPE_CHECKING:
    from quanheng.insight.campaign.campaign import CampaignState
    from quanheng.insight.campaign.effects import Movement

_MARKS: Final = {
    "reached": Text(en="✓ reached", zh="✓ 已达到"),
    "late": Text(en="△ reached late", zh="△ 逾期达到"),
    "missed": Text(en="✗ missed", zh="✗ 未达到"),
    "to_come": Text(en="· to come", zh="· 未到期"),
    "no_tasks": Text(en="∅ no tasks", zh="∅ 无任务"),
}
_BETTER: Final = {
    True: Text(en="better", zh="改善"),
    False: Text(en="worse", zh="变差"),
    None: Text(en="–", zh="–"),
}
_DECIMALS: Final = 4
_YEAR: Final = len("2023")


def campaign(
    book: BookPath,
    code: Annotated[str, Text(en="the code or the name of a campaign", zh="专项行动的代码或名称")],
    *,
    on: On = None,
    as_of: AsOf = None,
    screen: Annotated[Screen, Parameter(parse=False)],
) -> int:
    """Print what of the tasks of `code` is done by each milestone, and what its indicators did."""
    from quanheng.usecase.year.campaign import campaign as campaign_of  # noqa: PLC0415  help needs no engine

    day = day_or_today(on)
    with screen.working(Text(en="reading", zh="正在读取")):
        state = campaign_of(book, code, on=day, as_of=as_of)
    if screen.json:
        screen.record(_record_of(state))
        return 0
    name = state.campaign.name.in_language(screen.language)
    screen.text(f"{name}  {state.on}")
    screen.say(
        Text(
            en=f"{state.done} of {state.tasks} tasks done",
            zh=f"任务 {state.tasks} 项，已完成 {state.done} 项",
        )
    )
    _show_stages(state, screen)
    _show_units(state, screen)
    _show_movements(state, screen)
    return 0


def _show_stages(state: CampaignState, screen: Screen) -> None:
    columns = (
        Column(heading=Text(en="milestone", zh="节点")),
        Column(heading=Text(en="by", zh="期限")),
        Column(heading=Text(en="to be done", zh="应完成"), number=True),
        Column(heading=Text(en="done by then", zh="届时完成"), number=True),
        Column(heading=Text(en="done now", zh="目前完成"), number=True),
        Column(heading=Text()),
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
        Column(heading=Text(en="unit", zh="单位")),
        Column(heading=Text(en="tasks", zh="任务"), number=True),
        Column(heading=Text(en="done", zh="已完成"), number=True),
        Column(heading=STANDINGS["due_soon"], number=True),
        Column(heading=STANDINGS["overdue"], number=True),
    )
    rows = [tuple(map(str, row[1:])) for row in state.units.head(SHOWN).rows()]
    if rows:
        screen.text("")
        screen.table(columns, rows)
    more = len(state.units) - len(rows)
    if more > 0:
        screen.say(
            Text(en=f"and {more} more units; --json has all", zh=f"另有 {more} 个单位，--json 可列出全部")
        )


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
            Column(heading=Text(en="indicator, mean of the units", zh="指标（各单位均值）")),
            *(Column(heading=Text(en=name), number=True) for name in rounds),
            Column(heading=Text(en="moved", zh="变化"), number=True),
            Column(heading=Text()),
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
        "" if change.moved is None else f"{change.moved:+z.{_DECIMALS}f}",
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
