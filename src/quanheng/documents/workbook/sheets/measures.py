"""The sheet of measures: each indicator's formula, and before it the steps that need a cell of their own."""

from __future__ import annotations

from dataclasses import replace

from quanheng.documents.workbook.draft.draft import Draft
from quanheng.documents.workbook.formulas.cells import NOT_APPLICABLE, Column, quoted
from quanheng.documents.workbook.formulas.formulas import translated
from quanheng.documents.workbook.formulas.parts import Part, Strict, in_a_cell, settled
from quanheng.documents.workbook.formulas.references import here
from quanheng.documents.workbook.sheets.data import add_identity, item_key, target_key
from quanheng.documents.workbook.sheets.vocabulary import vocabulary
from quanheng.engine.formulas.measures import is_settled, needs_target
from quanheng.engine.frame import columns as c
from quanheng.scheme.tree.named import names_nodes
from quanheng.scheme.tree.scheme import Indicator


def add_measures(draft: Draft) -> None:
    """Fill the sheet of measures, live over the sheet of reported values."""
    add_identity(draft, "measures")
    if names_nodes(draft.scheme):
        from quanheng.documents.workbook.sheets.points.named import add_named_nodes  # noqa: PLC0415  few do

        add_named_nodes(draft)
    for indicator in draft.scheme.indicators:
        _add_measure(draft, indicator)


def _add_measure(draft: Draft, indicator: Indicator) -> None:
    words = vocabulary(draft, "measures", indicator=indicator)
    formula = in_a_cell(_settled(translated(indicator.measure.tree, words), indicator))
    # a target or anchor stated as not applicable makes the indicator so
    stated = [here(item_key(draft, item)) for item in dict.fromkeys(indicator.rule.items())]
    if needs_target(indicator):
        stated.insert(0, here(target_key(draft, indicator.code)))
    if stated:
        none = quoted(NOT_APPLICABLE)
        away = ",".join(f"{cell}={none}" for cell in stated)
        away = f"OR({away})" if len(stated) > 1 else away
        formula = f"IF({away},{none},{formula})"
    draft.add(
        "measures",
        Column(
            key=c.measure(indicator.code),
            title=draft.name_of(indicator),
            role="live",
            values=draft.facts.measured(indicator.code),
            formula=formula,
            note=indicator.measure.text,
            code=indicator.code,
            groups=frozenset(indicator.groups),
        ),
    )


def _settled(part: Part, indicator: Indicator) -> Part:
    if is_settled(indicator) and isinstance(part, Strict):
        return replace(part, text=settled(part.text))
    return part
