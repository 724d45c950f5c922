"""Where somebody is signed in is kept once a minute."""

from __future__ import annotations

import datetime as dt

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.web.people_of_all_roles import NOW, signed_in, somebody

from quanheng.web.site.kept.session_keys import SessionStore


def kept(client: Client) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert client.get(reverse("home")).status_code == 200
    return sum("usersessions_usersession" in query["sql"] for query in asked.captured_queries)


def test_a_session_is_kept_once_a_minute(monkeypatch: pytest.MonkeyPatch) -> None:
    client = signed_in(somebody("reporter"))
    found = []
    for seconds in (0, 1, 59, 61, 62):
        monkeypatch.setattr("django.utils.timezone.now", lambda at=seconds: NOW + dt.timedelta(seconds=at))
        found.append(kept(client) > 0)

    assert found == [True, False, False, True, False]


def test_a_session_under_another_key_is_kept_at_once() -> None:
    client = signed_in(somebody("reporter"))
    kept(client)

    session = client.session
    session.cycle_key()
    session.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = str(session.session_key)

    assert kept(client) > 0


@pytest.mark.parametrize(
    ("key", "kept"), [("a\0bcdefgh", None), ("权" * 8, None), ("abc", None), ("abcd1234", "abcd1234")]
)
def test_only_what_can_be_a_key_is_asked_for(key: str, kept: str | None) -> None:
    assert SessionStore(key).session_key == kept
