"""Schemes as text in, points and scores out: what a scheme's author would write and read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeAlias

import polars as pl
from ruamel.yaml import YAML
from tests.engines import EngineUnderTest

from quanheng.engine.frame import columns as c
from quanheng.engine.frame.engines import polars_engine
from quanheng.engine.results.result import Result
from quanheng.engine.results.score import score_frame
from quanheng.scheme.files.read import scheme_from_mapping

Table: TypeAlias = Mapping[str, object]
Numbers: TypeAlias = dict[str, float | None]


def scored(scheme: str, table: Table, engine: EngineUnderTest | None = None) -> Result:
    """Return the result of a scheme's YAML over a table of columns, on Polars by default."""
    mapping = YAML(typ="safe", pure=True).load(scheme)
    frame = pl.DataFrame(table, strict=False)
    lifted = polars_engine().lift(frame) if engine is None else engine.lift(frame)
    return score_frame(lifted, scheme_from_mapping(mapping))


def column(result: Result, name: str) -> Numbers:
    """Return one column of the wide frame by unit, at nine decimals."""
    values = zip(result.wide[c.UNIT].to_list(), result.wide[name].to_list(), strict=True)
    return {str(unit): None if value is None else round(float(value), 9) for unit, value in values}


def points(
    rule: str, values: Sequence[float | None], keys: str = "", columns: Table | None = None
) -> list[float | None]:
    """Return the points `rule` (YAML) gives for the measures `values` of the units a, b, c …

    `keys` are further keys of the indicator as YAML; `columns` further columns of the table: items, and the
    targets as `target`.
    """
    columns = columns or {}
    items = ", ".join(
        f"{name}: {{}}" for name in ("x", *(name for name in columns if name != "target" and "|" not in name))
    )
    scheme = f"""
    items: {{{items}}}
    indicators: {{i: {{measure: x, weight: 100, rule: {rule}{", " + keys if keys else ""}}}}}
    """
    units = [chr(ord("a") + index) for index in range(len(values))]
    named = {"target|i" if name == "target" else name: value for name, value in columns.items()}
    found = column(scored(scheme, {"unit": units, "x": list(values), **named}), c.points("i"))
    return [found[unit] for unit in units]
