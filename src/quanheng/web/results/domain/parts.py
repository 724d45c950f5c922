"""The parts of a round's book beside its figures: handed in, withdrawn, and which of them there are."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import PurePosixPath
from typing import Any, Final

from django.db.models import CharField, Count, Max, Q, QuerySet, Subquery, Value
from django.db.models.functions import Cast, Concat

from quanheng.data.files.magic import sort_of
from quanheng.findings.finding import FindingsError, require_no_errors
from quanheng.findings.patterns import bounded
from quanheng.findings.text import Text
from quanheng.periods.period import parse_period
from quanheng.process.rounds.life import NOTHING_FINAL_CHANGES
from quanheng.process.rounds.round import ROUND
from quanheng.web.audit.actions import Done, action
from quanheng.web.base.actor import Actor
from quanheng.web.base.held_files import content_of, keep_content
from quanheng.web.library.domain.versions import check_office
from quanheng.web.library.uploads import MEBI, MOST_MEBI, Upload, entries_of, require_taken
from quanheng.web.results.domain.units import UNITS, Absence, Handed, handed_in
from quanheng.web.results.findings import NO_PARTS
from quanheng.web.results.models import KeptPart
from quanheng.web.rounds.domain.access import locked_round
from quanheng.web.rounds.models import AskedUnit, KeptRound

_TOP: Final = (UNITS, "targets", "adjustments", "calendar")
_FOLDERS: Final = ("ledgers", "targets", "history", "data")
_KINDS: Final = (".csv", ".tsv", ".xlsx", ".xls", ".et", ".ods", ".parquet")
_NAME: Final = bounded(r"[\w][\w .()（）-]{0,99}")
_LOG: Final = ".log"
_ENCRYPTED: Final = 0x1
_CHANGES: Final = ("draft", "open", "checking", "provisional")
_WANTED: Final = Text(
    zh="考核册的表格（如 targets.csv），或打包为 .zip 的考核册文件夹",
    en="table of a book, such as targets.csv, or folder of a book packed as .zip",
)


@action("results.parts", noted=("pk", "name"))
def keep_parts(*, by: Actor, at: dt.datetime, pk: int, name: str, parts: Mapping[str, bytes]) -> Done[int]:
    """Keep parts of the book of a round, by where they stand in it; return how many.

    Raises:
        FindingsError: it is not for the actor to do, or the round is final.
    """
    kept = _changing(by, pk)
    told: dict[str, str] = {}
    for path, content in sorted(parts.items()):
        digest = keep_content(content)
        part = KeptPart(
            round=kept, path=path, name=name, digest=digest, size=len(content), who=by.person.code, at=at
        )
        part.save(force_insert=True)
        told[path] = digest
    after = {"sha256": told, **_units_looked_at(kept, told)}
    return Done(len(told), about=f"{kept.code} {name}", after=after, chain=kept.chain)


@action("results.part_withdrawn", noted=("pk", "part"))
def withdraw_part(*, by: Actor, at: dt.datetime, pk: int, part: int) -> Done[KeptPart]:
    """Withdraw a part that was handed in for a round: the one before it, if there is one, counts again.

    Raises:
        FindingsError: it is not for the actor to do, or the round is final.
        KeptPart.DoesNotExist: there is no such part of the round.
    """
    kept = _changing(by, pk)
    found = KeptPart.objects.for_the_program().get(pk=part, round=kept, withdrawn_at=None)
    found.withdrawn_by, found.withdrawn_at = by.person.code, at
    found.save(update_fields=["withdrawn_by", "withdrawn_at"])
    told = {"file": found.path, "sha256": found.digest}
    after = _units_looked_at(kept, [found.path])
    return Done(found, about=f"{kept.code} {found.path}", before=told, after=after, chain=kept.chain)


def current_parts(kept: KeptRound) -> tuple[KeptPart, ...]:
    """Return the parts of the book of a round: of each the last one that was handed in and not withdrawn."""
    return tuple({part.stem: part for part in _parts_for(kept)}.values())


def gone_into_units_of(kept: KeptRound, units: Iterable[str]) -> frozenset[str]:
    """Return the units that went into one of a round's `units` before, as its table of units says.

    A table that cannot be read says nothing: the run tells what is wrong with it.
    """
    return frozenset(_handed_in(kept).went_into(units))


def look_who_is_there(kept: KeptRound) -> tuple[str, ...]:
    """Keep beside each unit of a round whether its table of units has it on the last day of the round.

    Of those that are returned, by their codes, nothing is asked.
    """
    handed, day = _handed_in(kept), parse_period(kept.period).end
    changed, absent = [], []
    units = AskedUnit.objects.for_the_program().filter(round=kept).select_related("unit").order_by("pk")
    names = {str(unit.unit_id): unit.unit.name for unit in units}
    for unit in units:
        found = handed.absence_of(str(unit.unit_id), day, names)
        if found != Absence():
            absent.append(str(unit.unit_id))
        before = Absence(gone_since=unit.gone_since, went_into=unit.went_into, there_from=unit.there_from)
        if found != before:
            unit.gone_since, unit.went_into, unit.there_from = (
                found.gone_since,
                found.went_into,
                found.there_from,
            )
            changed.append(unit)
    columns = ["gone_since", "went_into", "there_from"]
    AskedUnit.objects.for_the_program().bulk_update(changed, columns, batch_size=200)
    return tuple(absent)


def _units_looked_at(kept: KeptRound, paths: Iterable[str]) -> dict[str, object]:
    """Look who is there if the table of units is among `paths`; return who is not, as the log tells it."""
    if UNITS not in {PurePosixPath(path).stem for path in paths}:
        return {}
    rounds = KeptRound.objects.for_the_program().filter(
        scheme__scheme=kept.scheme.scheme_id, state__in=_CHANGES
    )
    found = {
        f"{each.code} v{each.version}": look_who_is_there(each) for each in rounds.select_related("scheme")
    }
    return {"not_there": {name: list(units) for name, units in found.items() if units}}


def _handed_in(kept: KeptRound) -> Handed:
    table = {part.path: content_of(part) for part in current_parts(kept) if part.stem == UNITS}
    try:
        return handed_in(table, kept.scheme.text, kept.period)
    except FindingsError:
        return Handed()


def mark_of_parts(kept: KeptRound) -> str:
    """Return a mark that is another one as soon as other parts are there."""
    return next((str(row["mark"]) for row in marks_of_parts(kept)), "")


def parts_of(upload: Upload) -> dict[str, bytes]:
    """Return the parts of a book that a file brings, by where they stand in the book.

    Of a folder that is packed, only what stands beside the figures is taken: no scheme, no results.

    Raises:
        FindingsError: it is not taken, or holds nothing of the kind.
    """
    require_taken(upload, wanted=_WANTED)
    name = upload.plain_name
    found: dict[str, bytes] = {}
    if PurePosixPath(name).suffix.lower() != ".zip":
        found = {path: upload.content for path in [_place(PurePosixPath(name))] if path}
    elif sort_of(upload.content) == "zip":
        found = dict(_unpacked(upload))
    require_no_errors([] if found else [NO_PARTS.at(name=name)])
    return found


def _unpacked(upload: Upload) -> Iterator[tuple[str, bytes]]:
    """Yield the parts in an archive, those of the uppermost book that is in it."""
    places = {entry: _place(PurePosixPath(entry.filename)) for entry in entries_of(upload)}
    named = {entry: path for entry, path in places.items() if path and not entry.is_dir()}
    above = {entry: entry.filename[: -len(path)] for entry, path in named.items()}
    if not named:
        return
    book = min(above.values(), key=lambda folder: folder.count("/"))
    try:
        with zipfile.ZipFile(io.BytesIO(upload.content)) as archive:
            for entry, path in named.items():
                if above[entry] != book:
                    continue
                with archive.open(entry) as part:
                    content = part.read(MOST_MEBI * MEBI + 1)
                require_taken(Upload(name=path, content=content), wanted=_WANTED)
                yield path, content
    except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError, EOFError, RuntimeError) as error:
        raise FindingsError((NO_PARTS.at(name=upload.plain_name),)) from error


def _place(file: PurePosixPath) -> str:
    """Return where a file stands in a book; an empty text if it is no part of one."""
    if (
        file.suffix.lower() not in _KINDS
        or not _NAME.fullmatch(file.name)
        or file.stem.lower().endswith(_LOG)
    ):
        return ""
    if file.parent.name in _FOLDERS:
        return f"{file.parent.name}/{file.name}"
    return file.name if file.stem in _TOP else ""


def _changing(by: Actor, pk: int) -> KeptRound:
    """Return a round, locked, whose book may get other parts."""
    kept = locked_round(pk)
    require_no_errors(check_office(by))
    if kept.state not in _CHANGES:
        raise FindingsError((NOTHING_FINAL_CHANGES.at(thing=ROUND.thing, state=kept.state_words),))
    return kept


def _parts_for(kept: KeptRound) -> QuerySet[KeptPart]:
    """Return the parts handed in for a round and for those made before it.

    Of a version that puts another one right, those that were made before the first version of its round: what
    came for later rounds in between is not of this one.
    """
    parts = KeptPart.objects.for_the_program().filter(withdrawn_at=None)
    first = KeptRound.objects.for_the_program().filter(code=kept.code).order_by("version")
    own = Q(round__code=kept.code, round__version__lte=kept.version)
    earlier = Q(round__made_at__lte=Subquery(first.values("made_at")[:1]))
    return parts.filter(own | earlier, round__scheme__scheme=kept.scheme.scheme_id).order_by("pk")


def marks_of_parts(kept: KeptRound) -> QuerySet[KeptPart, dict[str, Any]]:
    """Return one row with the mark of all parts that there are; none where there are no parts."""
    written = (Cast(each("pk"), CharField()) for each in (Max, Count))
    mark = Concat(next(written), Value("."), next(written))
    return _parts_for(kept).order_by().values("round__scheme__scheme").annotate(mark=mark).values("mark")
