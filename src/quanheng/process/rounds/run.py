"""A run: the score computed in the background; one whose process died is begun again, three times at most."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from quanheng.findings.finding import Finding, Kind, require_no_errors
from quanheng.findings.text import Text
from quanheng.findings.value import Value
from quanheng.process.rounds.life import Life, Move, refusals, told
from quanheng.process.rounds.people import Deed

RUN: Final = Life(
    thing=Text(zh="本次计分", en="the run"),
    states={
        "waiting": Text(zh="排队", en="waiting"),
        "running": Text(zh="计分中", en="running"),
        "ended": Text(zh="已完成", en="ended"),
        "failed": Text(zh="失败", en="failed"),
        "stopped": Text(zh="已取消", en="stopped"),
    },
    final=("ended", "failed", "stopped"),
    moves=(
        Move(
            code="begin",
            name=Text(zh="开始计分", en="begin the run"),
            before=("waiting",),
            after="running",
            by=("program",),
        ),
        Move(
            code="live",
            name=Text(zh="继续计分", en="say that the run goes on"),
            before=("running",),
            after="running",
            by=("program",),
        ),
        Move(
            code="end",
            name=Text(zh="完成计分", en="end the run"),
            before=("running",),
            after="ended",
            by=("program",),
        ),
        Move(
            code="take_up",
            name=Text(zh="重新排队", en="take the run up again"),
            before=("running",),
            after="waiting",
            by=("program",),
        ),
        Move(
            code="fail",
            name=Text(zh="计分失败", en="give the run up"),
            before=("waiting", "running"),
            after="failed",
            by=("program",),
            reason=True,
        ),
        Move(
            code="stop",
            name=Text(zh="取消计分", en="stop the run"),
            before=("waiting", "running"),
            after="stopped",
            by=("office", "program"),
        ),
    ),
)
"""What becomes of a run."""
SILENT: Final = dt.timedelta(seconds=60)
"""A run that has not been heard of for so long has lost its process."""
ATTEMPTS: Final = 3
"""So often a run is begun, at most."""


class Run(Value):
    """A run as it stands: how often it was begun, when it was last heard of, and why it failed if it did."""

    state: str = "waiting"
    attempts: int = 0
    heard_at: dt.datetime | None = None
    reason: str = ""

    def is_lost(self, at: dt.datetime) -> bool:
        """Return whether it has lost its process by the moment `at`."""
        return self.state == "running" and self.heard_at is not None and at - self.heard_at > SILENT


NOT_LOST: Final = Kind(
    code="QH927",
    severity="error",
    en="the run was heard of at {moment}: it goes on",
    zh="本次计分在 {moment} 仍有进展，尚在进行",
    hint_en="wait; a run that is not heard of for a minute is taken up again",
    hint_zh="请等待；一分钟无进展时会自动重新开始",
)
TOO_OFTEN: Final = Kind(
    code="QH928",
    severity="error",
    en="the run was begun {count} times and never ended",
    zh="本次计分已开始 {count} 次，均未完成",
    hint_en="look at its reason; then begin a new one",
    hint_zh="请查看原因后另行计分",
)


def refused_run(code: str, run: Run, deed: Deed) -> tuple[Finding, ...]:
    """Return why the move `code` of a run is not done; nothing where it is.

    Raises:
        KeyError: there is no such move.
    """
    found = refusals(RUN, RUN.move(code), run.state, deed, run.heard_at)
    return (*found, *_lacking(code, run, deed))


def moved_run(code: str, run: Run, deed: Deed) -> Run:
    """Return the run after the move `code`.

    Raises:
        FindingsError: it is not done; the findings say why.
        KeyError: there is no such move.

    Examples:
        >>> from quanheng.process.rounds.people import PROGRAM
        >>> now = dt.datetime(2024, 4, 1, 9, tzinfo=dt.timezone.utc)
        >>> begun = moved_run("begin", Run(), Deed(by=PROGRAM, at=now))
        >>> soon, later = (Deed(by=PROGRAM, at=now + dt.timedelta(seconds=number)) for number in (60, 61))
        >>> len(refused_run("take_up", begun, soon)), moved_run("take_up", begun, later).state
        (1, 'waiting')
    """
    require_no_errors(refused_run(code, run, deed))
    return replace(
        run,
        state=RUN.move(code).after,
        attempts=run.attempts + (code == "begin"),
        heard_at=deed.at,
        reason=deed.reason.strip() or run.reason,
    )


def _lacking(code: str, run: Run, deed: Deed) -> Iterator[Finding]:
    if code == "begin" and run.attempts >= ATTEMPTS:
        yield TOO_OFTEN.at(count=run.attempts)
    if code == "take_up" and run.state == "running" and not run.is_lost(deed.at):
        yield NOT_LOST.at(moment=Text() if run.heard_at is None else told(run.heard_at))
