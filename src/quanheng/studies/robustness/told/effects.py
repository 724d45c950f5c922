"""What causes do: shares of variance, what leaving something out does, and if there were enough runs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from quanheng.engine.replicates.runs import Outcomes
from quanheng.findings.text import Text
from quanheng.findings.value import Value
from quanheng.studies.columns import NUMBER, TEXT, WHOLE, Columns, table_of_columns
from quanheng.studies.robustness.drawing.design import Design
from quanheng.studies.robustness.drawing.replicates import Factor
from quanheng.studies.robustness.told.indices import Index, sobol_indices
from quanheng.studies.robustness.told.summary import Standing
from quanheng.studies.study import Table

Array = NDArray[np.float64]
SHIFT: Final = "mean shift"
"""The output that sums up a ranking: by how many places units are off, on average."""
_UNSURE: Final = 0.2
"""An index whose interval is wider is not known well."""
_STEADY: Final = 0.1
"""The part of the units whose interval may still move with the last half of the replicates."""


def mean_shifts(outcomes: Outcomes) -> Array:
    """Return of each replicate by how many places units are off their nominal one, on average.

    Units without a place in either are left out; the nominal replicate is the last one.
    """
    places = outcomes.places.astype(np.float64)
    nominal = places[-1]
    both = (places > 0) & (nominal > 0)
    off = np.where(both, np.abs(places - nominal), 0.0)
    return np.asarray(off.sum(axis=1) / np.maximum(1, both.sum(axis=1)))


SENSITIVITY: Final[Columns] = {
    "output": (
        TEXT,
        Text(
            en="what varies: the mean shift, or a unit's score or place",
            zh="输出：平均位次变动，或某单位的得分、位次",
        ),
    ),
    "unit": (TEXT, Text(en="the unit, if it is about one", zh="单位：总体则为空")),
    "cause": (TEXT, Text(en="the cause", zh="因素")),
    "first": (
        NUMBER,
        Text(
            en="its first-order index: the share of variance it makes alone",
            zh="一阶指数：单独造成的方差占比",
        ),
    ),
    "first_low": (NUMBER, Text(en="95 % bootstrap interval, from", zh="一阶下限：95% 自助法区间")),
    "first_high": (NUMBER, Text(en="to", zh="一阶上限：95% 自助法区间")),
    "total": (
        NUMBER,
        Text(
            en="its total index: the share it makes with all others", zh="总指数：含与其他因素共同造成的占比"
        ),
    ),
    "total_low": (NUMBER, Text(en="95 % bootstrap interval, from", zh="总下限：95% 自助法区间")),
    "total_high": (NUMBER, Text(en="to", zh="总上限：95% 自助法区间")),
}


class Shares(Value):
    """The shares of variance of the mean shift, by cause, and the table of all outputs."""

    total: Mapping[str, Index]
    table: Table

    @property
    def unsure(self) -> bool:
        """Whether one of them is not known well."""
        return any(
            index.low is not None and index.high is not None and index.high - index.low > _UNSURE
            for index in self.total.values()
        )


def shares_of(
    outcomes: Outcomes,
    design: Design,
    factors: Sequence[Factor],
    standing: Standing,
    units: Sequence[str],
    seed: int,
) -> Shares:
    """Return what share of the variance each cause makes: of the mean shift, and of what `units` reach."""
    outputs: list[tuple[str, str | None, Array]] = [(SHIFT, None, mean_shifts(outcomes))]
    at = {code: index for index, code in enumerate(outcomes.codes)}
    for unit in units:
        scores, places = outcomes.scores[:, at[unit]], outcomes.places[:, at[unit]].astype(np.float64)
        last = float(len(standing.codes) + 1)
        outputs.append(("score", unit, np.where(np.isnan(scores), 0.0, scores)))
        outputs.append(("place", unit, np.where(places > 0, places, last)))
    found: dict[str, list[Any]] = {name: [] for name in SENSITIVITY}
    total: dict[str, Index] = {}
    for output, whose, values in outputs:
        a, b = values[: design.base], values[design.base : 2 * design.base]
        mixed = np.array([values[design.mixed(number)] for number in range(len(factors))])
        indices = sobol_indices(a, b, mixed, seed)
        for factor, first, whole in zip(factors, indices.first, indices.total, strict=True):
            if output == SHIFT:
                total[factor.cause] = whole
            row = (first.value, first.low, first.high, whole.value, whole.low, whole.high)
            for name, value in zip(SENSITIVITY, (output, whose, factor.cause, *row), strict=True):
                found[name].append(value)
    title = Text(en="Shares of variance by cause (Sobol)", zh="各因素的方差占比（Sobol 指数）")
    return Shares(total=total, table=table_of_columns("sensitivity", title, SENSITIVITY, found))


CONVERGENCE: Final[Columns] = {
    "replicates": (WHOLE, Text(en="how many of the replicates", zh="重复次数")),
    "mean_shift": (NUMBER, Text(en="the mean of their mean shifts", zh="平均位次变动的均值")),
    "width": (NUMBER, Text(en="the mean width of the intervals, in places", zh="区间平均宽度：位")),
    "moved": (
        NUMBER,
        Text(
            en="the share of units whose interval moves by more than a place (2 % of the units, where that "
            "is more) until all are in",
            zh="区间尚在变动的单位比例：到全部重复完成时变动超过1位（或单位数的2%）",
        ),
    ),
}


def convergence_table(outcomes: Outcomes, sample: slice, level: float) -> Table:
    """Return what an eighth, a quarter, a half and all of the replicates say."""
    rows = np.arange(sample.stop)
    if len(rows) % 2 == 0:
        rows = rows.reshape(2, -1).T.reshape(-1)  # of a design, those of A and B in turn
    places = np.where(outcomes.places > 0, outcomes.places.astype(np.float64), np.nan)
    shifts = mean_shifts(outcomes)
    near = max(1.0, 0.02 * places.shape[1])
    whole = _bounds(places[rows], level)
    found: dict[str, list[Any]] = {name: [] for name in CONVERGENCE}
    for count in dict.fromkeys(max(2, len(rows) // part) for part in (8, 4, 2, 1)):
        low, high = _bounds(places[rows[:count]], level)
        moved = (np.abs(low - whole[0]) > near) | (np.abs(high - whole[1]) > near)
        found["replicates"].append(count)
        found["mean_shift"].append(float(shifts[rows[:count]].mean()))
        found["width"].append(float(np.nanmean(high - low)) if not np.isnan(high).all() else None)
        found["moved"].append(float(moved.mean()))
    return table_of_columns(
        "convergence", Text(en="Were there enough replicates?", zh="重复次数是否足够"), CONVERGENCE, found
    )


def is_steady(convergence: Table) -> bool:
    """Return whether half of the replicates say what all say."""
    moved = convergence.rows["moved"].to_list()
    return len(moved) < 2 or moved[-2] <= _STEADY  # noqa: PLR2004 - the last but one, if there is one


def _bounds(places: Array, level: float) -> tuple[Array, Array]:
    outside = 100.0 * (1.0 - level) / 2.0
    known = places[:, ~np.isnan(places).all(axis=0)]
    low, high = np.nanpercentile(known, [outside, 100.0 - outside], axis=0, method="inverted_cdf")
    return low, high
