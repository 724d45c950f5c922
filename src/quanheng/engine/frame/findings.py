"""Kinds of findings that several parts of the engine tell: QH5xx."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from quanheng.findings.collector import NAMED
from quanheng.findings.finding import Kind
from quanheng.findings.text import Text

NO_FIGURES: Final = Kind(
    code="QH501",
    severity="error",
    en="no figure is reported for the round {round}; there are figures of {periods}",
    zh="{round}没有任何数据；已有数据的时期：{periods}",
    hint_en="choose a round that has figures, or add them",
    hint_zh="请选择有数据的考核期，或补充数据",
)


def first_units(units: Sequence[str], count: int) -> Mapping[str, str | Text]:
    """Return the facts `unit`, the first of `count` units, and `more`, how many there are besides.

    Examples:
        >>> facts = first_units(["A", "B"], 39)
        >>> facts["unit"], facts["more"].en, facts["more"].zh
        ('A, B', ' and 37 more', '等39个单位')
    """
    first = units[:NAMED]
    left = count - len(first)
    more = Text(en=f" and {left} more", zh=f"等{count}个单位") if left else Text()
    return {"unit": ", ".join(first), "more": more}
