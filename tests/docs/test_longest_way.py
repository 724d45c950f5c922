"""The page that shows which rooms a score goes through is held against the program itself."""

from __future__ import annotations

import re
import shutil
import sys
from pathlib import Path
from types import FrameType

import pytest
from tools.replay_documents import DOCS

from quanheng.cli.main import run
from quanheng.examples import path_of_example

_SOURCE = str(DOCS.parent / "src" / "quanheng") + "/"
_ROOM = re.compile(r"^ ?\d+  ([a-z_/]+)  ", re.MULTILINE)
_OPTIMISED = 1
"""The flag of the code of functions; the bodies of modules and classes are without it."""


def _rooms_visited(book: Path, out: Path) -> list[str]:
    """Return the folders of the functions that scoring calls, each where it is first entered."""
    rooms: dict[str, None] = {}

    def note(frame: FrameType, event: str, _: object) -> None:
        code = frame.f_code
        is_ours = code.co_filename.startswith(_SOURCE) and code.co_flags & _OPTIMISED
        if event == "call" and is_ours and not code.co_name.startswith("<"):
            rooms.setdefault(code.co_filename.removeprefix(_SOURCE).rpartition("/")[0])

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        run(["score", str(book), "--no-workbook", "--out", str(out)])
    finally:
        sys.setprofile(before)
    return list(rooms)


def test_the_longest_way_is_the_one_that_is_drawn(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    book = tmp_path / "hdi-2022"
    shutil.copytree(path_of_example("hdi-2022"), book, ignore=shutil.ignore_patterns("results"))
    run(["score", str(book), "--no-workbook", "--out", str(tmp_path / "first")])  # imports what it needs

    rooms = _rooms_visited(book, tmp_path / "second")

    for language in ("", ".zh"):
        page = (DOCS / "explanation" / f"how-it-works{language}.md").read_text(encoding="utf-8")
        assert _ROOM.findall(page) == rooms
    assert (tmp_path / "second" / "scores.csv").is_file()
