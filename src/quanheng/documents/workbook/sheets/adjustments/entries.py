"""The sheet of entries: the marks given and taken by hand, one line an entry, and their sums."""

from __future__ import annotations

from typing import Final

from quanheng.documents.workbook.draft.draft import GROUP_FIRST, Draft, letter
from quanheng.documents.workbook.formulas.cells import Column, Shown, quoted
from quanheng.documents.workbook.formulas.references import here
from quanheng.engine.frame import columns as c
from quanheng.engine.stages.adjustments.categories import KINDS
from quanheng.scheme.tree.scheme import Node

FIELDS = ("unit", "kind", "node", "marks", "reason", "date", "evidence", "file", "cell")
"""The columns of the sheet of entries, by the book's names."""
_CATEGORY: Final = "category"


def fields_of(draft: Draft) -> tuple[str, ...]:
    """Return the columns of the sheet of entries: with their category where the scheme has categories."""
    return (*FIELDS, _CATEGORY) if any(map(draft.scheme.adjustments.categories_of, KINDS)) else FIELDS


def entries_of(draft: Draft) -> tuple[tuple[Shown, ...], ...]:
    """Return the entries of the book that count in this result, one a line; none without a book."""
    book = draft.result.book
    if book is None:
        return ()
    known = set(draft.rows.units)
    return tuple(
        tuple(_shown(row.get(field)) for field in fields_of(draft))
        for row in book.adjustments.iter_rows(named=True)
        if row["unit"] in known
    )


def marks_in_entries(draft: Draft, node: Node, kind: str, category: str) -> str:
    """Return the sum of the entries of `kind` at `node` for the unit of the row, "" if there are none.

    Where the kind has categories it is that of the entries of `category`, "" being in none.
    """
    if not draft.entries:
        return _from_engine(draft, node, kind, category)
    of_kind = f"({_range(draft, 'kind')}={quoted(kind)})"
    at_node = f"EXACT({_range(draft, 'node')},{quoted(node.code)})"
    if draft.scheme.adjustments.categories_of(kind):
        at_node += f"*EXACT({_range(draft, _CATEGORY)},{quoted(category)})"
    return f"SUMPRODUCT({_matching(draft)}*{of_kind}*{at_node}*ABS({_range(draft, 'marks')}))"


def vetoes_in_entries(draft: Draft) -> str:
    """Return how many vetoes were entered for the unit of the row, "" if there are no entries."""
    if not draft.entries:
        return ""
    return f"SUMPRODUCT({_matching(draft)}*({_range(draft, 'kind')}={quoted('veto')}))"


def _matching(draft: Draft) -> str:
    # EXACT tells capitals apart, as the engine does; SUMIFS would not, and would take * for anything
    return f"EXACT({_range(draft, 'unit')},{here('adjustments|unit')})"


def _range(draft: Draft, field: str) -> str:
    column = letter(fields_of(draft).index(field))
    last = GROUP_FIRST + len(draft.entries) - 1
    return f"'{draft.say('sheet.entries')}'!${column}${GROUP_FIRST}:${column}${last}"


def _from_engine(draft: Draft, node: Node, kind: str, category: str) -> str:
    """Without a book: write what the engine was given beside the computed adjustments as an input."""
    asked = draft.facts.numbers(asked_key(draft, node, kind, category))
    computed = [0.0] * len(asked)
    for index, rule in enumerate(draft.scheme.adjustments.rules):
        is_here = rule.kind == kind and rule.node == node.code and (rule.category or "") == category
        if is_here and rule.marks is not None:
            gates = draft.facts.raw(c.adjustment_gate(index)) if rule.when else [True] * len(asked)
            marks = draft.facts.numbers(c.adjustment_rule(index))
            computed = [
                total + (mark or 0.0) * bool(gate)
                for total, mark, gate in zip(computed, marks, gates, strict=True)
            ]
    given = [round((claim or 0.0) - total, _NOISE) for claim, total in zip(asked, computed, strict=True)]
    if not any(given):
        return "0"
    key = f"entered|{node.code}|{kind}|{category}"
    draft.add(
        "adjustments",
        Column(
            key=key,
            title=draft.say("adjustments.entered", name=draft.name_of(node)),
            role="frozen",
            values=given,
            code=node.code,
            groups=frozenset(node.groups),
        ),
    )
    return here(key)


def asked_key(draft: Draft, node: Node, kind: str, category: str) -> str:
    """Return the key of what is asked for at `node`: in `category`, where parts have caps of their own."""
    is_divided = draft.scheme.adjustments.limit_of(kind).is_divided
    return c.claim_in(node.code, kind, category) if is_divided else c.claim(node.code, kind)


def _shown(value: object) -> Shown:
    if value is None or isinstance(value, str):
        return value
    return float(value) if isinstance(value, int | float) else str(value)


_NOISE = 9
