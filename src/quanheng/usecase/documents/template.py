"""The template of an office: read as the file of a stranger, before a library opens it."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from quanheng.data.files.archives import is_word
from quanheng.data.files.bytes_of import bytes_of
from quanheng.data.telling.room import Room
from quanheng.documents.word.template import NOT_A_TEMPLATE, Template
from quanheng.findings.errors import UsageError
from quanheng.findings.finding import Finding, FindingsError, Location

_MOST: Final = 16 * 1024 * 1024
"""Bytes of a template: a letterhead with pictures."""


def word_template(path: Path) -> Template:
    """Return the template in the file at `path`.

    Raises:
        FindingsError: it is no Word file, or too large.
        UsageError: there is no such file.
    """
    where = Location(file=path.name)
    if not path.exists():
        raise UsageError(f"there is no template {path}", f"没有模板文件 {path}")
    content = bytes_of(path, _MOST, where, Room())
    if isinstance(content, Finding):
        raise FindingsError((content,))
    found = is_word(content, where)
    if isinstance(found, Finding):
        raise FindingsError((found,))
    if not found:
        raise FindingsError((NOT_A_TEMPLATE.at(where),))
    return Template(content=content, name=path.name)
