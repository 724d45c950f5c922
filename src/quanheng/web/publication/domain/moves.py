"""Planning, dropping and publishing; what is published lies open to everybody from then on."""

from __future__ import annotations

import datetime as dt
import logging
from pathlib import Path
from typing import Final

from django.conf import settings

from quanheng.findings.finding import FindingsError, require_no_errors
from quanheng.process.rounds.people import PROGRAM, Deed
from quanheng.process.rounds.publication import moved_publication
from quanheng.process.rounds.round import Outlook, moved_round
from quanheng.web.audit.actions import Done, action
from quanheng.web.base.actor import THE_PROGRAM, Actor
from quanheng.web.publication.domain.asking import require_published
from quanheng.web.publication.findings import CHANGED_ON_DISK
from quanheng.web.publication.frozen import changed_in, lay
from quanheng.web.publication.models import KeptPublication
from quanheng.web.rounds.domain.access import locked_round

_LOG: Final = logging.getLogger(__name__)


@action("publication.plan", noted=("pk", "publish_at"))
def plan(*, by: Actor, at: dt.datetime, pk: int, publish_at: dt.datetime) -> Done[KeptPublication]:
    """Plan a publication for a moment, which may be now.

    Raises:
        FindingsError: its rules do not allow it, another one of this version stands, or its files were
            changed.
    """
    kept = _locked(pk)
    if kept.state == "prepared":
        require_published(kept.round)
    _require_unchanged(kept)
    return _moved(kept, "plan", Deed(by=by.person, at=at), publish_at)


@action("publication.drop", noted=("pk", "reason"))
def drop(*, by: Actor, at: dt.datetime, pk: int, reason: str) -> Done[KeptPublication]:
    """Drop a publication that is not published yet.

    Raises:
        FindingsError: its rules do not allow it.
    """
    return _moved(_locked(pk), "drop", Deed(by=by.person, at=at, reason=reason))


@action("publication.publish", noted=("pk",))
def publish(*, by: Actor, at: dt.datetime, pk: int) -> Done[KeptPublication]:
    """Publish what was planned: the round is published by it, and the version that it puts right is replaced.

    Raises:
        FindingsError: its moment has not come, its rules do not allow it, or its files were changed.
    """
    kept = _locked(pk)
    _require_unchanged(kept)
    done = _moved(kept, "publish", Deed(by=by.person, at=at))
    its_round = kept.round
    if its_round.state == "final":
        its_round.take(moved_round("publish", its_round.as_round(), Deed(by=by.person, at=at), Outlook()))
        its_round.save()
    earlier = KeptPublication.objects.for_the_program().select_for_update().order_by("pk")
    for one in earlier.filter(round__code=its_round.code, version__lt=kept.version, state="published"):
        deed = Deed(by=PROGRAM, at=at, reason=its_round.reason)
        one.take(moved_publication("replace", one.as_publication(), deed))
        one.save()
        done.after = {**(done.after or {}), "replaces": one.version}
    return done


def publish_due(*, at: dt.datetime) -> None:
    """Publish all whose moment has come, and lay open what is published and does not lie there yet."""
    planned = KeptPublication.objects.for_the_program().filter(state="planned", publish_at__lte=at)
    for pk in planned.order_by("publish_at", "pk").values_list("pk", flat=True):
        try:
            publish(by=THE_PROGRAM, at=at, pk=pk)
        except FindingsError as refusal:  # it stands in the log; the others do not wait for it
            _LOG.error("a publication was not published: %s", refusal)
    lay_published()


def lay_published() -> None:
    """Lay open what is published and does not lie there yet; who does it twice does it once."""
    published = KeptPublication.objects.for_the_program().filter(state__in=("published", "replaced"))
    for kept in published.select_related("round", "run").order_by("pk"):
        if not (_public() / kept.round.code / str(kept.version)).is_dir():
            lay(_made(kept), _public(), about_of(kept))


def about_of(kept: KeptPublication) -> dict[str, object]:
    """Return what everybody is told of a publication."""
    return {
        "round": kept.round.code,
        "title": kept.round.title,
        "period": kept.round.period,
        "version": kept.version,
        "corrects": kept.corrects,
        "reason": kept.round.reason,
        "licence": kept.licence,
        "issued_by": kept.issued_by,
        "published_at": kept.publish_at.isoformat() if kept.publish_at else "",
        "result": kept.run.seal,
        "seal": kept.seal,
        "files": kept.files,
    }


def changed_files(kept: KeptPublication) -> tuple[str, ...]:
    """Return which files are not as they were made, there or where everybody reads them."""
    found = changed_in(_made(kept), kept.files)
    if kept.state in ("published", "replaced"):
        found += changed_in(_public() / kept.round.code / str(kept.version), kept.files)
    return tuple(dict.fromkeys(found))


def _require_unchanged(kept: KeptPublication) -> None:
    changed = changed_in(_made(kept), kept.files)
    if changed:
        require_no_errors([CHANGED_ON_DISK.at(names=", ".join(changed))])


def _moved(
    kept: KeptPublication, move: str, deed: Deed, publish_at: dt.datetime | None = None
) -> Done[KeptPublication]:
    before = {"state": kept.state}
    kept.take(moved_publication(move, kept.as_publication(), deed, publish_at))
    kept.save()
    after: dict[str, object] = {"publication": kept.pk, "version": kept.version, "state": kept.state}
    after |= {"reason": deed.reason} if deed.reason else {}
    after |= {"publish_at": kept.publish_at.isoformat()} if kept.publish_at else {}
    return Done(kept, about=kept.round.code, before=before, after=after, chain=kept.round.chain)


def _locked(pk: int) -> KeptPublication:
    """Return a publication with its round, both locked, the round first."""
    kept = KeptPublication.objects.for_the_program().get(pk=pk)
    its_round = locked_round(kept.round.pk)
    kept = KeptPublication.objects.for_the_program().select_for_update().get(pk=pk)
    kept.round = its_round
    return kept


def _made(kept: KeptPublication) -> Path:
    folder: Path = settings.PUBLICATIONS_FOLDER
    return folder / kept.folder


def _public() -> Path:
    public: Path = settings.PUBLIC_FOLDER
    return public
