"""The book that is mutated: sound, with each kind of file, as tables that a mutation can take hold of."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final, Literal, TypeAlias

import xlsxwriter

Rows: TypeAlias = tuple[tuple[str, ...], ...]
Writer: TypeAlias = Literal["csv", "xlsx", "xlsx of texts"]

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
  density: {name: 人均, weight: 20, measure: gdp / people}
  requests: {name: 诉求, weight: 10, measure: in_time / due, rule: {bands: [[0, 0], [1, 100]]}}
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


@dataclass(frozen=True, slots=True)
class Written:
    """A table and how it is written into its file."""

    rows: Rows
    writer: Writer = "csv"
    encoding: str = "utf-8"
    separator: str = ","
    line_end: str = "\n"
    all_quoted: bool = False
    hidden: frozenset[int] = field(default_factory=frozenset)

    def with_rows(self, rows: Rows) -> Written:
        return replace(self, rows=rows)

    @property
    def suffix(self) -> str:
        return ".csv" if self.writer == "csv" else ".xlsx"

    def content(self) -> bytes:
        """Return the bytes of the file; raise UnicodeEncodeError where the encoding lacks a letter."""
        return self._csv() if self.writer == "csv" else self._xlsx()

    def _csv(self) -> bytes:
        text = io.StringIO(newline="")
        writer = csv.writer(
            text,
            delimiter=self.separator,
            lineterminator=self.line_end,
            quoting=csv.QUOTE_ALL if self.all_quoted else csv.QUOTE_MINIMAL,
        )
        writer.writerows(self.rows)
        return text.getvalue().encode(self.encoding)

    def _xlsx(self) -> bytes:
        content = io.BytesIO()
        with xlsxwriter.Workbook(content, {"in_memory": True}) as workbook:
            sheet = workbook.add_worksheet("Sheet1")
            for row, cells in enumerate(self.rows):
                if row in self.hidden:
                    sheet.set_row(row, None, None, {"hidden": True})
                for column, text in enumerate(cells):
                    if self.writer == "xlsx" and _is_plain(text):
                        sheet.write_number(row, column, float(text))
                    elif text:
                        sheet.write_string(row, column, text)
        return content.getvalue()


Book: TypeAlias = Mapping[str, Written | bytes]
"""What lies in the book by its path, without the suffix where it is a table."""


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
        *[(code, "output", "2023", str(value)) for code, value in zip(codes, _TARGETS, strict=True)],
    ]
    requests = [("number", "unit", "due_on", "closed_on", "state")]
    for number in range(24):
        due = f"2023-{1 + number % 12:02d}-{10 + number % 7:02d}"
        closed = due if number % 5 else f"2023-{1 + number % 12:02d}-27"
        requests.append((f"R{number:03d}", codes[number % len(codes)], due, closed, "closed"))
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


def write(book: Book, folder: Path) -> Path:
    """Write `book` into `folder` and return it."""
    for name, part in book.items():
        path = folder / (name if isinstance(part, bytes) else f"{name}{part.suffix}")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(part if isinstance(part, bytes) else part.content())
    return folder


def _is_plain(text: str) -> bool:
    try:
        return repr(float(text)) in (text, f"{text}.0")
    except ValueError:
        return False
