"""The database of a site: SQLite in its folder, or PostgreSQL where one is named."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final
from urllib.parse import parse_qsl, unquote, urlsplit

_BUSY: Final = 20
"""Seconds that a write of SQLite waits for another one."""
_SAFE: Final = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"
"""Readers do not wait for who writes, and what was acknowledged survives a power cut."""


def database_of(url: str, file: Path) -> dict[str, Any]:
    """Return Django's settings of the database at `url`; where it is empty, of SQLite in `file`.

    Examples:
        >>> found = database_of("postgresql://kaohe:a%40b@db.example:5433/site?sslmode=require", Path("x"))
        >>> found["PASSWORD"], found["PORT"], found["OPTIONS"]["sslmode"]
        ('a@b', '5433', 'require')
        >>> database_of("", Path("site.sqlite3"))["OPTIONS"]["transaction_mode"]
        'IMMEDIATE'
    """
    if not url:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": str(file),
            "OPTIONS": {"timeout": _BUSY, "transaction_mode": "IMMEDIATE", "init_command": _SAFE},
        }
    parts = urlsplit(url)
    options: dict[str, Any] = dict(parse_qsl(parts.query))
    host = options.pop("host", "") or unquote(parts.hostname or "")  # a folder of sockets stands in the query
    from quanheng.web.base.told_cursor import ToldCursor  # noqa: PLC0415  SQLite needs no driver

    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": str(parts.port or ""),
        "OPTIONS": {"pool": True, **options, "cursor_factory": ToldCursor},
    }
