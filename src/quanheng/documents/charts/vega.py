"""Vega-Lite definitions as SVG pictures, drawn without a browser."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from types import ModuleType
from typing import Any, Final

from quanheng.findings.errors import UsageError
from quanheng.findings.visible import printable_lines, xml_text


def svg_of(definition: Mapping[str, Any], *, folders: Sequence[str] = ()) -> str:
    """Return the SVG picture of a Vega-Lite `definition`; `folders` hold fonts beside those installed.

    Nothing is fetched from anywhere: a definition has its data in it. Characters that XML does not know are
    shown by their number: at one of them the library that draws would end the whole program.

    Raises:
        UsageError: the library that draws is not installed.
    """
    vl_convert = _drawing()
    for folder in folders:
        vl_convert.register_font_directory(folder)
    svg = str(vl_convert.vegalite_to_svg(_seen(definition), allowed_base_urls=[]))
    head, rest = svg.split(">", 1)
    return f"{head}>{''.join(_told(definition))}{rest}"


def _told(definition: Mapping[str, Any]) -> Iterator[str]:
    """Yield what a picture says of itself to those who do not see it."""
    title = definition.get("title")
    if isinstance(title, Mapping):
        yield f"<title>{xml_text(str(title['text']))}</title>"
    if "description" in definition:
        yield f"<desc>{xml_text(str(definition['description']))}</desc>"


def _seen(part: Any) -> Any:  # noqa: ANN401  any part of a definition
    match part:
        case str():
            return printable_lines(part if len(part) <= _LONGEST else f"{part[:_LONGEST]}…")
        case Mapping():
            return {_seen(key): _seen(value) for key, value in part.items()}
        case list() | tuple():
            return [_seen(value) for value in part]
        case _:
            return part


def png_of(svg: str) -> bytes:
    """Return an SVG picture as PNG of 300 dots an inch.

    Raises:
        UsageError: the library that draws is not installed.
    """
    return bytes(_drawing().svg_to_png(svg, scale=_POINTS / _PIXELS, ppi=_DOTS))


def _drawing() -> ModuleType:
    try:
        import vl_convert
    except ImportError:
        raise UsageError(
            "drawing needs vl-convert: pip install 'quanheng[charts]'",
            "画图需要 vl-convert：pip install 'quanheng[charts]'",
        ) from None
    return vl_convert


_LONGEST: Final = 1_000
"""A longer text is cut: to measure one of 100,000 characters takes the library minutes."""
_DOTS: Final = 300.0
_PIXELS, _POINTS = 96.0, 72.0
"""Dots, pixels and points in an inch; the library takes a picture's pixels for points."""
