"""Ledgers and campaigns: from their forms to their values."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from quanheng.scheme.fields.findings import KEY_NEEDS, KEYS_CLASH
from quanheng.scheme.fields.lines import Path
from quanheng.scheme.fields.margin import Margin, text_of
from quanheng.scheme.ledgers.form import CampaignForm, FieldForm, LedgerForm, StatesForm
from quanheng.scheme.ledgers.ledger import UNIT_COLUMN, Campaign, Field, FieldSort, Ledger, Milestone, States


def ledgers_of(forms: Mapping[str, LedgerForm], margin: Margin) -> tuple[Ledger, ...]:
    """Return the ledgers `forms` mean, by their codes."""
    return tuple(_ledger(code, form, ("ledgers", code), margin) for code, form in forms.items())


def campaigns_of(forms: Mapping[str, CampaignForm], margin: Margin) -> tuple[Campaign, ...]:
    """Return the campaigns `forms` mean, by their codes."""
    return tuple(_campaign(code, form, ("campaigns", code), margin) for code, form in forms.items())


def _ledger(code: str, form: LedgerForm, path: Path, margin: Margin) -> Ledger:
    return Ledger(
        code=code,
        name=text_of(form.name, code),
        key=form.key,
        unit=form.unit or UNIT_COLUMN,
        owner=form.owner,
        evidence=form.evidence,
        opened=form.opened,
        due=form.due,
        closed=form.closed,
        states=None if form.states is None else _states(form.states),
        fields=tuple(
            _field(column, field, form, (*path, "fields", column), margin)
            for column, field in form.fields.items()
        ),
        where=margin.at(path),
    )


def _field(column: str, form: FieldForm, ledger: LedgerForm, path: Path, margin: Margin) -> Field:
    """Return the field `column`; that of a day is a date, and the key is needed, unless it says otherwise."""
    is_day = column in {ledger.opened, ledger.due, ledger.closed}
    sort: FieldSort = form.sort or ("date" if is_day else "text")
    for key in ("least", "most"):
        if getattr(form, key) is not None and sort != "number":
            margin.note(KEY_NEEDS, (*path, key), key=key, other="sort: number")
    if form.one_of and sort != "text":
        margin.note(KEYS_CLASH, (*path, "one_of"), key="one_of", other=f"sort: {sort}")
    return Field(
        column=column,
        sort=sort,
        needed=column == ledger.key if form.needed is None else form.needed,
        least=form.least,
        most=form.most,
        one_of=form.one_of,
    )


def _states(form: StatesForm) -> States:
    return States(
        column=form.column,
        moves=form.moves,
        first=form.first or _begun(form.moves),
        done=form.done or tuple(state for state, after in form.moves.items() if not after),
    )


def _begun(moves: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """Return the states that no move from another state leads to, or else the first that is written."""
    reached = {after for state, states in moves.items() for after in states if after != state}
    return tuple(state for state in moves if state not in reached) or tuple(moves)[:1]


def _campaign(code: str, form: CampaignForm, path: Path, margin: Margin) -> Campaign:
    return Campaign(
        code=code,
        name=text_of(form.name, code),
        ledger=form.ledger,
        condition=margin.formula_or_none(form.where, (*path, "where")),
        starts=_day(form.starts),
        ends=_day(form.ends),
        milestones=tuple(
            Milestone(name=each.name, by=dt.date.fromisoformat(each.by), done=each.done)
            for each in form.milestones
        ),
        indicators=form.indicators,
        where=margin.at(path),
    )


def _day(text: str | None) -> dt.date | None:
    return None if text is None else dt.date.fromisoformat(text)
