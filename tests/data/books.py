"""Small books on the disk: a valid one, and the means to write others or to break it."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TypeAlias

import xlsxwriter

from quanheng.data.load import load
from quanheng.findings.collector import Collector
from quanheng.findings.finding import Finding, FindingsError

Cell: TypeAlias = str | float | int | bool | None
Rows: TypeAlias = Sequence[Sequence[Cell]]

SCHEME = """\
quanheng: 1
id: small
title: 小考核
round: 2023
groups: {towns: 镇, parks: 园区}
items:
  gdp: {name: 地区生产总值, measured_in: 亿元, kind: cumulative, every: quarter}
  gdp_growth: {name: 地区生产总值增速, measured_in: '%', kind: rate, every: quarter}
  opened: {name: 开采日, kind: date}
  land: {attribute: area}
  due: {count: hazards, where: due_on <= period_end}
  paid: {sum: hazards.cost, where: due_on <= period_end and level == '重大'}
defaults: {rule: percentile}
indicators:
  output: {name: 产出, weight: 30, measure: gdp, rule: {target: {cap: 110}}}
  growth: {name: 增长, weight: 20, measure: gdp_growth}
  opening: {name: 开采, weight: 20, measure: opened, direction: less}
  density: {name: 密度, weight: 10, measure: gdp / land}
  hazards: {name: 隐患, weight: {towns: 20}, measure: due + paid, groups: [towns]}
  parking: {name: 园区, weight: {parks: 20}, measure: gdp, groups: [parks]}
"""
UNITS = """\
unit,name,group,area,leader
T1,甲镇,towns,10.5,赵
T2,乙镇,towns,20,钱
P1,丙园区,parks,3,孙
"""
GDP = """\
unit,period,gdp,gdp_growth
T1,2022-Q4,80,5.2
T1,2023-Q1,20,5.1
T1,2023-Q4,90,6.1%
T2,2022-Q4,70,/
T2,2023-Q4,101.5,4
P1,2022-Q4,30,7
P1,2023-Q4,33.5,7.5
"""
OPENED = """\
数据项,单位,期间,数值,备注
开采日,甲镇,2023年,3月18日,
开采日,乙镇,2023年,2023-03-20,
开采日,丙园区,2023年,不适用,没有茶园
"""
TARGETS = """\
unit,indicator,period,target,stretch
*,output,2023,85,100
P1,output,2023,35,
*,opening,2023,3月20日,
"""
ADJUSTMENTS = """\
unit,kind,marks,reason,node,date,evidence
T1,bonus,1.5,现场会,,2023-05-01,文件1号
P1,penalty,-2,迟报,growth,,
T2,veto,,事故,,,
"""
HAZARDS = """\
unit,found,level,due_on,cost
T1,001,重大,2023-02-01,12.5
T1,002,一般,2023-03-01,
T2,003,重大,/,7
"""
HISTORY = """\
unit,score,place,tier
T1,88.5,1,A
T2,80,2,B
"""
FILES: Mapping[str, str] = {
    "scheme.yaml": SCHEME,
    "units.csv": UNITS,
    "data/gdp.csv": GDP,
    "data/opened.csv": OPENED,
    "targets.csv": TARGETS,
    "adjustments.csv": ADJUSTMENTS,
    "ledgers/hazards.csv": HAZARDS,
    "history/2022.csv": HISTORY,
}
"""A valid book that uses each kind of file; nothing is found in it, not even a warning."""
PARTS = tuple(name for name in FILES if name != "scheme.yaml")


def write_book(root: Path, changed: Mapping[str, str | bytes | None] | None = None) -> Path:
    """Write the small book below `root` with some files changed (None: left out) and return its folder."""
    book = root / "book"
    for name, content in {**FILES, **(changed or {})}.items():
        if content is None:
            continue
        path = book / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return book


def findings_of(path: Path) -> tuple[Finding, ...]:
    """Return the findings of the book at `path`, whether it can be loaded or not.

    Left out is the note on cells that do not apply, of which the small book has some.
    """
    return tuple(finding for finding in all_findings_of(path) if finding.code != "QH374")


def all_findings_of(path: Path) -> tuple[Finding, ...]:
    """Return all findings of the book at `path`, whether it can be loaded or not."""
    try:
        return load(path).findings
    except FindingsError as error:
        return error.findings


def told(path: Path) -> list[str]:
    """Return the findings of the book at `path`, each as its code and place."""
    return lines(findings_of(path))


def lines(findings: Iterable[Finding]) -> list[str]:
    """Return each finding as its code and place, after its wording was filled in both languages."""
    for finding in findings:
        assert finding.text("en")
        assert finding.text("zh")
    return [f"{finding.code} {finding.where}".strip() for finding in findings]


def gathered(collector: Collector) -> list[str]:
    """Return what `collector` holds, each as its code and place."""
    return lines(collector.findings())


def workbook(
    sheets: Mapping[str, Rows],
    *,
    merged: Mapping[str, Mapping[str, Cell]] | None = None,
    formats: Mapping[str, str] | None = None,
) -> bytes:
    """Return a workbook with `sheets`; `merged` ranges and number `formats` by range or cell of a sheet."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        shapes = {cell: book.add_format({"num_format": shape}) for cell, shape in (formats or {}).items()}
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                for column, cell in enumerate(row):
                    if cell is not None:
                        sheet.write(number, column, cell)
            for cells, text in (merged or {}).get(name, {}).items():
                sheet.merge_range(cells, text)
            for cell, shape in shapes.items():
                sheet.write(cell, _at(rows, cell), shape)
    return content.getvalue()


def sheet_of(rows: str) -> list[list[str]]:
    """Return the csv text `rows` (without quotes in it) as the rows of a sheet."""
    return [line.split(",") for line in rows.splitlines()]


def _at(rows: Rows, cell: str) -> Cell:
    """Return what stands in the cell `B3` of `rows`."""
    return rows[int(cell[1:]) - 1][ord(cell[0]) - ord("A")]
