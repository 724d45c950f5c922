"""The typesetter as all documents use it: its fonts, the standards that files keep, and their moment."""

from __future__ import annotations

import datetime as dt
from typing import Any

from quanheng.documents.fonts.choice import Fonts
from quanheng.documents.typesetter import typesetter


def compiler_for(fonts: Fonts) -> Any:  # noqa: ANN401  the library's own type, known only where it is installed
    """Return a typesetter that knows these fonts and no others.

    Raises:
        UsageError: it is not installed.
    """
    typst = typesetter()
    known = typst.Fonts(include_embedded_fonts=False, font_paths=list(fonts.folders))
    return typst.Compiler(font_paths=known)


def midnight(day: dt.date) -> dt.datetime:
    """Return the moment that a file says it was made: a document's own day, for the same bytes."""
    return dt.datetime.combine(day, dt.time(), tzinfo=dt.UTC)
