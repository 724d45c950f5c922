"""Whether a page can be read by everybody, by the rules of axe-core."""

from __future__ import annotations

import sys
from functools import cache
from pathlib import Path
from typing import Any, Final

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

RULES: Final = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}
_RUN: Final = "async (options) => (await axe.run(document, options)).violations"


def violations(page: Page) -> list[dict[str, Any]]:
    """Return what is wrong with a page."""
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(_axe())
    found: list[dict[str, Any]] = page.evaluate(_RUN, RULES)
    return found


@cache
def _axe() -> str:
    """Return the checker: axe-core 4.14 from npm where it was set up, else the older one of PyPI."""
    newest = Path(sys.prefix) / "axe/node_modules/axe-core/axe.min.js"
    return newest.read_text(encoding="utf-8") if newest.is_file() else AXE_SCRIPT
