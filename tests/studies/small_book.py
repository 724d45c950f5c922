"""A book of a few units, written as a folder, for the tests of studies."""

from __future__ import annotations

from pathlib import Path

import quanheng as qh


def small_book(folder: Path, scheme: str, data: str) -> qh.Book:
    """Return the book with this scheme, and these units and figures of 2023: `unit,group` and the items."""
    heads, *rows = (line.split(",") for line in data.split())
    units = [["unit", "name", "group"], *[[unit, unit, group] for unit, group, *_ in rows]]
    figures = [["unit", "period", *heads[2:]], *[[unit, "2023", *cells] for unit, _, *cells in rows]]
    (folder / "data").mkdir()
    (folder / "scheme.yaml").write_text(scheme, encoding="utf-8")
    for file, lines in (("units.csv", units), ("data/x.csv", figures)):
        (folder / file).write_text("\n".join(map(",".join, lines)), encoding="utf-8")
    return qh.load(folder)
