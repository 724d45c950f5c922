"""Expressions of the engine over columns of other names, without making them anew.

To translate a column expression for the engine takes twenty times as long as to read it from what the engine
itself writes of it, with other names of columns in it.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping
from typing import Final

import polars as pl

from quanheng.findings.value import Value

_COLUMN: Final = b"\xa6Column"
"""What the engine writes in front of the name of a column that is looked at."""


class Naming(Value):
    """The other names of the columns that an expression looks at, and of the one that it becomes."""

    roots: Mapping[str, str]
    output: str


def named_after(expression: pl.Expr, naming: Naming) -> pl.Expr | None:
    """Return an expression over columns of other names; None if it is not one that can be written so.

    Examples:
        >>> doubled = (pl.col("measure|a") * 2).alias("points|a")
        >>> naming = Naming(roots={"measure|a": "measure|b"}, output="points|b")
        >>> pl.DataFrame({"measure|b": [4.0]}).select(named_after(doubled, naming)).to_dicts()
        [{'points|b': 8.0}]
    """
    written = expression.meta.serialize()
    for old, new in naming.roots.items():
        written = written.replace(_COLUMN + _text(old), _COLUMN + _text(new))
    read = pl.Expr.deserialize(written)
    if read.meta.root_names() != [naming.roots[root] for root in expression.meta.root_names()]:
        return None
    return read.alias(naming.output)


def _text(text: str) -> bytes:
    """Return a text as MessagePack has it: its length in bytes, then itself."""
    written = text.encode()
    size = len(written)
    if size < 2**5:
        return bytes([0xA0 | size]) + written
    if size < 2**8:
        return bytes([0xD9, size]) + written
    if size < 2**16:
        return b"\xda" + struct.pack(">H", size) + written
    return b"\xdb" + struct.pack(">I", size) + written
