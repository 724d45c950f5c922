"""Every set of changes scored, and what each of them does to every unit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final, TypeAlias

from quanheng.engine.frame.engines import polars_engine
from quanheng.engine.results.score import looked_over
from quanheng.periods.stretch import stretch_of
from quanheng.scheme.rules.catalogue import AnyRule
from quanheng.scheme.tree.named import names_nodes
from quanheng.scheme.tree.pools import Over
from quanheng.scheme.tree.scheme import Indicator, Scheme
from quanheng.studies.compare.sides import with_figures_for
from quanheng.studies.variants.edits import with_indicators, with_weights, without
from quanheng.studies.variants.figures import Reported
from quanheng.studies.variants.mixtures import Outcome, scored
from quanheng.studies.variants.passes import Mixture
from quanheng.studies.whatif.changes import (
    Change,
    NewFigure,
    NewRule,
    NewScheme,
    NewTarget,
    NewWeights,
    Without,
)
from quanheng.studies.whatif.grids import with_changes
from quanheng.studies.whatif.laid_out import LaidOut, laid_out, laid_out_with

if TYPE_CHECKING:
    from quanheng.data.book.book import Book
    from quanheng.data.book.frames import Frame

MOST_APART: Final = 5
"""So many changes are told apart one by one; more of them by kind."""


_Reported: TypeAlias = tuple[Reported, ...]
_Figures: TypeAlias = tuple[bool, tuple[str, ...]]
"""Whether it is of the book as its own scheme reads it, and the changes of figures and targets."""


@dataclass(frozen=True, kw_only=True)
class Game:
    """The players, each some changes; `book` and `other` are the book, and the same read by another scheme.

    What is made on the way is kept.
    """

    book: Book
    round: str
    players: tuple[tuple[Change, ...], ...]
    other: Book | None = None
    _laid: dict[tuple[bool, _Reported], LaidOut] = field(default_factory=dict)
    _grids: dict[_Figures, Frame] = field(default_factory=dict)
    _schemes: dict[tuple[bool, tuple[str, ...]], Scheme] = field(default_factory=dict)

    def outcome(self) -> Outcome:
        """Return what becomes of each set of players, by its number; the last is looked at as a book is."""
        sets = range(1 << len(self.players))
        mixtures = {str(number): self._mixture(number) for number in sets}
        known = self._laid_out(()).known
        return scored(mixtures, looked_at=("0", str(sets[-1])), known=known)

    def changes_in(self, number: int) -> tuple[Change, ...]:
        """Return the changes of the set with this number."""
        return tuple(
            change for at, player in enumerate(self.players) if number >> at & 1 for change in player
        )

    @property
    def scheme_after(self) -> Scheme:
        """The scheme with all changes."""
        return self._scheme(self._all)

    @property
    def scheme_before(self) -> Scheme:
        """The scheme of the round as it is."""
        return self._scheme(())

    def is_idle(self, change: NewFigure) -> bool:
        """Return whether what is reported for a period is not looked at in the round, nor in its reviews."""
        if change.period is None:
            return False
        after, before = self._laid_out((change,)), self._laid_out(())
        same = after.grid.to_native().sort("unit").equals(before.grid.to_native().sort("unit"))
        held = (
            after.reviews is None
            or before.reviews is None
            or after.reviews.table.to_native().equals(before.reviews.table.to_native())
        )
        return bool(same) and bool(held) and not after.part.panels

    @property
    def _all(self) -> tuple[Change, ...]:
        return self.changes_in((1 << len(self.players)) - 1)

    def _mixture(self, number: int) -> Mixture:
        changes = self.changes_in(number)
        of = self._laid_out(changes)
        return Mixture(
            scheme=self._scheme(changes),
            grid=self._grid(changes, of),
            rows=of.rows,
            reviews=of.reviews,
            rated_by=self._scheme(_but_weights(changes)),
        )

    def _grid(self, changes: Sequence[Change], of: LaidOut) -> Frame:
        """Return the grid with the figures and targets of `changes`, the same object each time."""
        put = tuple(each for each in changes if isinstance(each, NewFigure | NewTarget))
        key = (self._is_own(changes), tuple(each.key for each in put))
        if key not in self._grids:
            # by the rules of all changes, so that all grids have the same columns
            grid = with_figures_for(self._scheme(_but_weights(self._all)), of.grid, of.part, self.round)
            self._grids[key] = with_changes(grid, put) if put else self._looked_over(grid, of)
        return self._grids[key]

    def _looked_over(self, grid: Frame, of: LaidOut) -> Frame:
        """Return `grid` with what indicators are compared with in several rounds, if only weights change.

        Other changes would change that, too: without it the question is refused (observed §4 f).
        """
        scheme = of.scheme
        over = {each.code for each in scheme.all_rated if isinstance(each.within, Over)}
        weights = all(isinstance(each, NewWeights) for player in self.players for each in player)
        if (
            not over
            or not weights
            or names_nodes(scheme)
            or over & {each.code for each in scheme.rated_nodes}
        ):
            return grid
        engine = polars_engine()
        laid, _, _ = looked_over(grid.lazy(), of.book, scheme, {"": stretch_of(self.round)}, engine)
        return engine.collect(laid)

    def _laid_out(self, changes: Sequence[Change]) -> LaidOut:
        """Return what a round is scored of, with what is reported for periods changed."""
        own = self._is_own(changes)
        of = self.book if own or self.other is None else self.other
        reported = tuple(
            Reported(item=each.item, unit=each.unit, period=each.period, cell=each.cell)
            for each in changes
            if isinstance(each, NewFigure) and each.period is not None
        )
        key = (own, reported)
        if key not in self._laid:
            if own and not reported:
                self._laid[key] = laid_out(of, self.round)
            else:
                self._laid[key] = laid_out_with(of, self.round, reported)
        return self._laid[key]

    def _scheme(self, changes: Sequence[Change]) -> Scheme:
        """Return the scheme of the round with those changes that are of it, the same object each time."""
        edits = tuple(each for each in changes if isinstance(each, NewRule | Without | NewWeights))
        new = tuple(each for each in changes if isinstance(each, NewScheme))
        key = (self._is_own(changes), tuple(each.key for each in edits))
        if key not in self._schemes:
            scheme = self._laid_out(new).scheme
            for edit in edits:
                scheme = _edited(scheme, edit)
            self._schemes[key] = scheme
        return self._schemes[key]

    def _is_own(self, changes: Sequence[Change]) -> bool:
        """Return whether the book is read by its own scheme."""
        return self.other is None or not any(isinstance(each, NewScheme) for each in changes)


def _but_weights(changes: Sequence[Change]) -> tuple[Change, ...]:
    return tuple(each for each in changes if not isinstance(each, NewWeights))


def _edited(scheme: Scheme, edit: NewRule | Without | NewWeights) -> Scheme:
    """Return `scheme` with one change; a node that it does not have is not changed in it."""
    codes = {node.code for node in scheme.nodes}
    match edit:
        case NewRule():
            return with_indicators(scheme, lambda node: _rated(node, edit.node, edit.rule))
        case Without():
            return without(scheme, edit.node) if edit.node in codes else scheme
        case NewWeights():
            known = {code: weights for code, weights in edit.weights.items() if code in codes}
            return with_weights(scheme, known) if known else scheme


def _rated(indicator: Indicator, code: str, rule: AnyRule) -> Indicator:
    return replace(indicator, rule=rule) if indicator.code == code else indicator


def players_of(changes: Sequence[Change]) -> tuple[tuple[Change, ...], ...]:
    """Return the changes one by one, those of many kinds together."""
    if len(changes) <= MOST_APART:
        return tuple((change,) for change in changes)
    kinds: dict[str, list[Change]] = {}
    for change in changes:
        kinds.setdefault(change.kind, []).append(change)
    return tuple(tuple(each) for each in kinds.values())
