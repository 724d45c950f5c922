"""Books of the committed schemes with invented figures: what the tests of published methods share.

No figure here is a publisher's: the units, their names and their values are made up for the tests.
"""

from __future__ import annotations

import csv
import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
from ruamel.yaml import YAML
from tools.try_published import SCHEMES

import quanheng as qh

UNITS: Final = tuple(f"u{number:02}" for number in range(1, 11))
_NO_UNIT: Final = "QH429"
_GAPS_AS_MEANT: Final = "QH873"
"""What is not declared counts nothing, as a method has it, where the lowest total is first."""
"""A group without units: ten invented ones are not of every segment of skating."""
Cell = str | float | None
Rows = Sequence[Mapping[str, Cell]]
Figures = dict[str, dict[str, Any]]


def invented(
    seed: int,
    columns: Sequence[str],
    least: float,
    most: float,
    decimals: int = 2,
    units: Sequence[str] = UNITS,
) -> Figures:
    """Return invented figures of `columns` between `least` and `most`, the same every time."""
    chance = np.random.default_rng(seed)
    return {
        unit: {column: round(float(chance.uniform(least, most)), decimals) for column in columns}
        for unit in units
    }


def rows_of(figures: Figures) -> Rows:
    """Return the rows of a file of data."""
    return [{"unit": unit, **own} for unit, own in figures.items()]


def score_case(case: str, folder: Path, files: Mapping[str, Rows], units: Rows | None = None) -> qh.Result:
    """Return the result of the scheme of `case` with invented `files`; its scheme has no findings."""
    scheme = (SCHEMES / case / "scheme.yaml").read_text(encoding="utf-8")
    (folder / "scheme.yaml").write_text(scheme, encoding="utf-8")
    for name, rows in {"units.csv": units or [{"unit": unit} for unit in UNITS], **files}.items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)
    book = qh.load(folder)
    told = [each for each in book.findings if each.where.file == "scheme.yaml"]
    found = [each for each in told if each.code not in {_NO_UNIT, _GAPS_AS_MEANT}]
    assert not found, found
    return qh.score(book)


def by_unit(result: qh.Result) -> dict[str, dict[str, Any]]:
    """Return the row of each unit in the ranking."""
    return {row["unit"]: row for row in result.ranking.rows(named=True)}


def of_nodes(result: qh.Result, value: str) -> dict[tuple[str, str], Any]:
    """Return `value` of each unit and node."""
    return {(row["unit"], row["node"]): row[value] for row in result.scores.rows(named=True)}


def places(totals: Mapping[str, float | None], *, least_first: bool = False) -> dict[str, int | None]:
    """Return the place of each total, shared by equal ones; a unit without one has none."""
    told = [round(total, 9) for total in totals.values() if total is not None]
    return {
        unit: None
        if total is None
        else 1 + sum(other < round(total, 9) if least_first else other > round(total, 9) for other in told)
        for unit, total in totals.items()
    }


def mean(values: Sequence[float | None]) -> float | None:
    """Return the mean of those there are."""
    told = [value for value in values if value is not None]
    return sum(told) / len(told) if told else None


def weighted(pairs: Sequence[tuple[float, float | None]]) -> float | None:
    """Return the mean by weights of the values there are."""
    told = [(weight, value) for weight, value in pairs if value is not None]
    return sum(w * v for w, v in told) / sum(w for w, _ in told) if told else None


def half_up(number: float, decimals: int = 0) -> float:
    """Return `number` rounded half up, as on paper."""
    return math.floor(number * 10.0**decimals + 0.5 + 1e-9) / 10.0**decimals


def tree_of(case: str) -> dict[str, Any]:
    """Return the indicators of a committed scheme as written, for the weights and limits that tests need."""
    tree: dict[str, Any] = YAML(typ="safe").load(SCHEMES / case / "scheme.yaml")["indicators"]
    return tree
