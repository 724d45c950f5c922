"""The targets of rounds as columns: stated for the round, or what is due of the year's (序时进度)."""

from __future__ import annotations

import functools
import operator
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any, Final

import narwhals as nw

from quanheng.data.book.book import Book
from quanheng.engine.figures.cells import Cells, with_long_cells
from quanheng.engine.figures.figure import Fetched, or_else, settled, sum_of
from quanheng.engine.figures.layout import Layout, measure_columns
from quanheng.engine.figures.looked_up.times import Alternative, alternatives
from quanheng.engine.figures.targets.shares import Basis, Season, Share, seasonal_shares, share_due
from quanheng.engine.formulas.measures import value_measures
from quanheng.engine.frame import columns as c
from quanheng.engine.frame.engines import polars_engine
from quanheng.engine.frame.holding import MANY
from quanheng.engine.frame.pools import by_group
from quanheng.findings.value import Value, field
from quanheng.periods.every import MONTHS_A_YEAR
from quanheng.periods.period import Period
from quanheng.periods.stretch import Stretch
from quanheng.scheme.formulas.own import has_own
from quanheng.scheme.formulas.tree import names_in
from quanheng.scheme.items.item import Item, ItemKind, is_summed
from quanheng.scheme.pace.pace import Nature, Pace, Seasonal
from quanheng.scheme.tree.natures import nature_of, value_formula
from quanheng.scheme.tree.scheme import Indicator, Scheme

_SLICES: Final = 8
_NO_SHARE: Final = nw.lit(None, dtype=nw.Float64())


class Goal(Value, kw_only=False):
    """A target for a round, as columns: its value, the share of the year's target, how it is known."""

    due: Fetched
    share: nw.Expr
    basis: nw.Expr


class Paced(Value):
    """An indicator with its pace; `summed`: its value for a time is the sum over its parts."""

    indicator: Indicator
    pace: Pace | None
    nature: Nature
    summed: bool

    @property
    def item(self) -> Item:
        """What stands for its targets where the time rules of items are used on them."""
        kind: ItemKind = "flow" if self.summed else "rate"
        return Item(code=self.indicator.code, name=self.indicator.name, kind=kind)

    @property
    def years(self) -> int:
        """How many earlier years may be asked for the shares of its target, 0 if none are."""
        curve = None if self.pace is None else self.pace.curve
        return curve.years if isinstance(curve, Seasonal) else 0


class Goals(Value):
    """What the targets of rounds are made of: cells of a layout's frame, and the shares due by then."""

    paced: Mapping[str, Paced]
    cells: Cells
    shares: Mapping[Season, Mapping[str, float]] = field(default_factory=dict)

    def columns(self, stretch: Stretch) -> tuple[list[nw.Expr], dict[str, nw.Expr]]:
        """Return the columns `target|…` of a round, and its `target_na|…` by their names."""
        values: list[nw.Expr] = []
        flags: dict[str, nw.Expr] = {}
        for code in self.paced:
            goal = self.of_round(code, stretch)
            if any(of == code for of, _ in self.cells.values):
                value = nw.lit(None, dtype=nw.Float64()) if goal is None else goal.due.value
                values.append(value.alias(c.target(code)))
            if goal is not None and goal.due.flag is not None:
                flags[c.target_na(code)] = goal.due.flag
        return values, flags

    def of_round(self, code: str, stretch: Stretch) -> Goal | None:
        """Return the target for the months `stretch`: stated for exactly them, else what is due of it.

        What is summed has, in a round in the midst of the year, what is due by its end less what was before.
        """
        own = self._stated(code, stretch, [(period,) for period in stretch.parts(stretch.length)])
        if self.paced[code].pace is None or stretch.first // MONTHS_A_YEAR != stretch.year:
            return own
        due = self.by_end(code, stretch.last)
        if self.paced[code].summed and stretch.first % MONTHS_A_YEAR and due is not None:
            before = self.by_end(code, stretch.first - 1)
            due = None if before is None else _less(due, before)
        return _either(own, due)

    def of_year(self, code: str, year: int) -> Goal | None:
        """Return the target of a year: stated for it, or for all its parts."""
        whole = Stretch.to_date(year)
        return self._stated(code, whole, self._until(code, whole.last))

    def by_end(self, code: str, last: int) -> Goal | None:
        """Return what is due from January to the end of the month numbered `last`."""
        stretch = Stretch(last, 1).from_january()
        return _either(self._stated(code, stretch, self._until(code, last)), self._at_pace(code, last))

    def _until(self, code: str, last: int) -> tuple[Alternative, ...]:
        """Return the groups of stated targets that say what is due from January to a month."""
        stretch = Stretch(last, 1).from_january()
        reported = self.cells.reported(code)
        if self.paced[code].summed:
            return alternatives(self.paced[code].item, stretch, reported)
        return tuple(
            (period,) for period in stretch.periods() if period in reported and _ends(period) == last
        )

    def _stated(self, code: str, stretch: Stretch, groups: Iterable[Alternative]) -> Goal | None:
        reported = self.cells.reported(code)
        found: Goal | None = None
        for group in groups:
            if all(period in reported for period in group):
                found = _either(found, self._sum(code, stretch, group))
        return found

    def _sum(self, code: str, stretch: Stretch, group: Alternative) -> Goal:
        paced = self.paced[code]
        due = sum_of(paced.item, group, self.cells, stretch.year)
        is_year = len(group) == 1 and group[0].length_months == MONTHS_A_YEAR
        basis: Basis = "year" if is_year else "parts" if len(group) > 1 else "stated"
        if is_year or paced.nature == "level":
            return Goal(due, nw.lit(1.0), nw.lit(basis))
        return Goal(due, _NO_SHARE, nw.lit(basis))

    def _at_pace(self, code: str, last: int) -> Goal | None:
        paced = self.paced[code]
        target = self.of_year(code, last // MONTHS_A_YEAR)
        if paced.pace is None or target is None:
            return None
        if last % MONTHS_A_YEAR == MONTHS_A_YEAR - 1:
            return target
        goal, flag = target.due.value, target.due.flag
        if paced.nature == "level":
            return Goal(target.due, nw.lit(1.0), nw.lit("level"))
        known = {
            group: share_due(paced.pace, last, self.shares.get((code, last), {}).get(group))
            for group in paced.indicator.groups
        }
        share = by_group({group: found.share for group, found in known.items()})
        basis = _basis(known)
        if paced.nature == "accumulates":
            return Goal(Fetched(goal * share, flag), share, basis)
        start = nw.col(start_column(code, last // MONTHS_A_YEAR))
        due = nw.when(start.is_null()).then(goal).otherwise(start + share * (goal - start))
        return Goal(
            Fetched(due, flag),
            nw.when(start.is_null()).then(nw.lit(1.0)).otherwise(share),
            nw.when(start.is_null()).then(nw.lit("no_start")).otherwise(basis),
        )


def with_goals(
    layout: Layout, scheme: Scheme, *, every: bool = False, only: Collection[str] | None = None
) -> tuple[nw.LazyFrame[Any], Goals]:
    """Join to the frame of `layout` what the targets of its rounds are made of, all or `only` some.

    With `every`, a scheme that states no pace at all is taken to have an even one.
    """
    rounds = [found.stretch for found in layout.lookups.values()]
    everyone = paced_indicators(scheme, every=every)
    paced = {code: each for code, each in everyone.items() if only is None or code in only}
    wanted = {code: frozenset(_periods(each, rounds, every=every)) for code, each in paced.items()}
    targets = layout.book.targets.select(
        c.UNIT, nw.col("indicator").alias("item"), "period", nw.col("target").alias("value"), "state"
    )
    frame, cells = with_long_cells(layout.frame, targets, wanted, named="goal", slices=_SLICES)
    ends = _ends_looked_at(paced, cells, rounds)
    frame = _with_starts(frame, layout.book, ends, paced)
    seasons = {
        (code, last): paced[code].years
        for code, lasts in ends.items()
        for last in lasts
        if _is_seasonal(paced[code], last)
    }
    return frame, Goals(paced=paced, cells=cells, shares=seasonal_shares(layout.book, seasons))


def paced_indicators(scheme: Scheme, *, every: bool = False) -> dict[str, Paced]:
    """Return the indicators with their paces; with `every` even ones where the scheme states none at all."""
    none = every and scheme.pace is None
    items = {item.code: item for item in scheme.items}
    return {
        indicator.code: Paced(
            indicator=indicator,
            pace=Pace() if none and indicator.pace is None else indicator.pace,
            nature=nature_of(indicator, scheme),
            summed=nature_of(indicator, scheme) == "accumulates" and _is_summed(indicator, items),
        )
        for indicator in scheme.indicators
    }


def start_column(code: str, year: int) -> str:
    """Return the column of an indicator's value at the start of a year."""
    return f"start|{code}|{year}"


def _is_summed(indicator: Indicator, items: Mapping[str, Item]) -> bool:
    tree = value_formula(indicator).tree
    used = [items[name] for name in names_in(tree) if name in items]
    return has_own(tree) or any(is_summed(item) for item in used)


def _periods(paced: Paced, rounds: list[Stretch], *, every: bool) -> Iterator[Period]:
    for stretch in rounds:
        yield from stretch.parts(stretch.length)
        if every or (paced.pace is not None and stretch.first // MONTHS_A_YEAR == stretch.year):
            yield from Stretch.to_date(stretch.year).periods()


def _ends_looked_at(
    paced: Mapping[str, Paced], cells: Cells, rounds: list[Stretch]
) -> dict[str, frozenset[int]]:
    """Return the months by whose end something is due that the year's target alone does not say."""
    found: dict[str, frozenset[int]] = {}
    for code, each in paced.items():
        years = {period.year for period in cells.reported(code)}
        if each.pace is None or each.nature == "level":
            continue
        paced_rounds = [of for of in rounds if of.first // MONTHS_A_YEAR == of.year and of.year in years]
        ends = {stretch.last for stretch in paced_rounds}
        if each.summed:
            ends |= {stretch.first - 1 for stretch in paced_rounds if stretch.first % MONTHS_A_YEAR}
        found[code] = frozenset(last for last in ends if last % MONTHS_A_YEAR != MONTHS_A_YEAR - 1)
    return found


def _is_seasonal(paced: Paced, last: int) -> bool:
    """Return whether earlier years have to be asked for the share due by the end of a month."""
    return bool(paced.pace and paced.years and share_due(paced.pace, last, None).basis == "no_history")


def _with_starts(
    frame: nw.LazyFrame[Any], book: Book, ends: Mapping[str, frozenset[int]], paced: Mapping[str, Paced]
) -> nw.LazyFrame[Any]:
    """Join the values at the start of the years: those of the years before."""
    engine = polars_engine(streaming=len(book.units) > MANY)
    years: dict[int, list[str]] = {}
    for code, lasts in ends.items():
        if paced[code].nature == "from_start":
            for year in sorted({last // MONTHS_A_YEAR for last in lasts}):
                years.setdefault(year, []).append(code)
    for year, codes in years.items():
        before = {"before": Stretch.to_date(year - 1)}
        values = measure_columns(
            book, value_measures(paced[code].indicator for code in codes), before, engine
        )
        renamed = [nw.col(c.measure(code)).alias(start_column(code, year)) for code in codes]
        frame = frame.join(values.select(c.UNIT, *renamed), on=c.UNIT, how="left")
    return frame


def _either(first: Goal | None, second: Goal | None) -> Goal | None:
    """Return `first` where it is settled, else `second`."""
    if first is None or second is None:
        return first or second
    known = settled(first.due.value, first.due.flag)
    return Goal(
        or_else(first.due, second.due),
        nw.when(known).then(first.share).otherwise(second.share),
        nw.when(known).then(first.basis).otherwise(second.basis),
    )


def _less(later: Goal, earlier: Goal) -> Goal:
    flags = [goal.due.flag for goal in (later, earlier) if goal.due.flag is not None]
    flag = functools.reduce(operator.or_, flags) if flags else None
    difference = later.due.value - earlier.due.value
    return Goal(Fetched(difference, flag), later.share - earlier.share, later.basis)


def _basis(known: Mapping[str, Share]) -> nw.Expr:
    *others, (_, rest) = known.items()
    expression = nw.lit(rest.basis)
    for group, found in others:
        expression = nw.when(nw.col(c.GROUP) == group).then(nw.lit(found.basis)).otherwise(expression)
    return expression


def _ends(period: Period) -> int:
    return Stretch.of(period).last
