"""What lies ahead of a unit: the alerts, and what its next place and tier would take."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from quanheng.documents.blocks import Column, ColumnKind, Note, Paragraph, Table
from quanheng.documents.charts.waterfall import at
from quanheng.documents.compose.numbers import decimals_of_totals
from quanheng.documents.compose.standings import unranked_word
from quanheng.documents.compose.units.peers import shows_totals
from quanheng.documents.compose.units.standing import Standing
from quanheng.documents.studied import Need
from quanheng.engine.formulas.formula_text import number_text
from quanheng.findings.finding import Finding
from quanheng.findings.text import Language, Text
from quanheng.studies.balance.model.frozen import Pool
from quanheng.studies.balance.plans.goals import next_tier, place_goal, tier_goal

Row = Mapping[str, Any]
MOST_ALERTS: Final = 6
MOST_NEEDS: Final = 4
"""So many alerts, and so many figures of each goal, are shown; a line tells of the others."""
_DIGITS: Final = 6
_OF_ALERTS: Final[tuple[tuple[Text, ColumnKind], ...]] = (
    (Text(zh="级别", en="Level"), "word"),
    (Text(zh="事项", en="What"), "text"),
    (Text(zh="情况", en="Why"), "text"),
)
_OF_NEEDS: Final[tuple[tuple[Text, ColumnKind], ...]] = (
    (Text(zh="目标", en="Goal"), "word"),
    (Text(zh="只改动这一项数据", en="This figure alone"), "text"),
    (Text(zh="现为", en="Now"), "number"),
    (Text(zh="需达到", en="Needed"), "number"),
    (Text(zh="本组已有", en="Seen in the group"), "word"),
)


def _columns(columns: tuple[tuple[Text, ColumnKind], ...], language: Language) -> tuple[Column, ...]:
    return tuple(Column(heading=text.in_language(language), kind=kind) for text, kind in columns)


def alerts_part(alerts: Sequence[Row] | None, language: Language) -> Iterator[Table | Paragraph | Note]:
    """Yield the gravest alerts of a unit as a table; a line where there is none, or no pace to judge by."""
    if alerts is None:
        text = Text(
            zh="注：方案没有序时进度，或没有期末进度可查，未列预警。",
            en="Note: the scheme states no pace, or no progress is known at its end; alerts are left out.",
        )
        yield Note(text=text.in_language(language))
        return
    if not alerts:
        text = Text(zh="期末没有预警。", en="There is no alert at the end of the round.")
        yield Paragraph(text=text.in_language(language))
        return
    columns = _columns(_OF_ALERTS, language)
    rows = tuple((row["level_name"], row["subject_name"], row["text"]) for row in alerts[:MOST_ALERTS])
    yield Table(title="", columns=columns, rows=rows)
    more = len(alerts) - MOST_ALERTS
    if more > 0:
        text = Text(zh=f"另有{more}项较轻的预警。", en=f"There are {more} more, less grave.")
        yield Note(text=text.in_language(language))


def needs_part(
    standing: Standing, pool: Pool, needs: Mapping[str, tuple[Need, ...]] | None, language: Language
) -> Iterator[Table | Paragraph | Note]:
    """Yield how far the next place and tier are, and which figure alone would reach them."""
    subject, unit = standing.subject, standing.unit
    if standing.row["place"] is None:
        word = unranked_word(subject.result.scheme)
        text = Text(zh=f"本单位{word.zh}。", en=f"The unit is {word.en}.")
        yield Paragraph(text=text.in_language(language))
        return
    if not shows_totals(subject):
        text = Text(
            zh="注：方案不公布总分，下一位次、等次所需的分数会透露其他单位的得分，未列。",
            en="Note: the scheme does not publish totals; what the next place and tier take would tell "
            "those of others and is left out.",
        )
        yield Note(text=text.in_language(language))
        return
    if subject.result.scheme.lowest_first:
        text = Text(
            zh="注：方案低分在前，如何达到下一位次、等次未作计算。",
            en="Note: the lowest total is first; what the next place and tier take is not worked out.",
        )
        yield Note(text=text.in_language(language))
        return
    for told in _goals(standing, pool):
        yield Paragraph(text=told.in_language(language))
    if not _has_ahead(standing, pool):
        return
    if needs is None or unit not in needs:
        text = Text(
            zh="注：结果旁没有该单位的统筹研究，未列单项数据需达到的数。",
            en="Note: no study of balance of this unit lies beside the result; what figures would have to "
            "be is left out.",
        )
        yield Note(text=text.in_language(language))
        return
    yield from _figures(standing, needs[unit], language)


def _has_ahead(standing: Standing, pool: Pool) -> bool:
    return standing.row["place"] != 1 or next_tier(pool, standing.unit) is not None


def _goals(standing: Standing, pool: Pool) -> Iterator[Text]:
    """Yield how many marks the next place and the next tier are away."""
    unit, own = standing.unit, standing.row["score"]
    decimals = decimals_of_totals(standing.subject.result.scheme)
    place = place_goal(pool, unit, unit, None)
    if isinstance(place, Finding):
        if pool.scheme.ranks_all:
            yield Text(zh="已居第一。", en="The unit is first of all.")
        else:
            yield Text(zh="已居本组第一。", en="The unit is first in its group.")
    else:
        gap = at(place.total(pool) - own, decimals)
        if gap > 0:
            yield Text(zh=f"距第{place.place}名差{gap}分。", en=f"Place {place.place} is {gap} marks away.")
        else:
            yield Text(
                zh=f"与第{place.place}名同分，按并列时的先后排在其后。",
                en=f"The score is that of place {place.place}; the order of ties puts the unit behind.",
            )
    number = next_tier(pool, unit)
    if number is None:
        return
    tier = tier_goal(pool, unit, unit, number)
    name = pool.scheme.tiers[number].name
    if isinstance(tier, Finding):
        return
    gap = at(max(0.0, tier.total(pool) - own), decimals)
    if gap > 0:
        yield Text(zh=f"距“{name}”差{gap}分。", en=f"Tier '{name}' is {gap} marks away.")
    else:
        yield Text(
            zh=f"得分已达“{name}”，未列入另有原因（名额、条件或并列先后）。",
            en=f"The score reaches tier '{name}'; quota, condition or the order of ties keep the unit out.",
        )


def _figures(standing: Standing, needs: Sequence[Need], language: Language) -> Iterator[Table | Note]:
    scheme = standing.subject.result.scheme
    items = {item.code: item.name.in_language(language) or item.code for item in scheme.items}
    rows, alone = [], 0
    for goal in ("place", "tier"):
        reached = [need for need in needs if need.goal == goal and need.after is not None]
        alone += len(reached)
        reached.sort(key=lambda need: (need.in_spreads is None, need.in_spreads or 0.0, need.item))
        rows += [_row(need, items, language) for need in reached[:MOST_NEEDS]]
    if not rows:
        if needs:
            text = Text(
                zh="没有哪一项数据能单独做到，需要几项同时提高。",
                en="No figure alone does that; it takes several.",
            )
            yield Note(text=text.in_language(language))
        return
    columns = _columns(_OF_NEEDS, language)
    yield Table(title="", columns=columns, rows=tuple(rows))
    text = Text(
        zh=f"各数经逐项完整计分，其他单位的数据不变；能单独做到的共{alone}项，所列为相对组内差异变动最小的。",
        en=f"Each was scored in full, the others as they are. {alone} figures do it alone; those with the "
        "least change for the group are shown.",
    )
    yield Note(text=text.in_language(language))


def _row(need: Need, items: Mapping[str, str], language: Language) -> tuple[str, ...]:
    goal = Text(zh=need.wanted, en=need.wanted)
    if need.goal == "place":
        goal = Text(zh=f"第{need.wanted}名", en=f"Place {need.wanted}")
    seen = {True: Text(zh="是", en="yes"), False: Text(zh="否", en="no"), None: Text(zh="—", en="—")}
    return (
        goal.in_language(language),
        items.get(need.item, need.item),
        _figure(need.before),
        _figure(need.after),
        seen[need.seen].in_language(language),
    )


def _figure(value: float | None) -> str:
    return "—" if value is None else number_text(float(f"{value:.{_DIGITS}g}"))
