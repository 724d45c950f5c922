"""Data inside a page: as JSON that ends no script, packed where it is large."""

from __future__ import annotations

import base64
import gzip
from collections.abc import Mapping, Sequence
from typing import Final, TypeAlias

from quanheng.findings.visible import json_text

Json: TypeAlias = "bool | int | float | str | Sequence[Json] | Mapping[str, Json] | None"

PACKED_FROM: Final = 200_000
"""Data of more bytes are packed."""
_PLAIN: Final = "application/json"
_PACKED: Final = "application/gzip"
_ESCAPED: Final[Mapping[str, str]] = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026"}


def embedded(name: str, value: Json) -> str:
    r"""Return a script element that holds `value` as data, for `read` of `assets/data.js`.

    No text in it can end the script or begin a comment; the same value gives the same text.

    Examples:
        >>> print(embedded("data", {"name": "</script><!--\u2028"}))
        <script type="application/json" id="data">{"name": "\u003c/script\u003e\u003c!--\u2028"}</script>
    """
    text = json_text(value, indent=None)
    for letter, escaped in _ESCAPED.items():
        text = text.replace(letter, escaped)
    data = text.encode()
    if len(data) <= PACKED_FROM:
        return f'<script type="{_PLAIN}" id="{name}">{text}</script>'
    packed = base64.b64encode(gzip.compress(data, compresslevel=9, mtime=0)).decode("ascii")
    return f'<script type="{_PACKED}" id="{name}">{packed}</script>'
