"""`results.xlsx`: the result as a workbook in which every score is a formula over the reported values."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from quanheng.errors import FindingsError
from quanheng.findings import Finding, Language
from quanheng.report import kinds
from quanheng.report.audit_workbook.compose import composed
from quanheng.report.audit_workbook.file import write_draft

if TYPE_CHECKING:
    from quanheng.engine.result import Result

MOST_UNITS = 20_000
"""Beyond this a spreadsheet program needs minutes to count places, and nobody follows a formula by eye."""
MOST_CELLS = 4_000_000
"""Formulas a workbook may have: what Excel opens in about a minute."""
MOST_NODES = 2_000
"""Nodes of a scheme: a sheet has 16,384 columns, and a node takes up to six of one."""


def write_results_xlsx(result: Result, target: Path, *, language: Language = "zh") -> None:
    """Write `result` to `target` as a workbook for auditors.

    An auditor changes a reported figure and sees every number that follows from it change, in Excel, WPS or
    LibreOffice. The engine's numbers stand beside the formulas as what a viewer shows that does not
    recalculate. What is not computed in the workbook (weights by a statistical method, the decision to
    treat outliers, figures summed from ledgers or of earlier periods, awards) is an input, marked by its
    colour and listed on the last sheet. The same result gives the same bytes.

    Raises:
        FindingsError: the result does not fit a workbook (`fits_workbook`); nothing is written.
    """
    note = workbook_note(result)
    if note is not None:
        raise FindingsError((note,))
    write_draft(composed(result, language), target)


def fits_workbook(result: Result) -> bool:
    """Return whether `result` is small enough for a workbook that a person can work with."""
    return workbook_note(result) is None


def workbook_note(result: Result) -> Finding | None:
    """Return the note that says why there is no workbook of `result`; None if there is one."""
    units, nodes = len(result.wide), len(result.scheme.nodes)
    small = 0 < units <= MOST_UNITS and nodes <= MOST_NODES and units * nodes * _SHEETS_A_NODE <= MOST_CELLS
    return None if small else kinds.NO_WORKBOOK.at(units=units, nodes=nodes)


_SHEETS_A_NODE = 7
"""About how many formulas a node takes for each unit: measure, rule, points, weight, marks, score …"""
