"""A reported value: saved, submitted, accepted or returned; each change is a new one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from quanheng.findings.finding import Finding, Kind, require_no_errors
from quanheng.findings.text import Text
from quanheng.findings.value import Value
from quanheng.process.rounds.assignment import Assignment
from quanheng.process.rounds.life import Life, Move, refusals, told
from quanheng.process.rounds.people import Deed, aware
from quanheng.process.rounds.round import ROUND, Round

REPORTED: Final = Life(
    thing=Text(zh="该指标值", en="the figure"),
    states={
        "empty": Text(zh="未填", en="empty"),
        "saved": Text(zh="已保存", en="saved"),
        "submitted": Text(zh="已提交", en="submitted"),
        "accepted": Text(zh="已通过", en="accepted"),
        "returned": Text(zh="已退回", en="returned"),
    },
    final=(),
    moves=(
        Move(
            code="save",
            name=Text(zh="保存", en="save the figure"),
            before=("empty", "saved", "returned"),
            after="saved",
            by=("reporter",),
        ),
        Move(
            code="submit",
            name=Text(zh="提交", en="submit the figure"),
            before=("saved",),
            after="submitted",
            by=("reporter",),
        ),
        Move(
            code="withdraw",
            name=Text(zh="撤回", en="withdraw the figure"),
            before=("submitted",),
            after="saved",
            by=("reporter",),
        ),
        Move(
            code="accept",
            name=Text(zh="通过", en="accept the figure"),
            before=("submitted",),
            after="accepted",
            by=("office",),
        ),
        Move(
            code="return",
            name=Text(zh="退回", en="return the figure"),
            before=("submitted", "accepted"),
            after="returned",
            by=("office",),
            reason=True,
        ),
        Move(
            code="miss",
            name=Text(zh="确认缺报", en="say that there is no figure"),
            before=("empty", "saved", "returned"),
            after="accepted",
            by=("office",),
            reason=True,
        ),
        Move(
            code="carry",
            name=Text(zh="沿用", en="take the figure over"),
            before=("empty",),
            after="accepted",
            by=("office",),
        ),
        Move(
            code="correct",
            name=Text(zh="更正", en="correct the figure"),
            before=("empty", "accepted"),
            after="accepted",
            by=("office",),
            reason=True,
        ),
    ),
)
"""What becomes of a value. To correct is to put an upheld appeal into effect, or to mend in a new version of
a round, in which figures are taken over as they were accepted."""
_OF_REPORTER: Final = ("save", "submit", "withdraw")
_ASKED: Final = ("save", "submit", "accept", "miss")
"""What is done only of figures that are asked for; others can be withdrawn and returned."""


class Reported(Value):
    """The value of an item of a unit as it stands: its state, and how it came to it.

    `version` grows with each change, so that who saves what somebody else has changed in between is told.
    `due` is a deadline of its own that it was returned with.
    """

    item: str
    unit: str
    state: str = "empty"
    version: int = 0
    entered_by: str | None = None
    accepted_by: str | None = None
    changed_at: dt.datetime | None = None
    due: dt.datetime | None = None

    @property
    def is_settled(self) -> bool:
        """Whether it can be scored: accepted, a figure or the statement that there is none."""
        return self.state == "accepted"


class Setting(Value):
    """What a move of a value hangs on: its round, whose it is to report, and what is known of it.

    `seen` is the version that who does it has before the eyes; `upheld` says that an appeal on it was upheld;
    `absence` is why nothing is asked of its unit: it is not there on the last day of the round (units §1).
    """

    round: Round
    assignment: Assignment
    seen: int | None = None
    upheld: bool = False
    absence: Text | None = None


NOT_YOURS: Final = Kind(
    code="QH915",
    severity="error",
    en="{item} of {unit} is not yours to report: {reporter} does",
    zh="“{unit}”的“{item}”不由您填报，由 {reporter} 填报",
    hint_en="let the office pass it on to you",
    hint_zh="如应由您填报，请考核办转交",
)
CLOSED_ON: Final = Kind(
    code="QH916",
    severity="error",
    en="reporting closed on {due}",
    zh="填报已于 {due} 截止",
    hint_en="ask the office for a later deadline; what you typed is still in the page",
    hint_zh="请向考核办申请延期；已录入的内容仍在页面上",
)
NO_REPORTS_NOW: Final = Kind(
    code="QH917",
    severity="error",
    en="the round is {state}: no figures are reported now",
    zh="本考核期为“{state}”，目前不能填报",
    hint_en="before it is open, wait; afterwards, appeal while provisional results can be checked",
    hint_zh="尚未开放的请等待；已结束的，可在公示核对期间申诉",
)
ACCEPTED_ALREADY: Final = Kind(
    code="QH918",
    severity="error",
    en="{who} accepted it on {moment}",
    zh="{who} 已于 {moment} 审核通过",
    hint_en="ask the office to return it",
    hint_zh="如需修改，请考核办退回",
)
ENTERED_BY_YOU: Final = Kind(
    code="QH919",
    severity="error",
    en="you entered it yourself",
    zh="该值由您本人录入",
    hint_en="let somebody else of the office accept it",
    hint_zh="请考核办其他人员审核",
)
CHANGED_MEANWHILE: Final = Kind(
    code="QH920",
    severity="error",
    en="{who} changed it meanwhile, on {moment}",
    zh="{who} 已于 {moment} 修改该值",
    hint_en="look at both values, and choose one",
    hint_zh="请比较两个值后选择",
)
NOT_CORRECTED_HERE: Final = Kind(
    code="QH921",
    severity="error",
    en="a figure is corrected where an appeal was upheld, or in a new version of the round",
    zh="只有申诉成立，或在新版本中，才能更正指标值",
    hint_en="return it to who reports it, while figures are checked",
    hint_zh="审核期间请退回填报人修改",
)

NOT_THERE: Final = Kind(
    code="QH898",
    severity="error",
    en="nothing is asked of a unit that is not there on the last day of the round: {absence}",
    zh="考核期末不在的单位不要求填报：{absence}",
    hint_en="report it with the unit it went into; if it is there, hand in a corrected table of units",
    hint_zh="已并入其他单位的，请并入该单位填报；实际仍在的，请更正单位表后重新提交",
)


def refused_value(code: str, value: Reported, deed: Deed, setting: Setting) -> tuple[Finding, ...]:
    """Return why the move `code` of a value is not done; nothing where it is.

    Raises:
        KeyError: there is no such move.
    """
    move = REPORTED.move(code)
    is_reporters = code in _OF_REPORTER
    if is_reporters and value.state == "accepted":
        found = [ACCEPTED_ALREADY.at(who=value.accepted_by or "", moment=_changed(value))]
    else:
        found = [*refusals(REPORTED, move, value.state, deed, value.changed_at)]
    found += _of_reporter(value, deed, setting) if is_reporters else _of_office(code, value, deed, setting)
    if setting.absence is not None and code in _ASKED:
        found.append(NOT_THERE.at(absence=setting.absence))
    if setting.seen is not None and setting.seen != value.version:
        who = value.accepted_by or value.entered_by or ""
        found.append(CHANGED_MEANWHILE.at(who=who, moment=_changed(value)))
    return tuple(found)


def moved_value(
    code: str, value: Reported, deed: Deed, setting: Setting, *, due: dt.datetime | None = None
) -> Reported:
    """Return the value after the move `code`; one that is returned can be given a deadline, `due`.

    Raises:
        FindingsError: it is not done; the findings say why.
        KeyError: there is no such move.

    Examples:
        >>> from quanheng.process.rounds.people import Person
        >>> now = dt.datetime(2024, 4, 1, 9, tzinfo=dt.timezone.utc)
        >>> wang = Deed(by=Person(code="wang", roles=frozenset({"reporter"})), at=now)
        >>> q1 = Round(code="2024-Q1", due=now + dt.timedelta(days=1), state="open")
        >>> own = Setting(round=q1, assignment=Assignment(item="gdp", unit="T1", reporter="wang"))
        >>> saved = moved_value("save", Reported(item="gdp", unit="T1"), wang, own)
        >>> saved.state, saved.version, saved.entered_by
        ('saved', 1, 'wang')
        >>> late = replace(wang, at=now + dt.timedelta(days=2))
        >>> [found.message("en") for found in refused_value("submit", saved, late, own)]
        ['reporting closed on 2024-04-02 09:00']
    """
    require_no_errors(refused_value(code, value, deed, setting))
    who = deed.by.code
    return replace(
        value,
        state=REPORTED.move(code).after,
        version=value.version + 1,
        entered_by=who if code in ("save", "correct") else value.entered_by,
        accepted_by=who if code in ("accept", "correct", "miss") else None,
        changed_at=deed.at,
        due=aware(due) if due is not None and code == "return" else value.due,
    )


def _of_reporter(value: Reported, deed: Deed, setting: Setting) -> Iterator[Finding]:
    around, assignment = setting.round, setting.assignment
    if assignment.state != "given" or assignment.reporter != deed.by.code:
        yield NOT_YOURS.at(item=value.item, unit=value.unit, reporter=assignment.reporter)
    is_again = value.due is not None
    if not (around.takes_reports or (is_again and around.takes_corrections)):
        yield NO_REPORTS_NOW.at(state=ROUND.states[around.state])
        return
    due = value.due or assignment.due_in(around)
    if deed.at > due:
        yield CLOSED_ON.at(due=told(due))


def _of_office(code: str, value: Reported, deed: Deed, setting: Setting) -> Iterator[Finding]:
    around = setting.round
    is_new_version = around.corrects is not None and around.takes_corrections
    if code == "correct":
        if not is_new_version and not (setting.upheld and around.state == "provisional"):
            yield NOT_CORRECTED_HERE.at()
        return
    if not around.takes_corrections:
        yield NO_REPORTS_NOW.at(state=ROUND.states[around.state])
    if code == "accept" and value.entered_by == deed.by.code:
        yield ENTERED_BY_YOU.at()


def _changed(value: Reported) -> Text:
    return Text() if value.changed_at is None else told(value.changed_at)
