"""Where the parts of a document were written: by line in a file, or as the one who read them says."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

from quanheng.findings.finding import Location
from quanheng.findings.value import Value, field

Path: TypeAlias = tuple[str | int, ...]
"""The way from the top of a document to a part: keys, and positions in lists from 0."""


class Locations(Value):
    """Where each part of a document stands.

    `lines` are lines of `file`; `others` are locations that are not lines, such as the cells of a workbook.

    Examples:
        >>> locations = Locations(file="scheme.yaml", lines={("items",): 4, ("items", "gdp"): 5})
        >>> str(locations.of("items", "gdp", "name"))
        'scheme.yaml:5'
    """

    file: str = ""
    lines: Mapping[Path, int] = field(default_factory=dict)
    others: Mapping[Path, Location] = field(default_factory=dict)

    def of(self, *path: str | int) -> Location:
        """Return the location of the part at `path`, or of the nearest part around it that has one."""
        for end in range(len(path), 0, -1):
            location = self.others.get(path[:end])
            if location is not None:
                return location
            line = self.lines.get(path[:end])
            if line is not None:
                return Location(file=self.file, line=line)
        return Location(file=self.file)
