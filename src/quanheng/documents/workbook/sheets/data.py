"""The sheet of reported values: items, targets, attributes, as the formulas of the other sheets take them."""

from __future__ import annotations

from collections.abc import Sequence

from quanheng.documents.workbook.draft.draft import Draft, UnitSheet
from quanheng.documents.workbook.formulas.cells import UNDEFINED, Column, Role, Shown, quoted
from quanheng.documents.workbook.formulas.references import here
from quanheng.engine.frame import columns as c
from quanheng.scheme.items.item import FromLedger, FromPeriods, FromUnits, Item


def add_identity(draft: Draft, sheet: UnitSheet) -> None:
    """Begin `sheet` with who stands in each row: unit, name, group."""
    rows = draft.rows
    names = {
        group.code: group.name.in_language(draft.language) or group.code for group in draft.scheme.groups
    }
    groups = [names.get(group, group) for group in rows.group_of]
    for key, values, width in (
        ("unit", rows.units, 12.0),
        ("name", rows.names, 18.0),
        ("group", groups, 14.0),
    ):
        title = draft.say(f"column.{key}")
        draft.add(
            sheet,
            Column(key=f"{sheet}|{key}", title=title, role="name", values=values, code=key, width=width),
        )


def add_data(draft: Draft) -> None:
    """Fill the sheet of reported values: every item the formulas use, then targets, then attributes."""
    add_identity(draft, "data")
    items = {item.code: item for item in draft.scheme.items}
    columns = [name for name in draft.facts.wide.columns if name.startswith(_ITEM)]
    for column in columns:
        code, _, months = column.removeprefix(_ITEM).partition("@")
        if code in items:
            _add_item(draft, items[code], int(months or 0))
    for indicator in draft.scheme.indicators:
        if draft.facts.has(c.target(indicator.code)):
            _add_target(draft, indicator.code)
    for column in draft.facts.wide.columns:
        if column.startswith(_ATTRIBUTE):
            _add_attribute(draft, column)


def item_key(draft: Draft, code: str, months: int = 0) -> str:
    """Return the key of an item's column; an item nobody ever reported gets an empty one to write into."""
    key = c.item(code, months)
    if not draft.has(key):
        item = next(item for item in draft.scheme.items if item.code == code)
        _add_item(draft, item, months)
    return key


def target_key(draft: Draft, indicator: str) -> str:
    """Return the key of the column of an indicator's targets; with none stated, an empty one."""
    key = c.target(indicator)
    if not draft.has(key):
        _add_target(draft, indicator)
    return key


def _add_item(draft: Draft, item: Item, months: int) -> None:
    key = c.item(item.code, months)
    title = item.name.in_language(draft.language) or item.code
    if months:
        title = draft.say("data.before", name=title, months=months)
    role, note = source_of(draft, item, months)
    if item.measured_in:
        note = f"{item.measured_in} · {note}"
    values = draft.facts.reported(key, c.item_na(item.code, months))
    if isinstance(item.source, FromPeriods):
        broken = draft.facts.raw(c.item_undefined(item.code, months))
        values = [UNDEFINED if flag else value for value, flag in zip(values, broken, strict=True)]
    code = f"{item.code}@{months}" if months else item.code
    if isinstance(item.source, FromPeriods):
        found = draft.over_periods
        formula = None if found is None else found(draft, item, months, item_key)
        if formula is not None:
            role = "live"
            note = draft.say("data.reviews_live", formula=title) if item.source.series.of_reviews else note
        column = Column(key=key, title=title, role=role, values=values, formula=formula, note=note, code=code)
        draft.add("data", column)
        return
    if isinstance(item.source, FromUnits) and item.source.words:
        role, formula = "live", _one_of(c.attribute(item.source.column), item.source.words)
        column = Column(key=key, title=title, role=role, values=values, formula=formula, note=note, code=code)
        draft.add("data", column)
        return
    draft.add("data", Column(key=key, title=title, role=role, values=values, note=note, code=code))


def _one_of(attribute: str, words: Sequence[str]) -> str:
    """Return 1 where the attribute is one of `words`; EXACT, for `=` takes A for a, and * for anything."""
    cell = here(attribute)
    equal = ",".join(f"EXACT({cell},{quoted(word)})" for word in words)
    return f'IF({cell}="","",IF(OR({equal}),1,0))'


def source_of(draft: Draft, item: Item, months: int) -> tuple[Role, str]:
    """Return what cells of an item hold, and where its figures come from."""
    match item.source:
        case FromLedger(statistic=statistic, ledger=ledger, amount=amount):
            of = ledger if amount is None else f"{ledger}: {amount.brief}"
            return "frozen", draft.say("data.ledger", how=statistic.name, ledger=of)
        case FromUnits(column=column):
            return "reported", draft.say("data.attribute", column=column)
        case FromPeriods(series=series) if series.of_reviews:
            return "frozen", draft.say("data.reviews", formula=item.name.in_language(draft.language))
        case FromPeriods():
            return "frozen", draft.say("data.periods", formula=item.name.in_language(draft.language))
        case _ if months:
            return "frozen", draft.say("data.earlier", months=months)
        case _:
            return "reported", draft.say(f"data.{item.kind}")


def _add_target(draft: Draft, indicator: str) -> None:
    name = draft.name_of(draft.scheme.node(indicator))
    values = draft.facts.reported(c.target(indicator), c.target_na(indicator))
    draft.add(
        "data",
        Column(
            key=c.target(indicator),
            title=draft.say("data.target", name=name),
            role="reported",
            values=values,
            note=draft.say("data.target_note"),
            code=c.target(indicator),
        ),
    )


def _add_attribute(draft: Draft, column: str) -> None:
    name = column.removeprefix(_ATTRIBUTE)
    values: list[Shown] = [
        float(value) if isinstance(value, int | float) else None if value is None else str(value)
        for value in draft.facts.raw(column)
    ]
    note = draft.say("data.attribute", column=name)
    draft.add("data", Column(key=column, title=name, role="reported", values=values, note=note, code=name))


_ITEM = c.item("")
_ATTRIBUTE = c.attribute("")
