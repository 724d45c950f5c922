"""Quanheng (权衡) turns the figures of an assessment into scores that explain themselves.

The public names are imported when they are first used, so `import quanheng` is light:

    >>> import quanheng as qh
    >>> qh.__version__
    '0.1.0'
"""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from quanheng.findings.showing import shown_by
from quanheng.version import VERSION

if TYPE_CHECKING:
    from quanheng.data.book.book import Book
    from quanheng.engine.results.each_round import Panel
    from quanheng.engine.results.explanation.explained import Explained
    from quanheng.engine.results.result import Result
    from quanheng.findings.errors import DataError, EngineError, QuanhengError, SchemeError, UsageError
    from quanheng.findings.finding import Finding, FindingsError
    from quanheng.insight.progress.progress import Progress
    from quanheng.insight.unusual.unusual import Unusual
    from quanheng.notebook.show import show
    from quanheng.scheme.tree.scheme import Scheme
    from quanheng.usecase.public import (
        backtest,
        forecast,
        load,
        moves,
        progress,
        read_scheme,
        score,
        score_rounds,
        unusual,
        whatif,
    )
    from quanheng.usecase.results.moves import Moved
    from quanheng.usecase.studies import public as study

__all__ = [
    "Book",
    "DataError",
    "EngineError",
    "Explained",
    "Finding",
    "FindingsError",
    "Moved",
    "Panel",
    "Progress",
    "QuanhengError",
    "Result",
    "Scheme",
    "SchemeError",
    "Unusual",
    "UsageError",
    "__version__",
    "backtest",
    "forecast",
    "load",
    "moves",
    "progress",
    "read_scheme",
    "score",
    "score_rounds",
    "show",
    "study",
    "unusual",
    "whatif",
]

__version__ = VERSION

_MODULES = {"study": "quanheng.usecase.studies.public"}
"""Public names that are modules: `qh.study.audit(book)`."""
_HOMES = {
    "Book": "quanheng.data.book.book",
    "DataError": "quanheng.findings.errors",
    "EngineError": "quanheng.findings.errors",
    "Explained": "quanheng.engine.results.explanation.explained",
    "Finding": "quanheng.findings.finding",
    "FindingsError": "quanheng.findings.finding",
    "Moved": "quanheng.usecase.results.moves",
    "Panel": "quanheng.engine.results.each_round",
    "Progress": "quanheng.insight.progress.progress",
    "QuanhengError": "quanheng.findings.errors",
    "Result": "quanheng.engine.results.result",
    "Scheme": "quanheng.scheme.tree.scheme",
    "SchemeError": "quanheng.findings.errors",
    "Unusual": "quanheng.insight.unusual.unusual",
    "UsageError": "quanheng.findings.errors",
    "backtest": "quanheng.usecase.public",
    "forecast": "quanheng.usecase.public",
    "load": "quanheng.usecase.public",
    "moves": "quanheng.usecase.public",
    "progress": "quanheng.usecase.public",
    "read_scheme": "quanheng.usecase.public",
    "score": "quanheng.usecase.public",
    "score_rounds": "quanheng.usecase.public",
    "show": "quanheng.notebook.show",
    "unusual": "quanheng.usecase.public",
    "whatif": "quanheng.usecase.public",
}


def _shown(value: object) -> Mapping[str, str]:
    """Return how a notebook shows `value`; what draws is imported when the first value is shown."""
    from quanheng.notebook.show import bundle_of  # noqa: PLC0415  heavy, and only used here

    return bundle_of(value)


shown_by(_shown)


def __getattr__(name: str) -> Any:  # noqa: ANN401  a module's names have every type
    """Import a public name when it is first used."""
    if name in _MODULES:
        value = importlib.import_module(_MODULES[name])
        globals()[name] = value
        return value
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module 'quanheng' has no attribute {name!r}")
    value = getattr(importlib.import_module(home), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """Return the public names."""
    return sorted(__all__)
