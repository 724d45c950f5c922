"""A round: from a draft over collecting, checking and provisional results to what is final and published."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from quanheng.findings.finding import Finding, Kind, require_no_errors
from quanheng.findings.text import Text
from quanheng.findings.value import Value
from quanheng.process.rounds.life import Life, Move, refusals, told
from quanheng.process.rounds.people import Deed, aware

ROUND: Final = Life(
    thing=Text(zh="本考核期", en="the round"),
    states={
        "draft": Text(zh="草拟", en="a draft"),
        "open": Text(zh="填报", en="open for reports"),
        "checking": Text(zh="审核", en="being checked"),
        "provisional": Text(zh="公示核对", en="provisional"),
        "final": Text(zh="定稿", en="final"),
        "published": Text(zh="已发布", en="published"),
    },
    final=("published",),
    moves=(
        Move(
            code="open",
            name=Text(zh="开放填报", en="open the round"),
            before=("draft",),
            after="open",
            by=("office",),
        ),
        Move(
            code="close",
            name=Text(zh="截止填报", en="close reporting"),
            before=("open",),
            after="checking",
            by=("office", "program"),
        ),
        Move(
            code="extend",
            name=Text(zh="延长填报", en="extend reporting"),
            before=("checking",),
            after="open",
            by=("office",),
            reason=True,
        ),
        Move(
            code="show",
            name=Text(zh="公示核对", en="show provisional results"),
            before=("checking",),
            after="provisional",
            by=("office",),
        ),
        Move(
            code="take_back",
            name=Text(zh="撤回公示", en="take provisional results back"),
            before=("provisional",),
            after="checking",
            by=("office",),
            reason=True,
        ),
        Move(
            code="settle",
            name=Text(zh="定稿", en="make the results final"),
            before=("provisional",),
            after="final",
            by=("office",),
        ),
        Move(
            code="publish",
            name=Text(zh="发布", en="publish the results"),
            before=("final",),
            after="published",
            by=("office", "program"),
        ),
    ),
)
"""What becomes of a round. What is final is put right in a new version only (`versions.py`)."""


class Window(Value):
    """From when to when units check provisional results and appeal; both moments are inside."""

    begins: dt.datetime
    ends: dt.datetime

    def __post_init__(self) -> None:
        """Refuse moments without a time zone."""
        aware(self.begins)
        aware(self.ends)

    def is_open(self, at: dt.datetime) -> bool:
        """Return whether it is open at the moment `at`."""
        return self.begins <= at <= self.ends


class Round(Value):
    """A round as it stands: its version, when reports are due, and while it is provisional its window.

    `corrects` is the version that this one puts right, for `reason`.
    """

    code: str
    due: dt.datetime
    state: str = "draft"
    version: int = 1
    corrects: int | None = None
    reason: str = ""
    window: Window | None = None
    publish_at: dt.datetime | None = None
    changed_at: dt.datetime | None = None

    def __post_init__(self) -> None:
        """Refuse a deadline without a time zone."""
        aware(self.due)

    @property
    def takes_reports(self) -> bool:
        """Whether figures can be reported, before the deadline of each."""
        return self.state == "open"

    @property
    def takes_corrections(self) -> bool:
        """Whether a figure that was returned can be reported again."""
        return self.state in ("open", "checking")


class Outlook(Value):
    """What a round's next move hangs on: how much there is that is not as it should be.

    `unassigned` values are reported by nobody, `unsettled` ones neither accepted nor declared missing;
    `has_current_run` says whether a run has ended well and no figure has changed since.
    """

    unassigned: int = 0
    unsettled: int = 0
    has_current_run: bool = False
    appeals_open: int = 0


REPORTED_BY_NOBODY: Final = Kind(
    code="QH905",
    severity="error",
    en="{count} figures are assigned to nobody",
    zh="有 {count} 项指标值无人填报",
    hint_en="assign them, or take the unit or item out of the round",
    hint_zh="请指派填报人，或将该单位、数据项移出本考核期",
)
DUE_ALREADY: Final = Kind(
    code="QH906",
    severity="error",
    en="the deadline, {due}, is over",
    zh="截止时间 {due} 已过",
    hint_en="set a later deadline",
    hint_zh="请设定更晚的截止时间",
)
CLOSES_EARLY: Final = Kind(
    code="QH913",
    severity="error",
    en="reports are due on {due}; to close before takes a reason",
    zh="填报截止时间为 {due}；提前截止须说明原因",
    hint_en="wait until then, or write in a sentence why not",
    hint_zh="请等到该时间之后，或用一句话写明原因",
)
NOT_SETTLED: Final = Kind(
    code="QH907",
    severity="error",
    en="{count} figures are neither accepted nor declared missing",
    zh="有 {count} 项指标值既未通过审核，也未确认缺报",
    hint_en="accept or return them, or say of each that it is missing",
    hint_zh="请逐项通过或退回，或确认其缺报",
)
NO_CURRENT_RUN: Final = Kind(
    code="QH908",
    severity="error",
    en="no run has scored the figures as they are now",
    zh="现有指标值尚未完成计分",
    hint_en="run the score and look at its findings",
    hint_zh="请先计分，并查看其提示",
)
NO_WINDOW: Final = Kind(
    code="QH909",
    severity="error",
    en="it is not said until when units may check and appeal, or that time is over",
    zh="未设定单位核对、申诉的时间，或该时间已过",
    hint_en="give a window that begins before it ends, and ends later than now",
    hint_zh="请设定核对时间：起早于止，且止晚于现在",
)
WINDOW_IS_OPEN: Final = Kind(
    code="QH910",
    severity="error",
    en="units may check and appeal until {ends}",
    zh="单位可核对、申诉至 {ends}",
    hint_en="wait until then",
    hint_zh="请等到该时间之后",
)
APPEALS_ARE_OPEN: Final = Kind(
    code="QH911",
    severity="error",
    en="{count} appeals are not done",
    zh="有 {count} 件申诉未办结",
    hint_en="decide them, and run the score again where a figure was corrected",
    hint_zh="请先作出决定；指标值有更正的，请重新计分",
)
PUBLISHED_LATER: Final = Kind(
    code="QH912",
    severity="error",
    en="publication is set for {moment}",
    zh="发布时间定于 {moment}",
    hint_en="wait until then, or set another time",
    hint_zh="请等到该时间，或另定时间",
)


def refused_round(
    code: str,
    round: Round,  # noqa: A002  the word of the language
    deed: Deed,
    outlook: Outlook,
    window: Window | None = None,
) -> tuple[Finding, ...]:
    """Return why the move `code` of a round is not done; nothing where it is.

    `window` is the one that provisional results are shown for. Reporting is closed before its deadline only
    with a reason; it is opened, and opened again, only with a deadline that is yet to come.

    Raises:
        KeyError: there is no such move.
    """
    found = refusals(ROUND, ROUND.move(code), round.state, deed, round.changed_at)
    return (*found, *_lacking(code, round, deed, outlook, window))


def moved_round(
    code: str,
    round: Round,  # noqa: A002  the word of the language
    deed: Deed,
    outlook: Outlook,
    window: Window | None = None,
) -> Round:
    """Return the round after the move `code`.

    Raises:
        FindingsError: it is not done; the findings say why.
        KeyError: there is no such move.

    Examples:
        >>> from quanheng.process.rounds.people import Person
        >>> now = dt.datetime(2024, 4, 1, 9, tzinfo=dt.timezone.utc)
        >>> draft = Round(code="2024-Q1", due=now + dt.timedelta(days=7))
        >>> open_it = Deed(by=Person(code="li", roles=frozenset({"office"})), at=now)
        >>> moved_round("open", draft, open_it, Outlook()).state
        'open'
        >>> [found.message("en") for found in refused_round("open", draft, open_it, Outlook(unassigned=3))]
        ['3 figures are assigned to nobody']
    """
    require_no_errors(refused_round(code, round, deed, outlook, window))
    shown = {"window": window} if code == "show" else {"window": None} if code == "take_back" else {}
    return replace(round, state=ROUND.move(code).after, changed_at=deed.at, **shown)


def _lacking(
    code: str,
    round: Round,  # noqa: A002  the word of the language
    deed: Deed,
    outlook: Outlook,
    window: Window | None,
) -> Iterator[Finding]:
    """Yield what a move asks for beyond its table."""
    match code:
        case "open":
            if outlook.unassigned:
                yield REPORTED_BY_NOBODY.at(count=outlook.unassigned)
            yield from _due(round, deed)
        case "extend":
            yield from _due(round, deed)
        case "close":
            if deed.at <= round.due and not deed.reason.strip():
                yield CLOSES_EARLY.at(due=told(round.due))
        case "show":
            if outlook.unsettled:
                yield NOT_SETTLED.at(count=outlook.unsettled)
            if not outlook.has_current_run:
                yield NO_CURRENT_RUN.at()
            if window is None or not (window.begins < window.ends and deed.at < window.ends):
                yield NO_WINDOW.at()
        case "settle":
            if round.window is not None and deed.at <= round.window.ends:
                yield WINDOW_IS_OPEN.at(ends=told(round.window.ends))
            if outlook.appeals_open:
                yield APPEALS_ARE_OPEN.at(count=outlook.appeals_open)
            if not outlook.has_current_run:
                yield NO_CURRENT_RUN.at()
        case "publish":
            if round.publish_at is not None and deed.at < round.publish_at:
                yield PUBLISHED_LATER.at(moment=told(round.publish_at))


def _due(
    round: Round,  # noqa: A002  the word of the language
    deed: Deed,
) -> Iterator[Finding]:
    if round.due <= deed.at:
        yield DUE_ALREADY.at(due=told(round.due))
