"""Texts as the XML of a cell."""

from __future__ import annotations

from typing import Final

from quanheng.findings.patterns import linear


def escaped(text: str) -> str:
    r"""Return `text` as XML; signs that XML does not know are written as spreadsheet programs write them.

    Examples:
        >>> escaped("A1<B1"), escaped("tab\x07 and _x0007_")
        ('A1&lt;B1', 'tab_x0007_ and _x005F_x0007_')
    """
    if not _SPECIAL.search(text):
        return text
    text = _ESCAPE_LIKE.sub(r"_x005F\1", text)
    text = _NO_XML.sub(lambda found: f"_x{ord(found[1]):04X}_", text)
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


_NO_XML: Final = linear("([\x00-\x08\x0b-\x1f\ufffe\uffff])", why="a few characters each")
_ESCAPE_LIKE: Final = linear("(_x[0-9a-fA-F]{4}_)", why="a few characters each")
_SPECIAL: Final = linear(f"[&<>]|{_NO_XML.pattern}|{_ESCAPE_LIKE.pattern}", why="a few characters each")
