"""Run the blocks of the pages that show what the program prints, and put into the pages what it prints now.

Run it as `python -m tools.replay_documents`. The tests do the same and compare, so that no page can drift.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from tools.document_blocks import BLOCK, PageError, Replay
from tools.document_tables import with_tables

from quanheng.findings.text import Language

DOCS: Final = Path(__file__).resolve().parent.parent / "docs"
IN_ITS_OWN_WORDS: Final = frozenset(
    {"tutorial.md", "tutorial-year.md", "how-to/split-targets.md", "how-to/compare-places.md"}
)
"""Pages whose Chinese form has a book of its own; all others show the same blocks in both languages."""
PAGES: Final = (
    "tutorial.md",
    "tutorial-year.md",
    "tutorial-defend.md",
    "how-to/split-targets.md",
    "how-to/compare-places.md",
    "reference/meaning.md",
    "reference/book.md",
    "reference/formulas.md",
    "reference/result.md",
    "reference/python.md",
    "reference/studies/audit.md",
    "reference/studies/balance.md",
    "reference/studies/robustness.md",
    "reference/studies/opinions.md",
    "reference/studies/alignment.md",
    "reference/studies/weights.md",
    "how-to/early-warning.md",
    "how-to/keep-ledgers.md",
    "how-to/run-campaign.md",
    "explanation/how-it-works.md",
    "explanation/forecast.md",
    "explanation/architecture.md",
    "explanation/trust.md",
    "reference/studies/compare.md",
    "reference/studies/backtest.md",
    "how-to/ask-what-if.md",
)
"""The pages that are replayed, in English."""


def chinese(page: str) -> str:
    """Return the Chinese form of a page."""
    return page.replace(".md", ".zh.md")


def replayed(page: str) -> Iterator[tuple[str, str]]:
    """Yield the English and the Chinese form of `page`, each with the text it should have."""
    english = _run(_text(page), "en")
    yield page, with_tables(english, "en")
    other = _text(chinese(page))
    ours = _run(other, "zh") if page in IN_ITS_OWN_WORDS else with_blocks_of(other, english)
    yield chinese(page), with_tables(ours, "zh")


def with_blocks_of(text: str, other: str) -> str:
    """Return `text` with the running blocks of `other`, of which it has the same number."""
    blocks = [block for block in BLOCK.finditer(other) if _runs(block["info"])]
    places = [block for block in BLOCK.finditer(text) if _runs(block["info"])]
    if len(blocks) != len(places):
        raise PageError(f"{len(places)} blocks that run, {len(blocks)} in the other language")
    waiting = iter(blocks)
    return BLOCK.sub(lambda block: next(waiting)[0] if _runs(block["info"]) else block[0], text)


def _run(text: str, language: Language) -> str:
    with tempfile.TemporaryDirectory() as folder:
        return Replay(Path(folder), language).of(text)


def _runs(info: str) -> bool:
    return info.startswith(("console", "python")) or 'title="' in info


def _text(page: str) -> str:
    return (DOCS / page).read_text(encoding="utf-8")


def main() -> None:
    """Write the pages that have changed, and name them."""
    for english in PAGES:
        for page, text in replayed(english):
            if text != _text(page):
                (DOCS / page).write_text(text, encoding="utf-8")
                print(f"docs/{page}")


if __name__ == "__main__":
    main()
