"""Filing an appeal, hearing and deciding it, withdrawing and finishing it, as the rules of appeals allow."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict

from django.conf import settings
from django.db.models import Max

from quanheng.findings.finding import FindingsError, require_no_errors
from quanheng.findings.value import Value
from quanheng.process.rounds.appeal import APPEAL, NOT_YOUR_UNIT, Appeal, filed, moved_appeal
from quanheng.process.rounds.life import NOTHING_FINAL_CHANGES
from quanheng.process.rounds.people import Deed
from quanheng.web.appeals.domain.scored import are_scored
from quanheng.web.appeals.domain.subjects import Subject, had_part, subjects_of
from quanheng.web.appeals.findings import NOTHING_OF_THE_UNIT
from quanheng.web.appeals.models import AppealEvidence, AppealStep, KeptAppeal
from quanheng.web.audit.actions import Done, action
from quanheng.web.base.actor import Actor
from quanheng.web.base.held_files import keep_content
from quanheng.web.base.seeing import seen_whole
from quanheng.web.library.evidence import require_evidence, safe_name
from quanheng.web.library.findings import TOO_MANY_FILES
from quanheng.web.library.typed import GROUNDS, check_length
from quanheng.web.library.uploads import Upload
from quanheng.web.rounds.domain.access import first_time, locked_round
from quanheng.web.rounds.models import AskedItem, AskedUnit, Change, KeptRound


class Filing(Value):
    """What a unit appeals on: the key of the unit in the round, the key of the subject, and the grounds."""

    unit: int
    about: str
    grounds: str


@action("appeal.file", noted=("pk", "uploads"))
def file_appeal(
    *,
    by: Actor,
    at: dt.datetime,
    pk: int,
    filing: Filing,
    uploads: tuple[Upload, ...] = (),
    key: str = "",
) -> Done[KeptAppeal | None]:
    """File an appeal with its evidence, or nothing of it; return it, or None where the form came before.

    Raises:
        FindingsError: it cannot be filed now or by the actor, has no grounds, or a file is not taken.
    """
    kept = locked_round(pk)
    units = AskedUnit.objects.for_the_program().filter(round=kept, pk=filing.unit).select_related("unit")
    unit = units.first()
    if unit is None or not by.person.belongs_to(str(unit.unit_id)):
        name = unit.unit.name if unit else filing.unit
        raise FindingsError((NOT_YOUR_UNIT.at(unit=name),))
    require_no_errors(check_length(filing.grounds, GROUNDS))
    subject = _subject(kept, unit, filing.about)
    told = Appeal(
        unit=str(unit.unit_id), about=subject.code, grounds=filing.grounds.strip(), filed_by=by.person.code
    )
    after = filed(told, Deed(by=by.person, at=at), kept.as_round())
    about = f"{kept.code} {unit.unit_id} {subject.code}"
    if key and not first_time(by, at, key):
        return Done(None, about=about, after={"again": key}, chain=kept.chain)
    require_files(uploads, there=0)
    appeal = KeptAppeal(
        round=kept,
        unit=unit,
        kind=subject.kind,
        about=subject.code,
        names=asdict(subject.name),
        grounds=after.grounds,
        filed_by=by.person.code,
        filed_at=at,
    )
    appeal.take(after)
    appeal.save(force_insert=True)
    _step(appeal, "file", by, at)
    hold_files(appeal, uploads, by, at)
    files = [safe_name(upload) for upload in uploads]
    grounds: dict[str, object] = {"appeal": appeal.pk, "grounds": appeal.grounds, "files": files}
    return Done(appeal, about=about, after=grounds, chain=kept.chain)


@action("appeal.move", noted=("appeal", "move"))
def move_appeal(*, by: Actor, at: dt.datetime, appeal: int, move: str, reason: str = "") -> Done[KeptAppeal]:
    """Hear an appeal, decide it with reasons, withdraw it, or finish it once it is in effect.

    Raises:
        FindingsError: its rules do not allow it; they say why.
        KeyError: there is no such move.
        KeptAppeal.DoesNotExist: there is no such appeal.
    """
    require_no_errors(check_length(reason, GROUNDS))
    kept, found = locked_appeal(appeal)
    before = {"state": found.state}
    deed = Deed(by=by.person, at=at, reason=reason)
    rules = found.as_appeal(parties_of(kept, found), is_corrected=is_corrected(found))
    found.take(moved_appeal(move, rules, deed, is_put_right=is_put_right(found)))
    found.save()
    _step(found, move, by, at, reason.strip())
    after = {"state": found.state, "reason": reason.strip()}
    return Done(found, about=told_of(kept, found), before=before, after=after, chain=kept.chain)


@action("appeal.add", noted=("appeal", "uploads"))
def add_to_appeal(
    *, by: Actor, at: dt.datetime, appeal: int, uploads: tuple[Upload, ...], key: str = ""
) -> Done[int]:
    """Keep more evidence beside an appeal that is not decided; return how many files.

    Raises:
        FindingsError: it is another unit's, it is decided or withdrawn, or a file is not taken.
        KeptAppeal.DoesNotExist: there is no such appeal.
    """
    kept, found = locked_appeal(appeal)
    if not by.person.belongs_to(str(found.unit.unit_id)):
        raise FindingsError((NOT_YOUR_UNIT.at(unit=found.unit.unit.name),))
    if found.state not in ("filed", "heard"):
        final = NOTHING_FINAL_CHANGES.at(thing=APPEAL.thing, state=APPEAL.states[found.state])
        raise FindingsError((final,))
    about = told_of(kept, found)
    if key and not first_time(by, at, key):
        return Done(0, about=about, after={"again": key}, chain=kept.chain)
    there = AppealEvidence.objects.for_the_program().filter(appeal=found).count()
    require_files(uploads or (Upload(name="", content=b""),), there=there)
    hold_files(found, uploads, by, at)
    files = [safe_name(upload) for upload in uploads]
    return Done(len(uploads), about=about, after={"files": files}, chain=kept.chain)


@action("appeal.open", noted=("evidence",))
def open_appeal_evidence(*, by: Actor, at: dt.datetime, evidence: int) -> Done[AppealEvidence]:
    """Return a file that the actor may see, and let the log tell who downloaded it.

    Raises:
        AppealEvidence.DoesNotExist: there is none that the actor may see.
    """
    del at
    seen = AppealEvidence.objects.visible_to(by.person).select_related("appeal__round", "appeal__unit")
    found = seen.get(pk=evidence)
    kept = found.appeal.round
    about = told_of(kept, found.appeal)
    return Done(found, about=about, after={"file": found.name}, chain=kept.chain)


def locked_appeal(pk: int) -> tuple[KeptRound, KeptAppeal]:
    """Return an appeal and its round, both locked, the round first as everywhere.

    Raises:
        KeptAppeal.DoesNotExist: there is no such appeal.
    """
    appeals = KeptAppeal.objects.for_the_program()
    kept = locked_round(appeals.values_list("round_id", flat=True).get(pk=pk))
    locked = appeals.select_for_update(of=("self",)).select_related("unit__unit")
    return kept, locked.get(pk=pk)


def parties_of(kept: KeptRound, appeal: KeptAppeal) -> frozenset[str]:
    """Return those who entered or accepted what an appeal is about."""
    return had_part(kept, appeal.unit, subject_of(kept, appeal).items)


def subject_of(kept: KeptRound, appeal: KeptAppeal) -> Subject:
    """Return what an appeal is about, with the figures behind it."""
    return _subject(kept, appeal.unit, f"{appeal.kind}:{appeal.about}")


@seen_whole()
def is_put_right(appeal: KeptAppeal) -> bool:
    """Return whether a figure was corrected by an appeal, and the run that counts took all that were.

    Where a figure was corrected once more since, by another appeal, the run has to have taken that.
    """
    changes = Change.objects.for_the_program()
    items = changes.filter(appeal=appeal.pk).values("item")
    last = changes.filter(unit=appeal.unit, item__in=items).values("item").annotate(last=Max("pk"))
    found = frozenset(row["last"] for row in last)
    return bool(found) and are_scored(appeal.round_id, found)


def is_corrected(appeal: KeptAppeal) -> bool:
    """Return whether a figure was corrected by an appeal, scored or not."""
    return Change.objects.for_the_program().filter(appeal=appeal.pk).exists()


def told_of(kept: KeptRound, appeal: KeptAppeal) -> str:
    """Return what the log calls an appeal."""
    return f"{kept.code} {appeal.unit.unit_id} {appeal.about} #{appeal.pk}"


def require_files(uploads: tuple[Upload, ...], *, there: int) -> None:
    """Raise `FindingsError` for files that are no evidence, or too many beside those that are `there`."""
    for upload in uploads:
        require_evidence(upload, most_mebi=settings.EVIDENCE_MEBI)
    if there + len(uploads) > settings.EVIDENCE_FILES:
        raise FindingsError((TOO_MANY_FILES.at(most=settings.EVIDENCE_FILES),))


def hold_files(appeal: KeptAppeal, uploads: tuple[Upload, ...], by: Actor, at: dt.datetime) -> None:
    """Keep files that were looked at beside an appeal."""
    for upload in uploads:
        AppealEvidence(
            appeal=appeal,
            name=safe_name(upload),
            digest=keep_content(upload.content),
            size=len(upload.content),
            who=by.person.code,
            at=at,
        ).save(force_insert=True)


def _subject(kept: KeptRound, unit: AskedUnit, key: str) -> Subject:
    items = AskedItem.objects.for_the_program().filter(round=kept)
    found = next((subject for subject in subjects_of(kept, unit, items) if subject.key == key), None)
    if found is None:
        raise FindingsError((NOTHING_OF_THE_UNIT.at(about=key.partition(":")[2], unit=unit.unit.name),))
    return found


def _step(appeal: KeptAppeal, move: str, by: Actor, at: dt.datetime, reason: str = "") -> None:
    AppealStep(appeal=appeal, move=move, who=by.person.code, at=at, reason=reason).save(force_insert=True)
