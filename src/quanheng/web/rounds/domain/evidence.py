"""Files of evidence beside a figure: handed in by who reports it, withdrawn, downloaded; none is deleted."""

from __future__ import annotations

import datetime as dt
from typing import Final

from django.conf import settings

from quanheng.findings.finding import Finding, FindingsError
from quanheng.process.rounds.life import told
from quanheng.process.rounds.reported import ACCEPTED_ALREADY, NO_REPORTS_NOW, NOT_YOURS
from quanheng.process.rounds.round import ROUND
from quanheng.web.audit.actions import Done, action
from quanheng.web.base.actor import Actor
from quanheng.web.base.held_files import keep_content
from quanheng.web.library.evidence import require_evidence, safe_name
from quanheng.web.library.findings import TOO_MANY_FILES
from quanheng.web.library.uploads import Upload
from quanheng.web.rounds.domain.access import first_time, locked_round
from quanheng.web.rounds.domain.figures import Figures, Place
from quanheng.web.rounds.models import Evidence

_NOTHING: Final = Upload(name="", content=b"")


@action("evidence.add", noted=("pk", "uploads"))
def add_evidence(
    *, by: Actor, at: dt.datetime, pk: int, place: Place, uploads: tuple[Upload, ...], key: str = ""
) -> Done[int]:
    """Keep files beside a figure, all of them or none; return how many.

    Raises:
        FindingsError: somebody else reports the figure, the round is over, or a file is not taken.
        KeyError: the round asks for no such figure.
    """
    kept = locked_round(pk)
    table = Figures(kept, {place[1]})
    if not table.is_place(place):
        raise KeyError(place)
    _require_reporter(table, place, by)
    about = f"{kept.code} {table.said(place)}"
    if key and not first_time(by, at, key):
        return Done(0, about=about, after={"again": key}, chain=kept.chain)
    for upload in uploads or (_NOTHING,):
        require_evidence(upload, most_mebi=settings.EVIDENCE_MEBI)
    there = Evidence.objects.for_the_program().filter(round=kept, item=place[0], unit=place[1])
    if there.filter(withdrawn_at=None).count() + len(uploads) > settings.EVIDENCE_FILES:
        raise FindingsError((TOO_MANY_FILES.at(most=settings.EVIDENCE_FILES),))
    for upload in uploads:
        Evidence(
            round=kept,
            item=table.items[place[0]],
            unit=table.units[place[1]],
            name=safe_name(upload),
            digest=keep_content(upload.content),
            size=len(upload.content),
            who=by.person.code,
            at=at,
        ).save(force_insert=True)
    after = {"files": [[safe_name(upload), len(upload.content)] for upload in uploads]}
    return Done(len(uploads), about=about, after=after, chain=kept.chain)


@action("evidence.withdraw", noted=("pk", "evidence"))
def withdraw_evidence(*, by: Actor, at: dt.datetime, pk: int, evidence: int) -> Done[Evidence]:
    """Withdraw a file from a figure that is not accepted; it is kept, and the office sees it.

    Raises:
        FindingsError: somebody else reports the figure, it is accepted, or the round is over.
        Evidence.DoesNotExist: there is no such file, or it is withdrawn already.
    """
    kept = locked_round(pk)
    found = Evidence.objects.for_the_program().get(pk=evidence, round=kept, withdrawn_at=None)
    place = (found.item_id, found.unit_id)
    table = Figures(kept, {found.unit_id})
    _require_reporter(table, place, by)
    cell = table.cells.get(place)
    if cell is not None and cell.state == "accepted":
        raise FindingsError((ACCEPTED_ALREADY.at(who=cell.accepted_by, moment=told(cell.changed_at)),))
    found.withdrawn_by, found.withdrawn_at = by.person.code, at
    found.save(update_fields=["withdrawn_by", "withdrawn_at"])
    about = f"{kept.code} {table.said(place)}"
    return Done(found, about=about, before={"file": found.name}, chain=kept.chain)


@action("evidence.open", noted=("evidence",))
def open_evidence(*, by: Actor, at: dt.datetime, evidence: int) -> Done[Evidence]:
    """Return a file that the actor may see, and let the log tell who downloaded it.

    Raises:
        Evidence.DoesNotExist: there is none that the actor may see.
    """
    del at
    seen = Evidence.objects.visible_to(by.person).select_related("round", "item", "unit__unit")
    found = seen.get(pk=evidence)
    about = f"{found.round.code} {found.unit.unit.code} {found.item.code}"
    return Done(found, about=about, after={"file": found.name}, chain=found.round.chain)


def _require_reporter(table: Figures, place: Place, by: Actor) -> None:
    found: list[Finding] = []
    assignment = table.setting(place).assignment
    if assignment.reporter != by.person.code:
        names = {"item": table.items[place[0]].name, "unit": table.units[place[1]].unit.name}
        found.append(NOT_YOURS.at(reporter=assignment.reporter, **names))
    if not table.round.takes_corrections:
        found.append(NO_REPORTS_NOW.at(state=ROUND.states[table.round.state]))
    if found:
        raise FindingsError(tuple(found))
