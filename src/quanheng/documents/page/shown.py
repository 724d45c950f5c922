"""What a page shows of a result, and to whom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias, get_args

import narwhals as nw

from quanheng.engine.frame import columns as c
from quanheng.engine.results.result import Result
from quanheng.findings.text import Language
from quanheng.scheme.document.published import Part
from quanheng.scheme.fields.codes import ROOT
from quanheng.scheme.tree.scheme import Node

if TYPE_CHECKING:
    from quanheng.data.book.book import Book
    from quanheng.documents.studied import Robustness
    from quanheng.insight.moves.moves import Moves
    from quanheng.insight.progress.progress import Progress

ForTheOffice: TypeAlias = Literal["explanations", "findings"]
"""Parts that are never published: how each score came about, and what was found on the way."""
Shows: TypeAlias = Part | ForTheOffice
EVERYTHING: Final[frozenset[Shows]] = frozenset({*get_args(Part), *get_args(ForTheOffice)})
"""What the office sees."""
OF_ONE_UNIT: Final[frozenset[Shows]] = EVERYTHING - {"findings"}
"""What a unit sees of itself: findings may name others."""
MOST_EXPLAINED: Final = 2_000
"""Of more units a page holds the ranking and the dimensions only."""


@dataclass(frozen=True, kw_only=True)
class Shown:
    """A result as a page shows it: its `parts`, of all units or of `unit` alone.

    A page of one unit says of the others how their group is spread, without names. `book` is the one the
    result was scored of; without it reviews cannot be scored again. `progress` gives the board of lights,
    `moves` what moved each unit, `robustness` how sure places are.
    """

    result: Result
    book: Book | None
    language: Language
    parts: frozenset[Shows] = EVERYTHING
    unit: str | None = None
    progress: Progress | None = None
    moves: Moves | None = None
    robustness: Robustness | None = None

    @cached_property
    def wide(self) -> nw.DataFrame[Any]:
        """The rows of the units that are shown, sorted by unit."""
        return self.everyone if self.unit is None else self.everyone.filter(nw.col(c.UNIT) == self.unit)

    @property
    def everyone(self) -> nw.DataFrame[Any]:
        """The rows of all units."""
        return self.result.wide

    @property
    def is_large(self) -> bool:
        """Whether there are too many units for more than the ranking and the dimensions."""
        return self.count > MOST_EXPLAINED

    @property
    def count(self) -> int:
        """How many units the result has, read off its ranking: so nothing else has to come here first."""
        return len(self.result.ranking)

    @cached_property
    def nodes(self) -> Sequence[Node]:
        """The nodes whose scores are shown, the root first."""
        scheme = self.result.scheme
        if "indicators" in self.parts and not self.is_large:
            return scheme.nodes
        if {"indicators", "dimensions"} & self.parts:
            return (scheme.root, *scheme.root.children)
        return (scheme.root,)

    @cached_property
    def scored(self) -> int:
        """How many units have a total; on a page of one unit, of its group."""
        rows = self.everyone
        if self.unit is not None:
            rows = rows.filter(nw.col(c.GROUP).is_in(self.wide[c.GROUP].to_list()))
        return len(rows[c.score(ROOT)].drop_nulls())

    @property
    def tells_totals(self) -> bool:
        """Whether single totals of the group may be told, without names: to a unit where all are public."""
        return self.unit is None or "total" in self.result.scheme.publish

    @property
    def explains(self) -> bool:
        """Whether units are explained down to their cells."""
        return "explanations" in self.parts and not self.is_large

    @property
    def scores_again(self) -> bool:
        """Whether all is shown that has to be known to try other weights."""
        needed: set[Shows] = {"total", "place", "indicators", "adjustments"}
        if self.result.held is not None:
            needed.add("explanations")  # the reviews stand there
        return needed <= self.parts and self.unit is None and not self.is_large

    def column(self, name: str) -> list[Any]:
        """Return a column of the units that are shown; nothing where the frame has none of the name."""
        if name not in self.wide.columns:
            return [None] * len(self.wide)
        return self.wide[name].to_list()

    @cached_property
    def order(self) -> list[int]:
        """The numbers of the units in the order of the ranking; by code where that is not shown."""
        codes = [str(code) for code in self.column(c.UNIT)]
        if not {"place", "total"} & self.parts:
            return list(range(len(codes)))
        index = {code: number for number, code in enumerate(codes)}
        return [index[str(code)] for code in self.result.ranking[c.UNIT].to_list() if str(code) in index]

    @property
    def has_tiers(self) -> bool:
        """Whether tiers are shown."""
        return bool(self.result.scheme.tiers) and "tier" in self.parts


def decimals_of(shown: Shown, node: Node) -> int:
    """Return how many decimals the scores of a node are shown with.

    Those that the scheme prints or rounds to; else so many that a node of about 100 marks has two, one of
    1 mark four.
    """
    rounding = shown.result.scheme.rounding
    if node.code == ROOT and rounding.shown_total is not None:
        return max(0, rounding.shown_total)
    scores = node.rounding.scores if rounding.printed.scores is None else rounding.printed.scores
    if scores is not None:
        return max(0, scores)
    marks = max(group.marks for group in shown.result.scheme.groups)
    return 4 if marks < _MANY_MARKS else 2


_MANY_MARKS: Final = 10.0
