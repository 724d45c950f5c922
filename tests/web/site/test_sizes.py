"""How much a browser loads of the site besides figures, which tests/web/rounds/test_large.py counts."""

from __future__ import annotations

import gzip
import re
from pathlib import Path
from typing import Final

import pytest
from django.contrib.staticfiles import finders
from django.urls import reverse
from tests.web.people_of_all_roles import signed_in
from tests.web.rounds.world import LATER, a_round

from quanheng.web.people.models import Account

_SCRIPT: Final = re.compile(r'<script src="/static/([^"?]+)')
_MOST: Final = 60_000
_LARGEST_PAGE: Final = 150_000


def compressed(name: str) -> int:
    """Return the bytes of a script as they are sent."""
    found = finders.find(name)
    assert isinstance(found, str), name
    return len(gzip.compress(Path(found).read_bytes()))


@pytest.mark.parametrize("address", ["home", "due", "fill"])
def test_scripts_are_no_more_than_60_kilobytes(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: LATER)
    kept = a_round()
    client = signed_in(Account.objects.for_the_program().get(code="wang"))

    page = client.get(reverse(address, args=[kept.pk] if address == "fill" else [])).content

    names = _SCRIPT.findall(page.decode())
    assert ("quanheng/grid.js" in names) == (address == "fill")
    assert "django_htmx/htmx-2.min.js" in names
    assert sum(map(compressed, names)) <= _MOST
    assert len(page) <= _LARGEST_PAGE
