"""What units reached in one review, as the formulas look at it that count reviews (formulas m)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import narwhals as nw

from quanheng.data.book.reviewed import REVIEWED, awarded, nobody_reviewed
from quanheng.engine.frame import columns as c
from quanheng.scheme.tree.scheme import Scheme

if TYPE_CHECKING:
    from quanheng.data.book.frames import Frame


def reviewed_in(
    *,
    roster: Frame,
    table: Frame | None,
    given: Mapping[str, frozenset[str]] | None,
    round: str,  # noqa: A002 - the word of the language
    awards: Sequence[str],
    scheme: Scheme,
) -> Frame:
    """Return a row for each unit of `roster`: what it reached in the review `round`, null what is not known.

    `table` is what became of the review, None where it was not held; `given` who got which award.
    """
    units = roster.select(c.UNIT, c.GROUP)
    if table is None:
        rows = units.join(nobody_reviewed(()).drop("round"), on=c.UNIT, how="left")
    else:
        rows = units.join(_with_places_from_below(table, units, scheme), on=c.UNIT, how="left")
    ranked = ~nw.col("place").is_null()
    flags = []
    for award in awards:
        if table is None or given is None:
            flags.append(nw.lit(None, dtype=nw.Boolean()).alias(awarded(award)))
            continue
        got = nw.col(c.UNIT).is_in(sorted(given[award]))
        # of a unit that was not ranked nothing is known, unless it got the award all the same
        flags.append(nw.when(ranked | got).then(got).alias(awarded(award)))
    return rows.with_columns(nw.lit(round).alias("round"), *flags).select(*REVIEWED, *map(awarded, awards))


def _with_places_from_below(table: Frame, units: Frame, scheme: Scheme) -> Frame:
    """Return `table` with the places counted from below, inside the group or among all (places §3 h).

    Where a ranked unit of a published review is none any more, nobody can tell whose group it was in, and so
    what the places from below were; unless there is one ranking only.
    """
    rows = table.select(c.UNIT, "score", "place", "tier")
    from_below = nw.col("place").rank("min", descending=True).cast(nw.Int64())
    if scheme.ranks_all or len(scheme.groups) == 1:
        return rows.with_columns(from_below.alias("place_from_below"))
    rows = rows.join(units, on=c.UNIT, how="left")
    unknown = rows.filter(nw.col(c.GROUP).is_null() & ~nw.col("place").is_null())
    if len(unknown):
        nothing = nw.lit(None, dtype=nw.Int64())
        return rows.with_columns(nothing.alias("place_from_below")).drop(c.GROUP)
    return rows.with_columns(from_below.over(c.GROUP).alias("place_from_below")).drop(c.GROUP)
