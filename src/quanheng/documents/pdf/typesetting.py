"""The typesetter as all documents use it: its fonts, the standards that files keep, and their moment."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from quanheng.documents.typesetter import STANDARDS, typesetter


def compiler_for(folders: Iterable[str]) -> Any:  # noqa: ANN401  the library's own type, known only where it is installed
    """Return a typesetter that knows the fonts of the system and those in `folders`, and no others.

    Raises:
        UsageError: it is not installed.
    """
    typst = typesetter()
    known = typst.Fonts(include_embedded_fonts=False, font_paths=list(folders))
    return typst.Compiler(font_paths=known)


def set_pdf(compiler: Any, template: bytes, paper: str, day: dt.date) -> bytes:  # noqa: ANN401  the same
    """Return a paper, JSON, set by `template` as PDF/A-2a with PDF/UA-1 that says it was made on `day`."""
    content: bytes = compiler.compile(
        input=template,
        format="pdf",
        sys_inputs={"paper": paper},
        pdf_standards=STANDARDS,
        # a document's own day, for the same bytes
        timestamp=dt.datetime.combine(day, dt.time(), tzinfo=dt.UTC),
    )
    return content
