"""Rows composed a column at a time are what xlsxwriter writes a cell at a time."""

from __future__ import annotations

import re
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Final

import pytest
import xlsxwriter
from tests.documents.cases import CASES
from tests.documents.libreoffice import sheets_of

from quanheng.documents.workbook.compose import composed
from quanheng.documents.workbook.draft.draft import Draft, UnitSheet
from quanheng.documents.workbook.draft.looks import looks_of
from quanheng.documents.workbook.file.unit_rows import unit_rows
from quanheng.documents.workbook.formulas.rows import FIRST
from quanheng.documents.workbook.workbook import write_results_xlsx

_CASES: Final = {case.name: case for case in CASES}


@pytest.mark.parametrize("name", ["adjusted", "means", "gaps", "computed"])
def test_rows_are_what_xlsxwriter_writes_cell_by_cell(name: str, tmp_path: Path) -> None:
    """The cases have several groups, array formulas, absent values, texts, and inputs from the engine."""
    draft = composed(_CASES[name].scored(tmp_path), "zh")

    for sheet in draft.columns:
        with xlsxwriter.Workbook(str(tmp_path / "unused.xlsx")) as workbook:
            rows = "".join(unit_rows(draft, sheet, looks_of(workbook)))
        assert rows == _cell_by_cell(draft, sheet, tmp_path / "cells.xlsx")


def test_more_rows_than_are_put_together_at_a_time_keep_their_order(tmp_path: Path) -> None:
    names = [f"u{number:04}" for number in range(600)]
    data = "unit,period,x\n" + "".join(f"{name},2023,{number}\n" for number, name in enumerate(names))
    scheme = "items: {x: x}\nindicators:\n  x: {measure: x, weight: 100, rule: percentile}\n"
    result = replace(_CASES["scales"], name="many", scheme=scheme, data=data).scored(tmp_path)

    write_results_xlsx(result, tmp_path / "many.xlsx")

    sheets = sheets_of(tmp_path / "many.xlsx")
    assert [row[0] for row in sheets["数据"][FIRST - 1 :]] == names[::-1]
    assert [row[3] for row in sheets["数据"][FIRST - 1 :]] == [float(value) for value in range(599, -1, -1)]


def test_names_are_written_as_they_are(tmp_path: Path) -> None:
    names = ["<r>rich</r>", "a & b < c", "_x0041_", "😀 park", 'say "x"', "SORT(a)"]
    case = _CASES["scales"]
    units = [line.split(",")[0] for line in case.data.splitlines()[1:]]
    lines = "".join(
        f'{unit},"{name.replace(chr(34), 2 * chr(34))}"\n' for unit, name in zip(units, names, strict=True)
    )

    write_results_xlsx(replace(case, units="unit,name\n" + lines).scored(tmp_path), tmp_path / "names.xlsx")

    rows = sheets_of(tmp_path / "names.xlsx")["结果"][FIRST - 1 :]
    assert {row[0]: row[1] for row in rows} == dict(zip(units, names, strict=True))


def _cell_by_cell(draft: Draft, sheet: UnitSheet, target: Path) -> str:
    """Return the XML of the same rows as xlsxwriter writes it when each cell is given to it."""
    with xlsxwriter.Workbook(str(target), {"constant_memory": True}) as workbook:
        looks, written = looks_of(workbook), workbook.add_worksheet()
        for row in draft.rows.all:
            for index, column in enumerate(draft.columns[sheet]):
                group = draft.rows.group_of[row - FIRST]
                if column.groups is not None and group not in column.groups:
                    continue
                value = None if column.values is None else column.values[row - FIRST]
                look = looks(column.role, column.decimals)
                if column.formula is not None:
                    pieces = draft.addresses.rendered(
                        column.formula, group=group, sheet=draft.say(f"sheet.{sheet}")
                    )
                    formula, shown = f"={str(row).join(pieces)}", "" if value is None else value
                    if column.array:
                        written.write_array_formula(
                            row - 1, index, row - 1, index, f"{{{formula}}}", look, shown
                        )
                    else:
                        written.write_formula(row - 1, index, formula, look, shown)
                elif isinstance(value, float):
                    written.write_number(row - 1, index, value, look)
                else:
                    written.write_blank(row - 1, index, None, look) if not value else written.write_string(
                        row - 1, index, value, look
                    )
    with zipfile.ZipFile(target) as file:
        found = re.search("<sheetData>(.*)</sheetData>", file.read("xl/worksheets/sheet1.xml").decode())
    assert found is not None
    return found[1]
