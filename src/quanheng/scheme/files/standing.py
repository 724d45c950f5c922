"""What of a scheme stands though parts of its form are wrong: enough to read data against it, never to score.

An item, a node or a key that is wrong is left out, with all that is below it. Nothing stands where the round
or the way in which files are read is wrong, for then everything else might follow from that.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from pydantic import ValidationError

from quanheng.scheme.document.document import VERSION, Document
from quanheng.scheme.fields.lines import Locations, Path
from quanheng.scheme.laws.limits import check_sizes
from quanheng.scheme.reading.form import ReadingForm
from quanheng.scheme.tree.scheme import Scheme
from quanheng.scheme.tree.settle import settle

_TRIES: Final = 8
"""What was left out may be missed elsewhere; so often it is looked again."""
_NEEDED: Final = frozenset({"round", "files", *ReadingForm.model_fields})
_STANDS_IN: Final[Mapping[str, object]] = {"quanheng": VERSION, "id": "scheme", "title": "scheme"}
_MAPPINGS: Final = frozenset({"items", "indicators", "children"})


def standing(value: object) -> Scheme | None:
    """Return the scheme that plain values mean without the parts whose form is wrong; None if nothing stands.

    Examples:
        >>> value = {
        ...     "quanheng": 1,
        ...     "id": "example",
        ...     "title": "Example",
        ...     "round": "2023",
        ...     "items": {"gdp": {"kind": "rat"}, "jobs": {}},
        ...     "indicators": {"a": {"measure": "jobs", "weight": 50}, "b": {"measur": "jobs"}},
        ... }
        >>> scheme = standing(value)
        >>> [item.code for item in scheme.items], [node.code for node in scheme.indicators]
        (['jobs'], ['a'])
    """
    for _ in range(_TRIES):
        if not isinstance(value, Mapping):
            return None
        try:
            document = Document.model_validate(value)
        except ValidationError as error:
            value = _without(value, (_part(value, detail["loc"]) for detail in error.errors()))
        else:
            locations = Locations()
            return None if any(check_sizes(document, locations)) else settle(document, locations)[0].scheme
    return None


def _part(value: Mapping[object, object], at: tuple[int | str, ...]) -> Path:
    """Return the path of the part that is left out for what is wrong at a place; empty if there is none."""
    path: Path = at[:1]
    here = value.get(path[0]) if path else None
    part = path
    for step in at[1:]:
        if not isinstance(here, Mapping) or step not in here:
            continue
        path, here = (*path, step), here[step]
        if path[-2] in _MAPPINGS:
            part = path
    return part


def _without(value: Mapping[object, object], parts: Iterable[Path]) -> Mapping[object, object] | None:
    left = value
    for part in parts:
        first = str(part[0]) if part else ""
        if not first or first in _NEEDED or (first in _MAPPINGS and len(part) == 1):
            return None
        left = {**left, first: _STANDS_IN[first]} if first in _STANDS_IN else _left_of(left, part)
    return left


def _left_of(value: Mapping[object, object], part: Path) -> Mapping[object, object]:
    """Return `value` without what stands at `part`, which may be left out already."""
    first, rest = part[0], part[1:]
    if first not in value:
        return value
    below = value[first]
    if not rest:
        return {key: kept for key, kept in value.items() if key != first}
    return {**value, first: _left_of(below, rest)} if isinstance(below, Mapping) else value
