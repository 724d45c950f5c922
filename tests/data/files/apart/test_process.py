from __future__ import annotations

import os
import signal
import sys
import threading
from pathlib import Path

import pytest
from tests.data.books import gathered, workbook
from tests.hardship.hostile_files import HOSTILE, sheet

from quanheng.data.files.apart import process
from quanheng.data.files.apart.process import FellError, Means, ask, means_for
from quanheng.data.files.spreadsheets import read_workbook
from quanheng.data.telling import limits
from quanheng.findings.collector import Collector

PLAIN = workbook({"S": [["unit", "gdp"], ["T1", 5]]})


def told(content: bytes) -> list[str]:
    collector = Collector()
    read_workbook(content, file="a.xlsx", collector=collector)
    return gathered(collector)


@pytest.fixture(autouse=True)
def _a_process_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(process, "_child", None)


def test_a_file_that_needs_too_much_memory_is_told_and_the_next_one_is_read() -> None:
    assert told(HOSTILE["data/one-text.xlsx"].make()) == ["QH623 a.xlsx"]
    assert told(PLAIN) == []


@pytest.mark.skipif(not hasattr(signal, "SIGXCPU"), reason="Windows does not count computing time")
def test_a_file_that_takes_too_long_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "APART_SECONDS", 0)
    many = sheet(("<row>" + "<c><v>1</v></c>" * 100 + "</row>") * 20_000)

    assert told(many) == ["QH624 a.xlsx"]


def test_whatever_ends_the_process_is_told_as_what_it_was() -> None:
    request = {"what": "workbook", "size": len(PLAIN) + 1, "file": "a.xlsx", "room": 0}  # it waits for more
    end = threading.Timer(1.0, _end_as_a_library_would)
    end.start()

    with pytest.raises(FellError, match="end"):
        list(ask(request, means_for(0), PLAIN))


def _end_as_a_library_would() -> None:
    started = process._child  # noqa: SLF001  nobody else may end it
    assert started is not None
    os.kill(started.process.pid, signal.SIGSEGV)


def test_a_process_that_hangs_is_ended() -> None:
    request = {"what": "workbook", "size": len(PLAIN) + 1, "file": "a.xlsx", "room": 0}

    with pytest.raises(FellError, match="time"):
        list(ask(request, Means(memory=limits.APART_MEMORY, seconds=0.5), PLAIN))


def test_where_no_process_can_be_started_nothing_is_read(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(sys, "executable", str(tmp_path / "none"))

    assert told(PLAIN) == ["QH625 a.xlsx"]
