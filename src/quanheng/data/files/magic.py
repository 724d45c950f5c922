"""What a file really is, told by its first bytes: names lie, above all `.xls` and `.csv`."""

from __future__ import annotations

from typing import Final, Literal, TypeAlias

from quanheng.findings.finding import Kind
from quanheng.findings.text import Text

WORKBOOKS: Final = frozenset({".xlsx", ".xlsm", ".xlsb", ".xls", ".et", ".ods"})
"""Endings of workbooks; what one really is, is told by its content."""
SCHEME_FILES: Final = ("scheme.yaml", "scheme.yml")
"""What the scheme of a book in a folder is called."""
Sort: TypeAlias = Literal["zip", "compound", "web page", "other"]
_COMPOUND: Final = bytes.fromhex("d0cf11e0a1b11ae1")
_HEAD: Final = 4096

NOT_WHAT_IT_IS_CALLED: Final = Kind(
    code="QH348",
    severity="error",
    en="the file is called {suffix}, but is {what}",
    zh="文件名为 {suffix}，实为{what}",
    hint_en="open it in Excel or WPS and save it as .xlsx without a password",
    hint_zh="请用 Excel 或 WPS 打开后另存为无密码的 .xlsx",
)
A_WORKBOOK: Final = Text(zh="工作簿", en="a workbook")
LOCKED: Final = Text(zh="有密码的工作簿", en="a workbook with a password")
A_WEB_PAGE: Final = Text(zh="网页或 XML 文本", en="a web page or a text of XML")


def sort_of(content: bytes) -> Sort:
    """Return what the file with `content` is by its beginning.

    Examples:
        >>> sort_of(b"PK and so on"), sort_of(b" <html>"), sort_of(b"unit,gdp")
        ('other', 'web page', 'other')
    """
    if content.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return "zip"
    if content.startswith(_COMPOUND):
        return "compound"
    head = content[:_HEAD].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    return "web page" if head.startswith((b"<html", b"<!doctype", b"<?xml", b"<table", b"<meta")) else "other"
