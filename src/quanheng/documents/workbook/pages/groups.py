"""A page a group: its ranking with the scores of the dimensions, beside the group's mean, and as bars."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from quanheng.documents.workbook.draft.draft import Draft, letter
from quanheng.documents.workbook.draft.looks import shades_of
from quanheng.documents.workbook.formulas.rows import FIRST
from quanheng.documents.workbook.pages.facts import Facts, mean_over
from quanheng.documents.workbook.pages.page import BarChart, Cell, Coloured, Page, judged
from quanheng.documents.workbook.sheets.ranking.sheet import TOTAL
from quanheng.engine.frame import columns as c

_HEAD: Final = 3
_TOTAL: Final = 3
"""The column of totals."""
_MOST_BARS: Final = 40
_DECIMALS: Final = 2
"""Shown of a number that the scheme does not round."""


def group_page(
    draft: Draft, facts: Facts, group: str, name: str, contents: str, links: Mapping[int, str]
) -> Page:
    """Return the page of `group`; `links` leads from the position of a unit to its page."""
    rows = draft.rows.groups[group]
    called = _called(draft, group)
    nodes = [node for node in draft.scheme.root.children if group in node.groups]
    keys = [TOTAL, *(c.score(node.code) for node in nodes)]
    decimals = [_decimals(draft.by_key[key].decimals) for key in keys]
    heads = [
        *(draft.say(f"page.{word}") for word in ("place", "unit", "name", "total", "tier")),
        *(draft.name_of(node) for node in nodes),
        *(draft.say(f"page.{word}") for word in ("difference", "judged")),
    ]
    table: list[list[Cell]] = [
        [Cell(draft.say("page.group_title", name=called), "title")],
        [Cell(contents, "link", link=contents)],
        [],
        [Cell(text, "head") for text in heads],
    ]
    last = _HEAD + len(rows) + 1
    for at, row in enumerate(rows):
        position = row - FIRST
        here = _HEAD + 2 + at  # as a workbook counts rows
        total, mean = facts.shown(TOTAL, position), facts.mean(TOTAL, group)
        above, word = facts.judged(total, mean)
        above_cell = f"${letter(len(heads) - 2)}${here}"
        total_cell = f"${letter(_TOTAL)}${here}"
        mean_cell = f"${letter(_TOTAL)}${last + 1}"
        both = f"AND(ISNUMBER({total_cell}),ISNUMBER({mean_cell}))"
        table.append(
            [
                Cell(facts.shown(c.PLACE, position), "live", 0, facts.cell(c.PLACE, position)),
                Cell(draft.rows.units[position], "name"),
                Cell(
                    draft.rows.names[position] or draft.rows.units[position],
                    "link" if position in links else "name",
                    link=links.get(position),
                ),
                Cell(total, "live", decimals[0], facts.cell(TOTAL, position)),
                Cell(facts.shown(c.TIER, position), "live", None, facts.cell(c.TIER, position)),
                *(
                    Cell(facts.shown(key, position), "live", places, facts.cell(key, position))
                    for key, places in zip(keys[1:], decimals[1:], strict=True)
                ),
                Cell(above, "live", decimals[0], f'IF({both},{total_cell}-{mean_cell},"")'),
                Cell(word, "live", None, facts.judging(above_cell)),
            ]
        )
    means = [
        Cell(facts.mean(key, group), "mean", places, mean_over(facts.span(key, rows)))
        for key, places in zip(keys, decimals, strict=True)
    ]
    mean_row = [Cell(draft.say("page.mean"), "mean"), *[Cell(None, "mean")] * 2, means[0], Cell(None, "mean")]
    table.append([*mean_row, *means[1:], *[Cell(None, "mean")] * 2])
    listed = range(_HEAD + 1, last)
    tiers = shades_of(tier.name for tier in draft.scheme.tiers)
    chart = BarChart(
        title=draft.say("page.group_chart", name=called),
        rows=range(_HEAD + 1, _HEAD + 1 + min(len(rows), _MOST_BARS)),
        names=2,
        numbers=(_TOTAL,),
        headings=_HEAD,
        at=(_HEAD, len(heads) + 1),
        lying=True,
    )
    return Page(
        name=name,
        about=draft.say("page.group_about", name=called, count=len(rows)),
        rows=table,
        widths=(8.0, 12.0, 20.0, 11.0, 14.0, *[12.0] * len(nodes), 11.0, 12.0),
        head=_HEAD,
        kept=3,
        charts=(chart,),
        coloured=(
            Coloured(rows=listed, column=_TOTAL + 1, looks=tiers),
            judged(listed, len(heads) - 1, good=draft.say("page.above"), bad=draft.say("page.below")),
        ),
    )


def _called(draft: Draft, group: str) -> str:
    found = next(each for each in draft.scheme.groups if each.code == group)
    return found.name.in_language(draft.language) or group


def _decimals(decimals: int | None) -> int:
    return _DECIMALS if decimals is None else decimals
