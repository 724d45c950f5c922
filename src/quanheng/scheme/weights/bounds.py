"""A floor and a cap of a node's score, in marks: as they are written, and by group."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from quanheng.findings.finding import Kind
from quanheng.findings.value import Value, field
from quanheng.scheme.fields.lines import Path
from quanheng.scheme.fields.margin import Margin
from quanheng.scheme.weights.form import BoundForm


class Bounds(Value):
    """Between which marks the score of a node is kept, by group; a group without an entry has no such end."""

    floor: Mapping[str, float] = field(default_factory=dict)
    cap: Mapping[str, float] = field(default_factory=dict)

    def __bool__(self) -> bool:
        """Whether there is any end."""
        return bool(self.floor or self.cap)

    def of_group(self, group: str) -> tuple[float | None, float | None]:
        """Return floor and cap of a group."""
        return self.floor.get(group), self.cap.get(group)


UNBOUND: Final = Bounds()
FLOOR_OVER_CAP: Final = Kind(
    code="QH293",
    severity="error",
    en="'{code}' has the floor {floor} and the cap {cap} for '{group}'",
    zh="“{code}”（{group}）的最低分（floor）为{floor}，上限（cap）为{cap}",
    hint_en="the cap lies above the floor; a score that is always the same needs neither",
    hint_zh="上限应高于最低分；若得分恒定，两者都不必写",
)


def bounds_of(
    floor: BoundForm | None,
    cap: BoundForm | None,
    code: str,
    groups: Sequence[str],
    path: Path,
    margin: Margin,
) -> Bounds:
    """Return the bounds of a node that stands in `groups`."""
    found = Bounds(floor=_by_group(floor, groups), cap=_by_group(cap, groups))
    for group in groups:
        low, high = found.of_group(group)
        if low is not None and high is not None and not low < high:
            margin.note(
                FLOOR_OVER_CAP,
                (*path, "cap"),
                code=code,
                group=group,
                floor=f"{low:.12g}",
                cap=f"{high:.12g}",
            )
            break
    return found


def named_groups(*forms: BoundForm | None) -> Iterator[str]:
    """Yield the groups that bounds are written for one by one."""
    for form in forms:
        if isinstance(form, dict):
            yield from form


def _by_group(form: BoundForm | None, groups: Sequence[str]) -> Mapping[str, float]:
    if form is None:
        return {}
    if isinstance(form, dict):
        return {group: form[group] for group in groups if group in form}
    return dict.fromkeys(groups, form)
