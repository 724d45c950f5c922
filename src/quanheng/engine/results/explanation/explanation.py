"""An explanation as a value: one node of one unit, with everything its score was made of."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal, TypeAlias

from quanheng.findings.text import Text
from quanheng.findings.value import Value
from quanheng.scheme.formulas.tree import Computed, Formula, NodeFunction, OfNode
from quanheng.scheme.gaps.policies import Gap, Least
from quanheng.scheme.rules.anchors import Direction
from quanheng.scheme.rules.rule import Rule
from quanheng.scheme.tree.names import Names
from quanheng.scheme.tree.pools import Within
from quanheng.scheme.weights.aggregation import Aggregation
from quanheng.scheme.weights.bounds import Ceiling

Step: TypeAlias = Literal[
    "marks × points ÷ 100",
    "bonus",
    "penalty",
    "aggregation",
    "cut",
    "rule",
    "coefficient",
    "rounding",
    "fold",
    "own total",
]
"""What adds to a score, or takes from it, without being a child or a review."""


class Figure(Value):
    """A reported value a measure was made of, and the cells it came from."""

    item: str
    name: Text
    months_before: int
    value: float | None
    not_applicable: bool
    cells: tuple[str, ...]
    why: Text = Text()
    """Why there is none, where there is none although there are cells."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NodeUsed:
    """What a measure asked of a node: its points or its score, and what it has by itself (points §10)."""

    function: NodeFunction
    node: str
    name: Text
    value: float | None
    not_applicable: bool
    by: str | None = None
    """The column of the units that names whose units are meant, if not the unit itself."""
    of: tuple[tuple[str, float | None], ...] = ()
    """Those units by name, with what each has."""

    @property
    def text(self) -> str:
        """How the formula has it."""
        return OfNode(self.function, self.node, self.by).text


@dataclass(frozen=True, slots=True, kw_only=True)
class AnchorUsed:
    """A number the rule compared with: which, how much, whose value it was, by code and name.

    `rounds` are those in which they had it, where several rounds are looked at.
    """

    role: str
    value: float
    whose: tuple[str, ...] = ()
    item: str | None = None
    names: tuple[str, ...] = field(default=(), compare=False)
    rounds: tuple[str, ...] = ()


class Rating(Value):
    """How an indicator's value became points."""

    formula: str
    in_numbers: str
    measure: float | None
    figures: tuple[Figure, ...]
    rule: Rule
    direction: Direction
    target: float | None
    target_cells: tuple[str, ...]
    anchors: tuple[AnchorUsed, ...]
    treated: float | None
    treatment: str | None
    ratio: float | None
    rated: float | None
    coefficient: str | None
    gap: Gap | None
    within: Within = "group"
    computed: tuple[Computed, ...] = ()
    nodes: tuple[NodeUsed, ...] = ()

    @property
    def policy(self) -> str | None:
        """How the trace gives the gap and the policy that settles it."""
        return None if self.gap is None else self.gap.name


class Marking(Value):
    """Marks given or taken at a node: why, how many were asked for, how many count."""

    kind: str
    reason: str
    asked: float
    counted: float
    cells: tuple[str, ...] = ()
    gate: str | None = None


class Reviewed(Value):
    """What a formula gives of the reviews inside the round: its text, the figure, and what each review gives.

    Of a condition each review gives 1 where it holds and 0 where it does not; None is what is not known.
    """

    name: Text
    value: float | None
    is_condition: bool
    reviews: tuple[tuple[str, float | None], ...]


class Part(Value):
    """One of the amounts that add up exactly to a node's score: a child's, a review's, or a step's own.

    `source` is the code of the child, the review's round, or the step; only a step has a `step`.
    """

    source: str
    marks: Decimal
    step: Step | None = None

    @classmethod
    def of_step(cls, step: Step, marks: Decimal) -> Part:
        """Return the amount of a step."""
        return cls(source=step, marks=marks, step=step)


class Folding(Value):
    """How the reviews of the year were folded into the total.

    `own` is the total before, `mean` that of the reviews, None for a unit without any; `reviews` gives each
    review's round and total. The amounts of `parts` add up to the folded total exactly.
    """

    own: float | None
    year: float
    share: float
    mean: float | None
    reviews: tuple[tuple[str, float], ...]
    parts: tuple[Part, ...]


class Rounded(Value, kw_only=False):
    """A stage that is rounded (`ratio`, `points`, `scores`, `total`), and to how many decimals."""

    stage: str
    decimals: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """The unit's place, and what the next place needs."""

    place: int | None
    of: int
    tier: str | None
    unranked: Text = Text()
    """What the scheme calls a unit that is not ranked, if it says."""
    next_unit: str | None = None
    next_name: str | None = field(default=None, compare=False)
    next_place: int | None = None
    needed: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """How one node's score for one unit came about; its children explain what lies below.

    The amounts of `parts` add up to `score` exactly, as decimal numbers: for a dimension the children's
    scores, what its aggregation takes away from their sum, adjustments and rounding; for an indicator its
    marks times points, and rounding. `fold` stands at the total where reviews are folded into it. `names` are
    what its wording calls nodes and items by.
    """

    unit: str
    unit_name: str
    group: str
    node: str
    name: Text
    level: int
    share: float | None
    marks: float | None
    points: float | None
    score: float | None
    aggregate: Aggregation | None
    rating: Rating | None
    markings: tuple[Marking, ...]
    parts: tuple[Part, ...]
    rounding: tuple[Rounded, ...]
    standing: Standing | None
    children: tuple[Explanation, ...]
    fold: Folding | None = None
    chosen: tuple[str, ...] = ()
    weighed: tuple[str, str, float] | None = None
    lacking: Least | None = None
    """How much of the dimension would have to be there, where it is not."""
    wanting: tuple[Text, ...] = ()
    """The required children of which the unit has nothing of its own."""
    unmet: Formula | None = None
    """The condition of the dimension, where it does not hold."""
    ceilings: tuple[Ceiling, ...] = ()
    """The caps under a condition that hold."""
    asked: tuple[NodeUsed, ...] = ()
    """What coefficient, conditions and marks at the node ask of other nodes; at the total gates, too."""
    reviewed: tuple[Reviewed, ...] = ()
    """What conditions and marks at the node look at of reviews; at the total also gates, tiers and awards."""
    names: Names = field(default_factory=Names, compare=False, repr=False)

    def walk(self) -> Iterator[Explanation]:
        """Yield this explanation and all below it, parents first."""
        yield self
        for child in self.children:
            yield from child.walk()
