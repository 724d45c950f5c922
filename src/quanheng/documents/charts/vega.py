"""Vega-Lite definitions as SVG pictures, drawn without a browser."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import ModuleType
from typing import Any, Final

from quanheng.findings.errors import UsageError


def svg_of(definition: Mapping[str, Any], *, folders: Sequence[str] = ()) -> str:
    """Return the SVG picture of a Vega-Lite `definition`; `folders` hold fonts beside those installed.

    Nothing is fetched from anywhere: a definition has its data in it.

    Raises:
        UsageError: the library that draws is not installed.
    """
    vl_convert = _drawing()
    for folder in folders:
        vl_convert.register_font_directory(folder)
    return str(vl_convert.vegalite_to_svg(dict(definition), allowed_base_urls=[]))


def png_of(svg: str) -> bytes:
    """Return an SVG picture as PNG of 300 dots an inch.

    Raises:
        UsageError: the library that draws is not installed.
    """
    return bytes(_drawing().svg_to_png(svg, scale=_DOTS / _PIXELS, ppi=_DOTS))


def _drawing() -> ModuleType:
    try:
        import vl_convert
    except ImportError:
        raise UsageError(
            "drawing needs vl-convert: pip install 'quanheng[charts]'",
            "画图需要 vl-convert：pip install 'quanheng[charts]'",
        ) from None
    return vl_convert


_DOTS: Final = 300.0
_PIXELS: Final = 96.0
"""Dots and pixels in an inch."""
