"""How cells look: colours that say what a cell holds, and formats of numbers."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Literal, TypeAlias

from quanheng.documents.workbook.formulas.cells import Role

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format

Shade: TypeAlias = Literal["first", "high", "middle", "low", "last"]
"""The colour of a tier, from the first to the last; the word stands in the cell, so colour says it twice."""
Look: TypeAlias = (
    Literal["title", "head", "code", "note", "text", "line", "link", "mean", "better", "worse"] | Shade | Role
)
"""A kind of cell: of the head of a sheet, or what a cell holds."""
Looks: TypeAlias = "Callable[[Look, int | None], Format]"
"""Give the format of a look with so many decimals (None: a number as it comes)."""

_BASE: dict[Look, dict[str, object]] = {
    "title": {"bold": True, "font_size": 13, "font_color": "#1F3864"},
    "head": {
        "bold": True,
        "font_color": "#FFFFFF",
        "bg_color": "#1F3864",
        "text_wrap": True,
        "valign": "vcenter",
        "align": "center",
        "border": 1,
        "border_color": "#8EA9DB",
    },
    "code": {"font_color": "#595959", "bg_color": "#D9E1F2", "font_size": 9, "align": "center"},
    "note": {
        "font_color": "#595959",
        "bg_color": "#F2F2F2",
        "font_size": 9,
        "italic": True,
        "text_wrap": True,
        "valign": "top",
    },
    "text": {"text_wrap": True, "valign": "top"},
    "line": {"top": 2, "top_color": "#1F3864"},
    "link": {"font_color": "#0563C1", "underline": 1},
    "mean": {"bold": True, "bg_color": "#F2F2F2"},
    "better": {"font_color": "#00532F", "bg_color": "#D5EFE0"},
    "worse": {"font_color": "#7A3E00", "bg_color": "#FBE3CC"},
    "first": {"font_color": "#003A5C", "bg_color": "#A9D3EE", "bold": True},
    "high": {"font_color": "#003A5C", "bg_color": "#DCEDF8"},
    "middle": {"font_color": "#404040", "bg_color": "#F2F2F2"},
    "low": {"font_color": "#5F3000", "bg_color": "#FBE6D0"},
    "last": {"font_color": "#5F3000", "bg_color": "#F6C899"},
    "name": {},
    "reported": {"font_color": "#0000C0", "bg_color": "#FFFBE6"},
    "frozen": {"font_color": "#7F3F00", "bg_color": "#FCE4D6"},
    "live": {},
}
_SHADES: tuple[Shade, ...] = ("first", "high", "middle", "low", "last")
_WIDEST = 20.0


def looks_of(workbook: Workbook) -> Looks:
    """Return the formats of `workbook`, each made once."""
    made: dict[tuple[Look, int | None], Format] = {}

    def look(kind: Look, decimals: int | None) -> Format:
        if (kind, decimals) not in made:
            properties = dict(_BASE[kind])
            if decimals is not None:
                properties["num_format"] = "0" if decimals <= 0 else "0." + "0" * decimals
            made[kind, decimals] = workbook.add_format(properties)
        return made[kind, decimals]

    return look


def shades_of(tiers: Iterable[str]) -> tuple[tuple[str, Shade], ...]:
    """Return a shade for each name of a tier, best first: the first and the last have the ends.

    Examples:
        >>> shades_of(["优秀", "良好", "一般"])
        (('优秀', 'first'), ('良好', 'middle'), ('一般', 'last'))
        >>> shades_of(["A", "A", "B"])
        (('A', 'first'), ('B', 'last'))
    """
    names = tuple(dict.fromkeys(tiers))
    last = len(_SHADES) - 1
    steps = max(len(names) - 1, 1)
    return tuple((name, _SHADES[at * last // steps]) for at, name in enumerate(names))


def width_of(text: str, least: float) -> float:
    """Return how wide a column must be for the heading `text`, which may break into lines.

    Examples:
        >>> width_of("得分", 2.0), width_of("gdp", 12.0)
        (6.0, 12.0)
    """
    signs = sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)
    return max(least, min(signs + 2.0, _WIDEST))
