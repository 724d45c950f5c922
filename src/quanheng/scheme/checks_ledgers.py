"""Laws of ledgers, campaigns, and of what items cover."""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from itertools import combinations, islice, pairwise
from typing import Final

from quanheng.findings.finding import Finding, Place
from quanheng.findings.nearest import nearest, suggestion
from quanheng.scheme import pace_kinds as kinds
from quanheng.scheme.formula import Formula, names_in
from quanheng.scheme.ledgers import Campaign, Ledger, States
from quanheng.scheme.model import FromLedger, Scheme
from quanheng.scheme.scopes import LEDGER_WORDS
from quanheng.scheme.settle import Settled
from quanheng.scheme.uses import uses_of

_DAYS: Final = ("opened", "due", "closed")
_ROLES: Final = ("key", "owner", "evidence", *_DAYS)


_COMPARED: Final = 1_000
"""So many undeclared columns are compared with the declared ones; more of them take too long."""


def check_roles(settled: Settled) -> Iterator[Finding]:
    """Yield a QH268 for a column with two roles, a QH269 for a day that is declared as no date."""
    for ledger in settled.scheme.ledgers:
        roles = [(role, column) for role in _ROLES if (column := getattr(ledger, role)) is not None]
        if ledger.states is not None:
            roles.append(("states", ledger.states.column))
        for (one, column), (other, second) in combinations(roles, 2):
            if column == second:
                where = settled.at("ledgers", ledger.code, other)
                yield kinds.COLUMN_TWO_ROLES.at(where, column=column, one=one, other=other)
        sorts = {field.column: field.sort for field in ledger.fields}
        for role, column in roles:
            if role in _DAYS and sorts.get(column, "date") != "date":
                where = settled.at("ledgers", ledger.code, "fields", column)
                yield kinds.DAYS_ARE_DATES.at(where, column=column, role=role, sort=sorts[column])


def check_fields(settled: Settled) -> Iterator[Finding]:
    """Yield a QH271 for a field that stands twice, a QH272 for one whose bounds leave no number."""
    for ledger in settled.scheme.ledgers:
        seen: dict[str, str] = {}
        for field in ledger.fields:
            where = settled.at("ledgers", ledger.code, "fields", field.column)
            other = seen.setdefault(_plain(field.column), field.column)
            if other != field.column:
                yield kinds.FIELD_TWICE.at(where, column=field.column, other=other)
            if field.least is not None and field.most is not None and field.least > field.most:
                least, most = f"{field.least:.12g}", f"{field.most:.12g}"
                yield kinds.BOUNDS_ORDER.at(where, column=field.column, least=least, most=most)


def check_states(settled: Settled) -> Iterator[Finding]:
    """Yield a QH270, QH273 or QH274 for states that do not exist, are not reached, or never end."""
    for ledger in settled.scheme.ledgers:
        if ledger.states is None:
            continue
        named = list(_states_named(settled, ledger.code, ledger.states))
        for state, where in named:
            if state not in ledger.states.moves:
                yield kinds.UNKNOWN_STATE.at(where, state=state, **suggestion(state, ledger.states.names))
        reached = {*ledger.states.first, *(state for state, _ in named)}
        for state in ledger.states.names:
            if state not in reached:
                where = settled.at("ledgers", ledger.code, "states", "moves", state)
                yield kinds.STATE_NOT_REACHED.at(where, state=state)
        if not ledger.states.done and ledger.closed is None:
            yield kinds.NEVER_DONE.at(settled.at("ledgers", ledger.code, "states"), ledger=ledger.code)


def check_ledger_names(settled: Settled) -> Iterator[Finding]:
    """Yield a QH275 for a campaign without its ledger, a QH276 for names that look like declared ones."""
    scheme = settled.scheme
    ledgers = {ledger.code: ledger for ledger in scheme.ledgers}
    for campaign in scheme.campaigns:
        if campaign.ledger not in ledgers:
            where = settled.at("campaigns", campaign.code, "ledger")
            known = suggestion(campaign.ledger, ledgers)
            yield kinds.UNKNOWN_LEDGER.at(where, ledger=campaign.ledger, **known)
    for item in scheme.items:
        source = item.source
        if not isinstance(source, FromLedger) or source.ledger in ledgers:
            continue
        if nearest(source.ledger, ledgers) is not None:
            what = {"what_en": "ledger", "what_zh": "台账"}
            known = suggestion(source.ledger, ledgers)
            yield kinds.NAME_LIKE_DECLARED.at(item.where, name=source.ledger, **what, **known)


def check_columns(settled: Settled) -> Iterator[Finding]:
    """Yield a QH276 for each column that looks like a declared one misspelt; others need no declaration."""
    declared = {ledger.code: _columns_of(ledger) for ledger in settled.scheme.ledgers}
    undeclared = (
        named for named in _columns_named(settled.scheme) if named[1] not in declared.get(named[0], ())
    )
    for code, column, where in islice(undeclared, _COMPARED):
        known = declared.get(code, ())
        if nearest(column, known) is not None:
            what = {"what_en": "column", "what_zh": "列"}
            yield kinds.NAME_LIKE_DECLARED.at(where, name=column, **what, **suggestion(column, known))


def check_campaigns(settled: Settled) -> Iterator[Finding]:
    """Yield a QH277 for days or shares out of order, a QH278 for an indicator that does not exist."""
    codes = {indicator.code for indicator in settled.scheme.indicators}
    for campaign in settled.scheme.campaigns:
        yield from _milestones_out_of_order(settled, campaign)
        for index, code in enumerate(campaign.indicators):
            if code not in codes:
                where = settled.at("campaigns", campaign.code, "indicators", index)
                yield kinds.NOT_AN_INDICATOR.at(where, code=code, **suggestion(code, codes))


def check_scopes(settled: Settled) -> Iterator[Finding]:
    """Yield a QH279 for each formula over items of two scopes (口径); items that state none fit all."""
    scopes = {item.code: item.scope for item in settled.scheme.items if item.scope}
    for use in uses_of(settled.scheme):
        if use.open_names or use.nodes:
            continue
        named = [name for name in names_in(use.formula.tree) if name in scopes]
        for other in named[1:]:
            if scopes[other] != scopes[named[0]]:
                yield kinds.SCOPES_MIXED.at(
                    use.formula.where,
                    one=named[0],
                    one_scope=scopes[named[0]],
                    other=other,
                    other_scope=scopes[other],
                    text=use.formula.brief,
                )
                break


LEDGER_LAWS: Final[tuple[Callable[[Settled], Iterator[Finding]], ...]] = (
    check_roles,
    check_fields,
    check_states,
    check_ledger_names,
    check_columns,
    check_campaigns,
    check_scopes,
)


def _plain(column: str) -> str:
    return unicodedata.normalize("NFKC", column).strip().casefold()


def _states_named(settled: Settled, code: str, states: States) -> Iterator[tuple[str, Place]]:
    """Yield every state that a move leads to, or that is said to be a first or last one."""
    for state, after in states.moves.items():
        where = settled.at("ledgers", code, "states", "moves", state)
        yield from ((each, where) for each in after if each != state)
    for key, named in (("first", states.first), ("done", states.done)):
        where = settled.at("ledgers", code, "states", key)
        yield from ((state, where) for state in named if state not in states.moves)


def _columns_named(scheme: Scheme) -> Iterator[tuple[str, str, Place]]:
    """Yield the ledger, the column and the place of each column that items and campaigns name."""
    for item in scheme.items:
        if isinstance(item.source, FromLedger):
            if item.source.column is not None:
                yield item.source.ledger, item.source.column, item.where
            yield from _columns_in(item.source.ledger, item.source.condition)
    for campaign in scheme.campaigns:
        yield from _columns_in(campaign.ledger, campaign.condition)


def _columns_in(ledger: str, condition: Formula | None) -> Iterator[tuple[str, str, Place]]:
    names: Iterable[str] = () if condition is None else names_in(condition.tree)
    for name in names:
        if condition is not None and name not in LEDGER_WORDS:
            yield ledger, name, condition.where


def _columns_of(ledger: Ledger) -> tuple[str, ...]:
    """Return the columns that are declared; none where the ledger says nothing of its fields."""
    if not ledger.fields:
        return ()
    roles = [column for role in _ROLES if (column := getattr(ledger, role)) is not None]
    states = [] if ledger.states is None else [ledger.states.column]
    return tuple(dict.fromkeys([ledger.unit, *roles, *states, *(field.column for field in ledger.fields)]))


def _milestones_out_of_order(settled: Settled, campaign: Campaign) -> Iterator[Finding]:
    path = ("campaigns", campaign.code)
    days: list[tuple[str, dt.date, Place]] = []
    if campaign.starts is not None:
        days.append(("from", campaign.starts, settled.at(*path, "from")))
    for index, each in enumerate(campaign.milestones):
        days.append((each.name, each.by, settled.at(*path, "milestones", index)))
    if campaign.ends is not None:
        days.append(("to", campaign.ends, settled.at(*path, "to")))
    for (_, before, _), (name, day, where) in pairwise(days):
        if day < before:
            yield kinds.MILESTONE_ORDER.at(where, name=name, value=day, before=before)
    for index, (one, other) in enumerate(pairwise(campaign.milestones), start=1):
        if other.done < one.done:
            where = settled.at(*path, "milestones", index)
            less, more = f"{other.done * 100:.12g}%", f"{one.done * 100:.12g}%"
            yield kinds.MILESTONE_ORDER.at(where, name=other.name, value=less, before=more)
