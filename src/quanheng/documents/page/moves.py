"""What moved each unit since the round before, as `assets/views/unit.js` takes it: causes that add up."""

from __future__ import annotations

from typing import Final

import narwhals as nw

from quanheng.documents.page.embedding import Json
from quanheng.documents.page.scoring import numbers_of
from quanheng.documents.page.shown import Shown, Shows
from quanheng.documents.page.words import pair
from quanheng.engine.frame import columns as c
from quanheng.findings.text import Text
from quanheng.insight.moves.sentences import cause_names
from quanheng.scheme.files.notation.writing import period_in_chinese

_NEEDED: Final[frozenset[Shows]] = frozenset({"total", "moves", "indicators", "adjustments"})


def causes_of(shown: Shown) -> dict[str, Json] | None:
    """Return the totals of both rounds and, by unit, the causes that lie between them.

    None where this audience may not see all of it, or nobody knows.
    """
    moves = shown.moves
    if moves is None or shown.is_large or not shown.parts >= _NEEDED:
        return None
    chinese, english = cause_names(moves, "zh"), cause_names(moves, "en")
    number = {key: at for at, key in enumerate(chinese)}
    causes: dict[str, list[Json]] = {}
    changed = moves.causes.filter(nw.col("change") != 0).select(c.UNIT, "cause", "node", "change")
    for unit, cause, node, change in changed.iter_rows():
        causes.setdefault(str(unit), []).append([number[cause, node], change])
    index = {str(code): at for at, code in enumerate(shown.column(c.UNIT))}
    totals = moves.totals.filter(~nw.col("change").is_null()).select(c.UNIT, "score_before", "score_after")
    return {
        "before": pair(Text(zh=period_in_chinese(moves.before), en=moves.before)),
        "after": pair(Text(zh=period_in_chinese(moves.after), en=moves.after)),
        "names": [[chinese[key], english[key]] for key in number],
        "units": {
            str(index[str(unit)]): {"totals": numbers_of(both), "causes": causes[str(unit)]}
            for unit, *both in totals.iter_rows()
            if str(unit) in index and str(unit) in causes
        },
    }
