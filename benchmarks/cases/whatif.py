"""What would be if one figure, or one weight, were another one: beside scoring the book once more."""

from __future__ import annotations

import itertools
import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np
import polars as pl

import quanheng as qh
from benchmarks.case import OURS, Case, Contender, register

_INDICATORS = 50
_SEED = 11


def _book(units: int, folder: Path) -> Path:
    rated = {"weight": 1, "rule": {"scale": {"worst": "observed", "best": "observed"}}}
    codes = [f"i{number}" for number in range(_INDICATORS)]
    scheme = {
        "quanheng": 1,
        "id": "whatif",
        "title": "whatif",
        "round": "2023",
        "weights": "relative",
        "items": {code: {} for code in codes},
        "indicators": {f"x_{code}": {"measure": code, **rated} for code in codes},
    }
    (folder / "data").mkdir(parents=True, exist_ok=True)
    (folder / "scheme.yaml").write_text(json.dumps(scheme), encoding="utf-8")
    names = [f"u{number}" for number in range(units)]
    pl.DataFrame({"unit": names, "name": names}).write_csv(folder / "units.csv")
    values = np.random.default_rng(_SEED).random((units, _INDICATORS))
    figures = {code: values[:, number] for number, code in enumerate(codes)}
    pl.DataFrame({"unit": names, "period": ["2023"] * units, **figures}).write_csv(folder / "data" / "f.csv")
    return folder


def _prepare(units: int, folder: Path) -> Mapping[str, Contender]:
    book = qh.load(_book(units, folder))
    numbers = itertools.count(1)

    def new_scheme() -> object:
        # another object, whose plan is not known yet
        return qh.score(replace(book, scheme=replace(book.scheme, moved_over=1.0))).ranking

    return {
        OURS: lambda: qh.whatif(book, set={"i0@u0": 1.0 / next(numbers)}),
        "one weight": lambda: qh.whatif(book, weight={"x_i0": next(numbers)}),
        "scored again": lambda: qh.score(book).ranking,
        "scored by a new scheme": new_scheme,
    }


register(Case(name="what if one figure were another one", size=500, tiny=5, prepare=_prepare))
