"""What makes a report unusual: one function a sign, each on all units and periods of a series at once.

A sign looks at a figure by what was known before it. So the figures of years gone by can be looked at in the
same way, and how often a sign was raised there says how often it is raised where nothing is wrong.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from quanheng.findings.value import Value, field
from quanheng.insight.unusual.changes import (
    Changes,
    common,
    share_moving_against,
    strength_by_others,
    strength_by_past,
)
from quanheng.insight.years.chain_ladder import Flags, Floats, Whole
from quanheng.insight.years.series import Series

SignName: TypeAlias = Literal["magnitude", "jump", "fall", "copy", "against", "landing"]

JUMP_LIMIT: Final = 5.0
"""A change so many usual spreads from the middle of the unit's earlier ones is a jump."""
AGAINST_LIMIT: Final = 3.5
"""How far a unit that moves the other way must be from the middle of all (Iglewicz and Hoaglin's limit)."""
ENOUGH_CHANGES: Final = 8
"""So many earlier changes of the unit's own are needed to know what is usual."""
ENOUGH_OTHERS: Final = 8
"""So many units that report are needed to speak of all others."""
MOST_WITH: Final = 0.2
"""At most this part of the other units may move the same way."""
RARELY_REPEATED: Final = 0.02
"""Only where at most this part of all units' earlier figures are repetitions, one more says anything. The
part is taken with two of four added (A. Agresti, B. A. Coull, 1998), so that a few figures do not settle it:
without any repetition it takes 96 of them."""
LANDINGS: Final = 3
"""So many landings make "again and again"."""
LANDING_CHANCE: Final = 0.01
"""… if the odds of so many, at the rate of the other units (at least 2 %), are under this."""
LEAST_RATE: Final = 0.02
_NOTHING: Final = 1e-12
_TINY: Final = 1e-300
NEAR: Final = 5e-4
"""A figure lands on an aim if it is within 0.05 % of it: what rounding leaves."""


class Sign(Value):
    """Where a sign could be looked for and where it was seen, each of shape (K, T).

    `strength` orders what was seen, the strongest first. The figure it is compared with stands `back`
    columns before. `facts` are numbers (K, T) or (T) that the evidence quotes.
    """

    name: SignName
    looked: Flags
    seen: Flags
    strength: Floats
    back: int
    facts: Mapping[str, NDArray[Any]] = field(default_factory=dict)


def jumps(changes: Changes) -> Sign:
    """Changes that are far from those the unit has shown before, beside what all units do together.

    From each change the middle change of all units in that period is taken away, so that what hits all of
    them alike is no jump of anyone.
    """
    own = changes.change - common(changes.change)[None, :]
    strength = np.abs(strength_by_past(own, least=changes.least, enough=ENOUGH_CHANGES))
    looked = ~np.isnan(strength)
    seen = looked & (strength > JUMP_LIMIT)
    return Sign(name="jump", looked=looked, seen=seen, strength=strength, back=changes.back)


def falls(series: Series) -> Sign:
    """Cumulative figures under the one before them in the same year, but of a loss that only grows."""
    before = _before(series.values, 1)
    before[:, series.of_year <= series.step] = np.nan
    if series.item.kind != "cumulative":
        before[:] = np.nan
    looked = ~(np.isnan(series.values) | np.isnan(before))
    fall = np.where(looked, before - series.values, 0.0)
    size = np.maximum(np.abs(np.where(looked, before, 1.0)), _TINY)
    seen = (fall > _NOTHING * size) & ~_growing_losses(series)
    return Sign(name="fall", looked=looked, seen=seen, strength=fall / size, back=1)


def _growing_losses(series: Series) -> Flags:
    """Return where no figure of the year so far is above 0, nor above one before it."""
    losses = ~(series.values > 0)
    least = np.where(losses, series.values, np.nan)
    for column in range(1, losses.shape[1]):
        if series.of_year[column] > series.step:
            before = least[:, column - 1]
            losses[:, column] &= losses[:, column - 1] & ~(series.values[:, column] > before)
            least[:, column] = np.where(np.isnan(series.values[:, column]), before, series.values[:, column])
    return losses


def copies(series: Series, *, back: int) -> Sign:
    """Figures that are exactly those of `back` columns before, where that is rare.

    A cumulative figure is compared with the one before it only inside its year. Zeros are left alone.
    """
    before = _before(series.values, back)
    if series.item.kind == "cumulative" and back == 1:
        before[:, series.of_year <= series.step] = np.nan
    comparable = ~(np.isnan(series.values) | np.isnan(before)) & (series.values != 0)
    same = comparable & (series.values == before)
    counted, repeated = _so_far(comparable), _so_far(same)
    rare = repeated + 2 <= RARELY_REPEATED * (counted + 4)
    looked = comparable & rare[None, :]
    facts = {"count": counted, "share": repeated / np.maximum(counted, 1)}
    strength = np.where(same, counted[None, :], 0.0)
    return Sign(name="copy", looked=looked, seen=same & looked, strength=strength, back=back, facts=facts)


def against_others(changes: Changes) -> Sign:
    """Changes the other way than nearly all other units', and far from the middle of all."""
    strength = np.abs(strength_by_others(changes.change, least=changes.least, enough=ENOUGH_OTHERS))
    opposite = share_moving_against(changes.change)
    looked = ~(np.isnan(strength) | np.isnan(opposite))
    seen = looked & (strength > AGAINST_LIMIT) & (opposite >= 1 - MOST_WITH)
    others = (~np.isnan(changes.change)).sum(axis=0) - 1
    facts = {"count": others, "share": opposite}
    return Sign(name="against", looked=looked, seen=seen, strength=strength, back=changes.back, facts=facts)


def landings(values: Floats, near: Flags) -> Sign:
    """Figures that lie on an aim and have done so too often: `near` says which do, NaN `values` have none.

    At each figure its unit's landings so far are held against the rate at which the other units' figures so
    far land; the odds are those of the binomial distribution.
    """
    from scipy.special import bdtrc

    looked = ~np.isnan(values)
    hits, counts = np.cumsum(near & looked, axis=1), np.cumsum(looked, axis=1)
    others = hits.sum(axis=0)[None, :] - hits, counts.sum(axis=0)[None, :] - counts
    rate = np.maximum(others[0] / np.maximum(others[1], 1), LEAST_RATE)
    odds = np.where(hits > 0, bdtrc(np.maximum(hits - 1, 0), counts, rate), 1.0)
    enough = looked & (counts >= LANDINGS)
    seen = enough & near & (hits >= LANDINGS) & (odds < LANDING_CHANCE)
    strength = -np.log10(np.maximum(odds, _TINY))
    shares = others[0] / np.maximum(others[1], 1)
    facts = {"hits": hits, "count": counts, "share": shares}
    return Sign(name="landing", looked=enough, seen=seen, strength=strength, back=0, facts=facts)


def _before(values: Floats, back: int) -> Floats:
    """Return the figure `back` columns before each."""
    before = np.full_like(values, np.nan)
    if back < values.shape[1]:
        before[:, back:] = values[:, :-back]
    return before


def _so_far(flags: Flags) -> Whole:
    """Return how many of `flags` hold in all columns before each."""
    totals = np.cumsum(flags.sum(axis=0))
    return np.concatenate([[0], totals[:-1]])


class Report(Value):
    """One unusual report; `quanheng.insight.unusual.unusual.Unusual` says what the fields mean.

    For a landing, `before` is the target it lies on, None for a threshold.
    """

    sign: SignName
    unit: str
    code: str
    period: str
    value: float
    strength: float
    earlier: str | None = None
    before: float | None = None
    change: float | None = None
    usual: float | None = None
    logarithmic: bool = False
    facts: Mapping[str, float] = field(default_factory=dict)
