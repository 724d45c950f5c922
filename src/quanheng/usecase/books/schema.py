"""The JSON Schema of a scheme file, so that editors complete and check it."""

from __future__ import annotations

from pathlib import Path

from quanheng.scheme.tree.json_schema import json_schema_text


def schema_text() -> str:
    """Return the JSON Schema as text."""
    return json_schema_text()


def write_schema(file: Path) -> None:
    """Write the JSON Schema to `file`."""
    file.write_text(json_schema_text(), encoding="utf-8")
