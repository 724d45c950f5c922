"""Every kind of finding in the program, gathered from the `…kinds.py` modules."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator

import quanheng
from quanheng.findings import Kind


def declared_kinds() -> Iterator[tuple[str, str, Kind]]:
    """Yield the module, the name and the kind of each constant."""
    for module in pkgutil.walk_packages(quanheng.__path__, "quanheng."):
        if module.name.rpartition(".")[2].endswith("kinds"):
            for name, value in vars(importlib.import_module(module.name)).items():
                if isinstance(value, Kind):
                    yield module.name, name, value
