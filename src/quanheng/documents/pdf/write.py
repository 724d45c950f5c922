"""A document as PDF/A-2a with PDF/UA-1, in the layout of official papers (GB/T 9704-2012)."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from quanheng.documents.blocks import Document
from quanheng.documents.fonts.choice import Fonts
from quanheng.documents.fonts.missing import covering
from quanheng.documents.pdf.data import plain_of, texts_by_role
from quanheng.documents.pdf.typesetting import compiler_for, set_pdf
from quanheng.findings.finding import Finding, require_no_errors
from quanheng.findings.visible import json_text

_TEMPLATE: Final = Path(__file__).with_name("bulletin.typ")


def write_pdf(document: Document, target: Path, *, fonts: Fonts) -> tuple[Finding, ...]:
    """Write `document` to the file `target`, and return what was found on the way.

    The same document in the same fonts has the same bytes. Nothing is fetched, and no file is read but the
    template and the fonts.

    Raises:
        FindingsError: a character is in no font.
        UsageError: the typesetter is not installed.
    """
    found = covering(fonts, texts_by_role(document))
    require_no_errors(found.findings)
    compiler = compiler_for(fonts.folders)
    paper = json_text(plain_of(document, fonts, found), indent=None)
    target.write_bytes(set_pdf(compiler, _TEMPLATE.read_bytes(), paper, document.date))
    return found.findings
