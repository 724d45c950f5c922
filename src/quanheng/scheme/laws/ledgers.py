"""Laws of ledgers, campaigns, and of what items cover."""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from itertools import combinations, islice, pairwise
from typing import Final

from quanheng.findings.finding import Finding, Kind, Location
from quanheng.findings.nearest import nearest, suggestion
from quanheng.findings.text import Text
from quanheng.scheme.formulas.scopes import LEDGER_WORDS
from quanheng.scheme.formulas.tree import Formula, names_in
from quanheng.scheme.items.item import FromLedger
from quanheng.scheme.ledgers.ledger import Campaign, Ledger, States
from quanheng.scheme.tree.scheme import Scheme
from quanheng.scheme.tree.settle import Settled
from quanheng.scheme.tree.uses import uses_of

_DAYS: Final = ("opened", "due", "closed")
_ROLES: Final = ("key", "owner", "evidence", *_DAYS)


_COMPARED: Final = 1_000
"""So many undeclared columns are compared with the declared ones; more of them take too long."""


COLUMN_TWO_ROLES: Final = Kind(
    code="QH268",
    severity="error",
    en="'{column}' cannot be both '{one}' and '{other}' of a record",
    zh="列“{column}”不能同时作为“{one}”和“{other}”",
    hint_en="name two columns",
    hint_zh="请写两个不同的列",
)
DAYS_ARE_DATES: Final = Kind(
    code="QH269",
    severity="error",
    en="'{column}' holds the day in '{role}', it cannot be of the sort '{sort}'",
    zh="列“{column}”是“{role}”日期，类型不能为“{sort}”",
    hint_en="write '{column}: date'",
    hint_zh="请将“{column}”的内容类型写为“日期”（date）",
)


def check_roles(settled: Settled) -> Iterator[Finding]:
    """Yield a QH268 for a column with two roles, a QH269 for a day that is declared as no date."""
    for ledger in settled.scheme.ledgers:
        roles = [(role, column) for role in _ROLES if (column := getattr(ledger, role)) is not None]
        if ledger.states is not None:
            roles.append(("states", ledger.states.column))
        for (one, column), (other, second) in combinations(roles, 2):
            if column == second:
                where = settled.at("ledgers", ledger.code, other)
                yield COLUMN_TWO_ROLES.at(where, column=column, one=one, other=other)
        sorts = {field.column: field.sort for field in ledger.fields}
        for role, column in roles:
            if role in _DAYS and sorts.get(column, "date") != "date":
                where = settled.at("ledgers", ledger.code, "fields", column)
                yield DAYS_ARE_DATES.at(where, column=column, role=role, sort=sorts[column])


FIELD_TWICE: Final = Kind(
    code="QH271",
    severity="error",
    en="the column '{column}' is declared twice, also as '{other}'",
    zh="列“{column}”重复声明（另写作“{other}”）",
    hint_en="keep one of the two",
    hint_zh="请只保留一处",
)
BOUNDS_ORDER: Final = Kind(
    code="QH272",
    severity="error",
    en="'least: {least}' of '{column}' is over 'most: {most}'",
    zh="“{column}”的最小值{least}大于最大值{most}",
    hint_en="let 'least' be the lower of the two",
    hint_zh="请使最小值（least）不大于最大值（most）",
)


def check_fields(settled: Settled) -> Iterator[Finding]:
    """Yield a QH271 for a field that stands twice, a QH272 for one whose bounds leave no number."""
    for ledger in settled.scheme.ledgers:
        seen: dict[str, str] = {}
        for field in ledger.fields:
            where = settled.at("ledgers", ledger.code, "fields", field.column)
            other = seen.setdefault(_plain(field.column), field.column)
            if other != field.column:
                yield FIELD_TWICE.at(where, column=field.column, other=other)
            if field.least is not None and field.most is not None and field.least > field.most:
                least, most = f"{field.least:.12g}", f"{field.most:.12g}"
                yield BOUNDS_ORDER.at(where, column=field.column, least=least, most=most)


UNKNOWN_STATE: Final = Kind(
    code="QH270",
    severity="error",
    en="there is no state '{state}'",
    zh="没有状态“{state}”",
    hint_en="every state stands under 'moves', one without a move as '{state}: []'; {suggest}",
    hint_zh="每个状态都应列在流转（moves）中，“{state}”无后续的也列出，可转为留空；{suggest}",
)
STATE_NOT_REACHED: Final = Kind(
    code="QH273",
    severity="warning",
    en="no record can come to the state '{state}'",
    zh="没有事项能进入状态“{state}”",
    hint_en="add a move to it, or name it in 'first'",
    hint_zh="请补充进入该状态的流转，或列入初始状态（first）",
)
NEVER_DONE: Final = Kind(
    code="QH274",
    severity="warning",
    en="every state of '{ledger}' can be left and no column says when a record was closed: none is ever done",
    zh="台账“{ledger}”的各状态都可再流转，又没有办结日期列，事项永远不会完成",
    hint_en="name the last states in 'done', or the column in 'closed'",
    hint_zh="请写明办结状态（done），或写明办结日期列（closed）",
)


def check_states(settled: Settled) -> Iterator[Finding]:
    """Yield a QH270, QH273 or QH274 for states that do not exist, are not reached, or never end."""
    for ledger in settled.scheme.ledgers:
        if ledger.states is None:
            continue
        named = list(_states_named(settled, ledger.code, ledger.states))
        for state, where in named:
            if state not in ledger.states.moves:
                yield UNKNOWN_STATE.at(where, state=state, **suggestion(state, ledger.states.names))
        reached = {*ledger.states.first, *(state for state, _ in named)}
        for state in ledger.states.names:
            if state not in reached:
                where = settled.at("ledgers", ledger.code, "states", "moves", state)
                yield STATE_NOT_REACHED.at(where, state=state)
        if not ledger.states.done and ledger.closed is None:
            yield NEVER_DONE.at(settled.at("ledgers", ledger.code, "states"), ledger=ledger.code)


UNKNOWN_LEDGER: Final = Kind(
    code="QH275",
    severity="error",
    en="there is no ledger '{ledger}' under 'ledgers'",
    zh="没有声明台账“{ledger}”（ledgers）",
    hint_en="declare it there; {suggest}",
    hint_zh="请在该处声明；{suggest}",
)
NAME_LIKE_DECLARED: Final = Kind(
    code="QH276",
    severity="warning",
    en="'{name}' is not declared, it looks like a {what} that is",
    zh="“{name}”没有声明，与已声明的{what}相近",
    hint_en="{suggest}",
    hint_zh="{suggest}",
)


def check_ledger_names(settled: Settled) -> Iterator[Finding]:
    """Yield a QH275 for a campaign without its ledger, a QH276 for names that look like declared ones."""
    scheme = settled.scheme
    ledgers = {ledger.code: ledger for ledger in scheme.ledgers}
    for campaign in scheme.campaigns:
        if campaign.ledger not in ledgers:
            where = settled.at("campaigns", campaign.code, "ledger")
            known = suggestion(campaign.ledger, ledgers)
            yield UNKNOWN_LEDGER.at(where, ledger=campaign.ledger, **known)
    for item in scheme.items:
        source = item.source
        if not isinstance(source, FromLedger) or source.ledger in ledgers:
            continue
        if nearest(source.ledger, ledgers) is not None:
            what = {"what": Text(en="ledger", zh="台账")}
            known = suggestion(source.ledger, ledgers)
            yield NAME_LIKE_DECLARED.at(item.where, name=source.ledger, **what, **known)


def check_columns(settled: Settled) -> Iterator[Finding]:
    """Yield a QH276 for each column that looks like a declared one misspelt; others need no declaration."""
    declared = {ledger.code: _columns_of(ledger) for ledger in settled.scheme.ledgers}
    undeclared = (
        named for named in _columns_named(settled.scheme) if named[1] not in declared.get(named[0], ())
    )
    for code, column, where in islice(undeclared, _COMPARED):
        known = declared.get(code, ())
        if nearest(column, known) is not None:
            what = {"what": Text(en="column", zh="列")}
            yield NAME_LIKE_DECLARED.at(where, name=column, **what, **suggestion(column, known))


NOT_AN_INDICATOR: Final = Kind(
    code="QH278",
    severity="error",
    en="there is no indicator '{code}'",
    zh="没有指标“{code}”",
    hint_en="{suggest}",
    hint_zh="{suggest}",
)


def check_campaigns(settled: Settled) -> Iterator[Finding]:
    """Yield a QH277 for days or shares out of order, a QH278 for an indicator that does not exist."""
    codes = {indicator.code for indicator in settled.scheme.indicators}
    for campaign in settled.scheme.campaigns:
        yield from _milestones_out_of_order(settled, campaign)
        for index, code in enumerate(campaign.indicators):
            if code not in codes:
                where = settled.at("campaigns", campaign.code, "indicators", index)
                yield NOT_AN_INDICATOR.at(where, code=code, **suggestion(code, codes))


SCOPES_MIXED: Final = Kind(
    code="QH279",
    severity="warning",
    en="'{one}' covers {one_scope}, '{other}' covers {other_scope}: {text}",
    zh="“{one}”的口径为{one_scope}，“{other}”为{other_scope}：{text}",
    hint_en="use items of one scope, or change 'scope' if both cover the same",
    hint_zh="请使用同一口径的数据项；口径（scope）相同的请统一写法",
)


def check_scopes(settled: Settled) -> Iterator[Finding]:
    """Yield a QH279 for each formula over items of two scopes (口径); items that state none fit all."""
    scopes = {item.code: item.scope for item in settled.scheme.items if item.scope}
    for use in uses_of(settled.scheme):
        if use.open_names or use.nodes:
            continue
        named = [name for name in names_in(use.formula.tree) if name in scopes]
        for other in named[1:]:
            if scopes[other] != scopes[named[0]]:
                yield SCOPES_MIXED.at(
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


def _states_named(settled: Settled, code: str, states: States) -> Iterator[tuple[str, Location]]:
    """Yield every state that a move leads to, or that is said to be a first or last one."""
    for state, after in states.moves.items():
        where = settled.at("ledgers", code, "states", "moves", state)
        yield from ((each, where) for each in after if each != state)
    for key, named in (("first", states.first), ("done", states.done)):
        where = settled.at("ledgers", code, "states", key)
        yield from ((state, where) for state in named if state not in states.moves)


def _columns_named(scheme: Scheme) -> Iterator[tuple[str, str, Location]]:
    """Yield the ledger, the column and the place of each column that items and campaigns name."""
    for item in scheme.items:
        if isinstance(item.source, FromLedger):
            if item.source.amount is not None:
                yield from _columns_in(item.source.ledger, item.source.amount)
            elif item.source.column is not None:
                yield item.source.ledger, item.source.column, item.where
            yield from _columns_in(item.source.ledger, item.source.condition)
    for campaign in scheme.campaigns:
        yield from _columns_in(campaign.ledger, campaign.condition)


def _columns_in(ledger: str, condition: Formula | None) -> Iterator[tuple[str, str, Location]]:
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


MILESTONE_ORDER: Final = Kind(
    code="QH277",
    severity="error",
    en="'{name}' is out of order: {value} after {before}",
    zh="“{name}”次序不符：{value}列在{before}之后",
    hint_en="let days and shares rise, and every milestone lie between 'from' and 'to'",
    hint_zh="日期和比例应依次递增，各节点应在开始日期（from）与结束日期（to）之间",
)


def _milestones_out_of_order(settled: Settled, campaign: Campaign) -> Iterator[Finding]:
    path = ("campaigns", campaign.code)
    days: list[tuple[str, dt.date, Location]] = []
    if campaign.starts is not None:
        days.append(("from", campaign.starts, settled.at(*path, "from")))
    for index, each in enumerate(campaign.milestones):
        days.append((each.name, each.by, settled.at(*path, "milestones", index)))
    if campaign.ends is not None:
        days.append(("to", campaign.ends, settled.at(*path, "to")))
    for (_, before, _), (name, day, where) in pairwise(days):
        if day < before:
            yield MILESTONE_ORDER.at(where, name=name, value=day, before=before)
    for index, (one, other) in enumerate(pairwise(campaign.milestones), start=1):
        if other.done < one.done:
            where = settled.at(*path, "milestones", index)
            less, more = f"{other.done * 100:.12g}%", f"{one.done * 100:.12g}%"
            yield MILESTONE_ORDER.at(where, name=other.name, value=less, before=more)
