"""An appeal: a unit contests one of its figures or scores; who had no part in it decides, with reasons."""

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
from quanheng.process.rounds.round import Round

APPEAL: Final = Life(
    thing=Text(zh="该申诉", en="the appeal"),
    states={
        "filed": Text(zh="已提出", en="filed"),
        "heard": Text(zh="复核中", en="being heard"),
        "upheld": Text(zh="成立", en="upheld"),
        "partly": Text(zh="部分成立", en="upheld in part"),
        "rejected": Text(zh="不成立", en="rejected"),
        "withdrawn": Text(zh="已撤回", en="withdrawn"),
        "done": Text(zh="已办结", en="done"),
    },
    final=("withdrawn", "done"),
    moves=(
        Move(
            code="hear",
            name=Text(zh="受理", en="hear the appeal"),
            before=("filed",),
            after="heard",
            by=("office",),
        ),
        *(
            Move(code=code, name=name, before=("heard",), after=code, by=("office",), reason=True)
            for code, name in (
                ("upheld", Text(zh="认定成立", en="uphold the appeal")),
                ("partly", Text(zh="认定部分成立", en="uphold the appeal in part")),
                ("rejected", Text(zh="认定不成立", en="reject the appeal")),
            )
        ),
        Move(
            code="withdraw",
            name=Text(zh="撤回申诉", en="withdraw the appeal"),
            before=("filed", "heard"),
            after="withdrawn",
            by=("unit",),
        ),
        Move(
            code="finish",
            name=Text(zh="办结", en="finish the appeal"),
            before=("upheld", "partly", "rejected"),
            after="done",
            by=("office", "program"),
        ),
        Move(
            code="remedy",
            name=Text(zh="说明处理办法后办结（不更正指标值）", en="finish the appeal by another remedy"),
            before=("upheld", "partly"),
            after="done",
            by=("office",),
            reason=True,
        ),
    ),
)
"""What becomes of an appeal. Where it is upheld, a corrected value and a new run come before it is done;
where no figure is at fault, such as where the scheme is, a remedy is stated instead."""
UPHELD: Final = ("upheld", "partly")
"""The decisions that are put into effect."""
DECISIONS: Final = (*UPHELD, "rejected")
"""What can be decided."""


class Appeal(Value):
    """An appeal as it stands: of which unit, on which item or node, on what grounds; `filed_by` whom.

    `had_part` are those who entered or accepted what it is about; they do not decide. `decision` and
    `reasons` are there once it is decided. `on_score` says that it is on a score; `is_corrected`
    that a figure was corrected by it.
    """

    unit: str
    about: str
    grounds: str
    filed_by: str
    had_part: frozenset[str] = frozenset()
    on_score: bool = False
    is_corrected: bool = False
    state: str = "filed"
    decision: str | None = None
    decided_by: str | None = None
    reasons: str = ""
    changed_at: dt.datetime | None = None

    @property
    def is_open(self) -> bool:
        """Whether a round cannot be settled while it is so."""
        return self.state not in APPEAL.final


NO_WINDOW_NOW: Final = Kind(
    code="QH922",
    severity="error",
    en="appeals are filed while provisional results can be checked{when}",
    zh="只能在公示核对期间提出申诉{when}",
    hint_en="ask the office whether there will be another version",
    hint_zh="如有疑问，请向考核办询问是否出新版本",
)
NOT_YOUR_UNIT: Final = Kind(
    code="QH923",
    severity="error",
    en="you do not speak for {unit}",
    zh="您不代表“{unit}”",
    hint_en="let somebody of that unit do it",
    hint_zh="请由该单位人员办理",
)
NO_GROUNDS: Final = Kind(
    code="QH924",
    severity="error",
    en="an appeal states its grounds",
    zh="申诉须写明理由",
    hint_en="say what is wrong, and what would be right; add what proves it",
    hint_zh="请写明哪里有误、应为多少，并附证明材料",
)
HAD_PART: Final = Kind(
    code="QH925",
    severity="error",
    en="you entered or accepted what the appeal is about, or filed it",
    zh="您曾录入、审核该事项，或提出了该申诉",
    hint_en="let somebody else of the office decide",
    hint_zh="请考核办其他人员决定",
)
NOT_PUT_RIGHT: Final = Kind(
    code="QH926",
    severity="error",
    en="the appeal was {decision}, but no corrected figure has been scored yet",
    zh="申诉{decision}，但更正后的指标值尚未重新计分",
    hint_en="correct the figure and run the score",
    hint_zh="请更正指标值并重新计分",
)


def filed(
    appeal: Appeal,
    deed: Deed,
    round: Round,  # noqa: A002  the word of the language
) -> Appeal:
    """Return a new appeal, if it can be filed now: by the unit's own people, inside the window, with grounds.

    Raises:
        FindingsError: it cannot; the findings say why.

    Examples:
        >>> from quanheng.process.rounds.people import Person
        >>> from quanheng.process.rounds.round import Window
        >>> now = dt.datetime(2024, 4, 10, 9, tzinfo=dt.timezone.utc)
        >>> week = Window(begins=now, ends=now + dt.timedelta(days=7))
        >>> shown = Round(code="2024-Q1", due=now, state="provisional", window=week)
        >>> chen = Person(code="chen", roles=frozenset({"unit"}), units=frozenset({"T1"}))
        >>> own = Appeal(unit="T1", about="gdp", grounds="the park moved to T1 in May", filed_by="chen")
        >>> filed(own, Deed(by=chen, at=now), shown).state
        'filed'
    """
    found: list[Finding] = []
    if not deed.by.belongs_to(appeal.unit):
        found.append(NOT_YOUR_UNIT.at(unit=appeal.unit))
    window = round.window
    if round.state != "provisional" or window is None or not window.is_open(deed.at):
        when = Text()
        if window is not None:
            begins, ends = told(window.begins), told(window.ends)
            when = Text(en=f", from {begins.en} to {ends.en}", zh=f"，时间为 {begins.zh} 至 {ends.zh}")
        found.append(NO_WINDOW_NOW.at(when=when))
    if not appeal.grounds.strip():
        found.append(NO_GROUNDS.at())
    require_no_errors(tuple(found))
    return replace(appeal, state="filed", filed_by=deed.by.code, changed_at=deed.at)


def refused_appeal(
    code: str, appeal: Appeal, deed: Deed, *, is_put_right: bool = False
) -> tuple[Finding, ...]:
    """Return why the move `code` of an appeal is not done; nothing where it is.

    `is_put_right` says that the corrected figure is there, and a run has scored it.

    Raises:
        KeyError: there is no such move.
    """
    found = refusals(APPEAL, APPEAL.move(code), appeal.state, deed, appeal.changed_at)
    return (*found, *_lacking(code, appeal, deed, is_put_right=is_put_right))


def moved_appeal(code: str, appeal: Appeal, deed: Deed, *, is_put_right: bool = False) -> Appeal:
    """Return the appeal after the move `code`.

    Raises:
        FindingsError: it is not done; the findings say why.
        KeyError: there is no such move.

    Examples:
        >>> from quanheng.process.rounds.people import Person
        >>> now = dt.datetime(2024, 4, 11, 9, tzinfo=dt.timezone.utc)
        >>> office = Deed(by=Person(code="li", roles=frozenset({"office"})), at=now, reason="the map says so")
        >>> own = Appeal(unit="T1", about="gdp", grounds="…", filed_by="chen", had_part=frozenset({"wang"}))
        >>> decided = moved_appeal("upheld", moved_appeal("hear", own, office), office)
        >>> decided.decision, decided.decided_by, decided.reasons
        ('upheld', 'li', 'the map says so')
        >>> [found.message("en") for found in refused_appeal("finish", decided, office)]
        ['the appeal was upheld, but no corrected figure has been scored yet']
    """
    require_no_errors(refused_appeal(code, appeal, deed, is_put_right=is_put_right))
    after = replace(appeal, state=APPEAL.move(code).after, changed_at=deed.at)
    if code not in DECISIONS:
        return after
    return replace(after, decision=code, decided_by=deed.by.code, reasons=deed.reason.strip())


def _lacking(code: str, appeal: Appeal, deed: Deed, *, is_put_right: bool) -> Iterator[Finding]:
    if code == "withdraw" and not deed.by.belongs_to(appeal.unit):
        yield NOT_YOUR_UNIT.at(unit=appeal.unit)
    if code in {*DECISIONS, "remedy"} and deed.by.code in {appeal.filed_by, *appeal.had_part}:
        yield HAD_PART.at()
    if code == "finish" and appeal.state in UPHELD and not is_put_right:
        yield NOT_PUT_RIGHT.at(decision=APPEAL.states[appeal.state])
    if code == "remedy" and (appeal.is_corrected or not appeal.on_score) and not is_put_right:
        yield NOT_PUT_RIGHT.at(decision=APPEAL.states[appeal.state])
