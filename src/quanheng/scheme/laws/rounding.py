"""Laws of rounding: no more is printed than rounding leaves (rounding §4)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from quanheng.findings.finding import Finding, Kind
from quanheng.scheme.tree.settle import Settled

PRINTED_BEYOND_ROUNDING: Final = Kind(
    code="QH657",
    severity="warning",
    en="{printed} decimals are printed of what is rounded to {rounded}: the others are always 0",
    zh="打印{printed}位小数，而修约只保留{rounded}位：其余各位总是0",
    hint_en="print at most {rounded} decimals, or leave out the rounding and let 'print' do what it was for",
    hint_zh="打印位数请不超过{rounded}位；如只为打印整齐，可删去修约，只保留打印位数（print）",
)


def check_print(settled: Settled) -> Iterator[Finding]:
    """Yield a QH657 for each stage of which more decimals are printed than it has."""
    scheme = settled.scheme
    rounding, printed = scheme.rounding, scheme.rounding.printed
    for stage, shown, rounded in (
        ("points", printed.points, [node.rounding.points for node in scheme.nodes]),
        ("scores", printed.scores, [node.rounding.scores for node in scheme.nodes]),
        ("total", printed.total, [rounding.total]),
    ):
        known = [decimals for decimals in rounded if decimals is not None]
        if shown is not None and len(known) == len(rounded) and shown > max(known):
            where = settled.at("rounding", "print", stage)
            yield PRINTED_BEYOND_ROUNDING.at(where, printed=shown, rounded=max(known))


ROUNDING_LAWS: Final[tuple[Callable[[Settled], Iterator[Finding]], ...]] = (check_print,)
