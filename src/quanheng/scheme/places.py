"""Where the parts of a document were written: by line in a file, or as the one who read them says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from quanheng.findings.finding import Place

Path: TypeAlias = tuple[str | int, ...]
"""The way from the top of a document to a part: keys, and positions in lists from 0."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """Where each part of a document stands.

    `lines` are lines of `file`; `others` are places that are not lines, such as the cells of a workbook.

    Examples:
        >>> places = Places(file="scheme.yaml", lines={("items",): 4, ("items", "gdp"): 5})
        >>> str(places.of("items", "gdp", "name"))
        'scheme.yaml:5'
    """

    file: str = ""
    lines: Mapping[Path, int] = field(default_factory=dict)
    others: Mapping[Path, Place] = field(default_factory=dict)

    def of(self, *path: str | int) -> Place:
        """Return the place of the part at `path`, or of the nearest part around it that has one."""
        for end in range(len(path), 0, -1):
            place = self.others.get(path[:end])
            if place is not None:
                return place
            line = self.lines.get(path[:end])
            if line is not None:
                return Place(file=self.file, line=line)
        return Place(file=self.file)
