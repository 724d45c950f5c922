"""The table of docs/reference/barriers.md names every point, and for each a test that there is."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import Final

import pytest
from tools.finding_kinds import declared_kinds

_ROOT: Final = Path(__file__).resolve().parents[3]
_ROW: Final = re.compile(
    r"^\| (?P<points>\d\.[^|]*) \| (?P<level>[^|]+) \| .* \| (?P<tests>[^|]+) \|$", re.MULTILINE
)
_TEST: Final = re.compile(r"`([^`]+)::([^`]+)`")
_GUIDELINES: Final = {
    # Of each guideline of WCAG 2.2 the criteria of levels A and AA, by their last number.
    "1.1": [1],
    "1.2": [1, 2, 3, 4, 5],
    "1.3": [1, 2, 3, 4, 5],
    "1.4": [1, 2, 3, 4, 5, 10, 11, 12, 13],
    "2.1": [1, 2, 4],
    "2.2": [1, 2],
    "2.3": [1],
    "2.4": [1, 2, 3, 4, 5, 6, 7, 11],
    "2.5": [1, 2, 3, 4, 7, 8],
    "3.1": [1, 2],
    "3.2": [1, 2, 3, 4, 6],
    "3.3": [1, 2, 3, 4, 7, 8],
    "4.1": [1, 2, 3],
}
"""4.1.1 is of WCAG 2.0 and 2.1 only, and thus of the national standard."""


def _rows(name: str) -> list[tuple[str, str, list[tuple[str, str]]]]:
    text = (_ROOT / "docs" / "reference" / name).read_text(encoding="utf-8")
    return [(row["points"], row["level"], _TEST.findall(row["tests"])) for row in _ROW.finditer(text)]


def _points(written: str) -> list[str]:
    """Return the points of a row: `2.5.1, 2.5.2` or `1.2.1–1.2.5`."""
    if "–" not in written:
        return written.split(", ")
    first, last = written.split("–")
    head, _, number = first.rpartition(".")
    return [f"{head}.{each}" for each in range(int(number), int(last.rpartition(".")[2]) + 1)]


def test_every_point_stands_in_the_table_once() -> None:
    points = [point for written, _, _ in _rows("barriers.md") for point in _points(written)]

    assert sorted(points) == sorted(f"{one}.{each}" for one, all_of in _GUIDELINES.items() for each in all_of)


def test_both_languages_have_the_same_table() -> None:
    assert _rows("barriers.md") == _rows("barriers.zh.md")


@pytest.mark.parametrize(("points", "_level", "tests"), _rows("barriers.md"))
def test_the_tests_of_a_point_are_there(points: str, _level: str, tests: list[tuple[str, str]]) -> None:
    assert tests, points
    for path, name in tests:
        tree = ast.parse((_ROOT / path).read_text(encoding="utf-8"))
        assert name in {each.name for each in tree.body if isinstance(each, ast.FunctionDef)}, (
            f"{path}::{name}"
        )


def test_every_finding_of_the_site_says_what_to_do() -> None:
    kinds = [kind for module, _, kind in declared_kinds() if module.startswith("quanheng.web")]

    assert kinds
    assert [kind.code for kind in kinds if not (kind.hint_en and kind.hint_zh)] == []
