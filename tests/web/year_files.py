"""The files that people hand in through the year: a book, people, assignments, evidence."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Final

import xlsxwriter

SCHEME: Final = """\
quanheng: 1
id: year
title: {zh: 年度考核, en: The year}
round: 2024
items:
  gdp: {name: 地区生产总值, measured_in: 亿元, kind: cumulative, every: year, from: 统计局}
  rate: {name: 增速, measured_in: '%', kind: rate, every: year, from: 统计局}
indicators:
  output: {name: 总量, measure: gdp, weight: 60, rule: {scale: {worst: 0, best: 200}}}
  growth: {name: 增速, measure: rate, weight: 40, rule: {scale: {worst: 0, best: 10}}}
"""
UNITS: Final = "unit,name\nT1,镇一\nT2,镇二\nT3,镇三\n"
EVIDENCE: Final = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
_PEOPLE: Final = (
    ("登录名", "姓名", "角色", "单位"),
    ("li", "李某", "考核办", ""),
    ("sun", "孙某", "考核办", ""),
    ("wang", "王某", "填报人", ""),
    ("zhao", "赵某", "填报人", ""),
    ("chen", "陈某", "被考核单位", "T1"),
    ("zhou", "周某", "领导", ""),
    ("wu", "吴某", "审计", ""),
)
_UNITS: Final = (("单位", "名称"), ("T1", "镇一"), ("T2", "镇二"), ("T3", "镇三"))
_TASKS: Final = (
    ("数据项", "单位", "填报人"),
    ("", "镇一、镇二", "wang"),
    ("", "T3", "zhao"),
)


def book(folder: Path) -> Path:
    """Pack a folder of a scheme and its units."""
    made = folder / "考核册.zip"
    with zipfile.ZipFile(made, "w") as packed:
        packed.writestr("scheme.yaml", SCHEME)
        packed.writestr("units.csv", UNITS)
    return made


def people(folder: Path) -> Path:
    """Write the workbook of people and units."""
    return _workbook(folder / "人员.xlsx", _UNITS, _PEOPLE)


def tasks(folder: Path) -> Path:
    """Write the workbook that says who reports what."""
    return _workbook(folder / "任务.xlsx", _TASKS)


def _workbook(file: Path, *sheets: tuple[tuple[str, ...], ...]) -> Path:
    with xlsxwriter.Workbook(file) as written:
        for rows in sheets:
            sheet = written.add_worksheet()
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    return file
