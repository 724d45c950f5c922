"""The life of a thing: its states, and the moves between them, as a table.

What a move asks for beyond its table, such as a deadline, stands beside the thing itself.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Mapping
from typing import Final

from quanheng.findings.finding import Finding, Kind
from quanheng.findings.text import Text
from quanheng.findings.value import Value
from quanheng.process.rounds.people import ROLES, Deed, Role


class Move(Value):
    """What can be done: from which states, to which one, by whom; where `reason`, not without one."""

    code: str
    name: Text
    before: tuple[str, ...]
    after: str
    by: tuple[Role, ...]
    reason: bool = False


class Life(Value):
    """All states and moves of a thing; it begins in the first state, and what is `final` never changes.

    Examples:
        >>> lamp = Life(
        ...     thing=Text(zh="灯", en="the lamp"),
        ...     states={"off": Text(zh="关", en="off"), "on": Text(zh="开", en="on")},
        ...     final=(),
        ...     moves=(
        ...         Move(
        ...             code="light",
        ...             name=Text(zh="点亮", en="light"),
        ...             before=("off",),
        ...             after="on",
        ...             by=("office",),
        ...         ),
        ...     ),
        ... )
        >>> lamp.first, [move.code for move in lamp.moves_from("off")], lamp.moves_from("on")
        ('off', ['light'], ())
    """

    thing: Text
    states: Mapping[str, Text]
    final: tuple[str, ...]
    moves: tuple[Move, ...]

    @property
    def first(self) -> str:
        """The state that it begins in."""
        return next(iter(self.states))

    def moves_from(self, state: str) -> tuple[Move, ...]:
        """Return what can be done in `state`."""
        return tuple(move for move in self.moves if state in move.before)

    def move(self, code: str) -> Move:
        """Return the move `code`; raise `KeyError` if there is none."""
        found = next((move for move in self.moves if move.code == code), None)
        if found is None:
            raise KeyError(code)
        return found

    def named(self, codes: Collection[str]) -> Text:
        """Return what the states `codes` are called, in their order."""
        names = [name for state, name in self.states.items() if state in codes]
        return Text(zh="、".join(name.zh for name in names), en=", ".join(name.en for name in names))


NOT_YOUR_PART: Final = Kind(
    code="QH900",
    severity="error",
    en="to {move} is for: {roles}",
    zh="“{move}”只能由{roles}办理",
    hint_en="ask one of them, or an administrator for the role",
    hint_zh="请由其办理，或请系统管理员授予相应角色",
)
NOTHING_FINAL_CHANGES: Final = Kind(
    code="QH901",
    severity="error",
    en="{thing} is {state}, and nothing changes there any more",
    zh="{thing}为“{state}”，不再改变",
    hint_en="what was wrong is put right in a new version, with its reason",
    hint_zh="如有错误，请说明原因，在新版本中更正",
)
NOT_FROM_HERE: Final = Kind(
    code="QH902",
    severity="error",
    en="{thing} is {state}; to {move} it has to be: {states}",
    zh="{thing}为“{state}”，“{move}”须在下列状态：{states}",
    hint_en="from here one can: {moves}",
    hint_zh="目前可以：{moves}",
)
REASON_NEEDED: Final = Kind(
    code="QH903",
    severity="error",
    en="to {move} takes a reason",
    zh="“{move}”须说明原因",
    hint_en="write in a sentence why; it stands in the log, and those concerned read it",
    hint_zh="请用一句话写明原因；将记入日志，相关人可见",
)
CLOCK_WENT_BACK: Final = Kind(
    code="QH904",
    severity="error",
    en="it is {at} by the clock, but the last change was at {last}",
    zh="系统时钟为 {at}，但上一次变更在 {last}",
    hint_en="let whoever looks after the server set its clock; deadlines hang on it",
    hint_zh="请服务器管理人员校正时钟；各时限以其为准",
)


def refusals(
    life: Life, move: Move, state: str, deed: Deed, last: dt.datetime | None = None
) -> Iterator[Finding]:
    """Yield why `move` is not done by its table: by the role, the state, the reason, the clock.

    `last` is when the thing last changed.
    """
    if not deed.by.may_act_as(*move.by):
        yield NOT_YOUR_PART.at(move=move.name, roles=_listed([ROLES[role] for role in move.by]))
    if state in life.final:
        yield NOTHING_FINAL_CHANGES.at(thing=life.thing, state=life.states[state])
    elif state not in move.before:
        facts = {"thing": life.thing, "state": life.states[state], "states": life.named(move.before)}
        moves = _listed([each.name for each in life.moves_from(state)])
        yield NOT_FROM_HERE.at(move=move.name, moves=moves, **facts)
    if move.reason and not deed.reason.strip():
        yield REASON_NEEDED.at(move=move.name)
    if last is not None and deed.at < last:
        yield CLOCK_WENT_BACK.at(at=told(deed.at), last=told(last))


def told(moment: dt.datetime) -> Text:
    """Return a moment as people say it, in its own time zone.

    Examples:
        >>> told(dt.datetime(2024, 3, 29, 17, 30, tzinfo=dt.timezone.utc))
        Text(zh='2024年3月29日 17:30', en='2024-03-29 17:30')
    """
    day = f"{moment.year}年{moment.month}月{moment.day}日"
    return Text(zh=f"{day} {moment:%H:%M}", en=f"{moment:%Y-%m-%d %H:%M}")


def _listed(names: list[Text]) -> Text:
    nothing = Text(zh="无", en="nothing")
    if not names:
        return nothing
    return Text(zh="、".join(name.zh for name in names), en=", ".join(name.en for name in names))
