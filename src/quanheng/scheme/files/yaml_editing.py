"""YAML text + changes of single parts → the text with those parts written anew, and all else as it stood.

Comments, order and layout stay: only the signs between the beginning and the end of a part are replaced.
What cannot be changed in its place (a part that an alias brings in) has the whole text written anew, without
its comments.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from ruamel.yaml import YAML
from ruamel.yaml.events import (
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamStartEvent,
)

from quanheng.findings.finding import FindingsError
from quanheng.findings.value import Value, field
from quanheng.scheme.fields.lines import Path
from quanheng.scheme.files.yaml_lines import Value as Plain
from quanheng.scheme.files.yaml_lines import read_yaml
from quanheng.scheme.files.yaml_writing import flow, plain_text

_COLON: Final = ":"


class Edited(Value):
    """A text after changes; `in_place` says that its comments and layout stayed."""

    text: str
    in_place: bool


class _Spot(Value):
    """Where a part stands in the text: from `start` to before `end`; what is below it, by key."""

    start: int
    end: int
    column: int = 0
    is_flow: bool = False
    is_mapping: bool = False
    head: int | None = None
    """Where the key of the part ends, if it has one."""
    below: Mapping[str | int, _Spot] = field(default_factory=dict)


class _Replacement(Value):
    start: int
    end: int
    text: str


def edit_yaml(text: str, changes: Mapping[Path, Plain]) -> Edited:
    r"""Return `text` with the part at each path saying its new value; a key that was not there is added.

    Raises:
        FindingsError: the text is no YAML.

    Examples:
        >>> edited = edit_yaml("a: {b: 1}  # why\nc: [x]\n", {("a", "b"): 2, ("a", "name"): "乙"})
        >>> print(edited.text, end="")
        a: {name: 乙, b: 2}  # why
        c: [x]
        >>> edited.in_place
        True
    """
    value, _ = read_yaml(text, file="")
    wanted = _changed(value, changes)
    if wanted == value:
        return Edited(text=text, in_place=True)
    edited = _in_place(text, changes)
    if edited is not None and _says(edited, wanted):
        return Edited(text=edited, in_place=True)
    return Edited(text=plain_text(wanted), in_place=False)


def _changed(value: Plain, changes: Mapping[Path, Plain]) -> dict[str, Any]:
    changed: Any = _apart(value)
    for path, new in changes.items():
        at = changed
        for key in path[:-1]:
            at = at.setdefault(key, {}) if isinstance(at, dict) else at[key]
        at[path[-1]] = new
    return dict(changed)


def _apart(value: Plain) -> Plain:
    """Return a copy in which what aliases brought in stands for itself at each place."""
    if isinstance(value, dict):
        return {key: _apart(part) for key, part in value.items()}
    return [_apart(part) for part in value] if isinstance(value, list) else value


def _says(text: str, wanted: Plain) -> bool:
    try:
        value, _ = read_yaml(text, file="")
    except FindingsError:
        return False
    return value == wanted


def _in_place(text: str, changes: Mapping[Path, Plain]) -> str | None:
    """Return the text with each part replaced where it stands; None where one has no place of its own."""
    top = _top(text)
    replacements = [_replacement(text, top, path, new) for path, new in changes.items()]
    for each in sorted((each for each in replacements if each), key=lambda one: one.start, reverse=True):
        text = text[: each.start] + each.text + text[each.end :]
    return text if all(replacements) else None


def _replacement(text: str, top: _Spot, path: Path, new: Plain) -> _Replacement | None:
    around: _Spot | None = top
    for key in path[:-1]:
        around = around.below.get(key) if around else None
    if around is None:
        return None
    spot = around.below.get(path[-1])
    if spot is None:
        return _addition(text, around, f"{flow(path[-1])}: {flow(new)}", at_end=around is top)
    if spot.head is None:
        return _Replacement(start=spot.start, end=spot.end, text=flow(new))
    colon = text.index(_COLON, spot.head) + 1
    if spot.start == spot.end or not text[colon : spot.start].strip():
        # from the colon on: what was a block of lines, or nothing at all, becomes one line
        return _Replacement(start=colon, end=max(colon, spot.end), text=f" {flow(new)}")
    return _Replacement(start=spot.start, end=spot.end, text=flow(new))


def _addition(text: str, around: _Spot, entry: str, *, at_end: bool) -> _Replacement | None:
    """Return how a key is added: at the end of the whole text, else before the keys that are there."""
    if not around.is_mapping:
        return None
    if around.is_flow:
        entry = f"{entry}, " if around.below else entry
        return _Replacement(start=around.start + 1, end=around.start + 1, text=entry)
    if at_end:
        end = len(text.rstrip())
        return _Replacement(start=end, end=len(text), text=f"\n{entry}\n")
    return _Replacement(start=around.start, end=around.start, text=f"{entry}\n{' ' * around.column}")


def _top(text: str) -> _Spot:
    events: Iterator[Event] = YAML(typ="safe", pure=True).parse(text)
    for event in events:
        if not isinstance(event, StreamStartEvent | DocumentStartEvent):
            return _spot(event, events, text, None)
    return _Spot(start=0, end=0)


def _spot(event: Event, events: Iterator[Event], text: str, head: int | None) -> _Spot:
    start = int(event.start_mark.index)
    if isinstance(event, MappingStartEvent | SequenceStartEvent):
        return _collection(event, events, text, head)
    end = int(event.end_mark.index)
    if isinstance(event, ScalarEvent) and not event.value and not text[start:end].strip():
        return _Spot(start=head or start, end=head or start, head=head)  # nothing is written
    return _Spot(start=start, end=start + len(text[start:end].rstrip()), head=head)


def _collection(
    opening: MappingStartEvent | SequenceStartEvent, events: Iterator[Event], text: str, head: int | None
) -> _Spot:
    below: dict[str | int, _Spot] = {}
    end = int(opening.end_mark.index)
    for event in events:
        if isinstance(event, MappingEndEvent | SequenceEndEvent):
            end = int(event.end_mark.index) if opening.flow_style else end
            break
        key: str | int = len(below)
        key_end = None
        if isinstance(opening, MappingStartEvent):
            key, key_end = str(getattr(event, "value", "")), int(event.end_mark.index)
            event = next(events)  # noqa: PLW2901  the key was read, its value follows
        below[key] = _spot(event, events, text, key_end)
        end = max(end, below[key].end)
    return _Spot(
        start=int(opening.start_mark.index),
        end=end,
        column=int(opening.start_mark.column),
        is_flow=bool(opening.flow_style),
        is_mapping=isinstance(opening, MappingStartEvent),
        head=head,
        below=below,
    )
