"""Who acts: the person of a request, with the roles, and from which address."""

from __future__ import annotations

import ipaddress
from typing import Protocol, cast

from django.conf import settings
from django.http import HttpRequest

from quanheng.findings.text import Language
from quanheng.findings.value import Value
from quanheng.process.rounds.people import PROGRAM, Person, Role
from quanheng.web.base.looks import language_now


class SomeonesAccount(Protocol):
    """What the account of a person tells, whatever its model."""

    code: str

    @property
    def roles(self) -> frozenset[Role]:
        """The roles of the person."""

    def as_person(self) -> Person:
        """The person as the rules of a round know it."""


class Actor(Value):
    """A person, and from which address and in which language it acts.

    Examples:
        >>> Actor(person=PROGRAM).role_words
        'program'
    """

    person: Person
    address: str = ""
    language: Language = "zh"

    @property
    def role_words(self) -> str:
        """The roles, in the order of the alphabet, as the log keeps them."""
        return " ".join(sorted(self.person.roles))


NOBODY = Person(code="", roles=frozenset())
"""Somebody who has not signed in."""
THE_PROGRAM = Actor(person=PROGRAM)


def account_of(request: HttpRequest) -> SomeonesAccount | None:
    """Return the account that a request is signed in with; None if with none."""
    user: object = getattr(request, "user", None)  # an answer may be made before it is known
    # Nobody's has no roles. All that a protocol asks for is looked at one by one: too long for each request.
    return cast("SomeonesAccount", user) if getattr(user, "is_authenticated", False) else None


def actor_of(request: HttpRequest) -> Actor:
    """Return who acts by `request`."""
    account = account_of(request)
    person = account.as_person() if account else NOBODY
    return Actor(person=person, address=address_of(request), language=language_now())


def address_of(request: HttpRequest) -> str:
    """Return the address a request came from: the last that a proxy of our own added, if there is one."""
    told = str(request.META.get("REMOTE_ADDR", ""))
    if settings.BEHIND_PROXY:
        told = str(request.META.get("HTTP_X_FORWARDED_FOR", "")).rpartition(",")[2].strip() or told
    try:
        return str(ipaddress.ip_address(told))
    except ValueError:
        return ""
