"""What is conspicuous in a group, each with its number and the limit it goes beyond."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Final, Literal, TypeAlias

import numpy as np

from quanheng.findings.value import Value
from quanheng.studies.audit.audited import Audited
from quanheng.studies.audit.incentives.curves import Curve, steepest
from quanheng.studies.audit.pool import TELLING, Pool
from quanheng.studies.audit.settings import AuditForm

What: TypeAlias = Literal[
    "influence",
    "against",
    "same_points",
    "redundant",
    "threshold",
    "cap",
    "safe",
    "one_unit",
    "step",
    "bonus",
]
_FULL: Final = 100.0


_DECIMALS: Final = 9
"""Decimals at which two cases are equally far beyond their limits."""


class Problem(Value):
    """One conspicuous thing: about which node, and which other one, unit, value or kind, if any.

    `value` is its number and `limit` what it is measured by.
    """

    what: What
    pool: Pool
    node: str
    other: str
    value: float
    limit: float

    @property
    def size(self) -> float:
        """How far it goes beyond the limit, to tell the greatest first; without the noise of computing."""
        return round(abs(self.value - self.limit), _DECIMALS)


def problems_of(found: Audited, settings: AuditForm) -> Iterator[Problem]:
    """Yield what is conspicuous, kind by kind, the greatest first, of equal ones what is more."""
    for look in _LOOKS.values():
        yield from sorted(look(found, settings), key=lambda each: (-each.size, -each.value))


def _influence(found: Audited, settings: AuditForm) -> Iterator[Problem]:
    """Parts whose influence is far from their weight: influence, and weight as the limit.

    Where one of the parts is of few units only, the shares of all of them say little.
    """
    for influence in found.influences:
        if min((ratio.n for ratio in influence.ratios), default=0) < TELLING:
            continue
        for part, weight, share in zip(
            influence.parts, influence.weights.tolist(), influence.shares.tolist(), strict=True
        ):
            if abs(share - weight) >= settings.apart:
                yield _problem(found, "influence", part.code, influence.whole.code, share, weight)


def _against(found: Audited, settings: AuditForm) -> Iterator[Problem]:
    """Nodes that fall as their parent, or the total, rises."""
    for influence in found.influences:
        for part, ratio in zip(influence.parts, influence.ratios, strict=True):
            if ratio.n >= TELLING and ratio.correlation <= -settings.against:
                yield _problem(
                    found, "against", part.code, influence.whole.code, ratio.correlation, -settings.against
                )


def _same_points(found: Audited, settings: AuditForm) -> Iterator[Problem]:
    """Indicators that give every unit the same points."""
    del settings
    for code, each in found.ends.items():
        if each.n > 1 and each.least == each.greatest:
            yield _problem(found, "same_points", code, "", each.greatest, 0.0)


def _redundant(found: Audited, settings: AuditForm) -> Iterator[Problem]:
    """Two indicators that say the same."""
    codes = {each.code for each in found.pool.indicators}
    for pair in found.pairs.pairs:
        if (
            pair.n >= TELLING
            and {pair.one.code, pair.other.code} <= codes
            and pair.strongest >= settings.redundant
        ):
            strongest = max(
                (pair.pearson, pair.spearman), key=lambda value: 0.0 if np.isnan(value) else abs(value)
            )
            yield _problem(found, "redundant", pair.one.code, pair.other.code, strongest, settings.redundant)


def _threshold(found: Audited, settings: AuditForm) -> Iterator[Problem]:
    """Thresholds that more have just passed than chance explains: the p-value."""
    for each in found.passed:
        if each.adjusted < settings.significance:
            threshold = "target" if each.threshold is None else f"{each.threshold:g}"
            yield _problem(
                found, "threshold", each.indicator, threshold, each.adjusted, settings.significance
            )


def _cap(found: Audited, settings: AuditForm) -> Iterator[Problem]:
    """Caps that many have reached though their measures differ: the share of units."""
    for code, each in found.ends.items():
        if each.hidden > 1 and each.at_most >= settings.capped and each.greatest > each.least:
            yield _problem(found, "cap", code, "", each.at_most, settings.capped)


def _safe(found: Audited, settings: AuditForm) -> Iterator[Problem]:
    """Indicators on which nobody can lose, or nobody did: the fewest points."""
    for code, each in found.ends.items():
        if each.possible is not None and each.possible >= settings.safe:
            yield _problem(found, "safe", code, "", each.possible, settings.safe)
        elif each.n > 1 and each.greatest > each.least >= _FULL:
            yield _problem(found, "safe", code, "", each.least, settings.safe)


def _one_unit(found: Audited, settings: AuditForm) -> Iterator[Problem]:
    """Indicators whose range is mostly one unit's, and whose rule looks at that range: the part of it."""
    for code, each in found.ends.items():
        if each.moves_others and each.row is not None and each.alone >= settings.decides:
            unit = found.pool.name_of_unit(each.row)
            yield _problem(found, "one_unit", code, unit, each.alone, settings.decides)


def _step(found: Audited, settings: AuditForm) -> Iterator[Problem]:
    """Values of a measure at which a little pays much: the points."""
    for code, curve in found.curves.items():
        step = steepest(curve, settings.little) if isinstance(curve, Curve) else None
        if step is not None and step.points >= settings.much:
            yield _problem(found, "step", code, f"{step.end:g}", step.points, settings.much)


def _bonus(found: Audited, settings: AuditForm) -> Iterator[Problem]:
    """Bonus or penalty marks worth more than any indicator: the marks, and the indicator's."""
    del settings
    for each in found.bonuses:
        if each.is_larger:
            value = max(each.most, each.cap or 0.0)
            yield _problem(found, "bonus", each.indicator, each.kind, value, each.marks)


def _problem(found: Audited, what: What, node: str, other: str, value: float, limit: float) -> Problem:
    return Problem(what=what, pool=found.pool, node=node, other=other, value=float(value), limit=float(limit))


_LOOKS: Final[Mapping[What, Callable[[Audited, AuditForm], Iterator[Problem]]]] = {
    "influence": _influence,
    "against": _against,
    "same_points": _same_points,
    "redundant": _redundant,
    "threshold": _threshold,
    "cap": _cap,
    "safe": _safe,
    "one_unit": _one_unit,
    "step": _step,
    "bonus": _bonus,
}
"""What is looked for, the most important first."""
KINDS: Final = tuple(_LOOKS)
