"""How a file says that this program wrote it, and that nobody changed it since.

A text with room for it carries `quanheng-sha256:` and 64 digits: the SHA-256 of the file itself with these
digits all 0. Anybody can check it. A csv has no room; there the heading tells: see `usecase/output.py`.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Final

from quanheng.findings.patterns import linear
from quanheng.scheme.files.ordinary import read_ordinary

_MARK: Final = linear(rb"quanheng-sha256:([0-9a-f]{64})", why="a fixed number of letters")
_BLANK: Final = "0" * 64
BLANK_MARK: Final = f"quanheng-sha256:{_BLANK}"
"""What a text holds in the place where its mark will be."""
_MOST_BYTES: Final = 256 * 1024 * 1024


def marked(text: str) -> str:
    """Return `text` with its mark in the last place of `BLANK_MARK`.

    Examples:
        >>> marked(f"<svg/><!-- {BLANK_MARK} -->")[:32]
        '<svg/><!-- quanheng-sha256:a77bd'
    """
    digest = hashlib.sha256(text.encode()).hexdigest()
    before, _, after = text.rpartition(BLANK_MARK)
    return f"{before}{BLANK_MARK.removesuffix(_BLANK)}{digest}{after}"


def is_marked(path: Path) -> bool:
    """Return whether the file at `path` carries its mark, so that it is as this program wrote it."""
    try:
        content = read_ordinary(path, _MOST_BYTES)
    except OSError:
        return False
    found = list(_MARK.finditer(content))
    if not found:
        return False
    begin, end = found[-1].span(1)
    blank = content[:begin] + _BLANK.encode() + content[end:]
    return hashlib.sha256(blank).hexdigest().encode() == found[-1][1]
