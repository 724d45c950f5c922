"""Every kind of finding in the program, wherever under `src` it is declared."""

from __future__ import annotations

import ast
import importlib
from collections.abc import Iterator
from pathlib import Path

import quanheng
from quanheng.findings.finding import Kind

_ROOT = Path(quanheng.__file__).parent


def declared_kinds() -> Iterator[tuple[str, str, Kind]]:
    """Yield the module, the name and the kind of each constant, once: where it is declared."""
    for path in sorted(_ROOT.rglob("*.py")):
        source = path.read_text(encoding="utf-8")
        if "Kind(" in source:  # all else need not be imported
            name = ".".join(path.relative_to(_ROOT.parent).with_suffix("").parts)
            values = vars(importlib.import_module(name))
            found = ((own, values.get(own)) for own in _assigned(source))
            yield from ((name, own, kind) for own, kind in found if isinstance(kind, Kind))


def _assigned(source: str) -> Iterator[str]:
    """Yield the names that a module gives values itself, at its top level."""
    for statement in ast.parse(source).body:
        targets = (
            statement.targets if isinstance(statement, ast.Assign) else [getattr(statement, "target", None)]
        )
        yield from (target.id for target in targets if isinstance(target, ast.Name))
