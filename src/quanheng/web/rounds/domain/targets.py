"""Targets beside the figures of a round: read by the core from the tables that whoever keeps them tells."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from functools import lru_cache
from pathlib import PurePosixPath
from typing import Final, TypeAlias

from quanheng.data.book.loose import ReportedUnit
from quanheng.data.cells.number_texts import text_of_number
from quanheng.data.files.delimited import read_csv
from quanheng.data.files.magic import WORKBOOKS
from quanheng.data.files.spreadsheets import read_workbook
from quanheng.data.tables.table import Raw
from quanheng.findings.collector import Collector
from quanheng.findings.value import Value
from quanheng.periods.period import parse_period
from quanheng.usecase.year.targets_set import indicators_of_items, targets_set
from quanheng.web.base.seeing import seen_whole
from quanheng.web.library.reading import scheme_of
from quanheng.web.rounds.models import AskedItem, AskedUnit, KeptRound

_TEXTS: Final = (".csv", ".tsv")


class TargetTable(Value, aside=("content",)):
    """A table of targets: what it is called, the hash of what it holds, and how that is read."""

    name: str
    digest: str
    content: Callable[[], bytes]


Tables: TypeAlias = Callable[[KeptRound], tuple[TargetTable, ...]]
_TOLD: Final[list[Tables]] = []


class Aim(Value):
    """A target beside a figure: as people write it, and for which period where that is not the figure's."""

    written: str
    period: str = ""


def tell_targets_by(tables: Tables) -> None:
    """Let `tables` tell which tables of targets count in a round."""
    _TOLD.append(tables)


@seen_whole()
def aims_of(
    kept: KeptRound, items: Collection[AskedItem], units: Collection[AskedUnit]
) -> Mapping[tuple[int, int], Aim]:
    """Return the targets beside figures of a round, by the keys of their items and units.

    It is that of an indicator whose measure is the item as it is reported: for the figure's own period, else
    for the shortest one that it lies in, as in a year's target beside a quarter.
    """
    tables = tuple(table for tell in _TOLD for table in tell(kept))
    if not tables:
        return {}
    by_unit = targets_in(kept.pk, tables)
    indicators = indicators_of_items(scheme_of(kept.scheme.text))
    found: dict[tuple[int, int], Aim] = {}
    for item in items:
        for unit in units:
            aims = [
                aim
                for indicator in indicators.get(item.code, ())
                for aim in by_unit.get((str(unit.unit_id), indicator), ())
                if item.kind != "date" and _lies_in(item.period, aim.period)
            ]
            if aims:
                nearest = min(aims, key=_length)
                period = "" if nearest.period == item.period else nearest.period
                found[item.pk, unit.pk] = Aim(written=nearest.written, period=period)
    return found


@lru_cache(maxsize=16)
def targets_in(pk: int, tables: tuple[TargetTable, ...]) -> Mapping[tuple[str, str], tuple[Aim, ...]]:
    """Return the targets that tables set in the round `pk`, by unit and indicator; they are kept in memory.

    A table that cannot be read sets none: whoever keeps it tells what is wrong with it.
    """
    kept = KeptRound.objects.for_the_program().select_related("scheme").get(pk=pk)
    units = AskedUnit.objects.for_the_program().filter(round=kept).select_related("unit")
    listed = [ReportedUnit(code=str(unit.unit_id), name=unit.unit.name, group=unit.group) for unit in units]
    raws = [raw for table in tables for raw in _cells_of(table)]
    found: dict[tuple[str, str], tuple[Aim, ...]] = {}
    for each in targets_set(raws, scheme_of(kept.scheme.text), listed, at=kept.period).targets:
        if each.target is not None:
            aim = Aim(written=text_of_number(each.target), period=each.period)
            found[each.unit, each.indicator] = (*found.get((each.unit, each.indicator), ()), aim)
    return found


def _cells_of(table: TargetTable) -> tuple[Raw, ...]:
    ending, collector = PurePosixPath(table.name).suffix.lower(), Collector()
    if ending in WORKBOOKS:
        return read_workbook(table.content(), file=table.name, collector=collector)
    sheet = read_csv(table.content(), file=table.name, collector=collector) if ending in _TEXTS else None
    return () if sheet is None else (sheet,)


def _lies_in(inner: str, outer: str) -> bool:
    inside, around = parse_period(inner), parse_period(outer)
    return around.start <= inside.start and inside.end <= around.end


def _length(aim: Aim) -> int:
    return parse_period(aim.period).length_months
