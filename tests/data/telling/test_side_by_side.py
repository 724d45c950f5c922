from __future__ import annotations

import os
import threading
from collections.abc import Callable

import pytest

from quanheng.data.telling import side_by_side
from quanheng.data.telling.side_by_side import side_by_side as looked_at
from quanheng.findings.collector import Collector
from quanheng.findings.finding import Kind, Location

ODD = Kind(code="QH999", severity="note", en="odd {n}", zh="怪 {n}", hint_en="look", hint_zh="查看")
FILE = Location(file="a.csv")


def part(number: int) -> Callable[[Collector], int]:
    def look(collector: Collector) -> int:
        for line in range(3):
            collector.add(ODD.at(Location(file="a.csv", line=line), n=number))
        collector.gather(ODD, FILE, {f"word {number}": 1, "word": 1}, n=0)
        return number

    return look


def told(rows: int, shown: int) -> tuple[list[int], list[str]]:
    collector = Collector(shown=shown)
    given = looked_at([part(1), part(2), part(1)], rows, collector)
    return given, [f"{found.where} {found.message('en')}" for found in collector.findings()]


def test_many_rows_are_told_of_as_few_are(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    many = side_by_side.MANY

    for shown in (2, 4, 200):
        assert told(many, shown) == told(1, shown)


def test_parts_of_many_rows_are_looked_at_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    met = threading.Barrier(2, timeout=30)

    def wait(_: Collector) -> int:
        return met.wait()  # ends only when another one waits, too

    assert sorted(looked_at([wait, wait], side_by_side.MANY, Collector())) == [0, 1]
