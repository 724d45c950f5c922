"""What one unit earned, node by node, beside its group: a page each, or one page on which it is chosen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

from quanheng.documents.workbook.draft.draft import Draft, letter
from quanheng.documents.workbook.draft.looks import Look
from quanheng.documents.workbook.formulas.cells import Shown
from quanheng.documents.workbook.formulas.rows import FIRST
from quanheng.documents.workbook.pages.facts import Facts, mean_over
from quanheng.documents.workbook.pages.page import EMPTY, BarChart, Cell, Choice, Page, judged
from quanheng.documents.workbook.sheets.nodes import side_by_side
from quanheng.documents.workbook.sheets.ranking.sheet import TOTAL
from quanheng.engine.frame import columns as c
from quanheng.findings.value import Value
from quanheng.scheme.fields.codes import ROOT
from quanheng.scheme.tree.scheme import Node

_HEAD: Final = 5
_FIRST: Final = _HEAD + 2
"""The row of the first node, as a workbook counts rows."""
_COLUMNS: Final = ("node", "parent", "marks", "score", "points", "mean_points", "difference", "judged")
_POINTS, _MEAN, _ABOVE, _JUDGED = 4, 5, 6, 7
_WIDTHS: Final = (30.0, 18.0, 10.0, 10.0, 12.0, 10.0, 10.0, 12.0)
_CHART: Final = len(_COLUMNS) + 1
_MOST_BARS: Final = 30
_DECIMALS: Final = 2
_LIST: Final = 22
"""The column of the list from which a unit is chosen: right of the chart, and not printed."""
_LIST_HEAD: Final = 4
_CHART_ROWS: Final = 28
_CHART_END: Final = 17
"""The rows and the last column that the bars reach over."""
CHOSEN: Final = (3, 1)
"""The cell in which a unit is chosen, from 0."""


class _Picked(Value):
    """Whose figures a page shows: the formulas of a column's cell and of the group's mean."""

    position: int
    cell: Callable[[str], str]
    mean: Callable[[str], str]


def unit_page(draft: Draft, facts: Facts, position: int, name: str, contents: str) -> Page:
    """Return the page of the unit at `position`, from 0."""
    group = draft.rows.group_of[position]
    rows = draft.rows.groups[group]
    picked = _Picked(
        position=position,
        cell=lambda key: facts.cell(key, position),
        mean=lambda key: mean_over(facts.span(key, rows)),
    )
    nodes = [node for node in side_by_side(draft.scheme.root) if group in node.groups]
    unit, called = draft.rows.units[position], draft.rows.names[position]
    title = f"{called} ({unit})" if called and called != unit else unit
    groups = _groups(draft)
    head = [
        [Cell(title, "title")],
        [Cell(contents, "link", link=contents)],
        [Cell(draft.say(f"page.{word}"), "head") for word in ("unit", "group", "place", "total", "tier")],
        [Cell(unit, "name"), Cell(groups[group], "name"), *_outcome(facts, picked)],
        [],
    ]
    about = draft.say("page.unit_about", name=title)
    return replace(_page(draft, facts, picked, nodes, head), name=name, about=about)


def chooser_page(draft: Draft, facts: Facts, name: str, contents: str) -> Page:
    """Return the page on which a unit is chosen from a list, and its figures are looked up.

    The entries of the list begin with the number of the unit's row among all, so that no two are alike and
    none is looked for by its text.
    """
    rows = draft.rows
    number = f"${letter(_LIST + 3)}${_LIST_HEAD + 1}"
    first, last = _LIST_HEAD + 2, _LIST_HEAD + 1 + len(rows.units)
    ends = [
        f"INDEX(${column}${first}:${column}${last},{number})"
        for column in (letter(_LIST + 1), letter(_LIST + 2))
    ]

    def mean(key: str) -> str:
        span = facts.span(key, rows.all)
        return mean_over(f"INDEX({span},{ends[0]}):INDEX({span},{ends[1]})")

    def cell(key: str) -> str:
        found = f"INDEX({facts.span(key, rows.all)},{number})"
        return f'IF({found}="","",{found})'

    picked = _Picked(position=0, cell=cell, mean=mean)
    groups = _groups(draft)
    labels = [_label(draft, position) for position in range(len(rows.units))]
    group_key, name_key = "ranking|group", "ranking|name"
    words = ("chosen", "unit", "group", "place", "total", "tier")
    chosen = [
        Cell(rows.names[0] or None, "name", None, cell(name_key)),
        Cell(labels[0], "reported"),
        Cell(groups[rows.group_of[0]], "name", None, cell(group_key)),
        *_outcome(facts, picked),
    ]
    head = [
        [Cell(draft.say("page.chooser_title"), "title")],
        [Cell(contents, "link", link=contents)],
        [Cell(draft.say(f"page.{word}"), "head") for word in ("name", "chosen", *words[2:])],
        chosen,
        [],
    ]
    page = _page(draft, facts, picked, side_by_side(draft.scheme.root), head)
    table = [list(row) for row in page.rows]
    number_cell = Cell(1.0, "note", 0, 'VALUE(LEFT($B$4,FIND(".",$B$4)-1))')
    _set(table, _LIST_HEAD, [Cell(draft.say("page.list"), "note"), EMPTY, EMPTY, number_cell])
    for position, label in enumerate(labels):
        span = rows.groups[rows.group_of[position]]
        numbers = (float(span.start - FIRST + 1), float(span.stop - FIRST))
        _set(table, _LIST_HEAD + 1 + position, [Cell(label, "note"), *(Cell(n, "note", 0) for n in numbers)])
    choice = Choice(
        cell=CHOSEN,
        column=_LIST,
        rows=range(_LIST_HEAD + 1, _LIST_HEAD + 1 + len(labels)),
    )
    return replace(
        page,
        name=name,
        about=draft.say("page.chooser_about", count=len(rows.units)),
        rows=table,
        widths=(*page.widths[:1], 30.0, *page.widths[2:]),
        printed=(max(len(page.rows), _CHART_ROWS) - 1, _CHART_END),
        choice=choice,
    )


def _page(draft: Draft, facts: Facts, picked: _Picked, nodes: Sequence[Node], head: list[list[Cell]]) -> Page:
    """Return a page without its name: below the `head` a row for each of `nodes`, beside them the bars."""
    heads = [Cell(draft.say(f"page.{word}"), "head") for word in _COLUMNS]
    lines = [_line(draft, facts, picked, node, row) for row, node in enumerate(nodes, start=_FIRST)]
    children = min(len([node for node in draft.scheme.root.children if node in nodes]), _MOST_BARS)
    chart = BarChart(
        title=draft.say("page.unit_chart"),
        rows=range(_HEAD + 2, _HEAD + 2 + children),
        names=0,
        numbers=(_POINTS, _MEAN),
        headings=_HEAD,
        at=(_HEAD, _CHART),
    )
    above_or_below = judged(
        range(_HEAD + 1, _HEAD + 1 + len(nodes)),
        _JUDGED,
        good=draft.say("page.above"),
        bad=draft.say("page.below"),
    )
    return Page(
        name="",
        about="",
        rows=[*head, heads, *lines],
        widths=_WIDTHS,
        head=_HEAD,
        kept=1,
        charts=(chart,) if children else (),
        coloured=(above_or_below,),
    )


def _line(draft: Draft, facts: Facts, picked: _Picked, node: Node, row: int) -> list[Cell]:
    """Return the row of a node: its marks, score and points, the mean of the group, and how far it is off."""
    group = draft.rows.group_of[picked.position]
    parent = draft.scheme.parent_of(node.code)
    key = c.points(node.code)
    points, mean = facts.shown(key, picked.position), facts.mean(key, group)
    above, word = facts.judged(points, mean)
    cells = {at: f"${letter(at)}${row}" for at in (_POINTS, _MEAN, _ABOVE)}
    both = f"AND(ISNUMBER({cells[_POINTS]}),ISNUMBER({cells[_MEAN]}))"
    look: Look = "mean" if node.code == ROOT else "live"
    score = TOTAL if node.code == ROOT else c.score(node.code)

    def taken(column: str) -> Cell:
        shown: Shown = facts.shown(column, picked.position)
        return Cell(shown, look, _decimals(draft, column), picked.cell(column))

    indent = "　" * draft.scheme.level_of(node.code)
    return [
        Cell(indent + draft.name_of(node), "mean" if node.code == ROOT else "name"),
        Cell("" if parent is None or parent.code == ROOT else draft.name_of(parent), look),
        taken(c.marks(node.code)),
        taken(score),
        taken(key),
        Cell(mean, look, _DECIMALS, picked.mean(key)),
        Cell(above, look, _DECIMALS, f'IF({both},{cells[_POINTS]}-{cells[_MEAN]},"")'),
        Cell(word, look, None, facts.judging(cells[_ABOVE])),
    ]


def _outcome(facts: Facts, picked: _Picked) -> list[Cell]:
    return [
        Cell(
            facts.shown(key, picked.position),
            "live",
            None if key == c.TIER else 0 if key == c.PLACE else _decimals(facts.draft, key),
            picked.cell(key),
        )
        for key in (c.PLACE, TOTAL, c.TIER)
    ]


def _decimals(draft: Draft, key: str) -> int:
    decimals = draft.by_key[key].decimals
    return _DECIMALS if decimals is None else decimals


def _label(draft: Draft, position: int) -> str:
    unit, name = draft.rows.units[position], draft.rows.names[position]
    return f"{position + 1}. {name} ({unit})" if name and name != unit else f"{position + 1}. {unit}"


def _groups(draft: Draft) -> dict[str, str]:
    return {group.code: group.name.in_language(draft.language) or group.code for group in draft.scheme.groups}


def _set(table: list[list[Cell]], row: int, cells: Sequence[Cell]) -> None:
    """Put `cells` into the columns of the list."""
    while len(table) <= row:
        table.append([])
    table[row] += [EMPTY] * (_LIST - len(table[row]))
    table[row] += cells
