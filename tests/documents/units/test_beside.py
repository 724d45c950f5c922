"""Many reports are set by two processes, and are the same as those that one sets."""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from tests.documents.units.test_room import crowded

from quanheng.documents.compose.units.report import UnitReport
from quanheng.documents.fonts.find import installed_fonts
from quanheng.documents.pdf import beside
from quanheng.documents.pdf.units import Press


def many(count: int) -> list[UnitReport]:
    """Return reports of units with names of their own."""
    return [replace(crowded(4, 3, 2), name=f"第{number}镇", unit=str(number)) for number in range(count)]


@pytest.mark.parametrize("count", [12, 13])
def test_two_processes_set_what_one_sets(count: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    reports = many(count)
    press = Press(installed_fonts(), reports)

    by_two = list(press.each(reports))

    for number, report in enumerate(reports):
        press.write([report], tmp_path / "alone.pdf")
        assert by_two[number] == (tmp_path / "alone.pdf").read_bytes()


def test_a_second_process_that_breaks_off_costs_nothing_but_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    reports = many(12)
    press = Press(installed_fonts(), reports)
    whole = list(press.each(reports))
    program = "import sys; sys.stdin.readline(); sys.stdin.readline(); sys.exit(1)"
    monkeypatch.setattr(beside, "command_of", lambda _: [sys.executable, "-c", program])

    assert list(press.each(reports)) == whole


def test_it_sets_nothing_by_two_on_one_core(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 1)
    program = "raise SystemExit('not asked for')"
    monkeypatch.setattr(beside, "command_of", lambda _: [sys.executable, "-c", program])
    reports = many(12)

    assert len(list(Press(installed_fonts(), reports).each(reports))) == 12
