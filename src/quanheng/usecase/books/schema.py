"""The JSON Schema of a scheme file, so that editors complete and check it."""

from __future__ import annotations

from pathlib import Path

from quanheng.data.writing.marks import BLANK_MARK, is_marked, marked
from quanheng.data.writing.output import write_output
from quanheng.data.writing.writing import Writing
from quanheng.findings.text import Language
from quanheng.scheme.tree.json_schema import json_schema_text


def schema_text(language: Language) -> str:
    """Return the JSON Schema as text, with descriptions in `language` and its mark in a comment."""
    comment = f'{{\n  "$comment": "{BLANK_MARK}",\n'
    return marked(json_schema_text(language).replace("{\n", comment, 1))


def write_schema(file: Path, language: Language, *, writing: Writing | None = None) -> None:
    """Write the JSON Schema to `file`, with descriptions in `language`.

    Raises:
        UsageError: what lies there was not written by this program, or was changed since, and `writing` has
            no force.
        LockedError: somebody else writes there.
    """
    write_output(
        file,
        lambda target: _write(schema_text(language), target),
        writing or Writing(command="quanheng schema"),
        is_own=is_marked,
    )


def _write(text: str, target: Path) -> None:
    target.write_text(text, encoding="utf-8", newline="\n")
