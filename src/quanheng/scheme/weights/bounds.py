"""A floor and a cap of a node's score, in marks: as they are written, and by group."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from quanheng.findings.finding import Kind
from quanheng.findings.text import Text
from quanheng.findings.value import Value, field
from quanheng.scheme.fields.fields import share_of
from quanheng.scheme.fields.lines import Path
from quanheng.scheme.fields.margin import Margin
from quanheng.scheme.formulas.tree import Formula
from quanheng.scheme.weights.form import BoundForm, CapIfForm, CapsForm, OneCapForm


class Ceiling(Value):
    """A cap under a condition: in marks by group, or as a `share` of what the node is worth to the unit."""

    condition: Formula
    marks: Mapping[str, float] = field(default_factory=dict)
    share: float | None = None

    def told(self, group: str) -> Text:
        """Return how high it is in a group, as texts say it."""
        if self.share is not None:
            return Text(zh=f"分值的{100 * self.share:.12g}%", en=f"{100 * self.share:.12g}% of its marks")
        return Text(zh=f"{self.marks.get(group, 0.0):.12g}分", en=f"{self.marks.get(group, 0.0):.12g} marks")


class Bounds(Value):
    """Between which marks the score of a node is kept, by group; a group without an entry has no such end."""

    floor: Mapping[str, float] = field(default_factory=dict)
    cap: Mapping[str, float] = field(default_factory=dict)
    ceilings: tuple[Ceiling, ...] = ()
    """Further caps, each under a condition; of all that hold the lowest counts."""

    def __bool__(self) -> bool:
        """Whether there is any end."""
        return bool(self.floor or self.cap or self.ceilings)

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
    cap: CapsForm | None,
    code: str,
    groups: Sequence[str],
    path: Path,
    margin: Margin,
) -> Bounds:
    """Return the bounds of a node that stands in `groups`."""
    plain = [each for _, each in _each(cap) if not isinstance(each, CapIfForm)]
    found = Bounds(
        floor=_by_group(floor, groups),
        cap=_lowest([_by_group(each, groups) for each in plain]),
        ceilings=tuple(
            Ceiling(
                condition=margin.formula(each.where, (*path, "cap", *at, "where")),
                marks={} if isinstance(each.marks, str) else _by_group(each.marks, groups),
                share=share_of(each.marks) if isinstance(each.marks, str) else None,
            )
            for at, each in _each(cap)
            if isinstance(each, CapIfForm)
        ),
    )
    for group in groups:
        low, high = found.of_group(group)
        stated = [high, *(ceiling.marks.get(group) for ceiling in found.ceilings)]
        high = min((mark for mark in stated if mark is not None), default=None)
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


def named_groups(floor: BoundForm | None, cap: CapsForm | None) -> Iterator[str]:
    """Yield the groups that bounds are written for one by one."""
    for form in (floor, *(each.marks if isinstance(each, CapIfForm) else each for _, each in _each(cap))):
        if isinstance(form, dict):
            yield from form


def _each(cap: CapsForm | None) -> Iterator[tuple[Path, OneCapForm]]:
    """Yield each cap that is written, and where it stands below the key."""
    if isinstance(cap, tuple):
        yield from (((at,), each) for at, each in enumerate(cap))
    elif cap is not None:
        yield (), cap


def _lowest(caps: Sequence[Mapping[str, float]]) -> Mapping[str, float]:
    """Return the lowest cap of each group that has any."""
    found: dict[str, float] = {}
    for cap in caps:
        for group, marks in cap.items():
            found[group] = min(marks, found.get(group, marks))
    return found


def _by_group(form: BoundForm | None, groups: Sequence[str]) -> Mapping[str, float]:
    if form is None:
        return {}
    if isinstance(form, dict):
        return {group: form[group] for group in groups if group in form}
    return dict.fromkeys(groups, form)
