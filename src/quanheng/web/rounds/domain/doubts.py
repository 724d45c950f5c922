"""Figures in doubt: the core's check of unusual reports, on a round and what was accepted before it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Final, TypeAlias

from django.db.models import Count, Max, Q

from quanheng.data.book.loose import Figure, ReportedUnit
from quanheng.data.cells.number_texts import text_of_number
from quanheng.findings.finding import Finding
from quanheng.findings.text import Text
from quanheng.findings.value import Value
from quanheng.insight.unusual.signs import SignName
from quanheng.scheme.tree.scheme import Scheme
from quanheng.scheme.tree.uses import items_of
from quanheng.usecase.year.reported import unusual_reports
from quanheng.web.base.seeing import seen_whole
from quanheng.web.library.reading import scheme_of
from quanheng.web.rounds.models import AskedItem, AskedUnit, Cell, Change, KeptRound

_TOLD: Final = ("submitted", "accepted")
_DRAFTS: Final = ("saved", "returned")
_SETTLED: Final = ("accept", "miss", "correct")
_NEVER_CHANGES: Final = ("final", "published")
_WORDS: Final[Mapping[SignName, Text]] = {
    "magnitude": Text(zh="数量级存疑", en="of another magnitude"),
    "fall": Text(zh="累计数下降", en="cumulative, and falls"),
    "jump": Text(zh="突变", en="jumps"),
    "against": Text(zh="与其他单位走势相反", en="moves against the others"),
    "copy": Text(zh="与前期完全相同", en="exactly as before"),
    "landing": Text(zh="屡次恰好落在目标或分档线上", en="lands on its aim again"),
}
"""What a sign is called: who reports a figure reads no number of other units."""


class Doubt(Value):
    """Why a figure is in doubt: `finding` with all its evidence, `words` with the unit's own alone."""

    finding: Finding
    words: Text


Doubts: TypeAlias = Mapping[tuple[int, int], tuple[Doubt, ...]]


@seen_whole()
def doubts_of(kept: KeptRound, *, drafts_of: str = "") -> Doubts:
    """Return the figures of a round that are in doubt, by the keys of their items and units.

    They are judged by what was accepted in rounds by the same scheme, whatever its version, and by the other
    figures of the round that were submitted; of those who only saved, by those of `drafts_of`. For that one
    it is as of the own last change: a hundred who report do not have it looked for anew by each other.
    """
    here = Q(round=kept)
    counted = here & Q(who=drafts_of) | ~here & Q(move__in=_SETTLED) if drafts_of else ~Q(move="save")
    changes = Change.objects.for_the_program().filter(round__scheme__scheme=kept.scheme.scheme_id)
    changes = changes.exclude(round__state__in=_NEVER_CHANGES).filter(counted)
    stand = changes.aggregate(last=Max("pk"), count=Count("pk"))
    return doubts_as_of(kept.pk, (stand["last"], stand["count"]), drafts_of)


@lru_cache(maxsize=16)
def doubts_as_of(pk: int, stand: tuple[int | None, int], drafts_of: str) -> Doubts:
    """Return the figures of the round `pk` in doubt, as the changes `stand`; what was found is kept."""
    del stand
    kept = KeptRound.objects.for_the_program().select_related("scheme").get(pk=pk)
    units = AskedUnit.objects.for_the_program().filter(round=kept).select_related("unit")
    own_units = {str(unit.unit_id): unit for unit in units}
    own_items = {item.code: item for item in AskedItem.objects.for_the_program().filter(round=kept)}
    figures = list(_figures(kept, drafts_of))
    if not any(figure.is_asked for figure in figures):
        return {}
    scheme = scheme_of(kept.scheme.text)
    listed = [
        ReportedUnit(code=code, name=unit.unit.name, group=unit.group) for code, unit in own_units.items()
    ]
    found: dict[tuple[int, int], list[Doubt]] = {}
    for report, finding in unusual_reports(scheme, listed, figures, at=kept.period):
        for code in _items_behind(scheme, report.sign, report.code):
            item = own_items.get(code)
            if item is not None and (report.sign == "landing" or report.period == item.period):
                doubt = Doubt(finding=finding, words=_words(report.sign, report.earlier, report.before))
                found.setdefault((item.pk, own_units[report.unit].pk), []).append(doubt)
    return {place: tuple(doubts) for place, doubts in found.items()}


def _figures(kept: KeptRound, drafts_of: str) -> Iterable[Figure]:
    """Return all figures that count: one an item, unit and period, that of the newest round."""
    own = Q(state__in=_TOLD)
    if drafts_of:
        own |= Q(state__in=_DRAFTS, entered_by=drafts_of)
    cells = (
        Cell.objects.for_the_program()
        .filter(round__scheme__scheme=kept.scheme.scheme_id, nature="value")
        .filter(Q(round=kept) & own | ~Q(round=kept) & Q(state="accepted"))
        .order_by("round__made_at", "round_id")
        .values_list("item__code", "unit__unit", "item__period", "number", "round_id")
    )
    found: dict[tuple[str, str, str], Figure] = {}
    for item, unit, period, number, round_pk in cells:
        known = found.get((item, unit, period))
        if number is not None and (known is None or not known.is_asked):
            figure = Figure(item=item, unit=unit, period=period, value=number, is_asked=round_pk == kept.pk)
            found[item, unit, period] = figure
    return found.values()


def _items_behind(scheme: Scheme, sign: SignName, code: str) -> tuple[str, ...]:
    """Return the items of a report: a landing is told of an indicator."""
    if sign != "landing":
        return (code,)
    return tuple(item for each in scheme.indicators if each.code == code for item in items_of(each))


def _words(sign: SignName, earlier: str | None, before: float | None) -> Text:
    said = _WORDS[sign]
    if earlier is None or before is None:
        return said
    number = text_of_number(float(f"{before:.12g}"))
    return Text(zh=f"{said.zh}（{earlier} 为 {number}）", en=f"{said.en} ({number} in {earlier})")
