"""How far two rankings of the same units agree."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from quanheng.findings.value import Value


class Agreement(Value):
    """Of `units` that both rankings place: correlations, how far places lie apart, who moved most.

    Correlations are None where there are fewer than three units, or all share a place on one side.
    """

    units: int
    spearman: float | None
    kendall: float | None
    shift: float | None
    same: int
    mover: str | None
    gained: int | None


_FEWEST = 3


def agreement_of(before: Mapping[str, int], after: Mapping[str, int]) -> Agreement:
    """Return how far the places `before` and `after` agree, for the units that are in both.

    Spearman's rho is of the ranks, ties at their mean; Kendall's is tau-b.

    Examples:
        >>> found = agreement_of({"A": 1, "B": 2, "C": 3}, {"A": 2, "B": 1, "C": 3})
        >>> found.spearman, round(found.kendall, 4), round(found.shift, 4), found.mover, found.gained
        (0.5, 0.3333, 0.6667, 'A', -1)
    """
    units = [unit for unit in after if unit in before]
    was, now = [before[unit] for unit in units], [after[unit] for unit in units]
    gained = {unit: before[unit] - after[unit] for unit in units}
    mover = min(gained, key=lambda unit: (-abs(gained[unit]), unit), default=None)
    spearman, kendall = _correlations(was, now)
    return Agreement(
        units=len(units),
        spearman=spearman,
        kendall=kendall,
        shift=sum(map(abs, gained.values())) / len(units) if units else None,
        same=sum(not each for each in gained.values()),
        mover=mover if mover is not None and gained[mover] else None,
        gained=gained[mover] if mover is not None and gained[mover] else None,
    )


def _correlations(was: Sequence[int], now: Sequence[int]) -> tuple[float | None, float | None]:
    if len(was) < _FEWEST or len(set(was)) == 1 or len(set(now)) == 1:
        return None, None
    from scipy.stats import kendalltau, spearmanr

    return round(float(spearmanr(was, now).statistic), 9), round(float(kendalltau(was, now).statistic), 9)
