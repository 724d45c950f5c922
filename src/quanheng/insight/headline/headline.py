"""Headline figures of a place among its peers: 总量进位、增幅领先、占比提升 (total, growth, share).

Growth is the published one where there is one, never derived; only a figure without one is compared with its
own level a year before, and `growth_basis` says which of the two it is. The means of the two kinds are kept
apart: published growth is at comparable prices, that of levels at current ones.
"""

from __future__ import annotations

from typing import Final

import narwhals as nw

from quanheng.data.book.frames import Frame
from quanheng.engine.frame.comparing import settled_mean, settled_total
from quanheng.findings.value import Value

PUBLISHED: Final = "published"
FROM_LEVELS: Final = "from_levels"
FIGURES: Final = ("unit", "name", "value", "before", "growth")
"""What a table of peers must have: the figure, that of a year before, and published growth (a fraction)."""
_LEAST: Final = 2
"""A mean of fewer growth rates is no average to lead, a share of fewer figures no share."""


class Whole(Value):
    """The area that the peers are parts of; `growth` is published, a fraction."""

    unit: str
    name: str
    value: float | None
    before: float | None
    growth: float | None


def headline(figures: Frame, whole: Whole | None = None) -> Frame:
    """Return a row for each peer with a figure or growth, by place; `figures` has the columns of `FIGURES`.

    Without `whole` a share is one of the sum of all peers (of two at least). Added are:

    - `place` of `of` peers with a figure; 1 is the greatest, equal ones share a place
    - `places_gained` against the year before, and `compared`: like with like, among those peers only that
      have a figure of both years (two at least); so is `share_change` (without a `whole`), a fraction
    - `growth`, a fraction, with its `growth_basis`; `average` is the growth of the `whole` on the same
      basis, else the plain mean of the peers' (of two at least); `lead` over it
    - `share` of the whole, a fraction; of a sum of peers `losses` says whether a figure in it, of this or the
      year before, is below 0: then shares may be over 1, and their change says nothing and is null
    - `next_unit`, `next_name`, `next_value`: the peer at the next place above, of several the one that grows
      fastest; `needed` growth to draw level with it if it stood still; `needed_moving` if it went on growing
      as its level did (null if that is unknown). Both are growth of levels, at current prices

    Examples:
        >>> import polars as pl
        >>> table = pl.DataFrame(
        ...     {
        ...         "unit": ["A", "B"],
        ...         "name": ["A", "B"],
        ...         "value": [110.0, 120.0],
        ...         "before": [100.0, 100.0],
        ...         "growth": [0.08, None],
        ...     }
        ... )
        >>> rows = headline(nw.from_native(table)).select("unit", "place", "growth", "needed", "share")
        >>> [
        ...     tuple(round(cell, 4) if isinstance(cell, float) else cell for cell in row)
        ...     for row in rows.rows()
        ... ]
        [('B', 1, 0.2, None, 0.5217), ('A', 2, 0.08, 0.0909, 0.4783)]
    """
    told = ~nw.col("value").is_null() | ~nw.col("growth").is_null()
    rows = figures.select(*FIGURES).filter(told)
    if not len(rows):
        return rows.with_columns(*_nothing())
    rows = _with_places(rows)
    rows = _with_growth(rows, whole)
    rows = _with_shares(rows, whole)
    return _with_next_place(rows).sort("place", "unit", nulls_last=True)


def _with_places(rows: Frame) -> Frame:
    both = _both()
    now, then = nw.when(both).then(nw.col("value")), nw.when(both).then(nw.col("before"))
    gained = _place(then) - _place(now)
    compared = both.cast(nw.Int64()).sum()
    return rows.with_columns(
        _place(nw.col("value")).alias("place"),
        nw.col("value").count().cast(nw.Int64()).alias("of"),
        nw.when(compared >= _LEAST).then(gained).alias("places_gained"),
        compared.alias("compared"),
    )


def _both() -> nw.Expr:
    return ~nw.col("value").is_null() & ~nw.col("before").is_null()


def _place(value: nw.Expr) -> nw.Expr:
    return value.rank("min", descending=True).cast(nw.Int64())


def _with_growth(rows: Frame, whole: Whole | None) -> Frame:
    levels = nw.when(nw.col("before") > 0).then(nw.col("value") / nw.col("before") - 1)
    published = ~nw.col("growth").is_null()
    basis = nw.when(published).then(nw.lit(PUBLISHED))
    rows = rows.with_columns(levels.alias("level_growth"), basis.alias("growth_basis"))
    known = nw.when(~nw.col("level_growth").is_null()).then(nw.lit(FROM_LEVELS))
    rows = rows.with_columns(
        nw.coalesce("growth", "level_growth").alias("growth"),
        nw.coalesce(nw.col("growth_basis"), known).alias("growth_basis"),
    )
    if whole is None:
        many = nw.col("growth").count().over("growth_basis") >= _LEAST
        average: nw.Expr = nw.when(many).then(settled_mean(nw.col("growth"), over=("growth_basis",)))
    else:
        average = _by_basis(whole)
    rows = rows.with_columns(average.alias("average"))
    return rows.with_columns((nw.col("growth") - nw.col("average")).alias("lead"))


def _by_basis(whole: Whole) -> nw.Expr:
    """Return the growth of the whole on the basis of each row."""
    of_levels = None
    if whole.value is not None and whole.before is not None and whole.before > 0:
        of_levels = whole.value / whole.before - 1
    basis = nw.col("growth_basis")
    return (
        nw.when(basis == PUBLISHED)
        .then(nw.lit(whole.growth, dtype=nw.Float64()))
        .otherwise(nw.when(basis == FROM_LEVELS).then(nw.lit(of_levels, dtype=nw.Float64())))
    )


def _with_shares(rows: Frame, whole: Whole | None) -> Frame:
    both = _both()
    now, then = nw.when(both).then(nw.col("value")), nw.when(both).then(nw.col("before"))
    below = (nw.col("value") < 0).fill_null(value=False) | (then < 0).fill_null(value=False)
    losses = below.any() if whole is None else nw.lit(False)  # noqa: FBT003 - a literal of the frame
    if whole is None:
        several = nw.col("of") >= _LEAST
        share: nw.Expr = nw.when(several).then(nw.col("value") / _above_zero(settled_total(nw.col("value"))))
        change = now / _above_zero(settled_total(now)) - then / _above_zero(settled_total(then))
        change = nw.when((nw.col("compared") >= _LEAST) & ~losses).then(change)
    else:
        of_now = _above_zero(nw.lit(whole.value, dtype=nw.Float64()))
        share = nw.col("value") / of_now
        change = now / of_now - then / _above_zero(nw.lit(whole.before, dtype=nw.Float64()))
    return rows.with_columns(share.alias("share"), change.alias("share_change"), losses.alias("losses"))


def _above_zero(total: nw.Expr) -> nw.Expr:
    return nw.when(total > 0).then(total)


def _with_next_place(rows: Frame) -> Frame:
    """Join to each row the peer at the next place above, by the distinct figures in order."""
    fastest = rows.filter(~nw.col("value").is_null()).sort(
        "value", "level_growth", "unit", descending=[False, True, False], nulls_last=True
    )
    steps = fastest.unique("value", keep="first", maintain_order=True)
    above = steps.select(
        "value",
        nw.col("unit").shift(-1).alias("next_unit"),
        nw.col("name").shift(-1).alias("next_name"),
        nw.col("value").shift(-1).alias("next_value"),
        nw.col("level_growth").shift(-1).alias("next_growth"),
    )
    own = nw.when(nw.col("value") > 0).then(nw.col("value"))
    ahead = rows.join(above, on="value", how="left")
    moving = nw.col("next_value") * (1 + nw.col("next_growth"))
    return ahead.with_columns(
        (nw.col("next_value") / own - 1).alias("needed"), (moving / own - 1).alias("needed_moving")
    )


def _nothing() -> list[nw.Expr]:
    """Return the columns of a table without rows."""
    texts = ("growth_basis", "next_unit", "next_name")
    counts = ("place", "of", "places_gained", "compared")
    numbers = ("average", "lead", "share", "share_change", "next_value", "needed", "needed_moving")
    return [
        *(nw.lit(None, dtype=nw.String()).alias(name) for name in texts),
        *(nw.lit(None, dtype=nw.Int64()).alias(name) for name in counts),
        *(nw.lit(None, dtype=nw.Float64()).alias(name) for name in numbers),
        nw.lit(None, dtype=nw.Boolean()).alias("losses"),
    ]
