"""Quotas and bounds: how many, how much, and for which groups. Values only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, Literal, TypeAlias, TypeVar

from quanheng.findings.text import Text
from quanheng.findings.value import Value

QuotaRounding: TypeAlias = Literal["half", "down", "up"]
"""How a share of so many units becomes a whole number."""
ROUNDED: Final[Mapping[QuotaRounding, Text]] = {
    "half": Text(zh="四舍五入", en="rounded half-up"),
    "down": Text(zh="舍去小数", en="cut"),
    "up": Text(zh="有小数即进一", en="raised"),
}
"""How shares are rounded, in words."""


class Quota(Value):
    """How many of a group: a `share` (0 to 1) of its ranked units, or a `count`; one of the two."""

    share: float | None = None
    count: int | None = None
    rounding: QuotaRounding = "half"

    def in_words(self) -> Text:
        """Return the quota as texts say it.

        Examples:
            >>> Quota(share=0.3).in_words().en, Quota(share=0.3, rounding="down").in_words().en
            ('30%', '30% (cut)')
        """
        if self.share is None:
            return Text(zh=f"{self.count} 名", en=f"{self.count}")
        share = f"{100 * self.share:.12g}%"
        if self.rounding == "half":
            return Text(zh=share, en=share)
        how = ROUNDED[self.rounding]
        return Text(zh=f"{share}（{how.zh}）", en=f"{share} ({how.en})")


_Stated = TypeVar("_Stated")
ByGroup: TypeAlias = _Stated | Mapping[str, _Stated] | None
"""What is stated once for all groups, or for each group apart; None: not at all."""


def stated_for(stated: ByGroup[_Stated], group: str) -> _Stated | None:
    """Return what is stated for `group`: the same for all, or its own; None if it is not named.

    Examples:
        >>> stated_for(3.0, "food"), stated_for({"food": 3.0}, "food"), stated_for({"food": 3.0}, "drink")
        (3.0, 3.0, None)
    """
    return stated.get(group) if isinstance(stated, Mapping) else stated


def groups_stated(*parts: ByGroup[_Stated]) -> tuple[str, ...]:
    """Return the groups that every part stated by group names; none where no part is stated by group.

    Examples:
        >>> groups_stated({"food": 3.0, "drink": 2.0}, 1.0), groups_stated(1.0)
        (('food', 'drink'), ())
    """
    named = [tuple(part) for part in parts if isinstance(part, Mapping)]
    if not named:
        return ()
    return tuple(group for group in named[0] if all(group in others for others in named))


def of_groups(groups: Sequence[str], group: str) -> bool:
    """Return whether something that names `groups`, none for all, is about `group`."""
    return not groups or group in groups
