"""`results.xlsx`: the result as a workbook in which every score is a formula over the reported values."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Final

from quanheng.documents.workbook.compose import composed
from quanheng.documents.workbook.file.file import write_draft
from quanheng.documents.workbook.formulas.rows import HEAD_ROWS
from quanheng.documents.workbook.pages.all import pages_of
from quanheng.engine.frame import columns as c
from quanheng.findings.finding import Finding, FindingsError, Kind
from quanheng.findings.text import Language

if TYPE_CHECKING:
    from quanheng.engine.results.result import Result

MOST_UNITS = 20_000
"""Beyond this a spreadsheet program needs minutes to count places, and nobody follows a formula by eye."""
MOST_FORMULAS = 2_000_000
"""More take a minute to write and longer to open."""
MOST_PAIRS = 20_000_000
"""Pairs of units that Copeland's rule compares, all groups and nodes together."""
MOST_ROWS = 1_048_576 - HEAD_ROWS
"""Units that a sheet has rows for."""
MOST_NODES = 2_000
"""Nodes of a scheme: a sheet has 16,384 columns, and a node takes up to six of one."""


def write_results_xlsx(
    result: Result,
    target: Path,
    *,
    language: Language = "zh",
    large: bool = False,
    complete: bool = False,
) -> None:
    """Write `result` to `target` as a workbook for auditors.

    An auditor changes a reported figure and sees every number that follows from it change, in Excel, WPS or
    LibreOffice. The engine's numbers stand beside the formulas as what a viewer shows that does not
    recalculate. What is not computed in the workbook (weights by a statistical method, the decision to
    treat outliers, figures summed from ledgers or of earlier periods, awards) is an input, marked by its
    colour and listed on the last sheet. The same result gives the same bytes.

    A `complete` one has a sheet for each unit, up to 60, and the trace; another has one sheet on which a unit
    is chosen, so that scoring stays quick. With `large`, it is written although no person would like to work
    with so large a one.

    Raises:
        FindingsError: the result does not fit a workbook (`workbook_note`); nothing is written.
    """
    note = workbook_note(result, large=large)
    if note is not None:
        raise FindingsError((note,))
    draft = composed(result, language)
    write_draft(draft, target, pages_of(draft, complete=complete))


NO_WORKBOOK: Final = Kind(
    code="QH641",
    severity="note",
    en="no results.xlsx is written: {units} units and {nodes} nodes are too many for a workbook of formulas",
    zh="未生成 results.xlsx：{units}个单位、{nodes}个节点，对公式工作簿来说太多",
    hint_en="read scores.csv and trace.parquet; 'quanheng score --workbook' writes it all the same",
    hint_zh="请看 scores.csv 和 trace.parquet；仍要生成，用 quanheng score --workbook",
)
NO_ROOM: Final = Kind(
    code="QH642",
    severity="note",
    en="no results.xlsx can be written: its sheets have room for {most_units} units and {most_nodes} nodes, "
    "here are {units} and {nodes}",
    zh="无法生成 results.xlsx：工作表容纳{most_units}个单位、{most_nodes}个节点，"
    "此处有{units}个单位、{nodes}个节点",
    hint_en="read scores.csv and trace.parquet; 'quanheng explain' shows every step of a unit",
    hint_zh="请看 scores.csv 和 trace.parquet；用 quanheng explain 查看某单位的每一步",
)


def workbook_note(result: Result, *, large: bool = False) -> Finding | None:
    """Return the note that says why there is no workbook of `result`; None if there is one.

    With `large` it only has to fit the sheets of a workbook.
    """
    units, nodes = len(result.wide), len(result.scheme.nodes)
    if units > MOST_ROWS or nodes > MOST_NODES:
        room = {"most_units": f"{MOST_ROWS:,}", "most_nodes": f"{MOST_NODES:,}"}
        return NO_ROOM.at(units=units, nodes=nodes, **room)
    if large or fits_workbook(result):
        return None
    return NO_WORKBOOK.at(units=units, nodes=nodes)


def fits_workbook(result: Result) -> bool:
    """Return whether `result` is small enough for a workbook that a person can work with."""
    units, nodes = len(result.wide), len(result.scheme.nodes)
    small = 0 < units <= MOST_UNITS and nodes <= MOST_NODES
    return small and units * nodes * _FORMULAS_A_NODE <= MOST_FORMULAS and _pairs(result) <= MOST_PAIRS


def _pairs(result: Result) -> int:
    by_pairs = [node for node in result.scheme.dimensions if node.aggregate.in_pairs]
    if not by_pairs:
        return 0
    sizes = Counter(result.wide.get_column(c.GROUP).to_list())
    return sum(sizes[group] ** 2 for node in by_pairs for group in node.groups)


_FORMULAS_A_NODE = 7
"""About how many formulas a node takes for each unit: measure, rule, points, weight, marks, score …"""
