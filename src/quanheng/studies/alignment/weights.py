"""What each indicator weighs in the total: shares down the tree, of a scheme or of a scored round."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final, TypeAlias

from quanheng.findings.value import Value
from quanheng.scheme.tree.scheme import Dimension, Node, Scheme
from quanheng.scheme.weights.methods import Equal
from quanheng.studies.alignment.links import Link

if TYPE_CHECKING:
    from quanheng.engine.results.result import Result

_DECIMALS: Final = 12
Shares: TypeAlias = Mapping[str, float | None]
"""By indicator, its part of the total; None where a method computes it from figures that are not there."""


def stated_shares(scheme: Scheme, group: str) -> Shares:
    """Return the shares that a scheme states for a group."""
    found: dict[str, float | None] = {}
    _down(scheme.root, group, 1.0, found)
    return found


def _down(node: Node, group: str, share: float | None, found: dict[str, float | None]) -> None:
    if not isinstance(node, Dimension):
        found[node.code] = share
        return
    own = [child for child in node.children if group in child.groups]
    weights = [1.0 if isinstance(node.method, Equal) else child.weights[group] for child in own]
    whole = sum(weights)
    known = (node.method.is_stated or isinstance(node.method, Equal)) and whole > 0.0
    for child, weight in zip(own, weights, strict=True):
        _down(child, group, share * weight / whole if known and share is not None else None, found)


def scored_shares(result: Result, group: str) -> Shares:
    """Return the shares with which a group was scored; None where they differ by unit."""
    rows = {row["node"]: row for row in result.weights.iter_rows(named=True) if row["group"] == group}
    found: dict[str, float | None] = {}
    for indicator in result.scheme.indicators:
        if indicator.code not in rows:
            continue
        share: float | None = 1.0
        node: str | None = indicator.code
        while node is not None:
            part = rows[node]["share"]
            share = None if part is None or share is None else share * part
            node = rows[node]["parent"]
        found[indicator.code] = share
    return found


class Pull(Value):
    """What an indicator above weighs there, and what ours that answer for it weigh in a group."""

    upper: str
    group: str
    above: float | None
    ours: float | None
    lower: tuple[str, ...]

    @property
    def difference(self) -> float | None:
        """Ours less above, without the noise of sums; None where one is not known."""
        return None if self.above is None or self.ours is None else round(self.ours - self.above, _DECIMALS)


def pulls_of(links: tuple[Link, ...], above: Shares, ours: Mapping[str, Shares]) -> tuple[Pull, ...]:
    """Return a pull for each indicator above and group of ours.

    What one of ours weighs is parted among those above that it answers for, in proportion to their shares, or
    equally where these are not known.
    """
    serves: dict[str, list[str]] = {}
    for link in links:
        if link.lower is not None:
            serves.setdefault(link.lower.code, []).append(link.upper.code)
    found = []
    for upper in dict.fromkeys(link.upper.code for link in links):
        lower = tuple(
            link.lower.code for link in links if link.upper.code == upper and link.lower is not None
        )
        for group, shares in ours.items():
            own = tuple(code for code in lower if code in shares)
            parts = [_part(shares[code], upper, serves[code], above) for code in own]
            known = [part for part in parts if part is not None]
            total = sum(known) if len(known) == len(parts) else None
            found.append(Pull(upper=upper, group=group, above=above.get(upper), ours=total, lower=own))
    return tuple(found)


def _part(share: float | None, upper: str, served: list[str], above: Shares) -> float | None:
    if share is None:
        return None
    known = [above.get(code) for code in served]
    whole = sum(each for each in known if each is not None)
    mine = above.get(upper)
    if whole <= 0.0 or mine is None or None in known:
        return share / len(served)
    return share * mine / whole
