"""Whether a page can be read by everybody, by the rules of axe-core."""

from __future__ import annotations

import sys
from functools import cache
from pathlib import Path
from typing import Any, Final

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

RULES: Final = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}


def violations(page: Page) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = axe().run(page, options=RULES).response["violations"]
    return found


@cache
def axe() -> Axe:
    """Return the checker: axe-core 4.14 from npm where it was set up, else the older one of PyPI."""
    newest = Path(sys.prefix) / "axe/node_modules/axe-core/axe.min.js"
    return Axe.from_file(newest) if newest.is_file() else Axe()
