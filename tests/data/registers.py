"""The register of the small book, for tests of single readers."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl
from tests.data.books import SCHEME, UNITS

from quanheng.data.files.delimited import read_csv
from quanheng.data.parts.units import read_units
from quanheng.data.tables.register import Register, register_of
from quanheng.data.tables.table import Raw
from quanheng.findings.collector import Collector
from quanheng.periods.period import parse_period
from quanheng.scheme.files.read import read_scheme, scheme_from
from quanheng.scheme.tree.scheme import Scheme


def scheme(text: str = SCHEME) -> Scheme:
    """Return the scheme in `text`."""
    found, _ = scheme_from(read_scheme(text))
    assert found is not None
    return found


def csv(text: str, *, file: str = "a.csv") -> tuple[Raw, ...]:
    """Return the table in `text`, as if read from `file`."""
    sheet = read_csv(text.encode(), file=file, collector=Collector())
    assert sheet is not None
    return (sheet,)


def register(*, of: Scheme | None = None, units: str = UNITS) -> Register:
    """Return the register of a scheme with `units`, of the small book unless said otherwise."""
    own = of or scheme()
    frame = read_units(csv(units), own, collector=Collector())
    return register_of(own, parse_period(own.round), frame)


def rows(frame: pl.DataFrame, *columns: str) -> Sequence[tuple[object, ...]]:
    """Return some columns of `frame` as rows."""
    return frame.select(columns).rows()
