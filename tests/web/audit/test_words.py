"""Whatever is done stands in the log under a name that people read."""

from __future__ import annotations

import re
from pathlib import Path

import quanheng
from quanheng.web.audit.words import ACTIONS

_NAME = re.compile(r'(?:@action\(|\baction=)\s*"([a-z_.]+)"')


def test_every_action_is_called_by_words() -> None:
    files = (Path(quanheng.__file__).parent / "web").rglob("*.py")
    names = {name for file in files for name in _NAME.findall(file.read_text(encoding="utf-8"))}

    assert len(names) > 40
    assert sorted(names - ACTIONS.keys()) == []
