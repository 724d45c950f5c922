"""Small books for tests of the engine, written by hand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Final, Literal, TypeAlias

import narwhals as nw
import polars as pl

from quanheng.data.book import frames
from quanheng.data.book.book import Book
from quanheng.data.book.panels import Panel
from quanheng.scheme.tree.scheme import Scheme

NOT_APPLICABLE: Final = "/"
Written: TypeAlias = float | dt.date | Literal["/"] | None
"""What a cell says: a number or date, that it does not apply, or nothing."""


def book_of(
    scheme: Scheme,
    *,
    units: pl.DataFrame,
    figures: Iterable[tuple[str, str, str, Written]] = (),
    targets: Iterable[tuple[str, str, str, Written]] = (),
    ledgers: Mapping[str, pl.DataFrame] | None = None,
    panels: tuple[Panel, ...] = (),
) -> Book:
    """A book with figures (item, unit, period, written) and targets (indicator, unit, period, written)."""
    return Book(
        scheme=scheme,
        units=nw.from_native(units),
        observations=nw.from_native(_observations(figures)),
        targets=nw.from_native(_targets(targets)),
        adjustments=nw.from_native(frames.empty(frames.ADJUSTMENTS)),
        history=nw.from_native(frames.empty(frames.HISTORY)),
        ledgers={name: nw.from_native(ledger) for name, ledger in (ledgers or {}).items()},
        panels=panels,
    )


def panel_of(name: str, frame: pl.DataFrame) -> Panel:
    items = [column for column in frame.columns if column not in {"unit", "period"}]
    return Panel(
        file=f"data/{name}.parquet",
        frame=nw.from_native(frame.lazy()),
        has_period="period" in frame.columns,
        headings={item: f"{item} (10k)" for item in items},
    )


def _observations(figures: Iterable[tuple[str, str, str, Written]]) -> pl.DataFrame:
    rows = [
        (item, unit, period, _value(written), _state(written), "data/a.csv", None, f"{number}:{item}")
        for number, (item, unit, period, written) in enumerate(figures, start=2)
    ]
    return pl.DataFrame(rows, schema=dict(frames.OBSERVATIONS), orient="row")


def _targets(targets: Iterable[tuple[str, str, str, Written]]) -> pl.DataFrame:
    rows = [
        (unit, code, period, _value(written), None, None, _state(written), "targets.csv", None, f"{number}")
        for number, (code, unit, period, written) in enumerate(targets, start=2)
    ]
    return pl.DataFrame(rows, schema=dict(frames.TARGETS), orient="row")


def _value(written: Written) -> float | None:
    if isinstance(written, dt.date):
        return float((written - dt.date(1970, 1, 1)).days)
    return written if isinstance(written, float) else None


def _state(written: Written) -> str:
    if written is None:
        return "missing"
    return "not_applicable" if written == NOT_APPLICABLE else "value"
