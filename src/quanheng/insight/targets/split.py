"""Targets of a year split into those of its quarters or months, adding up exactly (分解到季、到月)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final, Literal, TypeAlias

import narwhals as nw
import numpy as np
import numpy.typing as npt

from quanheng.data.book.book import Book
from quanheng.data.book.frames import Frame
from quanheng.engine.figures.targets.due import due_targets
from quanheng.engine.frame.tables import small_table
from quanheng.findings.collector import SHOWN
from quanheng.findings.finding import Finding, Kind, require_no_errors
from quanheng.findings.value import Value
from quanheng.insight.findings import TOO_FINE, TOO_MANY_DIGITS
from quanheng.insight.targets.largest_remainder import (
    MOST_STEPS,
    decimals_of,
    in_steps,
    split_by_remainder,
)
from quanheng.periods.every import MONTHS_A_YEAR, MONTHS_IN
from quanheng.periods.period import Period, parse_period
from quanheng.periods.stretch import Stretch
from quanheng.scheme.formulas.own import has_own
from quanheng.scheme.formulas.tree import names_in
from quanheng.scheme.items.item import is_summed
from quanheng.scheme.pace.pace import Curve, Pace
from quanheng.scheme.tree.natures import value_formula
from quanheng.scheme.tree.scheme import Indicator, Scheme

Part: TypeAlias = Literal["quarter", "month"]
_VALUES: Final = ("target", "floor", "stretch")
_Floats: TypeAlias = npt.NDArray[np.float64]
SPLIT: Final = ("unit", "indicator", "period", *_VALUES, "decimals", "state")
"""The columns of a split; a value is a whole number of steps of the last of `decimals`."""
_TOLD: Final = ("share", "due", "nature", "basis")
_NOISE: Final = 1e-9


class Split(Value):
    """Targets of parts of the year; `rows` has the columns of `SPLIT`."""

    rows: Frame
    findings: tuple[Finding, ...]


def split_targets(
    book: Book,
    indicators: Sequence[Indicator],
    *,
    year: int,
    every: Part,
    curve: Curve | None = None,
    decimals: int | None = None,
) -> Split:
    """Return the targets of `year` of `indicators` split by what is due by the end of each part.

    What accumulates is split by largest remainder in steps of the last of `decimals` (by default those that
    the indicator's targets are written with): cumulative items get what is to be reached by then, flows and
    ledgers their part. A level stays the same in every part, a stock goes step by step from its start to the
    target. Floors and stretch values are split alike. `curve` goes before the scheme's own pace. Where the
    book states targets of longer parts too (a half beside quarters), these follow from the new ones.

    Raises:
        FindingsError: a target has more decimals than `decimals`.
    """
    parts = Stretch.to_date(year).parts(MONTHS_IN[every])
    codes = [indicator.code for indicator in indicators]
    yearly = book.targets.filter((nw.col("period") == str(year)) & nw.col("indicator").is_in(codes))
    paced = replace(book, scheme=_with_curve(book.scheme, curve), targets=yearly)
    to_date = {str(part): Stretch.of(part).from_january() for part in parts}
    due = due_targets(paced, to_date)
    cut = _Cut(parts, _longer_parts(book.targets, year, parts), decimals)
    split = [_split(one, yearly, due, cut, to_date=is_to_date(one, book.scheme)) for one in indicators]
    findings = tuple(finding for one in split for finding in one.findings)
    require_no_errors(findings)
    return Split(rows=nw.concat([one.rows for one in split], how="vertical"), findings=findings)


def is_to_date(indicator: Indicator, scheme: Scheme) -> bool:
    """Return whether a target of a part of the year is what is to be reached by its end (pace §3 a).

    It is not where flows or records of ledgers are summed: then each part has its own.
    """
    items = {item.code: item for item in scheme.items}
    tree = value_formula(indicator).tree
    used = [items[name] for name in names_in(tree) if name in items]
    return not has_own(tree) and not any(is_summed(item) for item in used)


def _with_curve(scheme: Scheme, curve: Curve | None) -> Scheme:
    """Return `scheme` with `curve` in the pace of every indicator, each of which then has a pace."""

    def paced(pace: Pace | None) -> Pace:
        own = pace or scheme.pace or Pace()
        return own if curve is None else replace(own, curve=curve, at={})

    return replace(scheme, root=_mapped(scheme.root, paced), pace=paced(scheme.pace))


def _mapped(node: Any, paced: Any) -> Any:  # noqa: ANN401  a node, and what it becomes
    if isinstance(node, Indicator):
        return replace(node, pace=paced(node.pace))
    return replace(node, children=tuple(_mapped(child, paced) for child in node.children))


class _Cut(Value, kw_only=False):
    """Into what the year is cut, the longer parts that are stated beside them, and the decimals asked for."""

    parts: Sequence[Period]
    longer: Frame
    decimals: int | None


class _Due(Value, kw_only=False):
    """What is due of an indicator's targets: a row a unit, a column a part; NaN where nothing is."""

    nature: npt.NDArray[np.str_]
    basis: npt.NDArray[np.str_]
    shares: _Floats
    due: _Floats


def _split(
    indicator: Indicator,
    yearly: Frame,
    due: Frame,
    cut: _Cut,
    *,
    to_date: bool,
) -> Split:
    own = yearly.filter(nw.col("indicator") == indicator.code).sort("unit")
    here = due.filter(nw.col("indicator") == indicator.code).select("unit", "round", *_TOLD)
    grid = _grid(own, cut.parts).join(
        here, left_on=["unit", "period"], right_on=["unit", "round"], how="left"
    )
    grid = grid.sort("unit", "part")
    told = _due_of(grid, len(cut.parts))
    values = {name: own[name].cast(nw.Float64()).to_numpy() for name in _VALUES}
    written = np.concatenate(list(values.values()))
    steps = decimals_of(written) if cut.decimals is None else cut.decimals
    units = own["unit"].to_list()
    require_no_errors(_too_many_steps(indicator.code, units, values, steps))
    columns = {
        name: _parts_of(values[name], told, values["target"], steps, to_date=to_date).ravel()
        for name in _VALUES
    }
    backend = nw.get_native_namespace(grid)
    rows = grid.select("unit", "period", "state").with_columns(
        nw.lit(indicator.code).alias("indicator"),
        nw.lit(steps, dtype=nw.Int64()).alias("decimals"),
        *(nw.new_series(name, column, nw.Float64(), backend=backend) for name, column in columns.items()),
    )
    without_nan = [nw.when(~nw.col(name).is_nan()).then(nw.col(name)).alias(name) for name in _VALUES]
    findings = (*_too_fine(indicator.code, units, values, steps), *_notes(indicator.code, units, told))
    rows = rows.with_columns(*without_nan).select(*SPLIT)
    summed = not to_date and bool((told.nature == "accumulates").all())
    return Split(rows=_with_longer(rows, cut.longer, steps, summed=summed), findings=findings)


def _longer_parts(targets: Frame, year: int, parts: Sequence[Period]) -> Frame:
    """Return which targets the book states of longer parts of the year: a row for each part inside one.

    unit, indicator, longer (the period), period (of the part), last (whether it ends with the longer one).
    """
    length = parts[0].length_months
    inside = [
        (str(one), str(part), part.end == one.end)
        for one in (parse_period(text) for text in targets["period"].unique().to_list())
        if one.year == year and length < one.length_months < MONTHS_A_YEAR
        for part in parts
        if one.contains(part)
    ]
    table = small_table(
        {name: [row[number] for row in inside] for number, name in enumerate(("longer", "period", "last"))},
        {"longer": nw.String(), "period": nw.String(), "last": nw.Boolean()},
    )
    stated = targets.select("unit", "indicator", nw.col("period").alias("longer"))
    return stated.join(table, on="longer", how="inner")


def _with_longer(rows: Frame, longer: Frame, decimals: int, *, summed: bool) -> Frame:
    """Add the targets of the longer parts: the sum of what is inside, or what its last part has."""
    inside = rows.join(longer, on=["unit", "indicator", "period"], how="inner")
    key = ("unit", "indicator", "longer", "decimals", "state")
    if summed:
        known = [(~nw.col(name).is_null()).min().alias(f"{name} known") for name in _VALUES]
        totals = inside.group_by(*key).agg(*(nw.col(name).sum() for name in _VALUES), *known)
        inside = totals.with_columns(
            *(
                nw.when(nw.col(f"{name} known")).then(nw.col(name).round(decimals)).alias(name)
                for name in _VALUES
            )
        ).sort("unit", "longer")
    else:
        inside = inside.filter(nw.col("last"))
    more = inside.with_columns(nw.col("longer").alias("period")).select(*SPLIT)
    return nw.concat([rows, more], how="vertical")


def _grid(own: Frame, parts: Sequence[Period]) -> Frame:
    """Return a row for each unit of `own` and each of `parts`."""
    named = small_table(
        {"period": [str(part) for part in parts], "part": list(range(len(parts)))},
        {"period": nw.String(), "part": nw.Int64()},
    )
    return own.select("unit", "state").join(named, how="cross")


def _due_of(grid: Frame, count: int) -> _Due:
    shape = (len(grid) // count, count)
    texts = {
        name: np.array(grid[name].fill_null("").to_list(), dtype=str).reshape(shape)[:, :1].ravel()
        for name in ("nature", "basis")
    }
    numbers = {name: grid[name].cast(nw.Float64()).to_numpy().reshape(shape) for name in ("share", "due")}
    return _Due(texts["nature"], texts["basis"], numbers["share"], numbers["due"])


def _too_many_steps(
    indicator: str, units: Sequence[str], values: Mapping[str, _Floats], decimals: int
) -> Iterator[Finding]:
    for column in values.values():
        steps, _ = in_steps(column, decimals)
        for at in np.flatnonzero(np.abs(steps) >= MOST_STEPS)[:SHOWN].tolist():
            facts = {"indicator": indicator, "unit": units[at], "value": column[at], "decimals": decimals}
            yield TOO_MANY_DIGITS.at(**facts)


def _too_fine(
    indicator: str, units: Sequence[str], values: Mapping[str, _Floats], decimals: int
) -> Iterator[Finding]:
    for column in values.values():
        _, finer = in_steps(column, decimals)
        for at in np.flatnonzero(finer)[:SHOWN].tolist():
            facts = {"indicator": indicator, "unit": units[at], "value": column[at], "decimals": decimals}
            yield TOO_FINE.at(**facts)


FALLING_SEASONS: Final = Kind(
    code="QH364",
    severity="error",
    en="the earlier years of {indicator} have parts below 0, so that a share of the year would be taken back",
    zh="“{indicator}”的往年数据中有负的时段，按其季节规律分解会出现负的份额",
    hint_en="split it evenly or by stated shares (--curve even, --curve 2023-Q1=22%,…)",
    hint_zh="请平均分解，或写明各期比例（--curve even，--curve 2023-Q1=22%,…）",
)
NO_START: Final = Kind(
    code="QH362",
    severity="note",
    en="{indicator} of {unit} has no value at the year's start, so its target stands in every part",
    zh="{unit} 的 {indicator} 没有年初值，各期目标都与全年相同",
    hint_en="report the value at the end of the year before, if the target is to be approached step by step",
    hint_zh="如需逐期递进，请补充上年末数据",
)
NO_SEASONS: Final = Kind(
    code="QH363",
    severity="warning",
    en="{indicator} has fewer than two earlier years to know its seasons from, so it is split evenly",
    zh="“{indicator}”的往年数据不足两年，无法按季节规律分解，已平均分解",
    hint_en="add the history, or state the shares (--curve 2023-Q1=22%,…)",
    hint_zh="请补充历史数据，或写明各期比例（--curve 2023-Q1=22%,…）",
)


def _notes(indicator: str, units: Sequence[str], told: _Due) -> Iterator[Finding]:
    if (told.basis == "no_history").any():
        yield NO_SEASONS.at(indicator=indicator)
    seasonal = (told.basis == "seasonal").any()
    if seasonal and (np.diff(told.shares[told.nature == "accumulates"], axis=1) < -_NOISE).any():
        yield FALLING_SEASONS.at(indicator=indicator)
    for at in np.flatnonzero(told.basis == "no_start")[:SHOWN].tolist():
        yield NO_START.at(indicator=indicator, unit=units[at])


def _parts_of(values: _Floats, told: _Due, targets: _Floats, decimals: int, *, to_date: bool) -> _Floats:
    """Return the values (n) of a year as those of its parts (n × k), in steps of the last decimal."""
    whole, _ = in_steps(values, decimals)
    count = told.shares.shape[1]
    table = np.repeat(whole[:, None], count, axis=1)
    accumulates = told.nature == "accumulates"
    if accumulates.any():
        shares = told.shares[accumulates]
        shares = np.where(np.isnan(shares), np.linspace(1 / count, 1, count), shares)
        steps = np.maximum(np.diff(shares, axis=1, prepend=0.0), 0.0)
        parts = split_by_remainder(whole[accumulates], steps)
        table[accumulates] = np.cumsum(parts, axis=1) if to_date else parts
    goes = (told.nature == "from_start") & (told.basis != "no_start")
    if goes.any():
        start = _starts(told.due[goes], told.shares[goes], targets[goes])
        way = start + told.shares[goes] * (values[goes][:, None] - start)
        way[:, -1] = values[goes]
        known = np.isfinite(way)
        table[goes] = np.where(known, np.round(np.nan_to_num(way) * 10**decimals), table[goes])
    shown = table / 10**decimals
    return np.where(np.isnan(values)[:, None], np.nan, shown)


def _starts(due: _Floats, shares: _Floats, targets: _Floats) -> _Floats:
    """Return the value (n × 1) at the year's start, from due = start + share · (target - start)."""
    first, share = due[:, :1], shares[:, :1]
    return np.asarray((first - share * targets[:, None]) / (1 - share))
