"""How far the rankings of several rounds agree, and those within a year with the year's."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any, TypeAlias

from quanheng.engine.frame import columns as c
from quanheng.engine.results.published import published_in
from quanheng.engine.results.rounds import score_rounds
from quanheng.periods.stretch import Stretch
from quanheng.studies.backtest.agreement import Agreement, agreement_of
from quanheng.studies.backtest.looked import Looked

Rows: TypeAlias = Sequence[Mapping[str, Any]]


def agreements_of(looked: Looked) -> tuple[dict[str, Any], ...]:
    """Return a row for each two rankings of a group that are compared."""
    return (*_year_on_year(looked), *_with_published(looked), *_within_the_year(looked))


def groups_in(rows: Rows) -> list[str]:
    """Return the groups of rows, in their order."""
    return list(dict.fromkeys(row[c.GROUP] for row in rows))


def of_round(rows: Rows, group: str, name: str, what: str) -> dict[str, Any]:
    """Return `what` of each unit of a group in a round, where it is known."""
    return {
        row[c.UNIT]: row[what]
        for row in rows
        if row[c.GROUP] == group and row["round"] == name and row[what] is not None
    }


def _year_on_year(looked: Looked) -> Iterator[dict[str, Any]]:
    """Yield how far each ranking agrees with the next."""
    rows = looked.rows
    for group in groups_in(rows):
        for before, after in pairwise(looked.known):
            found = agreement_of(
                of_round(rows, group, before, "place"), of_round(rows, group, after, "place")
            )
            was, now = of_round(rows, group, before, "tier"), of_round(rows, group, after, "tier")
            tiers = sum(was[unit] != now[unit] for unit in now if unit in was) if now else None
            yield _row(group, "next round", before, after, found, tiers)


def _with_published(looked: Looked) -> Iterator[dict[str, Any]]:
    """Yield how far what was published agrees with what the scheme would have ranked."""
    rows = looked.rows
    for name in looked.known:
        past = published_in(looked.book, name)
        if past is None:
            continue
        places = {unit: place for unit, _, place in past.iter_rows() if place is not None}
        for group in groups_in(rows):
            own = of_round(rows, group, name, "place")
            found = agreement_of({unit: places[unit] for unit in own if unit in places}, own)
            if found.units:
                yield _row(group, "published", name, name, found, None)


def _within_the_year(looked: Looked) -> Iterator[dict[str, Any]]:
    """Yield how far the places by the month asked for foretold those of the year."""
    if not looked.years:
        return
    month = looked.settings.month
    parts = {f"{year}-{month:02}": Stretch.to_date(year, month) for year in looked.years}
    early = [
        row
        for row in score_rounds(looked.book, parts, lenient=True).totals.iter_rows(named=True)
        if row["available"]
    ]
    for year, name in zip(looked.years, parts, strict=True):
        for group in groups_in(looked.rows):
            then = of_round(early, group, name, "place")
            found = agreement_of(then, of_round(looked.rows, group, str(year), "place"))
            if found.units:
                yield _row(group, "within the year", name, str(year), found, None)


def _row(
    group: str, compared: str, before: str, after: str, found: Agreement, tiers: int | None
) -> dict[str, Any]:
    own = {
        name: getattr(found, name)
        for name in ("units", "spearman", "kendall", "shift", "same", "mover", "gained")
    }
    return {"group": group, "compared": compared, "before": before, "after": after, **own, "tiers": tiers}
