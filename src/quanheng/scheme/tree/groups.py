"""Groups: from their forms to their values."""

from __future__ import annotations

from typing import Final

from quanheng.findings.text import Text
from quanheng.scheme.document.document import Document
from quanheng.scheme.fields.codes import ONLY_GROUP
from quanheng.scheme.fields.margin import Margin, text_of
from quanheng.scheme.tree.scheme import Group

_ALL_UNITS: Final = Text(zh="全部单位", en="all units")


def groups_of(document: Document, margin: Margin) -> tuple[Group, ...]:
    """Return the groups of `document`; without any, the one group of all units."""
    if not document.groups:
        return (Group(code=ONLY_GROUP, name=_ALL_UNITS, marks=document.marks),)
    return tuple(
        Group(
            code=code,
            name=text_of(form.name, code),
            marks=document.marks if form.marks is None else form.marks,
            where=margin.at(("groups", code)),
        )
        for code, form in document.groups.items()
    )
