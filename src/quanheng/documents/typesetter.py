"""The library that sets pages, where it is installed."""

from __future__ import annotations

from types import ModuleType

from quanheng.findings.errors import UsageError


def typesetter() -> ModuleType:
    """Return the module `typst`.

    Raises:
        UsageError: it is not installed.
    """
    try:
        import typst
    except ImportError:
        raise UsageError(
            "a PDF needs typst: pip install 'quanheng[reports]'",
            "生成 PDF 需要 typst：pip install 'quanheng[reports]'",
        ) from None
    return typst
