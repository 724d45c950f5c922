"""A browser for the whole run: Debian's Chromium, which reaches no network."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright
from tests.documents.page.pages import ERRORS


@pytest.fixture(autouse=True)
def no_errors() -> Iterator[None]:
    """Fail the test in whose page something went wrong, or against its policy."""
    ERRORS.clear()
    yield
    assert ERRORS == []


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=shutil.which("chromium"),
            args=["--no-sandbox", "--disable-background-networking", "--disable-gpu"],
        )
        yield started
        started.close()
