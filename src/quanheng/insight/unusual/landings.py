"""Measures that lie exactly on a target or a threshold: the year to date of every period with an aim."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

import narwhals as nw
import numpy as np

from quanheng.data.book.book import Book
from quanheng.data.book.frames import Frame
from quanheng.engine.figures.targets.due import due_targets
from quanheng.engine.frame.tables import small_table
from quanheng.findings.value import Value
from quanheng.insight.unusual.signs import NEAR, Sign, landings
from quanheng.insight.years.chain_ladder import Flags, Floats
from quanheng.insight.years.figures_in import moving_items, reports_of, step_of
from quanheng.insight.years.measured import DECEMBER, measured
from quanheng.periods.period import Period, parse_period
from quanheng.periods.stretch import Stretch
from quanheng.scheme.items.item import Reported
from quanheng.scheme.tree.natures import nature_of, value_formula
from quanheng.scheme.tree.scheme import Indicator, Scheme

_STATED: Final = frozenset({"year", "stated", "parts", "level"})
"""How it is known what is due, where somebody has set it; a share of the year is an aim with a pace only."""


class Landings(Value):
    """An indicator's values at the ends of `periods` (K, T), what was due then (NaN: nothing), and the sign.

    A value without a target and a threshold is left out (NaN).
    """

    indicator: Indicator
    periods: tuple[Period, ...]
    values: Floats
    due: Floats
    sign: Sign


def landings_of(book: Book, *, until: Period) -> Iterator[Landings]:
    """Yield the landings of every indicator whose figures are reported and that has something to land on."""
    indicators = [each for each in book.scheme.indicators if _has_aims(each, book)]
    steps = {each.code: step_of(each, book.scheme) for each in indicators}
    for step in sorted(set(steps.values())):
        together = [each for each in indicators if steps[each.code] == step]
        yield from _of_step(book, together, step, until)


def thresholds_of(indicator: Indicator) -> tuple[float, ...]:
    """Return the values of the measure at which the rule changes, other than 0.

    Examples:
        >>> from quanheng.scheme.formulas.parse import parse_formula
        >>> from quanheng.findings.text import Text
        >>> from quanheng.scheme.rules.steps import Steps
        >>> rule = Steps(steps=((0.0, 50.0), (95.0, 80.0), (98.0, 100.0)))
        >>> measure = parse_formula("rate")
        >>> thresholds_of(Indicator(code="a", name=Text(), weights={}, measure=measure, rule=rule))
        (95.0, 98.0)
    """
    return tuple(x for x in indicator.rule.thresholds if x != 0)


def _has_aims(indicator: Indicator, book: Book) -> bool:
    items = moving_items(indicator, book.scheme)
    if not any(isinstance(item.source, Reported) and item.kind != "date" for item in items):
        return False
    return bool(thresholds_of(indicator)) or bool((book.targets["indicator"] == indicator.code).any())


def _of_step(book: Book, indicators: Sequence[Indicator], step: int, until: Period) -> Iterator[Landings]:
    reports = reports_of(book, indicators, year=until.year)
    with_targets = {parse_period(text).year for text in book.targets["period"].unique().to_list()}
    moments = [
        (year, month)
        for year in reports.years
        if year in with_targets or year == until.year
        for month in range(step, (until.last_month if year == until.year else DECEMBER) + 1, step)
    ]
    if not moments:
        return
    data = measured(book, indicators, moments, reports=reports)
    values = np.stack([data.values[moment] for moment in moments], axis=2)
    due = _due(book, indicators, moments)
    periods = tuple(
        Period(year=year, first_month=month - step + 1, length_months=step) for year, month in moments
    )
    december = np.array([month == DECEMBER for _, month in moments])
    for place, each in enumerate(indicators):
        own, aims = values[:, place], due[:, place]
        near, aimed = _near(own, each, aims, december, book.scheme)
        known = np.where(aimed & data.applies[:, place, None], own, np.nan)
        yield Landings(indicator=each, periods=periods, values=known, due=aims, sign=landings(known, near))


def _near(
    values: Floats, indicator: Indicator, due: Floats, december: Flags, scheme: Scheme
) -> tuple[Flags, Flags]:
    """Return where a value lies on what is due or a threshold, and where there is either.

    A threshold is one of the round: what accumulates is held against it only at the year's end. A measure
    that is the completion of a target has thresholds of the completion, and these are left out.
    """
    aimed = ~np.isnan(due) & (due != 0)
    near = aimed & (np.abs(values - due) <= NEAR * np.abs(due))
    if value_formula(indicator) == indicator.measure:
        at = december if nature_of(indicator, scheme) == "accumulates" else np.ones_like(december)
        for threshold in thresholds_of(indicator):
            near |= at[None, :] & (np.abs(values - threshold) <= NEAR * abs(threshold))
            aimed |= at[None, :]
    return near, aimed


def _due(book: Book, indicators: Sequence[Indicator], moments: Sequence[tuple[int, int]]) -> Floats:
    """Return what is due of each unit, indicator and moment (K, I, T); NaN without an aim."""
    rounds = {f"{year}-{month}": Stretch.to_date(year, month) for year, month in moments}
    paced = [each.code for each in indicators if each.pace is not None]
    codes = [each.code for each in indicators]
    years = {parse_period(text).year for text in book.targets["period"].unique().to_list()}
    asked = {name: stretch for name, stretch in rounds.items() if stretch.year in years}
    due = np.full((len(book.units), len(indicators), len(moments)), np.nan)
    if not asked:
        return due
    rows = due_targets(book, asked).filter(
        nw.col("indicator").is_in(codes)
        & ~nw.col("due").is_null()
        & (nw.col("basis").is_in(sorted(_STATED)) | nw.col("indicator").is_in(paced))
    )
    rows = rows.join(book.units.select("unit").with_row_index("row"), on="unit", how="inner")
    rows = rows.join(_numbered("indicator", codes), on="indicator", how="inner")
    rows = rows.join(_numbered("round", list(rounds)), on="round", how="inner")
    at = tuple(rows[name].to_numpy() for name in ("row", "indicator_place", "round_place"))
    due[at] = rows["due"].to_numpy()
    return due


def _numbered(name: str, values: Sequence[str]) -> Frame:
    """Return the values with their places, in a column named `…_place`."""
    columns: dict[str, Sequence[object]] = {name: values, f"{name}_place": range(len(values))}
    return small_table(columns, {name: nw.String(), f"{name}_place": nw.Int64()})
