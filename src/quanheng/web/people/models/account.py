"""Accounts: who may sign in, and what for."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import models
from django.db.models import Q, QuerySet
from django.db.models.functions import Lower

from quanheng.process.rounds.people import Person, Role
from quanheng.web.base.columns import Flag, Moment, Words
from quanheng.web.base.visible import Visible
from quanheng.web.people.models.unit import Unit
from quanheng.web.people.roles import KEPT, role_field


class Accounts(Visible["Account"]):
    """The administrator and the office see all accounts, everybody else the own one."""

    def visible_to(self, person: Person) -> QuerySet[Account]:
        """Return the accounts that `person` may see."""
        accounts = self.get_queryset()
        if person.may_act_as("administrator", "office"):
            return accounts
        return accounts.filter(code=person.code) if person.code else accounts.none()

    def get_by_natural_key(self, code: str) -> Account:
        """Return the account that signs in with `code`; Django asks for it."""
        return self.get_queryset().get(code=code.casefold())


class Account(AbstractBaseUser):
    """Somebody who may sign in, with roles. The office made it; nothing from outside makes one."""

    code: Words = models.CharField(max_length=64, unique=True)
    """What it signs in with: small letters, figures, `-`, `_` and `.`."""
    name: Words = models.CharField(max_length=100)
    email: Words = models.EmailField(blank=True, default="")
    is_active: Flag = models.BooleanField(default=True)
    as_administrator: Flag = models.BooleanField(default=False)
    as_office: Flag = models.BooleanField(default=False)
    as_reporter: Flag = models.BooleanField(default=False)
    as_unit: Flag = models.BooleanField(default=False)
    as_leader: Flag = models.BooleanField(default=False)
    as_auditor: Flag = models.BooleanField(default=False)
    units: models.ManyToManyField[Unit, Unit] = models.ManyToManyField(
        Unit, blank=True, related_name="accounts"
    )
    """The units it speaks for, as one of their own."""
    made_at: Moment = models.DateTimeField()

    objects: ClassVar[Accounts] = Accounts()

    USERNAME_FIELD = "code"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        """Powers that are kept apart are kept apart by the database as well."""

        ordering = ["code"]
        constraints = [
            models.CheckConstraint(condition=~Q(code="") & Q(code=Lower("code")), name="account_code"),
            models.CheckConstraint(condition=~Q(name=""), name="account_has_name"),
            models.CheckConstraint(
                condition=Q(as_administrator=False)
                | Q(as_office=False, as_reporter=False, as_unit=False, as_leader=False, as_auditor=False),
                name="administrator_alone",
            ),
            models.CheckConstraint(
                condition=Q(as_auditor=False)
                | Q(as_office=False, as_reporter=False, as_unit=False, as_leader=False),
                name="auditor_alone",
            ),
        ]

    def __str__(self) -> str:
        """Return the name."""
        return self.name

    @property
    def username(self) -> str:
        """The code, as libraries call it."""
        return self.code

    @property
    def roles(self) -> frozenset[Role]:
        """The roles it has."""
        return frozenset(role for role in KEPT if getattr(self, role_field(role)))

    def give_roles(self, roles: frozenset[Role]) -> None:
        """Let it have exactly `roles`; it has to be saved."""
        for role in KEPT:
            setattr(self, role_field(role), role in roles)

    def as_person(self) -> Person:
        """Return it as the rules of a round know it."""
        roles = self.roles
        units = frozenset(unit.code for unit in self.units.all()) if "unit" in roles else frozenset()
        return Person(code=self.code, roles=roles, units=units)
