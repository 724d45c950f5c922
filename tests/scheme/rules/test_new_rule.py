"""The rule of CONTRIBUTING.md, added to a copy of the program: whole it works, incomplete it is refused."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from tests.scheme.library_of_values import library_of_values

_ROOT = Path(__file__).parents[3]
_PAGE = (_ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
_RULE = "src/quanheng/scheme/rules/reach.py"
_TRIED = """
import sys
from quanheng.scheme.toolbox import tool_named
from quanheng.usecase.books.try_out import try_out

for example in tool_named("reach").examples:
    assert {unit.unit: unit.points for unit in try_out(example).units} == dict(example.points)
"""


def _blocks(language: str) -> list[str]:
    section = _PAGE.partition("## A new rule")[2].partition("\n## ")[0]
    return re.findall(rf"```{language}\n(.*?)```", section, flags=re.DOTALL)


def _hunks() -> list[tuple[str, str, str]]:
    """Return the file, the old lines and the new lines of each change in the page."""
    found = []
    for part in re.split(r"^--- a/", _blocks("diff")[0], flags=re.MULTILINE)[1:]:
        name, *hunks = re.split(r"^@@\n", part, flags=re.MULTILINE)
        for hunk in hunks:
            lines = hunk.splitlines(keepends=True)
            old = "".join(line[1:] for line in lines if not line.startswith("+"))
            new = "".join(line[1:] for line in lines if not line.startswith("-"))
            found.append((name.partition("\n")[0], old, new))
    return found


@pytest.fixture
def program(tmp_path: Path) -> Path:
    """A copy of the program with the rule of the page in it."""
    shutil.copytree(_ROOT / "src", tmp_path / "src", ignore=shutil.ignore_patterns("__pycache__"))
    (tmp_path / _RULE).write_text(_blocks("python")[0], encoding="utf-8")
    for name, old, new in _hunks():
        text = (tmp_path / name).read_text(encoding="utf-8")
        assert text.count(old) == 1, f"CONTRIBUTING.md does not fit {name} any more: {old}"
        (tmp_path / name).write_text(text.replace(old, new), encoding="utf-8")
    library_of_values(tmp_path)
    return tmp_path


def _type_errors(program: Path) -> list[str]:
    """Return what the type checker says of the four files; other libraries are not looked at, to be quick."""
    files = [_RULE, *dict.fromkeys(name for name, _, _ in _hunks())]
    options = ["--no-site-packages", "--ignore-missing-imports", "--follow-imports=silent", "--config-file="]
    checked = subprocess.run(
        [sys.executable, "-m", "mypy", *options, "--cache-dir", str(program / "cache"), *files],
        cwd=program,
        env={"MYPYPATH": "src:library"},
        capture_output=True,
        text=True,
        check=False,
    )
    return [line for line in checked.stdout.splitlines() if ": error:" in line]


def test_four_files_make_a_rule() -> None:
    assert len({_RULE, *(name for name, _, _ in _hunks())}) == 4


def test_rule_of_the_page_is_accepted_and_rates(program: Path) -> None:
    assert _type_errors(program) == []
    tried = subprocess.run(
        [sys.executable, "-c", _TRIED],
        env={"PYTHONPATH": str(program / "src")},
        cwd=program,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (tried.returncode, tried.stderr) == (0, "")


def test_incomplete_rule_is_refused_by_the_type_checker(program: Path) -> None:
    rule = (program / _RULE).read_text(encoding="utf-8")
    without_answer = rule.replace("            fewest_points=0.0,\n", "")
    without_words = re.sub(r"    def _in_chinese.*?\n\n\n", "\n\n", without_answer, flags=re.DOTALL)
    (program / _RULE).write_text(without_words, encoding="utf-8")
    for name, old, new in _hunks():
        if "case Reach" in new:
            text = (program / name).read_text(encoding="utf-8")
            (program / name).write_text(text.replace(new, old), encoding="utf-8")

    errors = "\n".join(_type_errors(program))

    assert 'Missing named argument "fewest_points" for "Answers"' in errors
    assert 'Cannot instantiate abstract class "Reach" with abstract attribute "_in_chinese"' in errors
    for table in ("engine/stages/points/points.py", "documents/workbook/sheets/rules/formulas.py"):
        assert re.search(rf'{table}.*"assert_never" has incompatible type "Reach"', errors)
