"""Items: from their forms to their values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final, TypeAlias

from quanheng.findings.finding import Kind
from quanheng.findings.text import Text
from quanheng.periods.every import READINGS_IN_CHINESE, Every
from quanheng.scheme.fields.fields import MAX_CODE, share_of
from quanheng.scheme.fields.findings import KEY_NEEDS, KEYS_CLASH, RESERVED_CODE
from quanheng.scheme.fields.lines import Path
from quanheng.scheme.fields.margin import Margin, text_of
from quanheng.scheme.formulas import scopes
from quanheng.scheme.formulas.tree import Formula
from quanheng.scheme.items.form import ItemForm, MergedMeanForm
from quanheng.scheme.items.item import (
    DATE,
    HOUR,
    LEDGERS_OF_READINGS,
    FromLedger,
    FromUnits,
    Item,
    ItemKind,
    Merged,
    Readings,
    Reported,
    Source,
)
from quanheng.scheme.ledgers.form import LedgerForm
from quanheng.scheme.ledgers.ledger import UNIT_COLUMN
from quanheng.scheme.ledgers.statistics import (
    STATISTICS,
    Last,
    LedgerStatistic,
    Mean,
    Percentile,
    Sum,
    TrimmedMean,
)
from quanheng.scheme.ledgers.written import Taken, taken_apart

Ledgers: TypeAlias = Mapping[str, LedgerForm | None]
"""The ledgers that a scheme declares, as they are written."""
_SOURCES = (*STATISTICS, "attribute")


def items_of(forms: Mapping[str, ItemForm], ledgers: Ledgers, margin: Margin) -> tuple[Item, ...]:
    """Return the items of a scheme that are not computed from others; `ledgers` are those it declares."""
    read = frozenset(form.every for form in forms.values() if form.formula is None)
    return tuple(
        _with_readings(_item(code, form, ("items", code), ledgers, margin), form, read, margin)
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
        every=_every(form),
        department=form.department or "",
        scope=form.scope or "",
        source=_source(form, path, ledgers, margin),
        merge=_merge(form),
        where=margin.at(path),
    )


def _every(form: ItemForm) -> Every:
    """Return how often an item has a figure; what is read oftener has one for every month."""
    match form.every:
        case None:
            return "year"
        case "day" | "hour":
            return "month"
        case every:
            return every


KIND_OF_READINGS: Final = Kind(
    code="QH881",
    severity="error",
    en="'every: {every}' needs 'kind', which says what the readings of a round make: {kinds}",
    zh="按{every}报送的数据项须写明口径（kind），以说明考核期内各次读数如何得出其数：{kinds}",
    hint_en="write 'kind: rate' for their mean, 'flow' for their sum, 'stock' for the latest; "
    "further items may count days or take percentiles of them",
    hint_zh="比率为平均，当期为合计，时点为最近一次读数；计天数、求百分位数请另设数据项",
)
_STATISTIC_OF: Final[Mapping[ItemKind, LedgerStatistic]] = {
    "rate": Mean(),
    "flow": Sum(),
    "stock": Last(),
    "cumulative": Last(),
}
"""What the readings of a round make, by the kind of item."""
_COLUMNS: Final = frozenset({DATE, HOUR, UNIT_COLUMN})


def _with_readings(item: Item, form: ItemForm, read: frozenset[str | None], margin: Margin) -> Item:
    """Return `item` with what follows from being read by day or hour, or being made of such items."""
    path, source = ("items", item.code), item.source
    every = next((each for each in LEDGERS_OF_READINGS.values() if form.every == each), None)
    made_of = LEDGERS_OF_READINGS.get(source.ledger) if isinstance(source, FromLedger) else None
    at_least = 1.0 if form.at_least is None else form.at_least
    if every is not None and isinstance(source, Reported):
        statistic = None if form.kind is None else _STATISTIC_OF.get(form.kind)
        if statistic is None:
            kinds = Text(en="rate, flow, stock or cumulative", zh="比率、当期、时点或累计")
            words = Text(en=every, zh=READINGS_IN_CHINESE[every])
            margin.note(KIND_OF_READINGS, (*path, "every"), every=words, kinds=kinds)
        if item.code in _COLUMNS:
            margin.note(RESERVED_CODE, path, code=item.code)
        if form.merge is not None:
            margin.note(KEYS_CLASH, (*path, "merge"), key="merge", other=f"every: {every}")
        ledger = next(name for name, each in LEDGERS_OF_READINGS.items() if each == every)
        readings = Readings(every=every, at_least=at_least, is_reported=True)
        return replace(
            item,
            source=FromLedger(
                statistic=statistic or Mean(), ledger=ledger, column=item.code, readings=readings
            ),
        )
    if made_of in read and isinstance(source, FromLedger) and made_of is not None:
        if form.by is not None:
            margin.note(KEYS_CLASH, (*path, "by"), key="by", other=source.ledger)
        readings = Readings(every=made_of, at_least=at_least)
        return replace(item, source=replace(source, readings=readings, unit_column=UNIT_COLUMN))
    if form.at_least is not None:
        margin.note(KEY_NEEDS, (*path, "at_least"), key="at_least", other="every: day")
    return item


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
