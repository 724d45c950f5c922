"""A study as files: its tables, its settings, its sentences, and its charts as pictures."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from quanheng.data.book.book import Book
from quanheng.data.files.hashes import digest_of_file
from quanheng.data.writing.changing import preparing
from quanheng.data.writing.locks import holding
from quanheng.data.writing.marks import BLANK_MARK, is_marked, marked
from quanheng.data.writing.output import require_replaceable
from quanheng.data.writing.writing import Writing
from quanheng.documents.charts.vega import svg_of
from quanheng.documents.tables.csv import csv_text
from quanheng.findings.errors import UsageError
from quanheng.findings.text import Language
from quanheng.scheme.files.yaml_writing import plain_text
from quanheng.studies.study import Study
from quanheng.version import VERSION

RECORD: Final = "study.json"
"""What the study is of, the program that made it, and the hash of each file."""
SETTINGS: Final = "study.yaml"
"""All that it ran with: `--study study.yaml` gives the same files."""
_MOST_BYTES: Final = 10_000_000


def write_study(
    study: Study, folder: Path, *, language: Language, writing: Writing, of: Mapping[str, str]
) -> None:
    """Write the tables of `study`, its settings and its sentences into `folder`, whole or not at all.

    `of` says what it is a study of, such as the hashes of scheme and data. Of an earlier study its own files
    are replaced, as they are as they were written; what else lies there stays.

    Raises:
        UsageError: a file of this name is a person's, or was changed, and `writing` has no force.
        LockedError: somebody else writes there.
    """
    texts = {f"{table.name}.csv": csv_text(table.rows) for table in study.tables}
    texts[SETTINGS] = settings_text(study)
    texts["sentences.txt"] = "".join(f"{each.in_language(language)}\n" for each in study.sentences)
    own = _hashes_in(folder)
    _lay(folder, texts, writing, is_own=lambda file: own.get(file.name) == digest_of_file(file), record=of)


def draw_study(study: Study, folder: Path, *, language: Language, writing: Writing) -> None:
    """Draw each chart of `study` into `folder` as an SVG picture with its mark.

    Raises:
        UsageError: a file of this name is a person's, or was changed, and `writing` has no force; or what
            draws is not installed.
        LockedError: somebody else writes there.
    """
    pictures = {f"{chart.name}.svg": svg_of(chart.in_language(language)) for chart in study.charts}
    texts = {name: marked(f"{svg.rstrip()}\n<!-- {BLANK_MARK} -->\n") for name, svg in pictures.items()}
    _lay(folder, texts, writing, is_own=is_marked)


def settings_text(study: Study) -> str:
    """Return the settings of `study` as the text of a study file, defaults and seed written out."""
    plain = study.settings.model_dump(mode="json", by_alias=True, exclude_none=True)
    return plain_text({"quanheng": plain.pop("quanheng"), "study": plain.pop("study"), **plain})


def origin_of(book: Book) -> dict[str, str]:
    """Return what a study of `book` is of: its scheme and round, and the hashes of scheme and data.

    They are those that the result of the round says of itself; so is the day as of which it is.
    """
    scheme = book.scheme
    day = {} if book.as_of is None else {"as_of": book.as_of.isoformat()}
    hashes = {"scheme_hash": scheme.hash, "data_hash": book.hash_for(scheme.round)}
    return {"scheme": scheme.id, "round": scheme.round, **day, **hashes}


def _lay(
    folder: Path,
    texts: Mapping[str, str],
    writing: Writing,
    *,
    is_own: Callable[[Path], bool],
    record: Mapping[str, str] | None = None,
) -> None:
    if folder.exists() and not folder.is_dir():
        raise UsageError(f"{folder} is not a folder; name another", f"{folder} 不是文件夹；请另行指定")
    folder.mkdir(parents=True, exist_ok=True)
    with preparing(folder) as change:
        for name, text in texts.items():
            (change.new / name).write_text(text, encoding="utf-8", newline="")
        if record is not None:
            hashes = {name: digest_of_file(change.new / name) for name in texts}
            told = {"program": VERSION, **record, "files": hashes}
            text = json.dumps(told, ensure_ascii=False, indent=2)
            (change.new / RECORD).write_text(f"{text}\n", encoding="utf-8", newline="")
            change.last.append(RECORD)
        with holding(folder, writing) as lock:
            for name in texts:
                require_replaceable(folder / name, writing, is_own=is_own)
            change.commit(lock, writing.command)


def _hashes_in(folder: Path) -> Mapping[str, str]:
    """Return the hash of each file of the study that lies in `folder`; nothing if there is none."""
    file = folder / RECORD
    try:
        if file.stat().st_size > _MOST_BYTES:
            return {}
        record = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    files = record.get("files") if isinstance(record, dict) else None
    return files if isinstance(files, dict) else {}
