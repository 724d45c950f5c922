"""Hostile files through every command that reads files: a finding with its place, in little time and memory.

All commands see one file of each kind; `QUANHENG_HOSTILE=all` shows every file to every command.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

import pytest
from tests.hardship.hostile_files import HOSTILE, SLOW, Hostile

if not hasattr(os, "wait4"):
    pytest.skip("Windows does not tell how much memory a process took", allow_module_level=True)

SECONDS: Final = 20
"""Of computing: the machine may have more to do."""
MEBIBYTES: Final = 1024
"""Of the program, and of the process apart: 2 GiB together."""
SCHEME: Final = """\
quanheng: 1
id: mini
title: Mini
round: 2023
items: {gdp: {}, received: {count: requests}}
indicators:
  output: {measure: gdp, weight: 50, rule: {target: {cap: 110}}}
  closing: {measure: received, weight: 50, rule: percentile}
ledgers: {requests: {key: ticket, unit: unit}}
"""
BOOK: Final = {
    "scheme.yaml": SCHEME,
    "units.csv": "unit\nT1\nT2\n",
    "data/gdp.csv": "unit,gdp\nT1,5\nT2,6\n",
    "targets.csv": "unit,indicator,target\nT1,output,5\nT2,output,6\n",
    "ledgers/requests.csv": "ticket,unit\n1,T1\n2,T2\n",
}
ONE_OF_A_KIND: Final = (
    "data/one-text.xlsx",
    "data/far-cell.xlsx",
    "data/blank-rows.csv",
    "data/cells-repeated.ods",
    "data/long-texts.parquet",
)
NEVER_READ: Final = tuple(name for name, hostile in HOSTILE.items() if "QH320" not in hostile.codes)
"""The others are opened and hold nothing, which is told where a table of figures is wanted."""
ALL: Final = os.environ.get("QUANHENG_HOSTILE") == "all"


class Program:
    """The program in a process of its own, given one command after the other."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, str(Path(__file__).with_name("run_hostile.py"))],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def run(self, *tokens: str) -> tuple[int, float, str]:
        """Return the exit code of a command, its seconds of computing, and what it says."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(["--lang", "en", *tokens]) + "\n")
        self._process.stdin.flush()
        answer = self._process.stdout.readline()
        assert answer, f"the program ended over {tokens}"
        code, seconds, said = json.loads(answer)
        return int(code), float(seconds), str(said)

    def end(self) -> float:
        """Return the most memory, in MiB, that the program or the process apart ever took."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        _, status, used = os.wait4(self._process.pid, 0)
        self._process.returncode = os.waitstatus_to_exitcode(status)
        self._process.stdout.close()
        return used.ru_maxrss / 1024 / (1024 if sys.platform == "darwin" else 1)


@pytest.fixture(scope="module")
def program() -> Iterator[Program]:
    running = Program()
    yield running
    assert running.end() < MEBIBYTES


def written(root: Path, name: str = "", content: bytes = b"") -> Path:
    """Write the small book, and one more file, and return its folder."""
    book = root / "book"
    for own, text in BOOK.items():
        (book / own).parent.mkdir(parents=True, exist_ok=True)
        (book / own).write_text(text, encoding="utf-8")
    if name:
        (book / name).write_bytes(content)
    return book


def assert_told(said: str, name: str, hostile: Hostile) -> None:
    told = [line for line in said.splitlines() if line.startswith((name, Path(name).name))]
    assert any(f" {code} " in line for line in told for code in hostile.codes), said[:2000]


@pytest.mark.parametrize("name", HOSTILE)
def test_check_tells_a_hostile_file(name: str, tmp_path: Path, program: Program) -> None:
    content = HOSTILE[name].make()
    assert len(content) < 1024 * 1024

    code, seconds, said = program.run("check", str(written(tmp_path, name, content)))

    assert_told(said, name, HOSTILE[name])
    assert (code, seconds < SECONDS) == (1, True)


@pytest.mark.parametrize("name", SLOW)
def test_odd_headings_take_little_time(name: str, tmp_path: Path, program: Program) -> None:
    _, seconds, said = program.run("check", str(written(tmp_path, name, SLOW[name].make())))

    assert name in said
    assert seconds < SECONDS


@pytest.mark.parametrize("name", NEVER_READ if ALL else ONE_OF_A_KIND)
@pytest.mark.parametrize("command", ["score", "convert", "verify", "import", "split"])
def test_every_command_tells_a_hostile_file(
    command: str, name: str, tmp_path: Path, program: Program
) -> None:
    hostile = HOSTILE[name]
    file = tmp_path / Path(name).name
    file.write_bytes(hostile.make())
    book = written(tmp_path)
    inside = book / name
    if command == "verify":
        program.run("score", str(book))
    if command in ("score", "convert", "verify"):
        inside.write_bytes(file.read_bytes())
    if command == "split" and file.suffix not in (".csv", ".xlsx"):
        pytest.skip("targets are written into no such file")

    code, seconds, said = program.run(*_tokens(command, book, file))

    assert_told(said, name, hostile)
    assert (code, seconds < SECONDS) == (1, True)


def _tokens(command: str, book: Path, file: Path) -> Sequence[str]:
    return {
        "score": ("score", str(book)),
        "convert": ("convert", str(book), str(book.with_suffix(".xlsx"))),
        "verify": ("verify", str(book / "results" / "2023")),
        "import": ("ledgers", "import", str(book), "requests", str(file)),
        "split": ("targets", "split", str(book), "--every", "quarter", "--out", str(file)),
    }[command]


def test_verify_opens_no_hostile_table_of_a_result(tmp_path: Path, program: Program) -> None:
    book = written(tmp_path)
    program.run("score", str(book))
    result = book / "results" / "2023"
    (result / "trace.parquet").write_bytes(HOSTILE["data/long-texts.parquet"].make())
    (result / "scores.csv").write_bytes(b"unit" + b",x" * 4_000 + b"\n" + b"\n" * 900_000)

    code, seconds, said = program.run("verify", str(result))

    assert "trace.parquet: error QH621" in said
    assert "scores.csv: error QH616" in said
    assert (code, seconds < SECONDS) == (1, True)


@pytest.mark.parametrize("odd", ["pipe", "device", "socket of a folder"])
@pytest.mark.parametrize(
    "place", ["scheme.yaml", "units.csv", "data/more.xlsx", "data/more.parquet", "ledgers/requests.csv"]
)
def test_what_is_no_file_is_told_and_not_waited_for(
    odd: str, place: str, tmp_path: Path, program: Program
) -> None:
    path = written(tmp_path) / place
    path.unlink(missing_ok=True)
    _make(odd, path)

    code, seconds, said = program.run("check", str(path.parents[place.count("/")]))

    assert place in said
    assert (code, seconds < SECONDS) == (1, True)


def test_no_command_waits_for_what_is_no_file(tmp_path: Path, program: Program) -> None:
    book = written(tmp_path)
    odd = {kind: tmp_path / f"{kind}.xlsx" for kind in ("pipe", "device")}
    text = {kind: tmp_path / f"{kind}.csv" for kind in ("pipe", "device")}
    for kind, path in (*odd.items(), *text.items()):
        _make(kind, path)
    commands: list[Any] = [
        *(("check", odd[kind]) for kind in odd),
        *(("convert", odd[kind], tmp_path / f"new-{kind}") for kind in odd),
        *(("ledgers", "import", book, "requests", file[kind]) for file in (odd, text) for kind in odd),
        *(
            ("targets", "split", book, "--every", "quarter", "--out", file[kind])
            for file in (odd, text)
            for kind in odd
        ),
        *(("verify", odd[kind], "--book", book) for kind in odd),
        *(("verify", book, "--book", odd[kind]) for kind in odd),
    ]
    for command in commands:
        code, seconds, said = program.run(*map(str, command))
        assert code in (1, 2), (command, said)
        assert seconds < SECONDS, command


def _make(odd: str, path: Path) -> None:
    if odd == "pipe":
        os.mkfifo(path)
    elif odd == "device":
        path.symlink_to("/dev/zero")
    else:
        path.mkdir()
