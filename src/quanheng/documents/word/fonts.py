"""The font table of a Word file: each font with the others that may stand in for it (`w:altName`)."""

from __future__ import annotations

from typing import Final

from quanheng.documents.word.styles import alternatives
from quanheng.findings.visible import xml_text

_SPACE: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def with_alternatives(_: bytes) -> bytes:
    """Return the font table of a paper: the fonts of its styles, each with those that may stand in for it."""
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    return f'{head}<w:fonts xmlns:w="{_SPACE}">{_fonts("")}</w:fonts>'.encode()


def with_alternatives_too(part: bytes) -> bytes:
    """Return the font table of a template with ours beside its own."""
    before, end, after = part.decode("utf-8").rpartition("</w:fonts>")
    return f"{before}{_fonts(before)}{end}{after}".encode() if end else part


def _fonts(known: str) -> str:
    return "".join(
        f'<w:font w:name="{xml_text(name)}"><w:altName w:val="{xml_text(others)}"/></w:font>'
        for name, others in alternatives().items()
        if f'w:name="{xml_text(name)}"' not in known
    )
