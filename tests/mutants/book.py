"""The book that is mutated: sound, with each kind of file, as tables that a mutation can take hold of."""

from __future__ import annotations

import functools
import io
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Final, TypeAlias

import xlsxwriter
from tests.mutants.written import Written, add_sheet

from quanheng.data.files.spreadsheets import read_workbook
from quanheng.findings.collector import Collector
from quanheng.usecase.books.convert import convert

SCHEME: Final = """\
quanheng: 1
id: mutated
title: 虚构区2023年度考核
round: 2023
items:
  gdp: {name: 地区生产总值, measured_in: 亿元, kind: cumulative, every: quarter}
  growth: {name: 工业增速, measured_in: '%', kind: rate, every: quarter}
  people: {name: 常住人口, measured_in: 万人, kind: stock, every: year}
  due: {count: requests, where: due_on <= period_end}
  in_time: {count: requests, where: due_on <= period_end and closed_on <= due_on}
defaults: {rule: {scale: {worst: observed, best: observed, base: 60}}}
indicators:
  output: {name: 产出, weight: 40, measure: gdp, rule: {target: {cap: 120}}}
  pace: {name: 增长, weight: 30, measure: growth}
  density: {name: 人均, weight: 20, measure: gdp / people, gaps: {missing: redistribute}}
  requests: {name: 诉求, weight: 10, measure: in_time / due, rule: {bands: [[0, 0], [1, 100]]}}
ledgers:
  requests:
    name: 诉求台账
    key: number
    opened: opened_on
    due: due_on
    closed: closed_on
campaigns:
  drive:
    name: 专项治理
    ledger: requests
    from: 2023-01-01
    to: 2023-12-31
    milestones: [{name: 中期, by: 2023-06-30, done: 40%}]
    indicators: [requests]
"""
UNITS: Final = (
    ("unit", "name"),
    ("D1", "东港镇"),
    ("D2", "西山镇"),
    ("D3", "南湖街道"),
    ("D4", "北桥镇"),
    ("D5", "Côte d'Ivoire 园区"),
    ("D6", "高新园区"),
)
_GDP: Final = (61.25, 58.4, 102.35, 77.0, 64.8, 91.15)
_GROWTH: Final = (6.1, 5.8, 7.45, 4.2, 6.35, 8.05)
_PEOPLE: Final = (12.4, 9.85, 20.1, 15.0, 8.65, 11.3)
_TARGETS: Final = (60, 60, 100, 80, 65, 90)
_SHARES: Final = (0.23, 0.48, 0.74, 1.0)

Book: TypeAlias = Mapping[str, Written | bytes]
"""What lies in the book by its path, without the suffix where it is a table."""
WORKBOOK: Final = "book.xlsx!"
"""What the names of the sheets of a book begin with that is one workbook."""


def base_book() -> dict[str, Written | bytes]:
    """Return the book as it is before anything is mutated; all of it is invented."""
    codes = [row[0] for row in UNITS[1:]]
    quarters = [("unit", "period", "gdp", "growth")]
    for code, gdp, growth in zip(codes, _GDP, _GROWTH, strict=True):
        quarters.append((code, "2022-Q4", f"{gdp * 0.93:.2f}", f"{growth + 0.4:.2f}"))
        quarters += [
            (code, f"2023-Q{quarter}", f"{gdp * share:.2f}", f"{growth - 0.1 * (4 - quarter):.2f}")
            for quarter, share in enumerate(_SHARES, start=1)
        ]
    people = [
        ("item", "unit", "period", "value"),
        *[("people", code, "2023", str(value)) for code, value in zip(codes, _PEOPLE, strict=True)],
    ]
    targets = [
        ("unit", "indicator", "period", "target"),
        *[
            (code, "output", "2023-Q3", f"{0.74 * value:.1f}")
            for code, value in zip(codes, _TARGETS, strict=True)
        ],
        *[(code, "output", "2023", str(value)) for code, value in zip(codes, _TARGETS, strict=True)],
    ]
    requests = [("number", "unit", "opened_on", "due_on", "closed_on", "state")]
    for number in range(24):
        month, day = f"2023-{1 + number % 12:02d}", 10 + number % 7
        due = f"{month}-{day:02d}"
        closed = due if number % 5 else f"{month}-27"
        requests.append((f"R{number:03d}", codes[number % len(codes)], f"{month}-02", due, closed, "closed"))
    adjustments = (("unit", "kind", "marks", "reason"), ("D2", "bonus", "1.5", "现场会"))
    return {
        "scheme.yaml": SCHEME.encode(),
        "units": Written(UNITS),
        "data/quarters": Written(tuple(quarters)),
        "data/people": Written(tuple(people)),
        "targets": Written(tuple(targets)),
        "ledgers/requests": Written(tuple(requests)),
        "adjustments": Written(adjustments),
    }


@functools.cache
def base_workbook() -> Mapping[str, Written]:
    """Return the same book as the sheets of one workbook."""
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "book.xlsx"
        convert(write(base_book(), Path(folder) / "book"), target)
        sheets = read_workbook(target.read_bytes(), file="book.xlsx", collector=Collector())
    return {
        f"{WORKBOOK}{sheet.sheet}": Written(
            tuple(tuple(cell or "" for cell in row) for row in sheet.cells.rows()),
            writer="xlsx",
            sheet=str(sheet.sheet),
        )
        for sheet in sheets
    }


def write(book: Book, folder: Path) -> Path:
    """Write `book` into `folder` and return where it lies: the folder, or the workbook in it."""
    folder.mkdir(parents=True, exist_ok=True)
    sheets = [part for name, part in book.items() if name.startswith(WORKBOOK) and isinstance(part, Written)]
    for name, part in book.items():
        if name.startswith(WORKBOOK):
            continue
        path = folder / (name if isinstance(part, bytes) else f"{name}{part.suffix}")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(part if isinstance(part, bytes) else part.content())
    if not sheets:
        return folder
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as workbook:
        for sheet in sheets:
            add_sheet(workbook, sheet)
    target = folder / WORKBOOK.rstrip("!")
    target.write_bytes(content.getvalue())
    return target
