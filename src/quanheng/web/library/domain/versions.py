"""Keeping a scheme: a new version beside all earlier ones."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict

from quanheng.findings.finding import Finding, require_no_errors
from quanheng.scheme.files.diff import Change, changes_between
from quanheng.scheme.tree.scheme import Scheme
from quanheng.web.audit.actions import Done, action
from quanheng.web.base.actor import Actor
from quanheng.web.library.findings import FOR_THE_OFFICE, KNOWN_OTHERWISE, NEWER_VERSION, SAME_AS_BEFORE
from quanheng.web.library.models import KeptScheme, Version
from quanheng.web.library.reading import HandedIn, ListedUnit, check_listed, read_text
from quanheng.web.people.models import Unit


@action("scheme.keep", noted=("file",))
def keep_version(
    *, by: Actor, at: dt.datetime, text: str, units: tuple[ListedUnit, ...] = (), file: str = "", seen: int
) -> Done[Version]:
    """Keep the scheme of `text` as the version after `seen`, the last one that its keeper has looked at.

    Where it comes without units, those of the version before stay. Units that are new are known from here on.

    Raises:
        FindingsError: the scheme is not sound, says what the version before says, or that is not `seen`.
    """
    require_no_errors(check_office(by))
    handed = read_text(text)
    require_no_errors(handed.findings)
    assert handed.scheme is not None  # noqa: S101  no errors
    last = _last(handed.scheme.id)
    listed = units or (last.listed_units() if last else ())
    require_no_errors(check_listed(listed, handed.scheme))
    digest = _digest(handed.text, listed)
    require_no_errors(_check_last(last, seen, digest))
    version = Version(
        scheme=KeptScheme.objects.for_the_program().get(pk=handed.scheme.id),
        number=(last.number if last else 0) + 1,
        titles=asdict(handed.scheme.title),
        text=handed.text,
        digest=digest,
        units=[[unit.code, unit.name, unit.group] for unit in listed],
        file=file,
        who=by.person.code,
        at=at,
    )
    version.save(force_insert=True)
    new = [Unit(code=unit.code, name=unit.name or unit.code) for unit in listed]
    Unit.objects.for_the_program().bulk_create(new, ignore_conflicts=True)
    told = {"number": version.number, "file": file, "sha256": digest, "units": len(listed)}
    return Done(version, about=str(version), before={"sha256": last.digest} if last else None, after=told)


def check_known(units: Iterable[ListedUnit], names: Mapping[str, str]) -> Iterator[Finding]:
    """Yield the units that the site knows by another name, by `names`: that is the one it goes on to use."""
    for unit in units:
        if names.get(unit.code, unit.name) != unit.name:
            yield KNOWN_OTHERWISE.at(code=unit.code, name=names[unit.code], other=unit.name)


def changes_to(handed: HandedIn, last: Version | None) -> tuple[Change, ...]:
    """Return what changes from the version before to what was handed in; nothing where there is none."""
    if last is None or handed.document is None:
        return ()
    before = read_text(last.text).document
    return () if before is None else changes_between(before, handed.document)


def groups_of(scheme: Scheme) -> frozenset[str]:
    """Return the codes of the groups that units of a scheme can be in."""
    return frozenset(group.code for group in scheme.groups)


def check_office(by: Actor) -> Iterator[Finding]:
    """Yield that it is for the office to do."""
    if not by.person.may_act_as("office"):
        yield FOR_THE_OFFICE.at()


def _last(code: str) -> Version | None:
    """Return the last version of a scheme, whose row is locked to the end of the transaction."""
    KeptScheme.objects.for_the_program().bulk_create([KeptScheme(code=code)], ignore_conflicts=True)
    scheme = KeptScheme.objects.for_the_program().select_for_update().get(pk=code)
    return Version.objects.for_the_program().filter(scheme=scheme).select_related("scheme").first()


def _check_last(last: Version | None, seen: int, digest: str) -> Iterator[Finding]:
    if last is None:
        return
    if last.digest == digest:
        yield SAME_AS_BEFORE.at(scheme=last.scheme_code, number=last.number)
    elif last.number != seen:
        yield NEWER_VERSION.at(scheme=last.scheme_code, number=last.number, who=last.who)


def _digest(text: str, units: tuple[ListedUnit, ...]) -> str:
    said = json.dumps([text, [[unit.code, unit.name, unit.group] for unit in units]], ensure_ascii=False)
    return hashlib.sha256(said.encode()).hexdigest()
