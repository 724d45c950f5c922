"""What is done with schemes, as the log calls it."""

from __future__ import annotations

from typing import Final

from quanheng.findings.text import Text

ACTIONS: Final = {"scheme.keep": Text(zh="存入方案", en="keep a version of a scheme")}
