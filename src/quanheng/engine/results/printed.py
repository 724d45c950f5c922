"""Totals that are printed alike while their places differ, told where a ranking is printed (rounding §4)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import narwhals as nw

from quanheng.findings.finding import Finding, Kind
from quanheng.findings.printing import printed
from quanheng.findings.value import Value
from quanheng.scheme.tree.scheme import Scheme

PRINTED_ALIKE: Final = Kind(
    code="QH656",
    severity="note",
    en="{unit!r} at place {place} and {other!r} at place {other_place} are both printed as {total}: places"
    " look at totals before they are printed; so it is with {count} of all units",
    zh="第{place}名{unit!r}与第{other_place}名{other!r}打印的总分同为{total}：位次按打印前的总分排定；"
    "这样的单位共{count}个",
    hint_en="print more decimals; or round the total itself ('total' under 'rounding'), to let them share a"
    " place",
    hint_zh="请增加打印位数，或在修约（rounding）中对总分（total）修约，使其并列",
)


class Alike(Value):
    """Two neighbours of one ranking whose totals look the same and are not."""

    unit: str
    place: int
    other: str
    other_place: int
    total: str
    group: str
    """Empty where all units stand in one ranking."""


def printed_alike(ranking: nw.DataFrame[Any], scheme: Scheme) -> tuple[Alike, ...]:
    """Return the neighbours that are printed alike and have different places, in the order of the ranking.

    Where the scheme says nothing of what is printed, there are none. Whom ties told apart is not among them.
    """
    decimals = scheme.rounding.printed.total
    return () if decimals is None else tuple(_alike(ranking, decimals, one=scheme.ranks_all))


def _alike(ranking: nw.DataFrame[Any], decimals: int, *, one: bool) -> Iterator[Alike]:
    before: dict[str, Any] | None = None
    for row in ranking.select("unit", "name", "group", "score", "place").iter_rows(named=True):
        known = row["place"] is not None and row["score"] is not None
        if before is not None and known and (one or row["group"] == before["group"]):
            total = printed(row["score"], decimals)
            apart = round(before["score"], _COMPARED) != round(row["score"], _COMPARED)
            if apart and row["place"] != before["place"] and printed(before["score"], decimals) == total:
                yield Alike(
                    unit=str(before["name"] or before["unit"]),
                    place=before["place"],
                    other=str(row["name"] or row["unit"]),
                    other_place=row["place"],
                    total=total,
                    group="" if one else str(row["group"]),
                )
        before = row if known else None


_COMPARED: Final = 9
"""Places compare totals at so many decimals (rounding §3)."""


def tell_printed_alike(ranking: nw.DataFrame[Any], scheme: Scheme) -> Iterator[Finding]:
    """Yield one note of those that are printed alike, the first two by name."""
    found = printed_alike(ranking, scheme)
    if found:
        first = found[0]
        units = {(each.group, place) for each in found for place in (each.place, each.other_place)}
        yield PRINTED_ALIKE.at(
            unit=first.unit,
            place=first.place,
            other=first.other,
            other_place=first.other_place,
            total=first.total,
            count=len(units),
        )
