"""Mergers: what a unit has together with those that went into it (units §4)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from typing import Final

import narwhals as nw
import polars as pl

from quanheng.data.book.book import Book
from quanheng.data.book.frames import MISSING, NOT_APPLICABLE, VALUE, Frame
from quanheng.data.book.spells import FROM, INTO, TO, in_force
from quanheng.periods.period import parse_period
from quanheng.scheme.items.item import FromLedger, Item
from quanheng.scheme.tree.in_force import has_spans, scheme_on

_KEY: Final = ("item", "whole", "period")


def absorbed_on(spells: Frame, day: dt.date) -> dict[str, str]:
    """Return which units are part of which on `day`: those whose last day lies before it, and where they are.

    What went into a unit that went into another is part of that.
    """
    gone = spells.filter(~nw.col(INTO).is_null() & (nw.col(TO) < day)).select("unit", INTO)
    into = {str(unit): str(other) for unit, other in gone.rows()}
    found: dict[str, str] = {}
    for unit, first in into.items():
        whole, seen = first, {unit}
        while whole in into and whole not in seen:
            seen.add(whole)
            whole = into[whole]
        if whole not in seen:
            found[unit] = whole
    return found


def merged_on(book: Book, day: dt.date) -> Book:
    """Return `book` in which what has gone into other units by `day` is part of those, in all periods.

    Figures of one item and period become one by the item's `merge`; those of an item without one stay
    with the unit that is gone. Records belong to what their unit went into.
    """
    if book.spells is None:
        return book
    absorbed = absorbed_on(book.spells, day)
    if not absorbed:
        return book
    rules = {item.code: item for item in book.scheme.items if item.merge is not None}
    done = nw.col("unit").is_in(list(absorbed)) & (nw.col(TO) < day)
    into = nw.when(~done).then(nw.col(INTO)).alias(INTO)
    return replace(
        book,
        spells=book.spells.with_columns(into),
        observations=_figures(book.observations.to_native(), book.spells.to_native(), absorbed, rules),
        ledgers=_records(book, absorbed),
    )


def merges(book: Book) -> bool:
    """Return whether a unit of `book` ever goes into another."""
    return book.spells is not None and not bool(book.spells[INTO].is_null().all())


def book_as_on(book: Book, day: dt.date) -> Book:
    """Return `book` as if the units that exist on `day` had always been those, each in its group of then.

    The same holds for the nodes of the scheme.

    What looks at many months at once, as progress and forecasts do, is of the same units in all of them.
    """
    book = replace(book, scheme=scheme_on(book.scheme, day)) if has_spans(book.scheme) else book
    if book.spells is None:
        return book
    book = merged_on(book, day)
    return replace(book, units=in_force(book.spells, day), spells=None) if book.spells is not None else book


def _figures(
    observations: pl.DataFrame, spells: pl.DataFrame, absorbed: Mapping[str, str], rules: Mapping[str, Item]
) -> Frame:
    """Return the observations, those of units that became one and their items with a rule put together."""
    units = {*absorbed, *absorbed.values()}
    ours = pl.col("unit").is_in(units) & pl.col("item").is_in(list(rules))
    kept, parts = observations.filter(~ours), observations.filter(ours)
    whole = pl.col("unit").replace_strict(absorbed, default=pl.col("unit")).alias("whole")
    parts = parts.with_columns(whole)
    every = _all_of(parts, spells, absorbed)
    full = every.join(parts, on=["item", "unit", "whole", "period"], how="left").with_columns(
        pl.col("state").fill_null(MISSING)
    )
    weighed = _with_weights(full, observations, rules)
    made = weighed.group_by(*_KEY, maintain_order=True).agg(
        pl.when(_some_missing()).then(None).otherwise(_joined(rules)).alias("value"),
        _state().alias("state"),
        pl.col("file").drop_nulls().first(),
        pl.col("sheet").filter(pl.col("file").is_not_null()).first(),
        _cells().alias("cell"),
    )
    rows = made.rename({"whole": "unit"}).select(observations.columns)
    return nw.from_native(pl.concat([kept, rows.cast(observations.schema)]), eager_only=True)


def _all_of(parts: pl.DataFrame, spells: pl.DataFrame, absorbed: Mapping[str, str]) -> pl.DataFrame:
    """Return item, whole, period, unit of all that is put together, also where a part was not reported.

    A part has to be there where the period ended while it existed, or began with its last day still to come
    and it has a figure of its own.
    """
    told = parts.select("item", "whole", "period").unique(maintain_order=True)
    texts = told["period"].unique().to_list()
    days = pl.DataFrame(
        {"period": texts, "end": [parse_period(text).end for text in texts]},
        schema={"period": pl.String, "end": pl.Date},
    )
    members = [*absorbed.items(), *((whole, whole) for whole in dict.fromkeys(absorbed.values()))]
    of_whole = pl.DataFrame(members, schema={"unit": pl.String, "whole": pl.String}, orient="row")
    there = spells.select("unit", FROM, TO).join(of_whole, on="unit")
    needed = (
        told.join(days, on="period")
        .join(there, on="whole")
        .filter(
            (pl.col(FROM).is_null() | (pl.col(FROM) <= pl.col("end")))
            & (pl.col(TO).is_null() | (pl.col(TO) >= pl.col("end")))
        )
        .select("item", "unit", "whole", "period")
    )
    own = parts.select("item", "unit", "whole", "period")
    order = pl.col("unit") != pl.col("whole")  # the whole first, then its parts
    return pl.concat([needed, own]).unique(maintain_order=True).sort("item", "whole", "period", order, "unit")


def _with_weights(full: pl.DataFrame, observations: pl.DataFrame, rules: Mapping[str, Item]) -> pl.DataFrame:
    by = {code: item.merge.by for code, item in rules.items() if item.merge is not None and item.merge.by}
    if not by:
        return full.with_columns(weight=pl.lit(1.0))
    weights = observations.filter(pl.col("item").is_in(list(set(by.values())))).select(
        pl.col("item").alias("by"), "unit", "period", pl.col("value").alias("weight")
    )
    named = full.with_columns(by=pl.col("item").replace_strict(by, default=None, return_dtype=pl.String))
    return named.join(weights, on=["by", "unit", "period"], how="left").with_columns(
        weight=pl.when(pl.col("by").is_null()).then(1.0).otherwise(pl.col("weight"))
    )


def _some_missing() -> pl.Expr:
    """Return whether a part is not known, or what weighs one of several: then nor is the whole."""
    there = pl.col("state") == VALUE
    unweighed = (there & pl.col("weight").is_null()).any() & (there.sum() > 1)
    return (pl.col("state") == MISSING).any() | unweighed


def _state() -> pl.Expr:
    none = (pl.col("state") == NOT_APPLICABLE).all()
    return (
        pl.when(none)
        .then(pl.lit(NOT_APPLICABLE))
        .when(_some_missing())
        .then(pl.lit(MISSING))
        .otherwise(pl.lit(VALUE))
    )


def _joined(rules: Mapping[str, Item]) -> pl.Expr:
    """Return what the values of the parts make by the rule of the item."""
    value, weight = pl.col("value"), pl.when(pl.col("value").is_not_null()).then(pl.col("weight"))
    mean = pl.when(value.count() > 1).then((value * weight).sum() / weight.sum()).otherwise(value.max())
    by_rule = {"sum": value.sum(), "max": value.max(), "min": value.min(), "mean": mean}
    known: dict[str, list[str]] = {}
    for code, item in rules.items():
        known.setdefault("" if item.merge is None else item.merge.how, []).append(code)
    made = pl.lit(None, dtype=pl.Float64)
    for how, codes in known.items():
        made = pl.when(pl.col("item").first().is_in(codes)).then(by_rule[how]).otherwise(made)
    return pl.when(value.count() > 0).then(made)


def _cells() -> pl.Expr:
    """Return where the parts stand, of those that went into the whole with their names."""
    place = pl.concat_str("file", pl.col("sheet"), "cell", separator="!", ignore_nulls=True)
    named = pl.concat_str(pl.col("unit"), pl.lit(": "), place)
    first = pl.when(pl.col("unit") == pl.col("whole")).then(pl.col("cell"))
    shown = pl.coalesce(first, named).filter(pl.col("file").is_not_null())
    return shown.str.join(" + ")


def _records(book: Book, absorbed: Mapping[str, str]) -> dict[str, Frame]:
    """Return the ledgers with the records of what is gone under what it went into; readings stay."""
    columns: dict[str, set[str]] = {}
    for item in book.scheme.items:
        if isinstance(item.source, FromLedger) and item.source.readings is None:
            columns.setdefault(item.source.ledger, set()).add(item.source.unit_column)
    found = dict(book.ledgers)
    for name, ledger in book.ledgers.items():
        native = ledger.to_native()
        own = [column for column in columns.get(name, ()) if column in native.columns]
        moved = native.with_columns(
            pl.col(column).replace_strict(absorbed, default=pl.col(column)) for column in own
        )
        found[name] = nw.from_native(moved, eager_only=True)
    return found
