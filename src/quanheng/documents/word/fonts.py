"""The font table of a Word file: each font with the others that may stand in for it (`w:altName`)."""

from __future__ import annotations

from typing import Final

from quanheng.documents.word.styles import alternatives
from quanheng.findings.visible import xml_text

_SPACE: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def with_alternatives(_: bytes) -> bytes:
    """Return the font table of a paper: the fonts of its styles, those of the text east Asian."""
    fonts = "".join(
        f'<w:font w:name="{xml_text(name)}"><w:altName w:val="{xml_text(others)}"/></w:font>'
        for name, others in alternatives().items()
    )
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    return f'{head}<w:fonts xmlns:w="{_SPACE}">{fonts}</w:fonts>'.encode()
