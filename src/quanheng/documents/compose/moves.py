"""位次变化: who rose and who fell since the round before, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from quanheng.documents.blocks import Paragraph
from quanheng.findings.text import Language, Text
from quanheng.insight.moves.moves import Moves
from quanheng.scheme.files.notation.writing import period_in_chinese

_NAMED: Final = 5
"""How many units of a direction are named."""


def moves_paragraphs(moves: Moves, language: Language) -> Iterator[Paragraph]:
    """Yield a paragraph a group: how many rose, fell and stayed, and who moved most."""
    rows = moves.totals.rows(named=True)
    before = period_in_chinese(moves.before)
    for group in moves.scheme.groups:
        own = [row for row in rows if row["group"] == group.code and row["places_gained"] is not None]
        if not own:
            continue
        up = sorted((row for row in own if row["places_gained"] > 0), key=lambda row: -row["places_gained"])
        down = sorted((row for row in own if row["places_gained"] < 0), key=lambda row: row["places_gained"])
        same = len(own) - len(up) - len(down)
        rose, fell = f"上升{len(up)}个{_named(up, 'zh')}", f"下降{len(down)}个{_named(down, 'zh')}"
        zh = f"与{before}相比，{rose}，{fell}，持平{same}个。"
        en = (
            f"since {moves.before}, {len(up)} rose{_named(up, 'en')}, {len(down)} fell{_named(down, 'en')}, "
            f"{same} kept their place."
        )
        lead = group.name.in_language(language) + ("：" if language == "zh" else ": ")
        text = Text(zh=zh, en=en if len(moves.scheme.groups) > 1 else f"S{en[1:]}")
        yield Paragraph(lead=lead if len(moves.scheme.groups) > 1 else "", text=text.in_language(language))


def _named(rows: Sequence[Mapping[str, Any]], language: Language) -> str:
    """Return the units that moved most in brackets, with the number of places."""
    if not rows:
        return ""
    told = [f"{row['name'] or row['unit']}{abs(row['places_gained'])}位" for row in rows[:_NAMED]]
    if language == "en":
        told = [f"{row['name'] or row['unit']} by {abs(row['places_gained'])}" for row in rows[:_NAMED]]
        return f" ({', '.join(told)}{', …' if len(rows) > _NAMED else ''})"
    return f"（{'、'.join(told)}{'等' if len(rows) > _NAMED else ''}）"
