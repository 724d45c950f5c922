"""Tests of the site have a database of their own, emptied after each, and passwords that are hashed fast."""

from __future__ import annotations

import pytest
from pytest_django import Settings


@pytest.fixture(autouse=True)
def _quick_passwords(settings: Settings) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def _with_database(db: None) -> None:
    """Let every test of the site ask the database."""
