"""The two sides of a comparison as grids: the same columns, a row for each unit of the side."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

import narwhals as nw
import polars as pl

from quanheng.engine.figures.for_round import scheme_for
from quanheng.engine.figures.grid import lay_out_grid
from quanheng.engine.figures.layout import figures_in
from quanheng.engine.figures.looked_up.fetches import fetches_of
from quanheng.engine.frame import columns as c
from quanheng.engine.frame.engines import polars_engine
from quanheng.engine.results.result import Result
from quanheng.findings.errors import UsageError
from quanheng.findings.value import Value
from quanheng.periods.stretch import stretch_of
from quanheng.scheme.formulas.tree import names_in
from quanheng.scheme.items.item import FromPeriods
from quanheng.scheme.tree.scheme import Scheme
from quanheng.studies.compare.schemes import Schemes, schemes_of

if TYPE_CHECKING:
    from quanheng.data.book.book import Book
    from quanheng.data.book.frames import Frame
    from quanheng.engine.stages.reviews.fold import HeldReviews

WHO: Final = (c.UNIT, c.NAME, c.GROUP)
_FIGURES: Final = (c.item(""), c.item_na(""), "attribute|")
_TARGETS: Final = (c.target(""), c.target_na(""))
_FLAGS: Final = (c.item_na(""), c.target_na(""))
_ROWS: Final = (c.UNIT, "kind", "marks", "node", "category")


class Side(Value):
    """One side: its result, the grid of its units, its adjustments and the reviews folded into it."""

    result: Result
    grid: Frame
    rows: Frame
    reviews: HeldReviews | None

    @property
    def units(self) -> Sequence[str]:
        """The codes of its units, in their order."""
        return tuple(self.grid[c.UNIT].to_list())


class Sides(Value):
    """Both sides on the same columns: those of `figures`, and those of `targets`."""

    before: Side
    after: Side
    schemes: Schemes
    figures: tuple[str, ...]
    targets: tuple[str, ...]

    def __getitem__(self, number: int) -> Side:
        """Return the side 0 (before) or 1 (after)."""
        return (self.before, self.after)[number]


def sides_of(before: Result, after: Result) -> Sides:
    """Return two results as the sides of a comparison.

    A figure or target that no unit of one side has at all, as of an item that its scheme does not know, is
    the other side's on both: it belongs to the cause that brings it in, not to the data.

    Raises:
        UsageError: a result is of a frame, not of a book.
    """
    books = tuple(_book_of(each) for each in (before, after))
    stretches = (stretch_of(before.round), stretch_of(after.round))
    schemes = schemes_of(before.scheme, after.scheme, stretches)
    grids = [grid_of(books[0], before.round, after.scheme), grid_of(books[1], after.round, before.scheme)]
    first, second = _with_the_same_columns(grids[0], grids[1])
    named = first.columns
    return Sides(
        before=_side(before, books[0], first),
        after=_side(after, books[1], second),
        schemes=schemes,
        figures=tuple(name for name in named if name.startswith(_FIGURES)),
        targets=tuple(name for name in named if name.startswith(_TARGETS)),
    )


def _book_of(result: Result) -> Book:
    if result.book is None:
        raise UsageError(
            "a result of a frame cannot be compared: score a book", "数据表的结果不能比较：请对考核册计分"
        )
    return result.book


def _side(result: Result, book: Book, grid: Frame) -> Side:
    return Side(result=result, grid=grid, rows=book.adjustments.select(*_ROWS), reviews=result.held)


def grid_of(book: Book, round: str, other: Scheme) -> Frame:  # noqa: A002  the word of the language
    """Return the grid of a book's round, with what the `other` scheme looks at beside its own."""
    grid = polars_engine().collect(lay_out_grid(book, round=stretch_of(round)))
    return with_figures_for(other, grid, book, round)


def with_figures_for(other: Scheme, grid: Frame, book: Book, round: str) -> Frame:  # noqa: A002  the same
    """Return the `grid` of a book's round with what the `other` scheme looks at beside the book's own."""
    if other is book.scheme:
        return grid
    stretch = stretch_of(round)
    items = {item.code for item in book.scheme.items}
    # figures over periods of items that the book has can be made of it as well
    series = [
        item
        for item in other.items
        if isinstance(item.source, FromPeriods)
        and item.code not in items
        and items.issuperset(names_in(item.source.series))
    ]
    items |= {item.code for item in series}
    wanted = fetches_of(scheme_for(other, stretch))
    further = tuple(
        fetch
        for fetch in wanted
        if fetch.item in items and c.item(fetch.item, fetch.months_before) not in grid.columns
    )
    if not further:
        return grid
    asked = replace(book, scheme=replace(book.scheme, items=(*book.scheme.items, *series)))
    figures = polars_engine().collect(figures_in(asked, further, {"": stretch}))
    kinds = (c.item(""), c.item_na(""), c.item_undefined(""))
    more = [name for name in figures.columns if name.startswith(kinds)]
    new = [name for name in more if name not in grid.columns]
    return grid.join(figures.select(c.UNIT, *new), on=c.UNIT, how="left")


def _with_the_same_columns(first: Frame, second: Frame) -> tuple[Frame, Frame]:
    """Return both with the columns of either."""
    names = [name for name in dict.fromkeys((*first.columns, *second.columns)) if name not in WHO]
    columns = (*WHO, *names)
    texts = [name for name in names if _differs_in_type(name, first, second)]
    first, second = (_as_text(frame, texts) for frame in (first, second))
    return _completed(first, second, columns), _completed(second, first, columns)


def _differs_in_type(name: str, first: Frame, second: Frame) -> bool:
    both = name in first.columns and name in second.columns
    return both and first.schema[name] != second.schema[name]


def _as_text(frame: Frame, names: Collection[str]) -> Frame:
    return frame.with_columns(*[nw.col(name).cast(nw.String()) for name in names]) if names else frame


def _completed(frame: Frame, other: Frame, columns: Sequence[str]) -> Frame:
    """Return `frame` with `columns`: what it has nothing of is the other's."""
    flags = [name for name in columns if name.startswith(_FLAGS)]
    own = frame.with_columns(
        *[nw.lit(value=False).alias(name) for name in flags if name not in frame.columns]
    )
    empty = [name for name in columns if name not in flags and not _has_any(own, name)]
    taken = [name for name in empty if _has_any(other, name)]
    absent = [name for name in empty if name not in taken and name not in own.columns]
    own = own.with_columns(*[nw.lit(None, dtype=other.schema[name]).alias(name) for name in absent])
    if taken:
        kept = [name for name in own.columns if name not in taken]
        own = own.select(*kept).join(other.select(c.UNIT, *taken), on=c.UNIT, how="left")
    return own.select(*columns)


def _has_any(frame: Frame, name: str) -> bool:
    """Return whether some unit has something in the column `name`, be it that it does not apply."""
    if name not in frame.columns:
        return False
    flag = name.replace("|", "_na|", 1)
    if name.startswith((c.item(""), c.target(""))) and flag in frame.columns and bool(frame[flag].any()):
        return True
    return int(frame[name].null_count()) < len(frame)


def differs(before: Frame, after: Frame, columns: Sequence[str]) -> Frame:
    """Return unit and `differs`, for each unit that both have: whether any of `columns` does."""
    left = before.select(c.UNIT, *columns).to_native()
    right = after.select(c.UNIT, *columns).to_native()
    joined = left.join(right, on=c.UNIT, how="inner", suffix=" after", maintain_order="left")
    same = [pl.col(name).eq_missing(pl.col(f"{name} after")) for name in columns]
    found = ~pl.all_horizontal(same) if same else pl.lit(value=False)
    return nw.from_native(joined.select(c.UNIT, found.alias("differs")), eager_only=True)


def others_rows(of: Side, beside: Side) -> Frame:
    """Return the adjustments of one side, and of the units it does not have those of the other."""
    strangers = beside.rows.filter(~nw.col(c.UNIT).is_in(list(of.units)))
    return nw.concat([of.rows, strangers], how="vertical") if len(strangers) else of.rows


def with_targets(figures: Side, targets: Side, columns: Sequence[str]) -> Frame:
    """Return the grid of one side with the targets of another; a unit that has none there keeps its own."""
    if figures is targets or not columns:
        return figures.grid
    known = figures.grid.filter(nw.col(c.UNIT).is_in(list(targets.units)))
    strangers = figures.grid.filter(~nw.col(c.UNIT).is_in(list(targets.units)))
    order = figures.grid.columns
    joined = known.drop(*columns).join(targets.grid.select(c.UNIT, *columns), on=c.UNIT, how="left")
    return nw.concat([joined.select(*order), strangers], how="vertical")


def grouped_by(grid: Frame, side: Side) -> Frame:
    """Return the rows of `grid` with the groups that `side` has its units in; others are left out."""
    named = side.grid.select(c.UNIT, c.GROUP)
    return grid.drop(c.GROUP).join(named, on=c.UNIT, how="inner").select(*grid.columns)


def same_groups(sides: Sides) -> bool:
    """Return whether both schemes have the same groups."""
    codes = [{group.code for group in each.result.scheme.groups} for each in (sides.before, sides.after)]
    return codes[0] == codes[1]
