"""Conditions of the scheme as formulas: of the rule `met`, and wherever something holds or fails."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import narwhals as nw

from quanheng.documents.workbook.draft.draft import Draft, UnitSheet
from quanheng.documents.workbook.draft.numbers import POSITION
from quanheng.documents.workbook.formulas.cells import (
    MISSING,
    NOT_APPLICABLE,
    UNDEFINED,
    Column,
    Shown,
    quoted,
)
from quanheng.documents.workbook.formulas.formulas import Vocabulary, unchecked
from quanheng.documents.workbook.formulas.parts import Strict, as_truth, state_of
from quanheng.documents.workbook.formulas.references import by_group, here
from quanheng.documents.workbook.sheets.data import item_key, target_key
from quanheng.documents.workbook.sheets.nodes import weight_key
from quanheng.engine.formulas.expressions import compiled
from quanheng.engine.formulas.measures import scope_of
from quanheng.engine.formulas.operations import Compiled
from quanheng.engine.formulas.pooled import Wanted, with_pooled
from quanheng.engine.frame import columns as c
from quanheng.engine.frame.comparing import ordering
from quanheng.engine.stages.points.points import marks_of
from quanheng.findings.value import Value
from quanheng.scheme.formulas.tree import Call, Expression, Formula, Span, names_in
from quanheng.scheme.rules.anchors import Direction
from quanheng.scheme.tree.scheme import Indicator
from quanheng.scheme.tree.uses import counting_items
from quanheng.scheme.tree.worth import with_worth, worth_stated_at


def met_formula(draft: Draft, condition: Formula, indicator: Indicator, value: str) -> str:
    """Return 100 where `condition` over `x`, `target` and items holds, 0 where it fails, else its state."""
    part = _of_rule(draft, condition, indicator, value)
    return _rated(f"IF({as_truth(part)},100,0)", value, part)


def marks_formula(draft: Draft, formula: Formula, indicator: Indicator, value: str) -> str:
    """Return the points of the marks that `formula` gives over `x`, `target`, `marks`, items."""
    part = _of_rule(draft, formula, indicator, value)
    return _rated(f"100*{part.text}/{_worth(draft, indicator)}", value, part)


def _worth(draft: Draft, indicator: Indicator) -> str:
    return by_group(weight_key(worth_stated_at(draft.scheme, indicator.code)))


def _rated(points: str, value: str, part: Strict) -> str:
    cells = dict.fromkeys([value, *part.cells])
    # of a value, the rule does not apply where what it asks for does not
    away = f"IF(ISNUMBER({value}),{state_of(list(cells))},{quoted(MISSING)})"
    return f"IF(COUNT({','.join(cells)})={len(cells)},{points},{away})"


def met_truth(draft: Draft, condition: Formula, indicator: Indicator, value: str) -> str:
    """Return whether `condition` holds, as something that is true or false: left open it does not hold."""
    part = _of_rule(draft, condition, indicator, value)
    if not part.cells:
        return as_truth(part)
    return f"IF(COUNT({','.join(part.cells)})={len(part.cells)},{as_truth(part)},FALSE)"


def _of_rule(draft: Draft, formula: Formula, indicator: Indicator, value: str) -> Strict:
    names = {"x": Named(_cell(value), _value(draft, indicator))}
    if "target" in names_in(formula.tree):
        goal = target_key(draft, indicator.code)
        names["target"] = Named(_cell(here(goal)), _target(draft, indicator))
    if "marks" in names_in(formula.tree):
        value_of = Compiled(value=marks_of(with_worth(indicator, draft.scheme)))
        names["marks"] = Named(Strict(text=_worth(draft, indicator)), value_of)
    words = vocabulary(draft, "rules", indicator=indicator, names=names, judging=True)
    return unchecked(formula.tree, words)


def verdict(tree: Expression, words: Vocabulary) -> str:
    """Return the formula that is 1 where the condition `tree` holds, 0 where it fails, else empty."""
    part = unchecked(tree, words)
    decided = f"IF({as_truth(part)},1,0)"
    if not part.cells:
        return decided
    return f"IF(COUNT({','.join(part.cells)})={len(part.cells)},{decided},{quoted(MISSING)})"


def _value(draft: Draft, indicator: Indicator) -> Compiled:
    """Return what the engine takes `x` for; only a measure itself shows that it is not applicable."""
    value = nw.col(c.treated(indicator.code))
    if draft.by_key[c.treated(indicator.code)].key != c.measure(indicator.code):
        return Compiled(value=value)
    reason = nw.col(c.absence(indicator.code))
    return Compiled(value=value, not_applicable=(reason == c.NOT_APPLICABLE).fill_null(value=False))


def _target(draft: Draft, indicator: Indicator) -> Compiled:
    column, flag = c.target(indicator.code), c.target_na(indicator.code)
    value = nw.col(column) if draft.facts.has(column) else nw.lit(None, dtype=nw.Float64())
    return Compiled(
        value=value,
        not_applicable=nw.col(flag).fill_null(value=False) if draft.facts.has(flag) else None,
    )


def _cell(reference: str) -> Strict:
    return Strict(text=reference, cells=(reference,))


class Named(Value, kw_only=False):
    """A name that a place of the scheme defines (`x`): where it stands, and what the engine takes it for."""

    cell: Strict
    meaning: Compiled


def vocabulary(
    draft: Draft,
    sheet: UnitSheet,
    *,
    indicator: Indicator | None = None,
    names: Mapping[str, Named] | None = None,
    judging: bool = False,
) -> Vocabulary:
    """Return the vocabulary of a formula on `sheet`: items, the `names` given beside them, and steps.

    A step becomes a column of `sheet` before the formula's own; the same formula is written only once.
    """
    known = dict(names or {})
    code = "" if indicator is None else indicator.code

    def name(word: str, months: int) -> Strict:
        if word in known:
            return known[word].cell
        cell = here(item_key(draft, word, months))
        return Strict(text=cell, cells=(cell,), counts=word in counting_items(draft.scheme))

    def step(formula: str, tree: Expression, months: int, *, ordered: bool) -> str:
        key = draft.steps.setdefault((sheet, formula), f"step|{len(draft.steps)}")
        if not draft.has(key):
            shifted = Call("lag", (tree, Span(months))) if months else tree
            values = values_of(
                draft, shifted, indicator=indicator, names=known, ordered=ordered, judging=judging
            )
            title = draft.say("measures.ordering" if ordered else "measures.step")
            draft.add(
                sheet, Column(key=key, title=title, role="live", values=values, formula=formula, code=code)
            )
        return key

    def target() -> str:
        return here(target_key(draft, code))

    direction: Direction = "more" if indicator is None else indicator.direction
    return Vocabulary(
        name=name,
        step=step,
        direction=direction,
        # as the engine has it: beside the measures, places are counted from the greatest
        placing="more" if judging else direction,
        target=target if code else None,
    )


def values_of(
    draft: Draft,
    tree: Expression,
    *,
    indicator: Indicator | None = None,
    names: Mapping[str, Named] | None = None,
    ordered: bool = False,
    judging: bool = False,
) -> list[Shown]:
    """Return what a cell of the formula `tree` shows in each row, computed as the engine computes it.

    `ordered` gives the values at 12 significant digits, by which computed values are placed.
    """
    direction: Direction = "more" if indicator is None else indicator.direction
    meanings = {word: named.meaning for word, named in (names or {}).items()}
    base = replace(scope_of(draft.facts.inputs, draft.scheme), names=meanings)
    placing: Direction = "more" if judging else direction
    code = None if indicator is None else indicator.code
    wanted = Wanted(tree, placing, code, own=direction)
    frame, scopes = with_pooled(draft.facts.inputs, [wanted], base)
    scope = replace(scopes[placing], indicator=code, direction=direction)
    meaning = compiled(tree, scope)
    value = ordering(meaning.value) if ordered else meaning.value
    never = nw.lit(False)  # noqa: FBT003 - a literal of the frame
    found = frame.select(
        nw.col(POSITION),
        value.cast(nw.Float64()).alias("value"),
        (never if meaning.not_applicable is None else meaning.not_applicable).alias("not_applicable"),
        (never if meaning.undefined is None else meaning.undefined).alias("undefined"),
    )
    return [
        NOT_APPLICABLE if absent else UNDEFINED if broken else MISSING if number is None else number
        for _, number, absent, broken in found.collect().sort(POSITION).iter_rows()
    ]
