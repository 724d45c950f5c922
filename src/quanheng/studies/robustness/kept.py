"""The draws of a study and what every replicate gave, as tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from quanheng.engine.frame.tables import table_of
from quanheng.engine.replicates.runs import Outcomes
from quanheng.findings.text import Text
from quanheng.studies.robustness.design import Design
from quanheng.studies.robustness.replicates import Factor, chosen_in
from quanheng.studies.robustness.sampler import Sampler
from quanheng.studies.robustness.ways import Ways
from quanheng.studies.study import Table

WEIGHT = "weight|"
"""The name of a column of weights begins so; then come the node and the group."""


def kept_tables(
    outcomes: Outcomes, ways: Ways, design: Design, factors: Sequence[Factor], sampler: Sampler | None
) -> Iterator[Table]:
    """Yield the draws, a row each, and the score and place of every unit in each replicate."""
    count = design.sample.stop
    numbers = design.numbers[:count]
    columns = {factor.cause: part for factor, part in zip(factors, design.factors, strict=True)}
    chosen = chosen_in(numbers, ways, columns)
    values: dict[str, Any] = {"replicate": np.arange(1, count + 1)}
    told = {"replicate": Text(en="the number of the replicate", zh="重复序号")}
    for index, choices in enumerate(ways.choices):
        labels = np.array([OWN_LABEL, *ways.labels(choices.cause)], dtype=object)
        values[choices.cause] = labels[chosen[:, index]]
        told[choices.cause] = Text(en="the choice it makes", zh="所取选项")
    if sampler is not None and "weights" in columns:
        base = ways.nominal.base
        groups = [group.code for group in base.scheme.groups]
        for edge, weights in sampler.weights(numbers[:, columns["weights"]], base).items():
            for number, group in enumerate(groups):
                if not np.isnan(weights[:, number]).all():
                    name = f"{WEIGHT}{edge[1]}|{group}"
                    values[name] = weights[:, number]
                    told[name] = Text(
                        en="the weight of the node in the group, where the choices are the scheme's",
                        zh="该组中该节点的权重（其余做法不变时）",
                    )
    yield Table(
        name="draws",
        title=Text(en="What each replicate does otherwise", zh="每次重复的取法"),
        columns=told,
        rows=table_of(values),
    )
    yield _results(outcomes, count)


OWN_LABEL = "own"


def _results(outcomes: Outcomes, count: int) -> Table:
    units = len(outcomes.codes)
    places = outcomes.places[:count].astype(np.float64).reshape(-1)
    rows = table_of(
        {
            "replicate": np.repeat(np.arange(1, count + 1), units),
            "unit": np.tile(np.array(outcomes.codes, dtype=object), count),
            "score": outcomes.scores[:count].reshape(-1),
            "place": np.where(places > 0, places, np.nan),
        }
    )
    told = {
        "replicate": Text(en="the number of the replicate", zh="重复序号"),
        "unit": Text(en="the unit", zh="单位"),
        "score": Text(en="its total", zh="总分"),
        "place": Text(en="its place", zh="位次"),
    }
    return Table(
        name="replicates",
        title=Text(en="What each replicate gives", zh="每次重复的结果"),
        columns=told,
        rows=rows,
    )
