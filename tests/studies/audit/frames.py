"""Audits of small frames: a row a unit, a column an item, and the indicators that rate them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import polars as pl

from quanheng.engine.results.result import Result
from quanheng.engine.results.score import score_frame
from quanheng.scheme.files.read import scheme_from_mapping
from quanheng.studies.audit.pool import Pool, pools_of
from quanheng.studies.audit.study import FORM, audit_of
from quanheng.studies.study import Study

Columns = Mapping[str, Sequence[float | None]]


def result_of(columns: Columns, indicators: Mapping[str, Any], **more: object) -> Result:
    """Score a frame whose units are A, B, C, …; `group` may be one of `more`."""
    group = more.pop("group", None)
    n = len(next(iter(columns.values())))
    frame = pl.DataFrame(
        {"unit": [f"U{place:07d}" for place in range(n)], **({} if group is None else {"group": group})}
    ).with_columns(pl.Series(name, list(values), dtype=pl.Float64) for name, values in columns.items())
    scheme = {
        "weights": "relative",
        "items": {name: {} for name in columns if not name.endswith("_target")},
        "indicators": indicators,
        **more,
    }
    return score_frame(frame, scheme_from_mapping(scheme))


def audit(
    columns: Columns,
    indicators: Mapping[str, Any],
    *,
    settings: Mapping[str, Any] | None = None,
    **more: object,
) -> Study:
    return audit_of(result_of(columns, indicators, **more), FORM.model_validate(settings or {}))


def pool(columns: Columns, indicators: Mapping[str, Any], **more: object) -> Pool:
    (found,) = pools_of(result_of(columns, indicators, **more))
    return found


def given(item: str, weight: object = 1.0, **more: object) -> dict[str, Any]:
    """An indicator whose points are the figure itself."""
    rule = {"scale": {"worst": 0, "best": 100, "clamp": "none"}}
    return {"measure": item, "weight": weight, "rule": rule, "gaps": {"missing": "redistribute"}, **more}


def numbers(study: Study, table: str, **where: object) -> list[dict[str, Any]]:
    """The rows of a table in which these columns have these values."""
    rows = study[table].rows(named=True)
    return [row for row in rows if all(row[name] == value for name, value in where.items())]


def codes(study: Study) -> set[str]:
    return {finding.code for finding in study.findings}


def normal(n: int, count: int, seed: int = 7) -> list[list[float]]:
    random = np.random.default_rng(seed)
    columns: list[list[float]] = random.normal(50.0, 10.0, size=(count, n)).round(6).tolist()
    return columns
