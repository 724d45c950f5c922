"""What targets are stated of, in many rounds: measures, and e where a measure is `completion(e)`."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any

import narwhals as nw

from quanheng.data.book import Book
from quanheng.data.frames import Frame
from quanheng.engine import columns as c
from quanheng.engine.engines import Engine, polars_engine
from quanheng.engine.holding import MANY, held
from quanheng.engine.layout import lay_out
from quanheng.engine.measures import with_measures
from quanheng.engine.stretches import Stretch
from quanheng.scheme.grades import Adjustments
from quanheng.scheme.model import Scheme
from quanheng.scheme.natures import value_formula


def values_of(
    book: Book, rounds: Mapping[str, Stretch], *, indicators: Collection[str] | None = None
) -> Frame:
    """Return the values of all indicators, or of some, in each of `rounds`, without any scoring.

    unit, name, group, round (a key of `rounds`), indicator, value (null where absent), absence (a code of
    `columns.py`): a row for each unit, round and indicator that applies to its group.
    """
    engine = polars_engine(streaming=len(book.units) * len(rounds) > MANY)
    scheme = value_scheme(book.scheme, indicators)
    wide = engine.collect(value_columns(book, scheme, rounds, engine))
    parts = [
        wide.filter(nw.col(c.GROUP).is_in(list(indicator.groups))).select(
            *(c.UNIT, c.NAME, c.GROUP, c.ROUND),
            nw.lit(indicator.code).alias("indicator"),
            nw.col(c.measure(indicator.code)).alias("value"),
            nw.col(c.absence(indicator.code)).cast(nw.Int8()).alias("absence"),
        )
        for indicator in scheme.indicators
    ]
    return nw.concat(parts, how="vertical").sort(c.ROUND, "indicator", c.UNIT)


def value_columns(
    book: Book, scheme: Scheme, rounds: Mapping[str, Stretch], engine: Engine
) -> nw.LazyFrame[Any]:
    """Return unit, name, group, round, `measure|…` and `absence|…` for each unit and round."""
    layout = lay_out(book, scheme, rounds)
    layout = replace(layout, frame=held(layout.frame, rows=len(book.units)))
    frame = with_measures(
        engine.lift(layout.stacked(lambda _: ((), {}))), scheme, engine, pool=(c.GROUP, c.ROUND)
    )
    wanted = [name(each.code) for each in scheme.indicators for name in (c.measure, c.absence)]
    return frame.select(c.UNIT, c.NAME, c.GROUP, c.ROUND, *wanted)


def value_scheme(scheme: Scheme, indicators: Collection[str] | None = None) -> Scheme:
    """Return a scheme of all indicators, or only some, whose measures are what targets are of."""
    children = tuple(
        replace(indicator, measure=value_formula(indicator), coefficient=None)
        for indicator in scheme.indicators
        if indicators is None or indicator.code in indicators
    )
    root = replace(scheme.root, children=children, coefficient=None)
    return replace(scheme, root=root, adjustments=Adjustments(), ties=(), tiers=(), awards=())
