"""What a chart of one group is called."""

from __future__ import annotations

from quanheng.findings.text import Text
from quanheng.scheme.tree.scheme import Group, Scheme


def titled(scheme: Scheme, group: Group, what: Text) -> Text:
    """Return `what` with the group's name, where the scheme has several groups."""
    if len(scheme.groups) == 1:
        return what
    zh, en = group.name.in_language("zh") or group.code, group.name.in_language("en") or group.code
    return Text(zh=f"{zh}{what.zh}", en=f"{what.en}: {en}")
