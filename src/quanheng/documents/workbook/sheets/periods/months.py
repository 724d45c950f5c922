"""Months and quarters on the sheet of periods: the items of each, and what a formula gives in each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, TypeAlias

import narwhals as nw

from quanheng.documents.workbook.draft.draft import Draft
from quanheng.documents.workbook.draft.numbers import Facts
from quanheng.documents.workbook.formulas.cells import Column
from quanheng.documents.workbook.formulas.formulas import Vocabulary, translated
from quanheng.documents.workbook.formulas.parts import Strict, in_a_cell
from quanheng.documents.workbook.formulas.references import here
from quanheng.documents.workbook.sheets.data import source_of
from quanheng.documents.workbook.sheets.vocabulary import values_of
from quanheng.engine.figures.for_round import rounds_by_measures
from quanheng.engine.figures.layout import fetches_for, figures_in
from quanheng.engine.figures.looked_up.fetches import Fetch
from quanheng.engine.figures.looked_up.lookups import FromSeries
from quanheng.engine.figures.series import measure_of, periods_in
from quanheng.engine.frame import columns as c
from quanheng.findings.value import Value
from quanheng.periods.period import Period
from quanheng.periods.stretch import Stretch
from quanheng.scheme.formulas.tree import Call, Expression, Name, Span
from quanheng.scheme.items.item import FromUnits
from quanheng.scheme.tree.uses import counting_items

if TYPE_CHECKING:
    from quanheng.data.book.book import Book
    from quanheng.data.book.frames import Frame

_Attribute: TypeAlias = Callable[[Draft, str], str]


class _Asked(Value, kw_only=False):
    """What is asked of a period: the workbook with the figures of that, the formula and what it looks at."""

    period: Period
    of: Draft
    tree: Expression
    fetches: tuple[Fetch, ...]
    stretch: Stretch


def of_periods(draft: Draft, figure: FromSeries, book: Book, attribute: _Attribute) -> tuple[str, ...]:
    """Return the keys of the columns of a figure over months or quarters, which stand beside each other.

    The items are laid out for every period of the round, even where only the last of them count.
    """
    every = periods_in(replace(figure.series, chosen=None), figure.stretch)
    taken = periods_in(figure.series, figure.stretch)
    asked = {each.period: each for each in _asked(draft, figure, book, every)}
    for fetch in dict.fromkeys(fetch for each in asked.values() for fetch in each.fetches):
        for period in every:
            if not _is_the_same(draft, fetch):
                _item(asked[period], fetch.item, fetch.months_before)
    names = [each.tree.name for period in taken if isinstance((each := asked[period]).tree, Name)]
    if len(names) == len(taken) and not any(_is_the_same(draft, Fetch(name)) for name in names):
        return tuple(_item(asked[period], name, 0) for period, name in zip(taken, names, strict=True))
    return _values(figure, [asked[period] for period in taken], attribute)


def _asked(draft: Draft, figure: FromSeries, book: Book, every: Sequence[Period]) -> list[_Asked]:
    groups = tuple(group.code for group in draft.scheme.groups)
    rounds = {str(period): Stretch.of(period) for period in every}
    found = []
    for (measure,), own in rounds_by_measures([measure_of(figure.series, groups, "series")], rounds):
        fetches = fetches_for([measure], draft.scheme)
        figures = figures_in(book, fetches, own).collect()
        for period in (each for each in every if str(each) in own):
            facts = Facts(in_rows(draft, figures.filter(nw.col(c.ROUND) == str(period))))
            tree = measure.formula.tree
            found.append(_Asked(period, replace(draft, facts=facts), tree, fetches, figure.stretch))
    return found


def in_rows(draft: Draft, rows: Frame) -> Frame:
    """Return `rows`, one a unit, in the order of the workbook's rows."""
    units = nw.from_dict({c.UNIT: list(draft.rows.units)}, backend=rows.implementation)
    ordered = units.with_row_index("row").join(rows, on=c.UNIT, how="left")
    return ordered.sort("row").drop("row")


def _values(figure: FromSeries, asked: Sequence[_Asked], attribute: _Attribute) -> tuple[str, ...]:
    """Add a column for what the formula gives in each period, after all that it needs."""
    columns = [_value(figure, each, attribute) for each in asked]
    return tuple(each.of.add("periods", column) for each, column in zip(asked, columns, strict=True))


def _value(figure: FromSeries, asked: _Asked, attribute: _Attribute) -> Column:
    draft = asked.of
    key = f"{figure.column}|{asked.period}"

    def name(word: str, months: int) -> Strict:
        same = not months and _is_the_same(draft, Fetch(word))
        cell = here(attribute(draft, word) if same else _item(asked, word, months))
        return Strict(text=cell, cells=(cell,), counts=word in counting_items(draft.scheme))

    def step(formula: str, tree: Expression, months: int, *, ordered: bool) -> str:
        known = draft.steps.setdefault(("periods", formula), f"step|{len(draft.steps)}")
        if not draft.has(known):
            shifted = Call("lag", (tree, Span(months))) if months else tree
            values = values_of(draft, shifted, ordered=ordered)
            title = draft.say("periods.step", period=asked.period)
            draft.add("periods", Column(key=known, title=title, role="live", values=values, formula=formula))
        return known

    words = Vocabulary(name=name, step=step, anybody="periods|unit")
    formula = in_a_cell(translated(asked.tree, words))
    text = figure.series.text
    return Column(
        key=key,
        title=f"{text} {asked.period}",
        role="live",
        values=values_of(draft, asked.tree),
        formula=formula,
        note=draft.say("periods.value"),
        code=f"{text}@{asked.period}",
    )


def _is_the_same(draft: Draft, fetch: Fetch) -> bool:
    """Return whether a figure is the same in each period: an attribute of the units that is no date."""
    item = next(item for item in draft.scheme.items if item.code == fetch.item)
    return isinstance(item.source, FromUnits) and item.kind != "date" and not fetch.months_before


def _item(asked: _Asked, code: str, months: int) -> str:
    """Return the key of the column of an item in a period, which is added once for each round it is of."""
    draft, item = asked.of, next(item for item in asked.of.scheme.items if item.code == code)
    source = c.item(code, months)
    key = f"period|{asked.stretch.first}|{asked.stretch.length}|{asked.period}|{source}"
    if draft.has(key):
        return key
    name = item.name.in_language(draft.language) or code
    role, note = source_of(draft, item, months)
    title = f"{name} {asked.period}"
    return draft.add(
        "periods",
        Column(
            key=key,
            title=draft.say("data.before", name=title, months=months) if months else title,
            role=role,
            values=draft.facts.reported(source, c.item_na(code, months)),
            note=f"{item.measured_in} · {note}" if item.measured_in else note,
            code=f"{code}@{asked.period}" if not months else f"{code}@{asked.period}-{months}",
        ),
    )
