"""Show what the program does, on an example book."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from quanheng.data.writing.writing import Writing
from quanheng.findings.text import Language
from quanheng.usecase.books.new import new_book
from quanheng.usecase.results.assess import Assessment, assess

DEFAULT_EXAMPLE: Final = "district-2023"
_SCHEME: Final = "scheme.yaml"


def demo(
    folder: Path,
    *,
    example: str = DEFAULT_EXAMPLE,
    language: Language = "zh",
    writing: Writing | None = None,
) -> Assessment:
    """Lay the book `example` into `folder`, unless a book lies there already, and score it.

    Raises:
        UsageError: there is no such example, or `folder` holds something else than a book.
    """
    writing = writing or Writing(command="quanheng demo")
    if not (folder / _SCHEME).is_file():
        new_book(folder, example=example, language=language, writing=writing)
    return assess(folder, language=language, writing=writing)
