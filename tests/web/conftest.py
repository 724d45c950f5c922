"""Tests of the site have a database of their own, emptied after each, and passwords that are hashed fast."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from pytest_django import Settings

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
def _with_database(db: None) -> None:
    """Let every test of the site ask the database."""
