"""Tests of the site have a database of their own, emptied after each, and passwords that are hashed fast."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

import pytest
from pytest_django import DjangoDbBlocker, Settings

# The driver of browsers keeps a loop in the thread of the tests; nothing of Django runs in it.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"


@pytest.fixture(autouse=True)
def _quick_passwords(settings: Settings) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def _folders_of_its_own(settings: Settings, tmp_path: Path) -> None:
    """Let files that are handed in, and runs, be kept where they are gone after the test."""
    settings.EVIDENCE_FOLDER = tmp_path / "evidence"
    settings.RUNS_FOLDER = tmp_path / "runs"


@pytest.fixture(autouse=True)
def _nothing_kept_in_memory() -> None:
    """Let the keys of one test not be taken for those of another, whose database was emptied."""
    from quanheng.web.rounds.domain.doubts import doubts_as_of  # noqa: PLC0415  once the site is set up
    from quanheng.web.rounds.domain.targets import targets_in  # noqa: PLC0415  the same

    doubts_as_of.cache_clear()
    targets_in.cache_clear()


@pytest.fixture(autouse=True)
def _seen_whole(db: None) -> Iterator[None]:
    """Let what a test itself asks be all that there is; a request of it reads as its person."""
    from quanheng.web.base.seeing import seen_whole  # noqa: PLC0415  once the site is set up

    with seen_whole():
        yield


@pytest.fixture(autouse=True)
def _with_database(db: None) -> None:
    """Let every test of the site ask the database."""


class BlankSite(Protocol):
    """Makes the folder of a site, and returns it."""

    def __call__(self, folder: Path) -> Path:
        """Make `folder` that of a site."""


@pytest.fixture(scope="session")
def blank_site(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> BlankSite:
    """Return what makes folders of sites with all tables and nothing in them.

    The tables are those that the migrations made for the tests: they run once, not once a site.
    """
    from django.db import connection  # noqa: PLC0415  once the site is set up

    kept = tmp_path_factory.mktemp("blank") / "site.sqlite3"
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(kept)])

    def made(folder: Path) -> Path:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        shutil.copyfile(kept, folder / kept.name)
        return folder

    return made
