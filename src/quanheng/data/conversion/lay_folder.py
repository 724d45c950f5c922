"""Lay a book out as a folder: a csv file for each table."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Final

from quanheng.data.cells.formulas import names_nothing_to_run
from quanheng.data.conversion.bind_workbook import bind_leaf
from quanheng.data.conversion.leaves import Leaf
from quanheng.findings.errors import UsageError
from quanheng.findings.patterns import bounded
from quanheng.scheme.fields.devices import is_device

_BOM: Final = "\ufeff"
"""Excel and WPS take a csv file for one in the local encoding unless it begins with this."""
_FOLDERS: Final = frozenset({"data", "ledgers", "history"})
"""The parts of a book whose tables lie in a folder of their name; of targets those that have a name."""
_SAFE: Final = bounded(r"\w[\w .()（）-]*")
"""What a file may be called: nothing that leads out of the book."""


def lay_folder(scheme: str, leaves: Iterable[Leaf], folder: Path) -> None:
    """Write the scheme's text and every table into `folder`, which exists and is empty.

    A table with merged cells becomes a workbook of its own, since csv has none; so does one with a
    text that would run as a formula, which in a cell of a workbook stays a text.

    Raises:
        UsageError: a table has a name no file can have, or the name of another one.
    """
    (folder / "scheme.yaml").write_text(scheme, encoding="utf-8", newline="\n")
    taken: set[str] = set()
    for leaf in leaves:
        stem = _stem(leaf)
        if stem.lower() in taken:
            raise UsageError(f"two tables would be {stem}.csv", f"有两张表都将成为 {stem}.csv")
        taken.add(stem.lower())
        (folder / stem).parent.mkdir(exist_ok=True)
        if leaf.merged or not all(map(names_nothing_to_run, leaf.cells.iter_columns())):
            bind_leaf(leaf, folder / f"{stem}.xlsx")
        else:
            text = leaf.cells.write_csv(include_header=False)
            (folder / f"{stem}.csv").write_text(_BOM + text, encoding="utf-8", newline="")


def _stem(leaf: Leaf) -> str:
    """Return the path of a table's file inside the folder, without its ending."""
    if leaf.part not in _FOLDERS and not (leaf.part == "targets" and leaf.name):
        return leaf.part
    name = leaf.name or leaf.part
    if not _SAFE.fullmatch(name) or is_device(name):
        raise UsageError(f"no file can be called {name!r}", f"文件不能命名为 {name!r}")
    return f"{leaf.part}/{name}"
