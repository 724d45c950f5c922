"""Min-max, weighted sum and ranking of units x 20 indicators, beside numpy and two MCDA libraries."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pymcdm
import skcriteria
from skcriteria.agg.simple import WeightedSumModel
from skcriteria.preprocessing.scalers import MinMaxScaler

from benchmarks.case import OURS, Case, Contender, register
from benchmarks.schemes import INDICATORS, min_max_scheme, random_table
from quanheng.engine.results.score import score_frame


def prepare(size: int, folder: Path) -> Mapping[str, Contender]:
    """Return the same index made by four hands from one matrix."""
    del folder
    frame = random_table(size)
    matrix = frame.drop("unit").to_numpy()
    weights = np.full(INDICATORS, 1.0 / INDICATORS)
    kinds = np.ones(INDICATORS, dtype=int)
    scheme = min_max_scheme()
    weighted = pymcdm.methods.WSM(pymcdm.normalizations.minmax_normalization)
    decision = skcriteria.mkdm(matrix, [max] * INDICATORS, weights=weights)
    scaler, model = MinMaxScaler(target="matrix"), WeightedSumModel()

    def by_numpy() -> object:
        low, high = matrix.min(axis=0), matrix.max(axis=0)
        total = ((matrix - low) / (high - low)) @ weights
        order = np.argsort(-total)
        places = np.empty(size, dtype=int)
        places[order] = np.arange(1, size + 1)
        return places

    def by_pymcdm() -> object:
        return pymcdm.helpers.rankdata(weighted(matrix, weights, kinds), reverse=True)

    return {
        OURS: lambda: score_frame(frame, scheme).ranking,
        "numpy": by_numpy,
        "pymcdm": by_pymcdm,
        "scikit-criteria": lambda: model.evaluate(scaler.transform(decision)).rank_,
    }


for _size in (10_000, 30_000, 100_000, 1_000_000):
    register(Case(name="min-max, weighted sum, ranking", size=_size, tiny=50, prepare=prepare))
