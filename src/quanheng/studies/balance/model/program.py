"""A mixed-integer program, put together row by row and handed to HiGHS (`scipy.optimize.milp`)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import inf, isfinite
from typing import Final, Literal, TypeAlias

from quanheng.findings.errors import EngineError
from quanheng.findings.value import Value
from quanheng.studies.balance.model.quiet import quietly

Status: TypeAlias = Literal["best", "stopped", "none"]
"""The best is proved; the solver was stopped before that; there is no solution."""

_INFEASIBLE: Final = 2
_STOPPED: Final = 1
_DONE: Final = 0
_LIMIT: Final = "limit reached"
"""What HiGHS says of limits that scipy has no number for."""
_NOTHING: Final = 1e-14
"""A factor that is the noise of a difference."""


@dataclass(frozen=True, slots=True)
class Sum:
    """A constant and so much of each variable."""

    terms: Mapping[int, float] = field(default_factory=dict)
    constant: float = 0.0

    def plus(self, other: Sum, times: float = 1.0) -> Sum:
        """Return this and `times` the other."""
        terms = dict(self.terms)
        for variable, factor in other.terms.items():
            terms[variable] = terms.get(variable, 0.0) + times * factor
        return Sum(terms, self.constant + times * other.constant)

    def value(self, values: Sequence[float]) -> float:
        """Return what it comes to."""
        return self.constant + sum(factor * values[variable] for variable, factor in self.terms.items())


class Limits(Value):
    """When the solver is stopped: after so many seconds, or so many branches looked at."""

    seconds: float = 60.0
    branches: int = 200_000


class Outcome(Value):
    """What the solver found: `values` of all variables, empty if none; no solution is under `bound`."""

    status: Status
    values: tuple[float, ...] = ()
    bound: float | None = None


@dataclass(slots=True)
class Program:
    """Variables, each from a low to a high end, and rows that hold of them."""

    low: list[float] = field(default_factory=list)
    high: list[float] = field(default_factory=list)
    whole: list[bool] = field(default_factory=list)
    rows: list[tuple[Sum, float, float]] = field(default_factory=list)

    def variable(self, low: float, high: float, *, whole: bool = False) -> Sum:
        """Add a variable and return it."""
        self.low.append(low)
        self.high.append(high)
        self.whole.append(whole)
        return Sum({len(self.low) - 1: 1.0})

    def at_least(self, left: Sum, right: float) -> None:
        """Demand `left >= right`."""
        self.rows.append((left, right, inf))

    def at_most(self, left: Sum, right: float) -> None:
        """Demand `left <= right`."""
        self.rows.append((left, -inf, right))

    def equal(self, left: Sum, right: float) -> None:
        """Demand `left == right`."""
        self.rows.append((left, right, right))

    def least(self, objective: Sum, limits: Limits) -> Outcome:
        """Return the values for which `objective` is least."""
        import numpy as np  # noqa: PLC0415  only who balances waits for it
        from scipy.optimize import Bounds, LinearConstraint, milp
        from scipy.sparse import coo_array

        count = len(self.low)
        if count == 0:
            fits = all(low <= left.constant <= high for left, low, high in self.rows)
            return Outcome(status="best", bound=objective.constant) if fits else Outcome(status="none")
        cost = np.zeros(count)
        for variable, factor in objective.terms.items():
            cost[variable] += factor
        entries = [
            (number, variable, factor)
            for number, (left, _, _) in enumerate(self.rows)
            for variable, factor in left.terms.items()
            if abs(factor) > _NOTHING
        ]
        rows, columns, factors = (
            (np.array(part) for part in zip(*entries, strict=True)) if entries else ((),) * 3
        )
        matrix = coo_array((factors, (rows, columns)), shape=(len(self.rows), count)) if entries else None
        lows = [low - left.constant for left, low, _ in self.rows]
        highs = [high - left.constant for left, _, high in self.rows]
        with quietly():
            found = milp(
                cost,
                integrality=np.array(self.whole, dtype=float),
                bounds=Bounds(np.array(self.low), np.array(self.high)),
                constraints=[] if matrix is None else [LinearConstraint(matrix.tocsr(), lows, highs)],
                options={"time_limit": limits.seconds, "node_limit": limits.branches, "mip_rel_gap": 0.0},
            )
        values = () if found.x is None else tuple(float(value) for value in found.x)
        bound = found.mip_dual_bound
        known = None if bound is None or not isfinite(bound) else float(bound) + objective.constant
        if found.status == _DONE:
            # without whole variables there is no tree to bound: what was found is the bound
            exact = float(found.fun) + objective.constant
            return Outcome(status="best", values=values, bound=exact if known is None else known)
        if found.status == _INFEASIBLE:
            return Outcome(status="none")
        if found.status == _STOPPED or _LIMIT in found.message:
            return Outcome(status="stopped", values=values, bound=known)
        raise EngineError(f"the solver failed: {found.message}", f"求解器出错：{found.message}")
