"""What was reported of the same items and units before: who reports a figure may see what it was."""

from __future__ import annotations

from collections.abc import Collection
from typing import TypeAlias

from quanheng.findings.value import Value
from quanheng.periods.period import parse_period
from quanheng.web.base.seeing import seen_whole
from quanheng.web.rounds.models import AskedItem, AskedUnit, Cell, KeptRound

_TOLD = ("submitted", "accepted")
Key: TypeAlias = tuple[int, int]


class Past(Value):
    """A figure of another period: its nature, and as it was written."""

    nature: str
    written: str


class Earlier(Value):
    """A figure of the period before, and of the same period a year before; None where there is none."""

    last: Past | None = None
    last_year: Past | None = None


@seen_whole()
def earlier_of(
    kept: KeptRound, items: Collection[AskedItem], units: Collection[AskedUnit]
) -> dict[Key, Earlier]:
    """Return the earlier figures of items and units of a round, by the keys of these.

    They are those that were submitted or accepted in rounds by the same scheme, whatever its version; of two
    rounds for one period the newer one counts.
    """
    wanted: dict[tuple[str, str], list[tuple[int, str]]] = {}
    before = {period: _before(period) for period in {item.period for item in items}}
    for item in items:
        for name, period in before[item.period]:
            wanted.setdefault((item.code, period), []).append((item.pk, name))
    by_code = {str(unit.unit_id): unit.pk for unit in units}
    cells = (
        Cell.objects.for_the_program()
        .filter(
            round__scheme__scheme=kept.scheme.scheme_id,
            item__code__in={code for code, _ in wanted},
            item__period__in={period for _, period in wanted},
            unit__unit__in=list(by_code),
            state__in=_TOLD,
        )
        .exclude(round=kept)
        .order_by("round__made_at", "round_id")
        .values_list("item__code", "item__period", "unit__unit", "nature", "written")
    )
    found: dict[Key, dict[str, Past]] = {}
    for code, period, unit, nature, written in cells:
        past = Past(nature=nature, written=written)
        for pk, name in wanted.get((code, period), ()):
            found.setdefault((pk, by_code[unit]), {})[name] = past
    return {key: Earlier(last=own.get("last"), last_year=own.get("last_year")) for key, own in found.items()}


def _before(period: str) -> tuple[tuple[str, str], ...]:
    """Return the period before `period` and that of a year before, by what an `Earlier` calls them."""
    now = parse_period(period)
    return (
        ("last", str(now.months_before(now.length_months))),
        ("last_year", str(now.months_before(12))),
    )
