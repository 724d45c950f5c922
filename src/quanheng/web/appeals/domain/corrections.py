"""Putting an upheld appeal into effect: a corrected figure, as a new change that names the appeal."""

from __future__ import annotations

import datetime as dt

from quanheng.findings.finding import Finding, FindingsError, require_no_errors
from quanheng.findings.value import Value
from quanheng.periods.period import parse_period
from quanheng.process.rounds.appeal import APPEAL, UPHELD
from quanheng.process.rounds.life import NOT_FROM_HERE
from quanheng.process.rounds.people import Deed
from quanheng.process.rounds.reported import REPORTED, moved_value
from quanheng.web.appeals.domain.appeals import locked_appeal, subject_of, told_of
from quanheng.web.appeals.findings import NOTHING_OF_THE_UNIT
from quanheng.web.appeals.models import KeptAppeal
from quanheng.web.audit.actions import Done, action
from quanheng.web.base.actor import Actor
from quanheng.web.library.domain.versions import check_office
from quanheng.web.library.typed import REASON, check_length
from quanheng.web.rounds.domain.figures import Because, Figures, Moved, item_of
from quanheng.web.rounds.reading import Meant, meaning_of


class Correction(Value):
    """What is right: of the item with this key, as it is written; `seen` is the version before the eyes."""

    item: int
    written: str
    seen: int
    note: str = ""


@action("appeal.correct", noted=("appeal",))
def correct_figure(*, by: Actor, at: dt.datetime, appeal: int, correction: Correction) -> Done[KeptAppeal]:
    """Correct a figure that an upheld appeal is about; the change names the appeal and who decided it.

    Raises:
        FindingsError: the appeal is not upheld, it is about another figure, or the value is none.
        KeptAppeal.DoesNotExist: there is no such appeal.
    """
    require_no_errors([*check_office(by), *check_length(correction.note, REASON)])
    kept, found = locked_appeal(appeal)
    place = (correction.item, found.unit.pk)
    table = Figures(kept, {found.unit.pk})
    if not table.is_place(place) or table.items[place[0]].code not in subject_of(kept, found).items:
        code = table.items[place[0]].code if place[0] in table.items else ""
        raise FindingsError((NOTHING_OF_THE_UNIT.at(about=code, unit=found.unit.unit.name),))
    asked = table.items[place[0]]
    year = parse_period(asked.period).year
    meant: Meant = meaning_of([correction.written], item_of(asked), year)[0]
    # What is told of the change is why the appeal was upheld, unless more is said.
    reason = correction.note.strip() or found.reasons
    deed = Deed(by=by.person, at=at, reason=reason)
    wrong: list[Finding] = [] if meant.finding is None else [meant.finding]
    if found.state not in UPHELD:
        facts = {"thing": APPEAL.thing, "state": APPEAL.states[found.state], "states": APPEAL.named(UPHELD)}
        moves = APPEAL.named(())
        wrong.append(NOT_FROM_HERE.at(move=REPORTED.move("correct").name, moves=moves, **facts))
    require_no_errors(wrong)
    setting = table.setting(place, correction.seen, upheld=True)
    after = moved_value("correct", table.reported(place), deed, setting)
    cell = table.cells.get(place)
    moved = Moved(place=place, after=after, meant=meant, note=cell.note if cell else "")
    why = Because(message=reason, appeal=found.pk, decided_by=found.decided_by)
    before = table.before([moved])
    table.keep("correct", [moved], by, at, why)
    told = {table.said(place): meant.written, "decided_by": found.decided_by, "reason": reason}
    return Done(found, about=told_of(kept, found), before=before, after=told, chain=kept.chain)
