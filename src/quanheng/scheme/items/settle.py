"""Items: from their forms to their values."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, TypeAlias

from quanheng.findings.finding import Kind
from quanheng.scheme.fields.fields import MAX_CODE, share_of
from quanheng.scheme.fields.findings import KEY_NEEDS, KEYS_CLASH, RESERVED_CODE
from quanheng.scheme.fields.lines import Path
from quanheng.scheme.fields.margin import Margin, text_of
from quanheng.scheme.formulas import scopes
from quanheng.scheme.formulas.tree import Formula
from quanheng.scheme.items.form import ItemForm, MergedMeanForm
from quanheng.scheme.items.item import FromLedger, FromUnits, Item, Merged, Reported, Source
from quanheng.scheme.ledgers.form import LedgerForm
from quanheng.scheme.ledgers.ledger import UNIT_COLUMN
from quanheng.scheme.ledgers.statistics import STATISTICS, LedgerStatistic, Mean, Percentile, TrimmedMean
from quanheng.scheme.ledgers.written import Taken, taken_apart

Ledgers: TypeAlias = Mapping[str, LedgerForm | None]
"""The ledgers that a scheme declares, as they are written."""
_SOURCES = (*STATISTICS, "attribute")


def items_of(forms: Mapping[str, ItemForm], ledgers: Ledgers, margin: Margin) -> tuple[Item, ...]:
    """Return the items of a scheme that are not computed from others; `ledgers` are those it declares."""
    return tuple(
        _item(code, form, ("items", code), ledgers, margin)
        for code, form in forms.items()
        if form.formula is None
    )


def _item(code: str, form: ItemForm, path: Path, ledgers: Ledgers, margin: Margin) -> Item:
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
        source=_source(form, path, ledgers, margin),
        merge=_merge(form),
        where=margin.at(path),
    )


def _merge(form: ItemForm) -> Merged | None:
    match form.merge:
        case None:
            return None
        case MergedMeanForm(mean=by):
            return Merged(how="mean", by=by)
        case how:
            return Merged(how=how)


def _source(form: ItemForm, path: Path, ledgers: Ledgers, margin: Margin) -> Source:
    given = [key for key in _SOURCES if getattr(form, key) is not None]
    for key in given[1:]:
        margin.note(KEYS_CLASH, (*path, key), key=key, other=given[0])
    if given:
        _note_reported_keys(form, given[0], path, margin)
    if form.trim is not None and form.mean is None:
        margin.note(KEY_NEEDS, (*path, "trim"), key="trim", other="mean")
    for key, other in (("at", "percentile"), ("percentile", "at")):
        if getattr(form, key) is not None and getattr(form, other) is None:
            margin.note(KEY_NEEDS, (*path, key), key=key, other=other)
    if form.attribute is None and given:
        return _ledger(form, STATISTICS[given[0]], path, ledgers, margin)
    for key in ("where", "by"):
        if getattr(form, key) is not None:
            margin.note(KEY_NEEDS, (*path, key), key=key, other="count")
    return Reported() if form.attribute is None else FromUnits(column=form.attribute)


def _note_reported_keys(form: ItemForm, source: str, path: Path, margin: Margin) -> None:
    for key in ("kind", "every", "merge"):
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
    form: ItemForm,
    statistic: LedgerStatistic,
    path: Path,
    ledgers: Ledgers,
    margin: Margin,
) -> FromLedger:
    written: str = getattr(form, statistic.name)
    key = (*path, statistic.name)
    if statistic.looks_at == "records":
        taken = Taken(ledger=written, column="")
    else:
        taken = taken_apart(written)
        if not taken.ledger.isidentifier() or not taken.column or len(taken.ledger) > MAX_CODE:
            margin.note(LEDGER_COLUMN, key, key=statistic.name, value=written)
        elif taken.is_unread and statistic.looks_at == "numbers":
            margin.formula(taken.column, key)  # says why it is none
    is_formula = taken.tree is not None and statistic.looks_at == "numbers"
    return FromLedger(
        statistic=_as_stated(statistic, form, path, margin),
        ledger=taken.ledger,
        column=taken.column or None,
        amount=Formula(taken.column, taken.tree, margin.at(key)) if is_formula and taken.tree else None,
        condition=margin.formula_or_none(form.where, (*path, "where")),
        unit_column=form.by or _unit_column(taken.ledger, ledgers),
    )


NOTHING_LEFT: Final = Kind(
    code="QH690",
    severity="error",
    en="'trim: {trim}' at either end leaves no record",
    zh="两端各去掉{trim}后没有剩余事项",
    hint_en="write a count such as 1, or a share below 50%",
    hint_zh="请写件数（如 1），或低于 50% 的比例",
)


def _as_stated(statistic: LedgerStatistic, form: ItemForm, path: Path, margin: Margin) -> LedgerStatistic:
    """Return the statistic with what further keys say of it."""
    match statistic:
        case Mean() if form.trim:
            return _trimmed(form.trim, path, margin)
        case Percentile() if form.at is not None:
            return Percentile(at=form.at)
        case _:
            return statistic


def _trimmed(trim: int | str, path: Path, margin: Margin) -> TrimmedMean:
    """Return the mean without the greatest and the least records."""
    if isinstance(trim, int):
        return TrimmedMean(records=trim)
    share = share_of(trim)
    if share >= _HALF:
        margin.note(NOTHING_LEFT, (*path, "trim"), trim=trim)
    return TrimmedMean(share=share)


_HALF: Final = 0.5


def _unit_column(ledger: str, ledgers: Ledgers) -> str:
    """Return the column that says whose record it is, as the ledger is declared."""
    declared = ledgers.get(ledger)
    return UNIT_COLUMN if declared is None or declared.unit is None else declared.unit
