"""Files that are handed in as evidence: of a kind that offices use, told by content; nothing that runs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from quanheng.data.files.magic import sort_of
from quanheng.findings.finding import Finding, FindingsError
from quanheng.web.library.findings import HOLDS_MACROS, NO_EVIDENCE, UPLOAD_TOO_LARGE
from quanheng.web.library.uploads import MEBI, Upload, entries_of, has_macros

_LONGEST: Final = 120
_UNSAFE: Final = str.maketrans(dict.fromkeys("<>:\"|?*/\\&'", "_"))
_HEAD: Final = 4096
_CONTROL: Final = bytes(set(range(32)) - {9, 10, 12, 13})
_MARKED_UP: Final = (b"<html", b"<!doctype", b"<?xml", b"<svg", b"<script", b"<table", b"<body", b"<meta")


def safe_name(upload: Upload) -> str:
    """Return the name of a file as it is kept: no path, nothing that does not print, no marks of HTML.

    Examples:
        >>> safe_name(Upload(name="../a/<b>报表" + chr(0x202E) + ".pdf", content=b""))
        '_b_报表.pdf'
    """
    name = upload.plain_name.translate(_UNSAFE)
    path = Path(name)
    return f"{path.stem[: _LONGEST - len(path.suffix)]}{path.suffix}"


def require_evidence(upload: Upload, *, most_mebi: int) -> None:
    """Raise `FindingsError` for a file that is too large, no evidence by its content, or holds programs."""
    name = safe_name(upload)
    found: list[Finding] = []
    is_kind = _KINDS.get(Path(name).suffix.lower())
    if len(upload.content) > most_mebi * MEBI:
        found.append(UPLOAD_TOO_LARGE.at(name=name, most=most_mebi))
    elif is_kind is None or not is_kind(upload.content):
        found.append(NO_EVIDENCE.at(name=name))
    elif has_macros(upload.content):
        found.append(HOLDS_MACROS.at(name=name))
    if found:
        raise FindingsError(tuple(found))
    if sort_of(upload.content) == "zip":
        entries_of(upload)


def _begins(*starts: bytes) -> Callable[[bytes], bool]:
    return lambda content: content.startswith(starts)


def _zipped(content: bytes) -> bool:
    return sort_of(content) == "zip"


def _of_old(content: bytes) -> bool:
    return sort_of(content) in ("compound", "zip")


def _plain_text(content: bytes) -> bool:
    """Return whether it is text: of UTF-8 or GB 18030, without control characters, no page of the web."""
    if not content or len(content.translate(None, _CONTROL)) < len(content):
        return False
    if any(mark in content[:_HEAD].lower() for mark in _MARKED_UP):
        return False
    for encoding in ("utf-8", "gb18030"):
        try:
            content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return True
    return False


_KINDS: Final[Mapping[str, Callable[[bytes], bool]]] = {
    ".pdf": _begins(b"%PDF-"),
    **dict.fromkeys((".jpg", ".jpeg"), _begins(b"\xff\xd8\xff")),
    ".png": _begins(b"\x89PNG\r\n\x1a\n"),
    **dict.fromkeys((".docx", ".xlsx", ".pptx", ".ofd", ".odt", ".ods"), _zipped),
    **dict.fromkeys((".doc", ".xls", ".ppt", ".wps", ".et", ".dps"), _of_old),
    **dict.fromkeys((".txt", ".csv"), _plain_text),
}
"""By the ending, whether the content is of that kind."""
ENDINGS: Final = ",".join(_KINDS)
"""What a page offers to choose."""
