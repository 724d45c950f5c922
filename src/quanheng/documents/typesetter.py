"""The library that sets pages, where it is installed."""

from __future__ import annotations

from types import ModuleType
from typing import Final

from quanheng.findings.errors import UsageError

STANDARDS: Final = ["a-2a", "ua-1"]
"""What every PDF keeps: PDF/A-2a, to be archived, and PDF/UA-1, to be read aloud."""


def typesetter() -> ModuleType:
    """Return the module `typst`.

    Raises:
        UsageError: it is not installed.
    """
    try:
        import typst
    except ImportError:
        raise UsageError(
            "a paper needs typst, which sets it and finds its fonts: pip install 'quanheng[reports]'",
            "生成公文需要 typst（排版并查找字体）：pip install 'quanheng[reports]'",
        ) from None
    return typst
