"""Figures over the months or quarters of a round: what a formula gives in each, together (formulas k).

The formula is computed for every unit and period as a measure is, on a table of units and periods; the rows
of a unit are then taken together, and the figure joined to the unit. So what it costs grows with the periods.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final, TypeAlias

import narwhals as nw

from quanheng.engine.figures.looked_up.lookups import FromSeries
from quanheng.engine.formulas.measures import Measure
from quanheng.engine.frame import columns as c
from quanheng.engine.frame.comparing import settled
from quanheng.periods.every import MONTHS_OF_SERIES
from quanheng.periods.period import Period
from quanheng.periods.stretch import Stretch
from quanheng.scheme.formulas.tree import Formula, OfSeries, SeriesWord

Measured: TypeAlias = Callable[[Sequence[Measure], Mapping[str, Stretch]], nw.LazyFrame[Any]]
"""Gives unit, round and the columns of measures, for each unit and each of several rounds."""

_LEAST_PART: Final = 1e-9
"""So much less than a whole number is one: 75 % of 12 months are 9."""


def periods_in(series: OfSeries, stretch: Stretch) -> tuple[Period, ...]:
    """Return the months or quarters that lie whole inside `stretch`, the last of them where only these count.

    Examples:
        >>> from quanheng.scheme.formulas.tree import Name
        >>> series = OfSeries("mean", "quarters", Name("x"))
        >>> [str(period) for period in periods_in(series, Stretch(2023 * 12, 8))]
        ['2023-Q1', '2023-Q2']
    """
    length = MONTHS_OF_SERIES[series.every]
    first = -(-stretch.first // length) * length
    whole = (stretch.last + 1 - first) // length * length
    periods = Stretch(first, whole).parts(length) if whole > 0 else ()
    return periods[-series.number :] if series.chosen == "last" else periods


def with_series(
    frame: nw.LazyFrame[Any], figures: Iterable[FromSeries], groups: tuple[str, ...], measured: Measured
) -> nw.LazyFrame[Any]:
    """Join to `frame`, one row a unit, the columns of `figures`: the value, and why it is absent."""
    together: dict[tuple[SeriesWord, Stretch], list[FromSeries]] = {}
    for figure in figures:
        together.setdefault((figure.series.every, figure.stretch), []).append(figure)
    for of_stretch in together.values():
        frame = _with_figures(frame, of_stretch, groups, measured)
    return frame


def flags_of(column: str) -> tuple[str, str]:
    """Return the columns beside a figure that say where it does not apply, and where it is undefined."""
    return f"{column}|away", f"{column}|broken"


def measure_of(series: OfSeries, groups: tuple[str, ...], code: str) -> Measure:
    """Return what is asked of each period."""
    return Measure(code=code, formula=Formula(series.text, series.of), groups=groups)


def _with_figures(
    frame: nw.LazyFrame[Any], figures: Sequence[FromSeries], groups: tuple[str, ...], measured: Measured
) -> nw.LazyFrame[Any]:
    of = {figure.column: periods_in(figure.series, figure.stretch) for figure in figures}
    rounds = {str(period): Stretch.of(period) for periods in of.values() for period in periods}
    frame = without_periods(frame, [figure for figure in figures if not of[figure.column]])
    some = [figure for figure in figures if of[figure.column]]
    if not some:
        return frame
    trees = list(dict.fromkeys(figure.series.of for figure in some))
    measures = [
        measure_of(next(each.series for each in some if each.series.of == tree), groups, f"series{number}")
        for number, tree in enumerate(trees)
    ]
    rows = measured(measures, rounds)
    code_of = {figure.column: measures[trees.index(figure.series.of)].code for figure in some}
    looked = rows.select(
        c.UNIT, *(each for figure in some for each in _looked(figure, code_of[figure.column], of, rounds))
    )
    return with_taken_together(frame, looked, some)


def without_periods(frame: nw.LazyFrame[Any], figures: Sequence[FromSeries]) -> nw.LazyFrame[Any]:
    """Add the columns of figures that no period lies in: nobody has any."""
    columns = [each for figure in figures for each in _none(figure.column)]
    return frame.with_columns(*columns) if columns else frame


def with_taken_together(
    frame: nw.LazyFrame[Any], looked: nw.LazyFrame[Any], figures: Sequence[FromSeries]
) -> nw.LazyFrame[Any]:
    """Join what `figures` make of `looked` to the units of `frame`.

    `looked` has a row for each unit and period, and for each figure the columns `…|value` of the period, and
    `…|due`, `…|away`, `…|broken`, 1 where it counts, does not apply, is undefined, else 0.
    """
    ranked = looked.with_columns(*(each for figure in figures for each in _taken(figure)))
    own = ranked.group_by(c.UNIT).agg(*(each for figure in figures for each in _parts(figure)))
    made = own.select(c.UNIT, *(each for figure in figures for each in _whole(figure)))
    frame = frame.join(made, on=c.UNIT, how="left")
    return frame.with_columns(
        nw.col(flag).fill_null(value=False) for figure in figures for flag in flags_of(figure.column)
    )


def _none(column: str) -> Iterator[nw.Expr]:
    yield nw.lit(None, dtype=nw.Float64()).alias(column)
    yield from (nw.lit(value=False).alias(flag) for flag in flags_of(column))


def _looked(
    figure: FromSeries, code: str, of: Mapping[str, Sequence[Period]], rounds: Mapping[str, Stretch]
) -> Iterator[nw.Expr]:
    """Yield the value of a period, and whether it counts, does not apply, and is undefined; 1 and 0."""
    column, periods = figure.column, [str(period) for period in of[figure.column]]
    value, absence = nw.col(c.measure(code)), nw.col(c.absence(code))
    inside = nw.lit(value=True) if len(periods) == len(rounds) else nw.col(c.ROUND).is_in(periods)
    yield nw.when(inside).then(value).alias(f"{column}|value")
    for name, flag in (
        ("due", inside & (absence != c.NOT_APPLICABLE)),
        ("away", inside & (absence == c.NOT_APPLICABLE)),
        ("broken", inside & (absence == c.UNDEFINED)),
    ):
        yield nw.when(flag).then(1).otherwise(0).alias(f"{column}|{name}")


def _taken(figure: FromSeries) -> Iterator[nw.Expr]:
    """Yield the value of a period where it is one of those that are taken."""
    value = nw.col(f"{figure.column}|value")
    chosen = figure.series.chosen
    if chosen in {"highest", "lowest"}:
        rank = value.rank("ordinal", descending=chosen == "highest").over(c.UNIT)
        yield nw.when(rank <= figure.series.number).then(value).alias(f"{figure.column}|taken")
    else:
        yield value.alias(f"{figure.column}|taken")


def _parts(figure: FromSeries) -> Iterator[nw.Expr]:
    column, series = figure.column, figure.series
    value = nw.col(f"{column}|taken")
    yield nw.col(f"{column}|value").count().alias(f"{column}|there")
    yield from (nw.col(f"{column}|{name}").sum() for name in ("due", "away", "broken"))
    match series.statistic:
        case "max":
            yield value.max().alias(column)
        case "min":
            yield value.min().alias(column)
        case "sd":
            yield value.std(ddof=1).alias(column)
        case "median":
            yield value.median().alias(column)
        case "percentile":
            yield value.quantile(series.at, interpolation="linear").alias(column)
        case _:
            yield value.sum().alias(column)
    yield value.abs().sum().alias(f"{column}|size")
    yield value.count().alias(f"{column}|number")


def _whole(figure: FromSeries) -> Iterator[nw.Expr]:
    column, series = figure.column, figure.series
    there, due = (nw.col(f"{column}|{name}").cast(nw.Float64()) for name in ("there", "due"))
    number, size = nw.col(f"{column}|number").cast(nw.Float64()), nw.col(f"{column}|size")
    total = nw.col(column).cast(nw.Float64())
    match series.statistic:
        case "mean" | "share":
            figured = settled(total / number, size=size / number)
        case "sum" | "count":
            figured = settled(total, size=size)
        case "max" | "min":
            figured = total
        case _:
            figured = settled(total)
    enough = there == due
    if series.needs is not None:
        wanted = due * series.needs - _LEAST_PART if series.needs < 1.0 else nw.lit(series.needs)
        enough = (there >= wanted) & (there > 0)
    if series.chosen in {"highest", "lowest"}:
        enough = enough & (there >= series.number)
    broken = nw.col(f"{column}|broken") > 0
    away = (due == 0) & (nw.col(f"{column}|away") > 0)
    if series.statistic == "sd":
        away = away | (enough & (number == 1))
    yield nw.when(enough & ~broken & (number > 0) & ~away).then(figured).alias(column)
    away_name, broken_name = flags_of(column)
    yield (away & ~broken).alias(away_name)
    yield broken.alias(broken_name)
