"""Vega-Lite definitions as SVG pictures, drawn without a browser."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from quanheng.findings.errors import UsageError


def svg_of(definition: Mapping[str, Any], *, folders: Sequence[str] = ()) -> str:
    """Return the SVG picture of a Vega-Lite `definition`; `folders` hold fonts beside those installed.

    Nothing is fetched from anywhere: a definition has its data in it.

    Raises:
        UsageError: the library that draws is not installed.
    """
    try:
        import vl_convert
    except ImportError:
        raise UsageError(
            "drawing needs vl-convert: pip install 'quanheng[charts]'",
            "画图需要 vl-convert：pip install 'quanheng[charts]'",
        ) from None
    for folder in folders:
        vl_convert.register_font_directory(folder)
    return str(vl_convert.vegalite_to_svg(dict(definition), allowed_base_urls=[]))
