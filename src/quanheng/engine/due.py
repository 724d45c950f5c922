"""What is due of a target by the end of a round (序时进度)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias

import narwhals as nw

from quanheng.engine import columns as c
from quanheng.engine.engines import small_table
from quanheng.engine.stretches import Stretch

if TYPE_CHECKING:
    from quanheng.data.book import Book
    from quanheng.data.frames import Frame

DUE: Final = (
    *("unit", "round", "indicator"),
    *("target", "floor", "stretch", "share", "due", "nature", "basis"),
)
Basis: TypeAlias = Literal[
    "year",
    "stated",
    "parts",
    "level",
    "at",
    "even",
    "given",
    "seasonal",
    "no_history",
    "no_start",
    "not_applicable",
]
"""How it is known what is due.

- `year`: the round ends with the year: all of the target is due
- `stated`: a target is stated for exactly a period with that end; `parts`: it is the sum of stated parts
- `level`: the target itself is due at any time
- `at`, `even`, `given`, `seasonal`: a share of it by the pace; `no_history`: seasonal, but with fewer than
  two earlier years to know it from, so even
- `no_start`: it should go from its value at the year's start to the target, but that value is not known;
  judged as a level
- `not_applicable`: the target is stated as `/`
"""
_MONTHS: Final = 12


def due_targets(book: Book, rounds: Mapping[str, Stretch]) -> Frame:
    """Return what is due by the end of each of `rounds`: a row for each unit and indicator with a target.

    unit, round (a key of `rounds`), indicator, target, floor, stretch (of the year in which the round ends;
    null if only this round has a target), share (due of the target, null where a target is stated for the
    round), due (in the target's own measure), nature, basis (`Basis`). An indicator without a pace is taken
    to have an even one.
    """
    wanted = small_table(
        {
            "round": list(rounds),
            "period": [str(stretch.year) for stretch in rounds.values()],
            "share": [(stretch.last % _MONTHS + 1) / _MONTHS for stretch in rounds.values()],
        },
        {"round": nw.String(), "period": nw.String(), "share": nw.Float64()},
    )
    found: nw.DataFrame[Any] = book.targets.join(wanted, on="period", how="inner").with_columns(
        (nw.col("target") * nw.col("share")).alias("due"),
        nw.lit("accumulates").alias("nature"),
        nw.lit("even").alias("basis"),
    )
    return found.sort("round", "indicator", c.UNIT).select(*DUE)
