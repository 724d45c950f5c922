"""Groups and items: from their forms to their values."""

from __future__ import annotations

from typing import Final

from quanheng.findings.finding import Kind
from quanheng.findings.text import Text
from quanheng.scheme.fields.codes import ONLY_GROUP
from quanheng.scheme.fields.fields import MAX_CODE
from quanheng.scheme.fields.findings import KEY_NEEDS, KEYS_CLASH, RESERVED_CODE
from quanheng.scheme.fields.lines import Path
from quanheng.scheme.fields.margin import Margin, text_of
from quanheng.scheme.formulas import scopes
from quanheng.scheme.ledgers.ledger import UNIT_COLUMN
from quanheng.scheme.ledgers.statistics import STATISTICS, LedgerStatistic
from quanheng.scheme.tree.document import Document
from quanheng.scheme.tree.item_form import ItemForm
from quanheng.scheme.tree.scheme import FromLedger, FromUnits, Group, Item, Reported, Source

_ALL_UNITS = Text(zh="全部单位", en="all units")
_SOURCES = (*STATISTICS, "attribute")


def groups_of(document: Document, margin: Margin) -> tuple[Group, ...]:
    """Return the groups of `document`; without any, the one group of all units."""
    if not document.groups:
        return (Group(code=ONLY_GROUP, name=_ALL_UNITS, marks=document.marks),)
    return tuple(
        Group(
            code=code,
            name=text_of(form.name, code),
            marks=document.marks if form.marks is None else form.marks,
            where=margin.at(("groups", code)),
        )
        for code, form in document.groups.items()
    )


def items_of(document: Document, margin: Margin) -> tuple[Item, ...]:
    """Return the items of `document`."""
    return tuple(
        _item(code, form, ("items", code), document, margin) for code, form in document.items.items()
    )


def _item(code: str, form: ItemForm, path: Path, document: Document, margin: Margin) -> Item:
    if code in scopes.DATA_HEADINGS or code in scopes.FORMULA_KEYWORDS:
        margin.note(RESERVED_CODE, path, code=code)
    return Item(
        code=code,
        name=text_of(form.name, code),
        measured_in=form.measured_in or "",
        kind=form.kind or "stock",
        every=form.every or "year",
        department=form.department or "",
        scope=form.scope or "",
        source=_source(form, path, document, margin),
        where=margin.at(path),
    )


def _source(form: ItemForm, path: Path, document: Document, margin: Margin) -> Source:
    given = [key for key in _SOURCES if getattr(form, key) is not None]
    for key in given[1:]:
        margin.note(KEYS_CLASH, (*path, key), key=key, other=given[0])
    if given:
        _note_reported_keys(form, given[0], path, margin)
    if form.attribute is None and given:
        return _ledger(form, STATISTICS[given[0]], path, document, margin)
    for key in ("where", "by"):
        if getattr(form, key) is not None:
            margin.note(KEY_NEEDS, (*path, key), key=key, other="count")
    return Reported() if form.attribute is None else FromUnits(column=form.attribute)


def _note_reported_keys(form: ItemForm, source: str, path: Path, margin: Margin) -> None:
    for key in ("kind", "every"):
        if getattr(form, key) is not None:
            margin.note(KEYS_CLASH, (*path, key), key=key, other=source)


LEDGER_COLUMN: Final = Kind(
    code="QH213",
    severity="error",
    en="'{key}' names a ledger and its column, not '{value}'",
    zh="“{key}”应写“台账.列名”，而不是“{value}”",
    hint_en="write '{key}: ledger.column'",
    hint_zh="请写“{key}: 台账.列名”",
)


def _ledger(
    form: ItemForm, statistic: LedgerStatistic, path: Path, document: Document, margin: Margin
) -> FromLedger:
    written: str = getattr(form, statistic.name)
    ledger, column = written, None
    if not statistic.counts:
        ledger, _, named = written.partition(".")
        column = named.strip()
        if not ledger.isidentifier() or not column or len(ledger) > MAX_CODE:
            margin.note(LEDGER_COLUMN, (*path, statistic.name), key=statistic.name, value=written)
    return FromLedger(
        statistic=statistic,
        ledger=ledger,
        column=column,
        condition=margin.formula_or_none(form.where, (*path, "where")),
        unit_column=form.by or _unit_column(ledger, document),
    )


def _unit_column(ledger: str, document: Document) -> str:
    """Return the column that says whose record it is, as the ledger is declared."""
    declared = document.ledgers.get(ledger)
    return UNIT_COLUMN if declared is None or declared.unit is None else declared.unit
