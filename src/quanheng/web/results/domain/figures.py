"""Which figures a run takes: of its round what is accepted, of earlier rounds what was, each one once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from decimal import Decimal
from typing import Any, Final, TypeAlias

from django.db.models import Exists, Max, OuterRef, Q, QuerySet

from quanheng.findings.value import Value
from quanheng.periods.period import parse_period
from quanheng.periods.widths import to_half_width
from quanheng.scheme.items.item import Reported
from quanheng.web.library.reading import scheme_of
from quanheng.web.results.models import KeptRun, Taken
from quanheng.web.rounds.models import AskedItem, AskedUnit, Cell, Change, KeptRound

_EPOCH: Final = dt.date(1970, 1, 1)
_COLUMNS: Final = (
    *("pk", "round", "round__code", "round__version", "round__made_at"),
    *("item__code", "item__period", "item__kind", "item__place", "unit__unit", "unit__place"),
    *("nature", "number", "written", "was_taken"),
)


_Row: TypeAlias = Any
"""A row of these columns, each under its name."""


class Figure(Value):
    """A figure that a run takes: the change it is, and what stands in the book."""

    change: int
    file: str
    """The file of data it stands in: one for each round it comes from."""
    item: str
    unit: str
    period: str
    written: str
    is_own: bool
    """Whether it is of the round itself."""
    is_taken: bool
    """Whether the run that was asked about took it."""


def figures_for(
    kept: KeptRound,
    *,
    items: Iterable[AskedItem],
    preview: bool = False,
    run: KeptRun | None = None,
    gone: Collection[str] = (),
) -> tuple[Figure, ...]:
    """Return the figures by which a round is scored, file after file, units and items in their order.

    Of the round itself they are those that are accepted, with `preview` also those that are submitted. What
    was accepted in other rounds by the same scheme, whatever its version, is earlier figures: of its units,
    and of those that went into them before (`gone`); of items that the scheme still asks for; of periods that
    end no later. Of two rounds that have the same figure the newer one counts; what the round itself asks
    (`items`) comes from no other one. Of each is said whether `run` took it.
    """
    period = parse_period(kept.period)
    known = {item.code for item in scheme_of(kept.scheme.text).items if isinstance(item.source, Reported)}
    asked = {(item.code, item.period) for item in items}
    chosen: dict[tuple[str, str, str], _Row] = {}
    for row in _rows(kept, preview=preview, run=run, gone=gone):
        end = parse_period(row.item__period)
        if row.item__code not in known or (end.year, end.last_month) > (period.year, period.last_month):
            continue
        if row.round != kept.pk and (row.item__code, row.item__period) in asked:
            continue
        key = (row.item__code, str(row.unit__unit), row.item__period)
        if key not in chosen or _rank(chosen[key], kept) < _rank(row, kept):
            chosen[key] = row
    ordered = sorted(chosen.values(), key=_order)
    return tuple(_figure(row, kept) for row in ordered)


def _rows(kept: KeptRound, *, preview: bool, run: KeptRun | None, gone: Collection[str]) -> Iterable[_Row]:
    """Return every change that may be taken: it is the last one of its figure."""
    states = ("accepted", "submitted") if preview else ("accepted",)
    stands = Cell.objects.for_the_program().filter(
        item=OuterRef("item"), unit=OuterRef("unit"), version=OuterRef("version")
    )
    units = AskedUnit.objects.for_the_program().filter(round=kept).values("unit")
    own = Q(round=kept, state__in=states)
    counts = Q(unit__unit__in=units) | Q(unit__unit__in=sorted(gone))
    earlier = counts & Q(round__scheme__scheme=kept.scheme.scheme_id, state="accepted")
    found = Change.objects.for_the_program().filter(own | (earlier & ~Q(round__code=kept.code)))
    taken = Exists(Taken.objects.for_the_program().filter(run=run, change=OuterRef("pk")))
    return found.filter(Exists(stands)).annotate(was_taken=taken).values_list(*_COLUMNS, named=True)


def _rank(row: _Row, kept: KeptRound) -> tuple[bool, dt.datetime, int]:
    return row.round == kept.pk, row.round__made_at, row.round__version


def _order(row: _Row) -> tuple[str, str, int, int]:
    return _file(row), row.item__period, row.unit__place, row.item__place


def _file(row: _Row) -> str:
    return f"{row.round__code}-v{row.round__version}.csv"


def _figure(row: _Row, kept: KeptRound) -> Figure:
    return Figure(
        change=row.pk,
        file=_file(row),
        item=row.item__code,
        unit=str(row.unit__unit),
        period=row.item__period,
        written=_with_sign(row) or written(row.nature, row.number, is_date=row.item__kind == "date"),
        is_own=row.round == kept.pk,
        is_taken=row.was_taken,
    )


def _with_sign(row: _Row) -> str:
    """Return a figure with the per cent sign it was written with: the core tells where others have none."""
    text = to_half_width(row.written).strip()
    return text if row.nature == "value" and text.endswith("%") else ""


def mark_of_figures(kept: KeptRound) -> int:
    """Return the key of the last change by which the figures that a run would take may be others."""
    return next((int(row["mark"]) for row in marks_of_figures(kept)), 0)


def marks_of_figures(kept: KeptRound) -> QuerySet[Change, dict[str, Any]]:
    """Return one row with that mark; none where nothing was accepted yet."""
    told = Change.objects.for_the_program().filter(state__in=("accepted", "returned"))
    same = told.filter(round__scheme__scheme=kept.scheme.scheme_id).order_by()
    return same.values("round__scheme__scheme").annotate(mark=Max("pk")).values("mark")


def written(nature: str, number: float | None, *, is_date: bool) -> str:
    """Return how a figure stands in a book: each of value, missing and not applicable as itself (absence §1).

    Examples:
        >>> [written("value", number, is_date=False) for number in (0.1, 1e-07, 12.0)]
        ['0.1', '0.0000001', '12.0']
        >>> written("value", 19_800.0, is_date=True)
        '2024-03-18'
        >>> written("missing", None, is_date=False), written("not_applicable", None, is_date=False)
        ('', '/')
    """
    if nature == "not_applicable":
        return "/"
    if number is None:
        return ""
    if is_date:
        return (_EPOCH + dt.timedelta(days=round(number))).isoformat()
    return f"{Decimal(repr(number)):f}"
