"""Reports of units as PDF/A-2a with PDF/UA-1: one after the other with one typesetter, or bound into one."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any, Final, assert_never

from quanheng.documents.blocks import Column, Note, Paragraph, Table
from quanheng.documents.compose.units.report import Effects, Part, Section, Strip, UnitReport
from quanheng.documents.compose.waterfall import Waterfall
from quanheng.documents.fonts.choice import Fonts
from quanheng.documents.fonts.missing import Covering, covering
from quanheng.documents.fonts.roles import Role
from quanheng.documents.pdf.beside import beside
from quanheng.documents.pdf.data import faces_of
from quanheng.documents.pdf.room import letters
from quanheng.documents.pdf.typesetting import compiler_for, set_pdf
from quanheng.findings.finding import Finding, require_no_errors
from quanheng.findings.text import Language, Text
from quanheng.findings.visible import json_text, printable

_TEMPLATE: Final = Path(__file__).with_name("units.typ")
_MANY: Final = 12
"""So many reports are set by two processes: starting the second takes as long as setting a few."""
_WORDS: Final = {
    "report": Text(zh="诊断报告", en="Unit report"),
    "reports": Text(zh="诊断报告汇编", en="Unit reports"),
    "page": Text(zh="第 {page} 页", en="page {page}"),
    "step": Text(zh="项目", en="Step"),
    "change": Text(zh="变动", en="Change"),
    "amount": Text(zh="累计", en="Up to here"),
    "bar": Text(zh="图示", en="Drawn"),
    "own": Text(zh="本单位", en="this unit"),
    "mean": Text(zh="组均", en="mean"),
    "others": Text(zh="本组其他单位", en="others of the group"),
}


class Press:
    """Sets reports of one run: the typesetter, its fonts and the template are there once."""

    def __init__(self, fonts: Fonts, reports: Sequence[UnitReport]) -> None:
        """Take the fonts, and look through all that will be set for characters that they lack.

        Raises:
            FindingsError: a character is in no font.
            UsageError: the typesetter is not installed.
        """
        self._covering: Covering = covering(fonts, _texts(reports))
        require_no_errors(self._covering.findings)
        self._fonts = fonts
        self._compiler = compiler_for(fonts.folders)
        self._template = _TEMPLATE.read_bytes()

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What was found of the fonts."""
        return self._covering.findings

    def write(self, reports: Sequence[UnitReport], target: Path) -> None:
        """Write one report, or several bound into one with a bookmark each, to the file `target`."""
        target.write_bytes(self._set(reports))

    def each(self, reports: Sequence[UnitReport]) -> Iterator[bytes]:
        """Yield each report as a file of its own, in their order; where they are many, on two cores."""
        if len(reports) < _MANY or (os.cpu_count() or 1) == 1:
            for report in reports:
                yield self._set((report,))
            return
        with beside(_TEMPLATE, self._fonts.folders) as second:
            for at in range(0, len(reports), 2):
                mine, other = reports[at : at + 1], reports[at + 1 : at + 2]
                taken = bool(other) and second.begin(self._paper(other), other[0].date)
                yield self._set(mine)
                if other:
                    yield (second.finished() if taken else None) or self._set(other)

    def _set(self, reports: Sequence[UnitReport]) -> bytes:
        return set_pdf(self._compiler, self._template, self._paper(reports), reports[0].date)

    def _paper(self, reports: Sequence[UnitReport]) -> str:
        return json_text(self._plain(reports), indent=None)

    def _plain(self, reports: Sequence[UnitReport]) -> dict[str, Any]:
        first = reports[0]
        language = first.language
        words = {key: text.in_language(language) for key, text in _WORDS.items()}
        bound = len(reports) > 1
        name = words["reports"] if bound else f"{first.name} {words['report']}"
        return {
            "name": _text(f"{name} {first.title} {first.round}"),
            "origin": _text(first.origin),
            "language": language,
            "date": {"year": first.date.year, "month": first.date.month, "day": first.date.day},
            "bound": bound,
            "words": words,
            "faces": faces_of(self._fonts, self._covering),
            "reports": [_report(report) for report in reports],
        }


def _report(report: UnitReport) -> dict[str, Any]:
    return {
        **{name: _text(getattr(report, name)) for name in ("name", "group", "title", "round", "reader")},
        "keys": [
            {"label": _text(key.label), "figure": _text(key.figure), "note": _text(key.note)}
            for key in report.keys
        ],
        "pages": [
            {
                "letters": letters(report, number),
                "sections": [_section(section, report.language) for section in page],
            }
            for number, page in enumerate(report.pages)
        ],
        "appendix": [_section(section, report.language) for section in report.appendix],
    }


def _section(section: Section, language: Language) -> dict[str, Any]:
    return {"heading": _text(section.heading), "parts": [_part(part, language) for part in section.parts]}


def _part(part: Part, language: Language) -> dict[str, Any]:
    match part:
        case Paragraph(text=text, lead=lead):
            return {"kind": "paragraph", "text": _text(text), "lead": _text(lead)}
        case Note(text=text):
            return {"kind": "note", "text": _text(text)}
        case Table():
            return {
                "kind": "table",
                "columns": [_column(column) for column in part.columns],
                "rows": [[_text(cell) for cell in row] for row in part.rows],
            }
        case Strip():
            return {
                "kind": "strip",
                "own": part.own,
                "others": list(part.others),
                "mean": part.mean,
                "sentence": _text(part.sentence),
            }
        case Waterfall():
            return _waterfall(part, language)
        case Effects():
            most = max((abs(row.marks) for row in part.rows), default=Decimal(0))
            return {
                "kind": "effects",
                "title": _text(part.title),
                "columns": [_text(column) for column in part.columns],
                "rows": [
                    {
                        "cells": [_text(each) for each in (row.name, row.points, row.group, row.difference)],
                        "shown": _text(row.shown),
                        "share": float(row.marks / most) if most else 0.0,
                    }
                    for row in part.rows
                ],
            }
        case _:
            assert_never(part)


def _column(column: Column) -> dict[str, str]:
    return {"heading": _text(column.heading), "kind": column.kind}


def _waterfall(way: Waterfall, language: Language) -> dict[str, Any]:
    """Return the rows of a waterfall: label, change, amount reached, and where its bar begins and ends.

    Bars lie between 0 and 1, over the amounts that are passed on the way.
    """
    amounts = [way.start]
    for step in way.steps:
        amounts.append(amounts[-1] + step.change)
    least, most = min(amounts), max(amounts)
    span = most - least or Decimal(1)

    def at(amount: Decimal) -> float:
        return float((amount - least) / span)

    rows = [{"label": _text(way.start_label.in_language(language)), "change": "", "amount": f"{way.start}"}]
    marks = [{"from": at(way.start), "to": at(way.start), "sign": 0}]
    for step, before, after in zip(way.steps, amounts, amounts[1:], strict=False):
        label = _text(step.label.in_language(language))
        rows.append({"label": label, "change": f"{step.change:+}", "amount": f"{after}"})
        marks.append({"from": at(before), "to": at(after), "sign": 1 if step.change > 0 else -1})
    rows.append({"label": _text(way.end_label.in_language(language)), "change": "", "amount": f"{way.end}"})
    marks.append({"from": at(way.end), "to": at(way.end), "sign": 0})
    return {"kind": "waterfall", "rows": [row | mark for row, mark in zip(rows, marks, strict=True)]}


def _text(text: str) -> str:
    return printable(text)


def _texts(reports: Sequence[UnitReport]) -> dict[Role, str]:
    """Return all characters that are set in each kind of font."""
    found: set[str] = set()
    for report in reports:
        found.update(json_text(_report(report), indent=None))
    for text in _WORDS.values():
        found.update(text.zh + text.en)
    letters = "".join(sorted(letter for letter in found if letter >= " "))
    return {"body": letters, "heading": letters}
