"""Where an answer goes may be full, or nobody there to read it: no command then ends in a traceback."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import pytest
from tests.hardship.running import Server
from tests.hardship.server import FALLEN
from tests.mutants.book import base_book, write

from quanheng.cli.commands import paths

LINES: Final = (
    "new NEW",
    "check BOOK",
    "check WRONG",
    "score BOOK --no-workbook",
    "score WRONG",
    "explain BOOK D1",
    "explain WRONG D1",
    "moves BOOK --round 2023-Q3 --before 2023-Q2",
    "moves WRONG --before 2022",
    "verify BOOK/results/2023",
    "sign BOOK/results/2023 --key KEY",
    "publish BOOK --by D1 --on 2024-01-05",
    "demo --port 1 --on nothing",
    "progress BOOK --at 2023-Q3",
    "progress WRONG --at 2023-Q3",
    "targets split BOOK --every quarter",
    "targets list BOOK",
    "ledgers list BOOK requests",
    "ledgers import BOOK requests nothing.csv --on 2024-01-05",
    "records BOOK D1 requests",
    "campaign BOOK drive --on 2023-10-15",
    "headline BOOK --item gdp --unit D1",
    "unusual BOOK --at 2023-Q4",
    "study robustness BOOK --runs 3",
    "study audit BOOK",
    "study balance BOOK",
    "study compare BOOK",
    "rules",
    "convert BOOK COPY",
    "schema",
)
STREAMS: Final[tuple[Mapping[str, str], ...]] = (
    {"stdout": "/dev/full"},
    {"stdout": "gone", "stderr": "/dev/full"},
    {"stdout": "closed", "stderr": "closed"},
)
"""Where the answer and the news go: a full disk, a reader who has left, nowhere."""


def _lines() -> tuple[str, ...]:
    """Return `LINES`, and a line for each command that none of them calls."""
    others = (path for path in paths() if not any(tuple(line.split()[: len(path)]) == path for line in LINES))
    return (*LINES, *(f"{' '.join(path)} BOOK" for path in others))


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, str]:
    """Return a book, and one with many errors, by what they are called in the lines."""
    base = tmp_path_factory.mktemp("no-room")
    book = write(base_book(), base / "book")
    wrong = shutil.copytree(book, base / "wrong")
    for path in wrong.rglob("*.csv"):
        path.write_text(path.read_text(encoding="utf-8").replace("D", "=D"), encoding="utf-8")
    return {"BOOK": str(book), "WRONG": str(wrong), "NEW": "new", "COPY": "copy", "KEY": "key"}


@pytest.mark.parametrize("line", _lines())
def test_no_command_ends_in_a_traceback(
    line: str, books: Mapping[str, str], server: Server, tmp_path: Path
) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("this system has no device that is always full")
    tokens = [
        "/".join((books.get(word.split("/")[0], word.split("/")[0]), *word.split("/")[1:]))
        for word in line.split()
    ]

    for number, streams in enumerate(STREAMS):
        options = () if number % 2 else ("--json",)
        ran = server.run(tmp_path, *tokens, *options, streams=streams)

        assert ran.code in {0, 1, 2}, (streams, options, ran)
        assert ran.code != FALLEN
        assert "Traceback" not in ran.err
        assert "fault of the program" not in ran.err
