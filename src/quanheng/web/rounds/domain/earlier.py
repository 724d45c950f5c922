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


class Earlier(Value):
    """A figure of the period before, and of the same period a year before; None where there is none."""

    last: Cell | None = None
    last_year: Cell | None = None


@seen_whole()
def earlier_of(
    kept: KeptRound, items: Collection[AskedItem], units: Collection[AskedUnit]
) -> dict[Key, Earlier]:
    """Return the earlier figures of items and units of a round, by the keys of these.

    They are those that were submitted or accepted in rounds by the same scheme, whatever its version; of two
    rounds for one period the newer one counts.
    """
    wanted: dict[tuple[str, str], list[tuple[int, str]]] = {}
    for item in items:
        period = parse_period(item.period)
        for name, months in (("last", period.length_months), ("last_year", 12)):
            wanted.setdefault((item.code, str(period.months_before(months))), []).append((item.pk, name))
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
        .select_related("item", "unit")
        .order_by("round__made_at", "round_id")
    )
    found: dict[Key, dict[str, Cell]] = {}
    for cell in cells:
        for pk, name in wanted.get((cell.item.code, cell.item.period), ()):
            found.setdefault((pk, by_code[str(cell.unit.unit_id)]), {})[name] = cell
    return {key: Earlier(last=own.get("last"), last_year=own.get("last_year")) for key, own in found.items()}
