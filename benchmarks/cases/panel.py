"""A panel: twenty years of a book scored at once beside one year, each from the book to its folders."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import numpy as np
import polars as pl

from benchmarks.case import OURS, Case, Contender, register
from quanheng.data.load import load
from quanheng.engine.results.each_round import score_panel
from quanheng.engine.results.score import score
from quanheng.usecase.results.assess import assess
from quanheng.usecase.results.assess_rounds import lay_down_panel, score_panel_book

_SECTORS: Final = 9
_IN_A_SECTOR: Final = 5
_YEARS: Final = tuple(str(year) for year in range(1995, 2015))


def prepare(size: int, folder: Path) -> Mapping[str, Contender]:
    """Invent the figures of an index as ND-GAIN is: sectors of five indicators, each between two anchors."""
    path = _book(size, folder / "panel")
    book = load(path)
    every = f"{_YEARS[0]}..{_YEARS[-1]}"
    out = folder / "results"
    return {
        f"{OURS}, twenty years with their folders": lambda: lay_down_panel(
            score_panel_book(path, rounds=every), path, out=_fresh(out)
        ),
        "one year with its folder": lambda: assess(path, out=_fresh(out)),
        "twenty years scored": lambda: score_panel(book, _YEARS),
        "one year scored": lambda: score(book),
    }


def _fresh(folder: Path) -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    return folder


def _book(units: int, folder: Path) -> Path:
    (folder / "data").mkdir(parents=True, exist_ok=True)
    codes = [f"x{number:02}" for number in range(_SECTORS * _IN_A_SECTOR)]
    random = np.random.default_rng(20)
    keys = [(f"u{unit:03}", year) for year in _YEARS for unit in range(units)]
    figures = {code: random.uniform(0.0, 1.0, len(keys)).round(6) for code in codes}
    table = pl.DataFrame({"unit": [key[0] for key in keys], "period": [key[1] for key in keys], **figures})
    table.write_csv(folder / "data" / "figures.csv")
    table.select("unit").unique(maintain_order=True).write_csv(folder / "units.csv")
    (folder / "scheme.yaml").write_text("\n".join(_scheme(codes)) + "\n", encoding="utf-8")
    return folder


def _scheme(codes: list[str]) -> list[str]:
    lines = ["quanheng: 1", "id: panel", "title: panel", f"round: {_YEARS[-1]}", "weights: equal"]
    lines += ["items:", *(f"  {code}: {{kind: rate}}" for code in codes), "indicators:"]
    for sector in range(_SECTORS):
        lines += [f"  sector_{sector}:", "    children:"]
        own = codes[sector * _IN_A_SECTOR : (sector + 1) * _IN_A_SECTOR]
        lines += [
            f"      i_{code}: {{measure: {code}, rule: {{scale: {{worst: 0.1, best: 0.9}}}}}}" for code in own
        ]
    return lines


register(Case(name="panel of twenty years", size=192, tiny=3, prepare=prepare, repeats=3))
