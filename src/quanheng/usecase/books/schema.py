"""The JSON Schema of a scheme file, or of a study's settings, so that editors complete and check them."""

from __future__ import annotations

from pathlib import Path

from quanheng.data.writing.marks import BLANK_MARK, is_marked, marked
from quanheng.data.writing.output import write_output
from quanheng.data.writing.writing import Writing
from quanheng.findings.nearest import no_such
from quanheng.findings.text import Language, Text
from quanheng.scheme.document.json_schema import as_text, json_schema_text, settings_schema
from quanheng.studies.catalogue import STUDIES


def schema_text(language: Language, study: str | None = None) -> str:
    """Return the JSON Schema as text, with descriptions in `language` and its mark in a comment.

    It is that of a scheme, or of the settings of the `study` that is named.

    Raises:
        UsageError: there is no such study.
    """
    text = json_schema_text(language) if study is None else _of_study(study, language)
    comment = f'{{\n  "$comment": "{BLANK_MARK}",\n'
    return marked(text.replace("{\n", comment, 1))


def _of_study(study: str, language: Language) -> str:
    entry = STUDIES.get(study)
    if entry is None:
        raise no_such(Text(en="study", zh="研究"), study, STUDIES)
    return as_text(settings_schema(entry.form, study, language))


def write_schema(
    file: Path, language: Language, *, study: str | None = None, writing: Writing | None = None
) -> None:
    """Write the JSON Schema to `file`, with descriptions in `language`.

    Raises:
        UsageError: there is no such study; or what lies there was not written by this program, or was changed
            since, and `writing` has no force.
        LockedError: somebody else writes there.
    """
    text = schema_text(language, study)
    write_output(
        file,
        lambda target: _write(text, target),
        writing or Writing(command="quanheng schema"),
        is_own=is_marked,
    )


def _write(text: str, target: Path) -> None:
    target.write_text(text, encoding="utf-8", newline="\n")
