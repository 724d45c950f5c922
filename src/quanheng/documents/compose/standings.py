"""Who stands where: the units of each group as tables and sentences, of what the audience may see."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from quanheng.documents.blocks import Column, Table
from quanheng.documents.compose.intervals import INTERVAL, interval, shown_robustness
from quanheng.documents.compose.numbers import decimals_of_totals, figure
from quanheng.documents.subject import Subject
from quanheng.engine.results.printed import printed_alike
from quanheng.findings.text import Language, Text
from quanheng.scheme.fields.codes import ONLY_GROUP
from quanheng.scheme.tree.scheme import Group, Scheme

Row = Mapping[str, Any]

_PLACE: Final = Text(zh="位次", en="Place")
_UNIT: Final = Text(zh="单位", en="Unit")
_TOTAL: Final = Text(zh="得分", en="Score")
_TIER: Final = Text(zh="等次", en="Tier")
_BEFORE: Final = Text(zh="上期位次", en="Place before")
_GROUP: Final = Text(zh="分组", en="Group")
ONE_RANKING: Final = Text(zh="统一排序", en="all stand in one ranking")
_ALL_UNITS: Final = Group(code=ONLY_GROUP, name=Text(zh="全部单位", en="all units"), marks=0.0)
"""What stands for a group where all units stand in one ranking."""
_MOVED: Final = Text(zh="升降", en="Moved")


def groups_of(subject: Subject) -> Iterator[tuple[Group, Sequence[Row]]]:
    """Yield each group that has units, with their rows of the ranking, best first."""
    rows = subject.result.ranking.rows(named=True)
    for group in subject.result.scheme.groups:
        own = [row for row in rows if row["group"] == group.code]
        if own:
            yield group, own


def rankings_of(subject: Subject) -> Iterator[tuple[Group, Sequence[Row]]]:
    """Yield each group with its ranking; all units as one group where they stand in one ranking."""
    if subject.result.scheme.ranks_all:
        yield (
            replace(_ALL_UNITS, marks=subject.result.scheme.groups[0].marks),
            subject.result.ranking.rows(named=True),
        )
    else:
        yield from groups_of(subject)


def called(row: Row) -> str:
    """Return what the unit of a row is called: its name, else its code."""
    return str(row["name"] or row["unit"])


def in_order(subject: Subject, rows: Sequence[Row]) -> Sequence[Row]:
    """Return rows in an order that tells no more than the audience may know.

    It is that of places where they are shown, that of totals else; and of the codes where both are kept back.
    """
    if subject.shows("place") or subject.shows("total"):
        return rows
    return sorted(rows, key=lambda row: str(row["unit"]))


def standings_table(subject: Subject, group: Group, rows: Sequence[Row], language: Language) -> Table:
    """Return the table of one group: place, unit, total, tier, interval, moves, as far as they are shown."""
    scheme = subject.result.scheme
    decimals = decimals_of_totals(scheme)
    with_tiers = subject.shows("tier") and any(row["tier"] for row in rows)
    names = {each.code: each.name.in_language(language) or each.code for each in scheme.groups}
    moves = _places_before(subject)
    study = shown_robustness(subject)
    columns = [Column(heading=_UNIT.in_language(language), kind="word")]
    if subject.shows("place"):
        columns.insert(0, Column(heading=_PLACE.in_language(language), kind="word"))
    if scheme.ranks_all:
        columns.append(Column(heading=_GROUP.in_language(language), kind="word"))
    if subject.shows("total"):
        columns.append(Column(heading=_TOTAL.in_language(language), kind="number"))
    if with_tiers:
        columns.append(Column(heading=_TIER.in_language(language), kind="word"))
    if study is not None:
        columns.append(Column(heading=INTERVAL.in_language(language), kind="word"))
    if moves:
        columns += [Column(heading=text.in_language(language), kind="word") for text in (_BEFORE, _MOVED)]
    cells = []
    for row in in_order(subject, rows):
        cell = [called(row)]
        if subject.shows("place"):
            cell.insert(0, place_or_word(row["place"], scheme, language))
        if scheme.ranks_all:
            cell.append(names.get(row["group"], ""))
        if subject.shows("total"):
            cell.append(figure(row["score"], decimals))
        if with_tiers:
            cell.append(row["tier"] or "—")
        if study is not None:
            cell.append(interval(study.units.get(row["unit"])))
        if moves:
            before = moves.get(row["unit"])
            cell += [_place(before), moved(before, row["place"])]
        cells.append(tuple(cell))
    title = Text(
        zh=f"{group.name.zh or group.name.en}考核结果", en=f"Result of {group.name.in_language('en')}"
    )
    if len(scheme.groups) == 1 or scheme.ranks_all:
        title = Text(zh="考核结果", en="Result")
    return Table(title=title.in_language(language), columns=tuple(columns), rows=tuple(cells))


def told_alike(subject: Subject, group: Group) -> Iterator[Text]:
    """Yield that some totals of `group` are printed alike though their places differ (rounding §4)."""
    alike = printed_alike(subject.result.ranking, subject.result.scheme)
    found = [each for each in alike if each.group in ("", group.code)]
    if found:
        zh = "；".join(f"{each.unit}、{each.other}（{each.total}）" for each in found)
        en = "; ".join(f"{each.unit}, {each.other} ({each.total})" for each in found)
        yield Text(
            zh=f"注：下列单位打印的总分相同，位次按打印前的总分排定：{zh}。",
            en=f"Note: printed alike, but placed by their totals before printing: {en}.",
        )


def moved(before: int | None, now: int | None) -> str:
    """Return how far a unit moved, with an arrow: up is better.

    Examples:
        >>> moved(5, 3), moved(3, 4), moved(2, 2), moved(None, 1)
        ('↑2', '↓1', '=', '—')
    """
    if before is None or now is None:
        return "—"
    gained = before - now
    return "=" if gained == 0 else f"{'↑' if gained > 0 else '↓'}{abs(gained)}"


def unranked_word(scheme: Scheme) -> Text:
    """Return what units that are not ranked are called: the scheme's words, or ours."""
    stated = scheme.unranked
    return Text(zh=stated.in_language("zh") or "未参加排序", en=stated.in_language("en") or "not ranked")


def place_or_word(place: int | None, scheme: Scheme, language: Language) -> str:
    """Return a place, or what the scheme calls a unit without one; a dash where it does not say."""
    return str(place) if place is not None else scheme.unranked.in_language(language) or "—"


def _place(place: int | None) -> str:
    return "—" if place is None else str(place)


def _places_before(subject: Subject) -> Mapping[str, int | None]:
    """Return the place before of each unit; nothing where moves, or places, are not shown."""
    if subject.moves is None or not (subject.shows("moves") and subject.shows("place")):
        return {}
    rows = subject.moves.totals.select("unit", "place_before").rows()
    return {unit: place for unit, place in rows if place is not None}
