"""The first sheet: totals, places, tiers and awards, and to the right what places are made of."""

from __future__ import annotations

from collections.abc import Sequence

from quanheng.documents.workbook.draft.draft import Draft
from quanheng.documents.workbook.formulas.cells import MISSING, Column, Shown, number, quoted
from quanheng.documents.workbook.formulas.references import here, ranking_span
from quanheng.documents.workbook.sheets.data import add_identity
from quanheng.documents.workbook.sheets.nodes import printed_total
from quanheng.documents.workbook.sheets.ranking.available import add_availability
from quanheng.documents.workbook.sheets.ranking.tiers import tier_column
from quanheng.engine.frame import columns as c
from quanheng.scheme.fields.codes import ROOT
from quanheng.scheme.tree.scheme import Scheme


def add_ranking(draft: Draft) -> None:
    """Fill the sheet of the ranking. Places are competition ranks in the group: 1 2 2 4 (places §1, §2)."""
    add_identity(draft, "ranking")
    draft.add("ranking", _total(draft))
    draft.add("ranking", _place_column(draft))
    draft.add("ranking", tier_column(draft))
    draft.add("ranking", _awards(draft))
    draft.add("ranking", _compared(draft, ranked=add_availability(draft)))
    for node in draft.scheme.tie_nodes:
        draft.add("ranking", _told_apart(draft, node))
    draft.add("ranking", _placed(draft))


def _total(draft: Draft) -> Column:
    score = here(c.score(ROOT))
    return Column(
        key=TOTAL,
        title=draft.say("ranking.total"),
        role="live",
        values=draft.facts.shown(c.score(ROOT)),
        formula=f"IF(ISNUMBER({score}),{score},{_NOTHING})",
        decimals=printed_total(draft),
    )


def _place_column(draft: Draft) -> Column:
    return Column(
        key=c.PLACE,
        title=draft.say("ranking.place"),
        role="live",
        values=draft.facts.shown(c.PLACE),
        formula=_place(draft.scheme.ties, draft.scheme),
        of_groups={
            group: _place(draft.scheme.ties_in(group), draft.scheme)
            for group in (draft.rows.groups if draft.scheme.ties_by_group else ())
        },
        decimals=0,
    )


def _place(nodes: Sequence[str], scheme: Scheme) -> str:
    """Count who is better: on the total, then among equals on each of the ties in turn."""
    own = here(_COMPARED)
    terms, equal = ["1"], ""
    for key in (_COMPARED, *(_tie(node) for node in nodes)):
        span, mine = ranking_span(key, scheme), here(key)
        better = "<" if scheme.lowest_first else ">"
        terms.append(f'COUNTIFS({equal}{span},"{better}"&{mine})')
        equal += f"{span},{mine},"
    return f"IF(ISNUMBER({own}),{'+'.join(terms)},{_NOTHING})"


def _awards(draft: Draft) -> Column:
    won: dict[str, list[str]] = {}
    for row in draft.result.awards.iter_rows(named=True):
        won.setdefault(str(row["unit"]), []).append(str(row["award"]))
    return Column(
        key="ranking|awards",
        title=draft.say("ranking.awards"),
        role="frozen",
        values=[draft.say("ranking.comma").join(won.get(unit, [])) or None for unit in draft.rows.units],
        note=draft.say("ranking.awards_note"),
        width=40.0,
    )


def _compared(draft: Draft, *, ranked: str) -> Column:
    """Return what places compare: the total of those who are `ranked`, a condition, at nine decimals."""
    totals, flags = draft.facts.numbers(c.score(ROOT)), draft.facts.raw(c.RANKED)
    values: list[Shown] = [
        MISSING if total is None or not flag else round(total, 9)
        for total, flag in zip(totals, flags, strict=True)
    ]
    return Column(
        key=_COMPARED,
        title=draft.say("ranking.compared"),
        role="live",
        values=values,
        formula=f"IF({ranked},ROUND({here(c.score(ROOT))},9),{_NOTHING})",
        note=draft.say("ranking.compared_note"),
    )


def _told_apart(draft: Draft, node: str) -> Column:
    """Return what tells units of one place apart; who has no score there comes after those that have one."""
    score = here(c.score(node))
    last = -_LAST if draft.scheme.lowest_first else _LAST
    return Column(
        key=_tie(node),
        title=draft.say("ranking.tie", name=draft.name_of(draft.scheme.node(node))),
        role="live",
        values=[last if value is None else round(value, 9) for value in draft.facts.numbers(c.score(node))],
        formula=f"IF(ISNUMBER({score}),ROUND({score},9),{number(last)})",
    )


def _placed(draft: Draft) -> Column:
    return Column(
        key=c.PLACED,
        title=draft.say("ranking.placed"),
        role="live",
        values=draft.facts.shown(c.PLACED),
        formula=f"COUNT({ranking_span(c.PLACE, draft.scheme)})",
        decimals=0,
    )


def _tie(node: str) -> str:
    return f"tie|{node}"


TOTAL = "ranking|total"
"""The key of the column of totals."""
_COMPARED = "compared|total"
_LAST = -999_999_999.0
"""Where a unit without a score is told apart: after those that have one."""
_NOTHING = quoted(MISSING)
