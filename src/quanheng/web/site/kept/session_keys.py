"""Sessions in the database, asked for by keys alone: what else a cookie holds is no session.

Django asks the database for any text of eight letters; PostgreSQL answers one with a character of number 0 by
an error, before there is a page to say so on.
"""

from __future__ import annotations

from django.contrib.sessions.backends import db


class SessionStore(db.SessionStore):
    """What Django looks for in the module of a session engine."""

    def __init__(self, session_key: str | None = None) -> None:
        """Take `session_key` where it can be one: they are made of letters and figures."""
        can_be_one = session_key is not None and session_key.isascii() and session_key.isalnum()
        super().__init__(session_key if can_be_one else None)
