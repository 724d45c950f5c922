"""The README works when it is pasted line by line into a fresh shell, and its commands find something."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest

_ROOT: Final = Path(__file__).resolve().parent.parent.parent
_SHELL: Final = re.compile(r"^```sh\n(.*?)^```", re.MULTILINE | re.DOTALL)
_PYTHON: Final = re.compile(r"^```python\n(.*?)^```", re.MULTILINE | re.DOTALL)
_NOT_HERE: Final = ("make run", "make test")
"""What the other tests do, and what installs from the network."""


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A folder as `make run` leaves it, without what this test is not about."""
    shutil.copytree(
        _ROOT / "books", tmp_path / "books", ignore=shutil.ignore_patterns("results", "__pycache__")
    )
    scripts = tmp_path / ".venv" / "bin"
    scripts.mkdir(parents=True)
    (scripts / "activate").write_text(f'PATH="{scripts}:$PATH"\n', encoding="utf-8")
    (scripts / "quanheng").write_text(
        f'#!/bin/sh\nexec "{sys.executable}" -c "from quanheng.cli.main import main; main()" "$@"\n',
        encoding="utf-8",
    )
    (scripts / "quanheng").chmod(0o755)
    return tmp_path


def _lines(page: str) -> list[str]:
    """Return the lines for the shell, without remarks."""
    text = (_ROOT / page).read_text(encoding="utf-8")
    lines = (line for block in _SHELL.findall(text) for line in block.splitlines() if line.strip())
    return [line.partition("  #")[0].strip() for line in lines if not line.startswith(_NOT_HERE)]


def test_every_line_for_the_shell_runs_and_shows_something(house: Path) -> None:
    lines = _lines("README.md")
    script = "".join(f'{line}\necho "=== $?"\n' for line in lines)
    surroundings = {"PATH": os.defpath, "LANG": "C.UTF-8", "HOME": str(house), "PYTHONUTF8": "1"}

    ran = subprocess.run(
        ["/bin/sh"], input=script, cwd=house, env=surroundings, capture_output=True, text=True, check=False
    )

    parts = re.split(r"^=== (\d+)\n", ran.stdout, flags=re.MULTILINE)
    shown = dict(zip(lines, zip(parts[::2], parts[1::2], strict=False), strict=True))
    assert {line: code for line, (_, code) in shown.items() if code != "0"} == {}, ran.stderr
    assert "ledgers/requests.csv:" in next(told for line, (told, _) in shown.items() if " records " in line)
    assert "ledgers/projects.csv:" in next(told for line, (told, _) in shown.items() if "--overdue" in line)


def test_both_pages_show_the_same_commands() -> None:
    assert _lines("README.zh.md") == [*_lines("README.md")]


@pytest.mark.parametrize("page", ["README.md", "README.zh.md"])
def test_what_is_shown_in_python_runs(page: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(_ROOT)
    (block,) = _PYTHON.findall((_ROOT / page).read_text(encoding="utf-8"))

    exec(block, {})  # noqa: S102  our own pages
