"""Adding to the log, inside of the transaction of what is told."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Final, Literal, TypeAlias

from django.conf import settings
from django.db import connection

from quanheng.findings.value import Value
from quanheng.process.rounds.people import aware
from quanheng.web.audit.links import hash_of
from quanheng.web.audit.models import DONE, Entry, Head
from quanheng.web.base.actor import Actor

Facts: TypeAlias = Mapping[str, object]
_LONGEST: Final = 400


class Told(Value):
    """What an entry tells beside who, when and from where: what was done, or refused with its `reasons`."""

    chain: str
    action: str
    about: str
    before: Facts | None = None
    after: Facts | None = None
    outcome: Literal["done", "refused"] = DONE
    reasons: str = ""


def add_to_log(told: Told, *, by: Actor, at: dt.datetime) -> None:
    """Add an entry to its chain, in the transaction of what it tells.

    Raises:
        RuntimeError: there is no transaction, so that one could stay without the other.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("the log is written in the transaction of what it tells")
    head = _locked(told.chain)
    facts: dict[str, object] = {
        "chain": told.chain,
        "number": head.number + 1,
        "at": aware(at).astimezone(dt.UTC).isoformat(timespec="microseconds"),
        "who": by.person.code,
        "roles": by.role_words,
        "address": by.address,
        "action": told.action,
        "about": told.about[:_LONGEST],
        "before": dict(told.before or {}),
        "after": dict(told.after or {}),
        "outcome": told.outcome,
        "reasons": told.reasons,
        "algorithm": settings.LOG_ALGORITHM,
    }
    digest = hash_of(facts, head.hash)
    Entry(**facts, previous=head.hash, hash=digest).save(force_insert=True)
    head.number += 1
    head.hash = digest
    head.save()


def _locked(chain: str) -> Head:
    """Return the end of `chain`, locked to the end of the transaction; a new chain begins here."""
    Head.objects.for_the_program().bulk_create([Head(chain=chain)], ignore_conflicts=True)
    return Head.objects.for_the_program().select_for_update().get(chain=chain)
