"""The draws of a study and what every replicate gave, as tables."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import narwhals as nw
import numpy as np
from numpy.typing import NDArray

from quanheng.engine.replicates.base import Edge
from quanheng.engine.replicates.runs import Outcomes
from quanheng.findings.text import Text
from quanheng.studies.columns import NUMBER, TEXT, WHOLE, Columns, table_of_arrays
from quanheng.studies.robustness.causes.ways import Ways
from quanheng.studies.robustness.drawing.drawn import REPLICATE, WEIGHT, Drawn
from quanheng.studies.study import Table

_REPLICATE: Final = (WHOLE, Text(en="the number of the replicate", zh="重复序号"))
_CHOICE: Final = (TEXT, Text(en="the choice it makes", zh="所取选项"))
_WEIGHED: Final = (NUMBER, Text(en="the weight of the node in the group", zh="该组中该节点的权重"))
_RESULTS: Final[Columns] = {
    REPLICATE: _REPLICATE,
    "unit": (TEXT, Text(en="the unit", zh="单位")),
    "score": (NUMBER, Text(en="its total", zh="总分")),
    "place": (WHOLE, Text(en="its place", zh="位次")),
}


def kept_tables(outcomes: Outcomes, ways: Ways, drawn: Drawn) -> Iterator[Table]:
    """Yield the draws of the sample, a row each, and the score and place of every unit in each replicate."""
    count = drawn.sample.stop
    chosen = drawn.chosen(ways)[:count]
    columns: dict[str, tuple[nw.dtypes.DType, Text]] = {REPLICATE: _REPLICATE}
    cells: dict[str, NDArray[Any]] = {REPLICATE: np.arange(1, count + 1)}
    for index, choices in enumerate(ways.choices):
        labels = np.array(["own", *ways.labels(choices.cause)], dtype=object)
        columns[choices.cause] = _CHOICE
        cells[choices.cause] = labels[chosen[:, index]]
    groups = [group.code for group in ways.nominal.base.scheme.groups]
    for edge, weights in _weights(ways, drawn, chosen).items():
        for number, group in enumerate(groups):
            if not np.isnan(weights[:, number]).any():
                name = f"{WEIGHT}{edge[1]}|{group}"
                columns[name] = _WEIGHED
                cells[name] = weights[:, number]
    title = Text(en="What each replicate does otherwise", zh="每次重复的取法")
    yield table_of_arrays("draws", title, columns, cells)
    yield _results(outcomes, count)


def _weights(ways: Ways, drawn: Drawn, chosen: NDArray[np.int64]) -> dict[Edge, NDArray[np.float64]]:
    """Return the weights each replicate takes: they may rest on those that the way it goes has."""
    found: dict[Edge, NDArray[np.float64]] = {}
    distinct, way = np.unique(chosen, axis=0, return_inverse=True)
    for number, row in enumerate(distinct):
        rows = np.flatnonzero(np.asarray(way).reshape(-1) == number)
        base = ways.way(tuple(int(each) for each in row)).points.base
        for edge, values in drawn.weights(rows, base).items():
            found.setdefault(edge, np.full((len(chosen), values.shape[1]), np.nan))[rows] = values
    return found


def _results(outcomes: Outcomes, count: int) -> Table:
    units = len(outcomes.codes)
    places = outcomes.places[:count].astype(np.float64).reshape(-1)
    cells = {
        REPLICATE: np.repeat(np.arange(1, count + 1), units),
        "unit": np.tile(np.array(outcomes.codes, dtype=object), count),
        "score": outcomes.scores[:count].reshape(-1),
        "place": np.where(places > 0, places, np.nan),
    }
    title = Text(en="What each replicate gives", zh="每次重复的结果")
    return table_of_arrays("replicates", title, _RESULTS, cells)
