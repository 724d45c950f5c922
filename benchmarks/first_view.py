"""Print how long the first view of a result's page takes in Chromium: `python -m benchmarks.first_view`.

A page is opened from a file until its script has drawn the ranking; the browser runs already, and the median
of several visits counts.
"""

from __future__ import annotations

import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from quanheng.data.load import load
from quanheng.documents.page.page import page_html
from quanheng.documents.page.shown import Shown
from quanheng.engine.results.score import score

_BOOKS = Path(__file__).parents[1] / "books"
_VISITS = 7


def main() -> int:
    """Print the median of the visits to each page."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as driver:
        chromium = shutil.which("chromium")
        browser = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        for name in ("hdi-2022", "district-2023"):
            result = score(load(_BOOKS / name))
            file = Path(folder) / f"{name}.html"
            file.write_text(
                page_html(Shown(result=result, book=result.book, language="zh")), encoding="utf-8"
            )
            times = [_visit(browser, file) for _ in range(_VISITS + 1)][1:]
            print(f"{name}: {file.stat().st_size:,} bytes, first view in {statistics.median(times):.2f} s")
    return 0


def _visit(browser: Browser, file: Path) -> float:
    page = browser.new_page()
    start = time.perf_counter()
    page.goto(file.as_uri())
    page.wait_for_selector("html.alive tbody tr")
    taken = time.perf_counter() - start
    page.close()
    return taken


if __name__ == "__main__":
    sys.exit(main())
