"""Functions over the units of a group: `mean(units(x))`, `units(x > 1)`, `units()` (formulas i).

Whoever asks has the same figure, whether it has a value itself or not. Units without a value are left out, as
they are of observed values; where what is asked of them cannot be computed for one, nothing can for all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final

import narwhals as nw

from quanheng.engine.formulas.expressions import NO_SHARE, NOBODYS
from quanheng.engine.frame.comparing import settled, settled_mean, settled_total
from quanheng.scheme.formulas.functions import OF_UNITS, UNITS

OF: Final = "|of"
"""Ends the name of the column beside such a figure that says of how many units it is."""


def names_of_flags(column: str) -> tuple[str, str]:
    """Return the columns that say, unit by unit, why what is asked of it is absent."""
    return f"{column}|away", f"{column}|broken"


def flags_of_units(
    column: str, not_applicable: nw.Expr | None, undefined: nw.Expr | None
) -> Iterator[nw.Expr]:
    """Yield them, as 1 and 0."""
    for name, flag in zip(names_of_flags(column), (not_applicable, undefined), strict=True):
        yield (nw.lit(0.0) if flag is None else nw.when(flag).then(1.0).otherwise(0.0)).alias(name)


def of_units(function: str, column: str, inner: str, pool: Sequence[str]) -> tuple[nw.Expr, ...]:
    """Return the figure over the units of a pool, of how many it is, and why it is absent where it is."""
    value = nw.col(inner)
    away, broken = (nw.col(name) for name in names_of_flags(column))
    number = value.count().over(*pool).cast(nw.Float64())
    if function == UNITS:
        # of all units: one without a value does not meet the condition
        figure, short = value.sum().over(*pool), 0
        number = away.count().over(*pool).cast(nw.Float64())
    else:
        figure, short = _FIGURES[function](value, pool), 2 if function == OF_UNITS["sd"] else 1
    none = (number < short) & ((number > 0) | (away.sum().over(*pool) > 0))
    stuck = (broken.sum().over(*pool) > 0).fill_null(value=False)
    return (
        nw.when(~stuck).then(figure.cast(nw.Float64())).alias(column),
        number.alias(f"{column}{OF}"),
        none.fill_null(value=False).alias(f"{column}{NOBODYS}"),
        stuck.alias(f"{column}{NO_SHARE}"),
    )


_FIGURES: Final[Mapping[str, Callable[[nw.Expr, Sequence[str]], nw.Expr]]] = {
    OF_UNITS["max"]: lambda value, pool: value.max().over(*pool),
    OF_UNITS["min"]: lambda value, pool: value.min().over(*pool),
    OF_UNITS["mean"]: lambda value, pool: settled_mean(value, over=pool),
    OF_UNITS["sum"]: lambda value, pool: settled_total(value, over=pool),
    OF_UNITS["sd"]: lambda value, pool: settled(value.std(ddof=1).over(*pool)),
    OF_UNITS["median"]: lambda value, pool: settled(value.median().over(*pool)),
}
