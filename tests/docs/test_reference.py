"""Nothing a person meets is missing from the reference."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from tools.document_tables import LIMITS
from tools.replay_documents import DOCS

import quanheng as qh
from quanheng.data.telling import limits
from quanheng.documents.tables.record import IDENTITY
from quanheng.documents.tables.result_folder import TABLES, WORKBOOK, write_result_folder
from quanheng.engine.results.result import Result
from quanheng.examples import path_of_example

_SOURCE = DOCS.parent / "src" / "quanheng"
_BOTH = ("", ".zh")


def _page(name: str) -> str:
    return (DOCS / name).read_text(encoding="utf-8")


def _code(text: str) -> set[str]:
    """Return all that stands in backticks."""
    return set(re.findall(r"`([^`\n]+)`", text))


@pytest.fixture(scope="module")
def result() -> Result:
    return qh.score(qh.load(path_of_example("district-2023")))


@pytest.mark.parametrize("language", _BOTH)
def test_every_public_name_is_on_the_page(language: str) -> None:
    named = {word.partition("(")[0] for word in _code(_page(f"reference/python{language}.md"))}

    assert set(qh.__all__) <= named


@pytest.mark.parametrize("language", _BOTH)
def test_every_file_and_column_of_a_result_is_on_the_page(language: str, result: Result) -> None:
    named = _code(_page(f"reference/result{language}.md"))

    assert {*TABLES, WORKBOOK, IDENTITY} <= named
    for table in (result.scores, result.tiers, result.awards, result.weights):
        assert set(table.columns) <= named


@pytest.mark.parametrize("language", _BOTH)
def test_every_stage_of_the_trace_is_on_the_page(language: str, result: Result) -> None:
    named = _code(_page(f"reference/result{language}.md"))
    stages = {stage.split(":")[0] for stage in result.engine.collect(result.trace)["stage"].to_list()}

    assert stages <= {word.split(":")[0] for word in named}


@pytest.mark.parametrize("language", _BOTH)
def test_every_key_of_the_identity_is_on_the_page(language: str, tmp_path: Path) -> None:
    small = qh.score(qh.load(path_of_example("hdi-2022")))

    write_result_folder(small, tmp_path, language="en")

    record = json.loads((tmp_path / IDENTITY).read_text(encoding="utf-8"))
    assert set(record) <= _code(_page(f"reference/result{language}.md"))


def test_every_limit_is_in_the_table() -> None:
    assert {name for name in vars(limits) if name.isupper() and not name.startswith("_")} == set(LIMITS)


@pytest.mark.parametrize("language", _BOTH)
def test_every_folder_has_its_place_in_the_architecture(language: str) -> None:
    named = _code(_page(f"explanation/architecture{language}.md"))
    folders = {f"{path.parent.relative_to(_SOURCE).as_posix()}/" for path in _SOURCE.rglob("*.py")} - {"./"}

    assert folders - named == set()
    assert {name for name in named if name.endswith("/") and not (_SOURCE / name).is_dir()} <= {"books/"}
