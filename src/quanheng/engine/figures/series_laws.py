"""What a reader should know of figures over periods: of which of them there is nothing (formulas k)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

import narwhals as nw

from quanheng.data.book.book import Book
from quanheng.engine.figures.layout import measure_columns
from quanheng.engine.figures.looked_up.lookups import FromSeries, Lookups
from quanheng.engine.figures.reviews import in_each_review
from quanheng.engine.figures.series import measure_of, periods_in
from quanheng.engine.frame import columns as c
from quanheng.engine.frame.engines import polars_engine
from quanheng.engine.frame.findings import first_units
from quanheng.findings.finding import Finding, Kind
from quanheng.findings.text import Text
from quanheng.periods.stretch import Stretch

NO_PERIOD_OF_ROUND: Final = Kind(
    code="QH663",
    severity="warning",
    en="no whole period of {item} lies in the round {round}: nobody has a figure",
    zh="考核期 {round} 内没有“{item}”所需的完整期间，所有单位都没有该数",
    hint_en="score a longer round, or use months",
    hint_zh="请改按更长的考核期计分，或改用“各月”",
)
PERIODS_MISSING: Final = Kind(
    code="QH664",
    severity="warning",
    en="no figure of {item} where periods are missing: {unit}{more}; {unit1} has {there} of {due}, "
    "without {periods}",
    zh="“{item}”缺少部分期间的数，没有结果：{unit}{more}；其中{unit1}有{there}期，应有{due}期，缺 {periods}",
    hint_en="report them, or say how many are enough, as in months(x, 9), months(x, 75%), "
    "reviews(place <= 3, 3)",
    hint_zh="请补报；或写明至少须有几期，如“各月(x, 9)”“各月(x, 75%)”“各次评议(位次 <= 3, 3)”",
)
PERIODS_FEWER: Final = Kind(
    code="QH665",
    severity="note",
    en="the figure of {item} is not of all periods: {unit}{more}; {unit1} has {there} of {due}, "
    "without {periods}",
    zh="“{item}”的结果不足全部期间：{unit}{more}；其中{unit1}有{there}期，应有{due}期，缺 {periods}",
    hint_en="nothing, if so many are enough",
    hint_zh="如按方案已足够，无需处理",
)
_SHOWN: Final = 6


def check_series(book: Book, lookups: Lookups) -> Iterator[Finding]:
    """Yield what is missing of the figures over periods of a round, each once."""
    for figure in lookups.series:
        if not figure.fetch.months_before:
            yield from _missing_of(book, figure)


NO_REVIEW_IN_ROUND: Final = Kind(
    code="QH879",
    severity="warning",
    en="no review lies inside the round {round}: nobody has a figure of {item}",
    zh="考核期 {round} 内没有季季评，“{item}”所有单位都没有该数",
    hint_en="score a longer round",
    hint_zh="请改按更长的考核期计分",
)


def check_reviews(book: Book, lookups: Lookups) -> Iterator[Finding]:
    """Yield what is missing of the figures over reviews of a round; nothing where it is not scored."""
    for figure in lookups.reviews:
        rows = in_each_review(figure, book)
        if rows is None:
            continue
        if not len(rows):
            yield NO_REVIEW_IN_ROUND.at(figure.item.where, item=_name(figure), round=figure.stretch)
        looked: dict[str, dict[str, int]] = {}
        units = book.units.select(c.UNIT)
        for unit, review, value in rows.join(units, on=c.UNIT, how="inner").sort(c.UNIT, c.ROUND).rows():
            looked.setdefault(unit, {})[review] = c.MISSING if value is None else c.PRESENT
        yield from _told(figure, _name(figure), looked)


def _name(figure: FromSeries) -> Text:
    return figure.item.name


def _missing_of(book: Book, figure: FromSeries) -> Iterator[Finding]:
    name = _name(figure)
    if not periods_in(figure.series, figure.stretch):
        yield NO_PERIOD_OF_ROUND.at(figure.item.where, item=name, round=figure.stretch)
        return
    yield from _told(figure, name, _absences_of(book, figure))


def _absences_of(book: Book, figure: FromSeries) -> Mapping[str, Mapping[str, int]]:
    """Return why each unit has no value in each period, or that it has one."""
    measure = measure_of(figure.series, tuple(group.code for group in book.scheme.groups), "series")
    rounds = {str(period): Stretch.of(period) for period in periods_in(figure.series, figure.stretch)}
    rows = measure_columns(book, [measure], rounds, polars_engine()).select(
        c.UNIT, c.ROUND, nw.col(c.absence("series")).alias("absence")
    )
    told = polars_engine().collect(rows.filter(~nw.col("absence").is_null())).sort(c.UNIT, c.ROUND)
    looked: dict[str, dict[str, int]] = {}
    for unit, period, absence in told.rows():
        looked.setdefault(unit, {})[period] = absence
    return looked


def _told(figure: FromSeries, name: Text, looked: Mapping[str, Mapping[str, int]]) -> Iterator[Finding]:
    where = figure.item.where
    short, fewer = list[str](), list[str]()
    for unit, by_period in looked.items():
        missing, away = (_count(by_period, reason) for reason in (c.MISSING, c.NOT_APPLICABLE))
        due = len(by_period) - away
        if due and not _is_enough(figure, due, missing):
            short.append(unit)
        elif due and (missing or away):
            fewer.append(unit)
    for kind, units in ((PERIODS_MISSING, short), (PERIODS_FEWER, fewer)):
        if units:
            first = looked[units[0]]
            lost = [period for period, absence in first.items() if absence in {c.MISSING, c.NOT_APPLICABLE}]
            shown = ", ".join(lost[:_SHOWN]) + (" …" if len(lost) > _SHOWN else "")
            facts = {
                "unit1": units[0],
                "there": len(first) - len(lost),
                "due": len(first),
                "periods": shown or "∅",
            }
            yield kind.at(where, item=name, **facts, **first_units(units, len(units)))


def _count(by_period: Mapping[str, int], reason: int) -> int:
    return sum(absence == reason for absence in by_period.values())


def _is_enough(figure: FromSeries, due: int, missing: int) -> bool:
    series, there = figure.series, due - missing
    wanted = float(series.number) if series.chosen in {"highest", "lowest"} else 1.0
    if series.needs is not None:
        wanted = max(wanted, series.needs if series.needs >= 1 else due * series.needs - 1e-9)
    else:
        wanted = max(wanted, float(due))
    return there >= wanted
