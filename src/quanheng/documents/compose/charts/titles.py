"""What a chart of one group is called."""

from __future__ import annotations

from quanheng.documents.subject import Subject
from quanheng.findings.text import Text
from quanheng.scheme.tree.scheme import Group


def titled(subject: Subject, group: Group, what: Text) -> Text:
    """Return `what` with the group's name, where the scheme has several groups."""
    if len(subject.result.scheme.groups) == 1:
        return what
    zh, en = group.name.in_language("zh") or group.code, group.name.in_language("en") or group.code
    return Text(zh=f"{zh}{what.zh}", en=f"{what.en}: {en}")
