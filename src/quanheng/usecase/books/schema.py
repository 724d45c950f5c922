"""The JSON Schema of a scheme file, so that editors complete and check it."""

from __future__ import annotations

from pathlib import Path

from quanheng.findings.text import Language
from quanheng.scheme.tree.json_schema import json_schema_text


def schema_text(language: Language) -> str:
    """Return the JSON Schema as text, with descriptions in `language`."""
    return json_schema_text(language)


def write_schema(file: Path, language: Language) -> None:
    """Write the JSON Schema to `file`, with descriptions in `language`."""
    file.write_text(json_schema_text(language), encoding="utf-8")
