"""Place-holders in texts of an office, such as `{award}`: which there are, and what stands in for them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from quanheng.findings.finding import NOWHERE, Finding, Kind, Location
from quanheng.findings.nearest import suggestion
from quanheng.findings.patterns import linear

IN_CERTIFICATES: Final = ("award", "recipient", "unit", "scheme", "round")
"""The award, who is honoured, the unit, the title of the scheme, the round."""
_PLACE_HOLDER: Final = linear(
    r"\{([A-Za-z_][A-Za-z0-9_-]{0,40})\}", why="no bracket stands inside of what is looked for"
)
UNKNOWN: Final = Kind(
    code="QH817",
    severity="error",
    en="nothing stands in for the place-holder {name!r}",
    zh="占位符{name!r}没有对应的内容",
    hint_en="{suggest}",
    hint_zh="{suggest}",
)


def unknown(name: str, where: Location, known: Iterable[str]) -> Finding:
    """Return the finding that there is no such place-holder, with the nearest one or all there are."""
    return UNKNOWN.at(where, name=name, **suggestion(name, known))


def check_place_holders(text: str, where: Location = NOWHERE) -> Iterator[Finding]:
    """Yield a QH817 for each place-holder in the text of a certificate that nothing stands in for."""
    for name in dict.fromkeys(found[1] for found in _PLACE_HOLDER.finditer(text)):
        if name not in IN_CERTIFICATES:
            yield unknown(name, where, IN_CERTIFICATES)


def filled(text: str, values: Mapping[str, str]) -> str:
    """Return `text` with its place-holders filled, once: what stands in for one is no place-holder itself.

    Examples:
        >>> filled("{unit}: {award} {other}", {"unit": "{award}", "award": "A"})
        '{award}: A {other}'
    """
    return _PLACE_HOLDER.sub(lambda found: values.get(found[1], found[0]), text)
