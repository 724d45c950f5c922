"""What is stored of people; Django finds its models here."""

from __future__ import annotations

from quanheng.web.people.models.account import Account as Account
from quanheng.web.people.models.link import OneTimeLink as OneTimeLink
from quanheng.web.people.models.responsibility import Responsibility as Responsibility
from quanheng.web.people.models.unit import Unit as Unit
