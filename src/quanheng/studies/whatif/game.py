"""Every set of changes scored, and what each of them does to every unit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Final, TypeAlias

from quanheng.engine.results.score import ready
from quanheng.scheme.rules.catalogue import AnyRule
from quanheng.scheme.tree.scheme import Indicator, Scheme
from quanheng.studies.compare.sides import grid_of
from quanheng.studies.variants.edits import with_indicators, with_weights, without
from quanheng.studies.variants.figures import Reported, with_reported
from quanheng.studies.variants.mixtures import Mixture, Outcome, scored
from quanheng.studies.whatif.changes import (
    Change,
    NewFigure,
    NewRule,
    NewScheme,
    NewWeights,
    Without,
)
from quanheng.studies.whatif.grids import with_changes

if TYPE_CHECKING:
    from quanheng.data.book.book import Book
    from quanheng.data.book.frames import Frame
    from quanheng.engine.stages.reviews.fold import HeldReviews

MOST_APART: Final = 5
"""So many changes are told apart one by one; more of them by kind."""


Key: TypeAlias = tuple[bool, tuple[Reported, ...]]
"""Whether it is of the book as it is read by its own scheme, and what is reported otherwise."""


@dataclass(frozen=True, kw_only=True)
class Game:
    """The players, each some changes; `book` and `other` are the book, and the same read by another scheme.

    What is made on the way is kept in `parts`, `grids` and `schemes`.
    """

    book: Book
    round: str
    players: tuple[tuple[Change, ...], ...]
    other: Book | None = None
    parts: dict[Key, tuple[Book, HeldReviews | None]] = field(default_factory=dict)
    grids: dict[Key, Frame] = field(default_factory=dict)
    schemes: dict[tuple[bool, tuple[str, ...]], Scheme] = field(default_factory=dict)

    def outcome(self) -> Outcome:
        """Return what becomes of each set of players, by its number; the last is looked at as a book is."""
        sets = range(1 << len(self.players))
        mixtures = {str(number): self._mixture(number) for number in sets}
        return scored(mixtures, looked_at=("0", str(sets[-1])))

    def changes_in(self, number: int) -> tuple[Change, ...]:
        """Return the changes of the set with this number."""
        return tuple(
            change for at, player in enumerate(self.players) if number >> at & 1 for change in player
        )

    @cached_property
    def scheme_after(self) -> Scheme:
        """The scheme with all changes."""
        return self._scheme(self.changes_in((1 << len(self.players)) - 1))

    @property
    def scheme_before(self) -> Scheme:
        """The scheme of the round as it is."""
        return self._scheme(())

    def is_idle(self, change: NewFigure) -> bool:
        """Return whether what is reported for a period is not looked at in the round, nor in its reviews."""
        if change.period is None:
            return False
        (part, reviews, grid), (_, others, before) = self._laid_out((change,)), self._laid_out(())
        same = grid.to_native().sort("unit").equals(before.to_native().sort("unit"))
        held = reviews is None or others is None or reviews.table.to_native().equals(others.table.to_native())
        return bool(same) and bool(held) and not part.panels

    def _mixture(self, number: int) -> Mixture:
        changes = self.changes_in(number)
        book, reviews, grid = self._laid_out(changes)
        return Mixture(
            scheme=self._scheme(changes),
            grid=with_changes(grid, changes),
            rows=book.adjustments.select("unit", "kind", "marks", "node"),
            reviews=reviews,
            rated_by=self._scheme(tuple(each for each in changes if not isinstance(each, NewWeights))),
        )

    def _laid_out(self, changes: Sequence[Change]) -> tuple[Book, HeldReviews | None, Frame]:
        """Return what a round is scored of, with what is reported for periods changed."""
        of = self.other if self.other is not None and _is_other(changes) else self.book
        reported = tuple(
            Reported(item=each.item, unit=each.unit, period=each.period, cell=each.cell)
            for each in changes
            if isinstance(each, NewFigure) and each.period is not None
        )
        part, reviews = self._ready(of, reported)
        key = (of is self.book, reported)
        if key not in self.grids:
            self.grids[key] = grid_of(part, self.round, self.scheme_after)
        return part, reviews, self.grids[key]

    def _ready(self, of: Book, reported: tuple[Reported, ...] = ()) -> tuple[Book, HeldReviews | None]:
        key = (of is self.book, reported)
        if key not in self.parts:
            part, _, reviews = ready(with_reported(of, reported) if reported else of, round=self.round)
            self.parts[key] = part, reviews
        return self.parts[key]

    def _scheme(self, changes: Sequence[Change]) -> Scheme:
        """Return the scheme of the round with those changes that are of it, the same object each time."""
        edits = tuple(each for each in changes if isinstance(each, NewRule | Without | NewWeights))
        of = self.other if self.other is not None and _is_other(changes) else self.book
        key = (of is self.book, tuple(each.key for each in edits))
        if key not in self.schemes:
            scheme = self._ready(of)[0].scheme
            for edit in edits:
                scheme = _edited(scheme, edit)
            self.schemes[key] = scheme
        return self.schemes[key]


def _is_other(changes: Sequence[Change]) -> bool:
    return any(isinstance(each, NewScheme) for each in changes)


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
