"""Every kind of finding in the program, wherever under `src` it is declared."""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
from collections.abc import Iterator
from types import ModuleType

import quanheng
from quanheng.findings.finding import Kind


def declared_kinds() -> Iterator[tuple[str, str, Kind]]:
    """Yield the module, the name and the kind of each constant, once: where it is declared."""
    for found in pkgutil.walk_packages(quanheng.__path__, "quanheng."):
        module = importlib.import_module(found.name)
        kinds = {name: value for name, value in vars(module).items() if isinstance(value, Kind)}
        if kinds:
            yield from ((found.name, name, kinds[name]) for name in _assigned(module) if name in kinds)


def _assigned(module: ModuleType) -> Iterator[str]:
    """Yield the names that `module` gives values itself, at its top level."""
    for statement in ast.parse(inspect.getsource(module)).body:
        targets = (
            statement.targets if isinstance(statement, ast.Assign) else [getattr(statement, "target", None)]
        )
        yield from (target.id for target in targets if isinstance(target, ast.Name))
