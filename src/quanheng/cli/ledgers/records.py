"""`quanheng records`: from an indicator of a unit down to the records behind it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Final, assert_never

from cyclopts import Parameter

from quanheng.cli.ledgers.record_words import SHOWN, place_of, text_of
from quanheng.cli.parameters import AsOf, BookPath, Round, Unit
from quanheng.cli.show import Column, Screen
from quanheng.findings.text import Text
from quanheng.scheme.formulas.scopes import LEDGER_WORDS
from quanheng.scheme.formulas.worded.wording import condition_in_words, formula_in_words
from quanheng.scheme.items.item import FromLedger, FromPeriods, FromUnits, Reported, Source
from quanheng.scheme.laws.readings import EVERY_READING

if TYPE_CHECKING:
    from quanheng.insight.records_behind import Behind, FigureBehind

_HEADINGS: Final[Mapping[str, Text]] = {
    "unit": Text(en="unit", zh="单位"),
    "date": Text(en="date", zh="日期"),
    "adds": Text(en="adds", zh="计入"),
}
"""The columns beside a ledger's own, in words."""
_SOURCE: Final = ("source_file", "source_sheet", "source_row")


def records(
    book: BookPath,
    unit: Unit,
    indicator: Annotated[str, Text(en="the code or the name of an indicator", zh="指标的代码或名称")],
    *,
    round: Round = None,  # noqa: A002  the word of the language
    as_of: AsOf = None,
    screen: Annotated[Screen, Parameter(parse=False)],
) -> int:
    """Print each figure of `indicator` for `unit`, and the records or cells it comes from."""
    from quanheng.usecase.ledgers.records import records as records_of  # noqa: PLC0415  help needs no engine

    with screen.working(Text(en="reading", zh="正在读取")):
        behind = records_of(book, unit, indicator, round=round, as_of=as_of)
    if screen.json:
        screen.record(_record_of(behind))
        return 0
    name = behind.indicator.name.in_language(screen.language)
    screen.text(f"{behind.unit_name}  {name}  {behind.round}  =  {screen.choose(behind.measure)}")
    for figure in behind.figures:
        _show(figure, screen)
    return 0


def _show(figure: FigureBehind, screen: Screen) -> None:
    how = _how(figure.source, screen)
    value = "∅" if figure.value is None else text_of(figure.value)
    of = f"  {figure.period}" if figure.period else ""
    screen.text("")
    screen.text(f"{_called(figure, screen)}{of}: {value}  ({how}){_where(figure, screen)}")
    if figure.records is not None:
        names = [name for name in figure.records.columns if name not in _SOURCE]
        columns = [Column(heading=_HEADINGS.get(name, Text(en=name))) for name in names] + [
            Column(heading=Text(en="place", zh="位置"))
        ]
        rows = [
            (*(text_of(row[name]) for name in names), place_of(row))
            for row in figure.records.head(SHOWN).rows(named=True)
        ]
        if rows:
            screen.table(columns, rows)
        more = len(figure.records) - len(rows)
        if more > 0:
            screen.say(Text(en=f"and {more} more; --json has all", zh=f"另有 {more} 件，--json 可列出全部"))
    elif figure.cells is not None:
        for cell in figure.cells.rows(named=True):
            place = "!".join(str(cell[part]) for part in ("file", "sheet", "cell") if cell[part])
            screen.text(f"  {text_of(cell['value']) or '∅'}  {place}")


def _called(figure: FigureBehind, screen: Screen) -> str:
    name = figure.name.in_language(screen.language)
    with_code = figure.item if name == figure.item else f"{figure.item} {name}"
    return screen.choose(Text(en=with_code, zh=name or figure.item))


def _where(figure: FigureBehind, screen: Screen) -> str:
    """Return which records of which ledger count, for a figure that comes from one."""
    if figure.ledger is None:
        return ""
    ledger = Text(en=f"  ledgers/{figure.ledger}", zh=f"  {figure.ledger_name.zh or figure.ledger}")
    read = figure.source.readings if isinstance(figure.source, FromLedger) else None
    if read is not None:
        every = EVERY_READING[read.every]
        ledger = Text(en=f"  readings by {every.en}", zh=f"  按{every.zh}读数")
    if figure.amount:
        formula = formula_in_words(figure.amount, scope=LEDGER_WORDS)
        ledger = Text(en=f"{ledger.en}: {figure.amount}", zh=f"{ledger.zh}：{formula}")
    if not figure.condition:
        return screen.choose(ledger)
    said = condition_in_words(figure.condition, scope=LEDGER_WORDS)
    formula = formula_in_words(figure.condition, scope=LEDGER_WORDS)
    return screen.choose(
        Text(en=f"{ledger.en}  [{figure.condition}]", zh=f"{ledger.zh}  {said}（{formula}）")
    )


def _how(source: Source, screen: Screen) -> str:
    """Return how a figure comes about, in words."""
    match source:
        case FromLedger(statistic=statistic):
            return statistic.in_words(screen.language)
        case FromUnits():
            return screen.choose(Text(en="attribute of the unit", zh="单位属性"))
        case FromPeriods():
            return screen.choose(Text(en="over the periods of the round", zh="按考核期内各期计算"))
        case Reported():
            return screen.choose(Text(en="reported", zh="上报"))
        case _:
            assert_never(source)


def _record_of(behind: Behind) -> dict[str, object]:
    return {
        "unit": behind.unit,
        "name": behind.unit_name,
        "indicator": behind.indicator.code,
        "measure": behind.indicator.measure.text,
        "round": behind.round,
        "figures": [
            {
                "item": figure.item,
                "months_before": figure.months_before,
                "period": figure.period,
                "how": figure.how,
                "value": figure.value,
                "ledger": figure.ledger,
                "amount": figure.amount,
                "condition": figure.condition,
                "records": None if figure.records is None else figure.records.rows(named=True),
                "cells": None if figure.cells is None else figure.cells.rows(named=True),
            }
            for figure in behind.figures
        ],
    }
