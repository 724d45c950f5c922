"""What is assessed: the scheme as frozen values, as the rest of the program uses it.

`document.py` mirrors the file one to one; `read.py` turns a document into a `Scheme` in which defaults are
settled, weights stand for each group, and formulas are parsed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Final, Literal, TypeAlias

from quanheng.findings.finding import NOWHERE, Location
from quanheng.findings.showing import Shows
from quanheng.findings.text import Text
from quanheng.findings.value import Value
from quanheng.periods.period import Period
from quanheng.scheme.document.published import PUBLISHED, Part
from quanheng.scheme.formulas.tree import Formula, OfNode
from quanheng.scheme.gaps.policies import Gaps, Least
from quanheng.scheme.gaps.treatment import Treatment
from quanheng.scheme.grades.grades import Adjustments
from quanheng.scheme.grades.tiers import Award, Lowering, Tier, Ties
from quanheng.scheme.items.item import FromLedger, Item, is_named_by_formulas
from quanheng.scheme.ledgers.ledger import Campaign, Ledger
from quanheng.scheme.pace.pace import Pace, Reviews
from quanheng.scheme.reading.reading import AS_USUAL, Reading
from quanheng.scheme.rounding.rounding import NodeRounding, Rounding
from quanheng.scheme.rules.anchors import Direction
from quanheng.scheme.rules.catalogue import AnyRule
from quanheng.scheme.tree.pools import Inside, Within
from quanheng.scheme.weights.aggregation import Aggregation, Arithmetic
from quanheng.scheme.weights.bounds import UNBOUND, Bounds
from quanheng.scheme.weights.methods import Marks, WeightMethod


class Group(Value, aside=("where",)):
    """Units compared with each other; `marks` is what the root is worth for them."""

    code: str
    name: Text
    marks: float
    where: Location = NOWHERE


class Indicator(Value, aside=("where",)):
    """A leaf: a measure, a rule, a weight for each group it applies to; `pace` is settled, or None."""

    code: str
    name: Text
    weights: Mapping[str, float]
    measure: Formula
    rule: AnyRule
    direction: Direction = "more"
    gaps: Gaps = Gaps()
    treat: Treatment | None = None
    within: Within = "group"
    coefficient: Formula | None = None
    bounds: Bounds = UNBOUND
    pace: Pace | None = None
    rounding: NodeRounding = NodeRounding()
    since: Period | None = None
    until: Period | None = None
    note: Text = Text()
    where: Location = NOWHERE

    @property
    def groups(self) -> tuple[str, ...]:
        """The codes of the groups it applies to."""
        return tuple(self.weights)


class Dimension(Value, aside=("where",)):
    """An inner node of the tree; the root is one, with the code `total`.

    `rule`, if it has one, rates the joined points of its children; `direction` and `within` are of that rule.
    """

    code: str
    name: Text
    weights: Mapping[str, float]
    children: tuple[Node, ...]
    aggregate: Aggregation = Arithmetic()
    method: WeightMethod = Marks()
    rule: AnyRule | None = None
    direction: Direction = "more"
    within: Within = "group"
    coefficient: Formula | None = None
    bounds: Bounds = UNBOUND
    least: Least | None = None
    rounding: NodeRounding = NodeRounding()
    since: Period | None = None
    until: Period | None = None
    note: Text = Text()
    where: Location = NOWHERE

    @property
    def adds_up(self) -> bool:
        """Whether the children's marks add up to its own, but for a coefficient and rounding."""
        return self.aggregate.adds_up and not self.method.against_best and self.rule is None

    @property
    def as_rated(self) -> Indicator | None:
        """The node as its rule sees it: an indicator whose measure are its joined points (points §9)."""
        if self.rule is None:
            return None
        return Indicator(
            code=self.code,
            name=self.name,
            weights=self.weights,
            measure=Formula(f"points({self.code})", OfNode("points", self.code)),
            rule=self.rule,
            direction=self.direction,
            within=self.within,
            rounding=self.rounding,
            where=self.where,
        )

    @property
    def sums_scores(self) -> bool:
        """Whether its score is the sum of its children's, as scores are rounded at it or below (points §3).

        Where its mean is rounded, that is what its score is made of.
        """
        return self.adds_up and self.rounding.aggregate is None and rounds_scores(self)

    @property
    def condition(self) -> Formula | None:
        """What has to hold for it to have points for a unit."""
        return None if self.least is None else self.least.condition

    @property
    def groups(self) -> tuple[str, ...]:
        """The codes of the groups it applies to."""
        return tuple(self.weights)


Node: TypeAlias = Indicator | Dimension


def rounds_scores(node: Node) -> bool:
    """Return whether the score of `node`, or of any node below it, is rounded."""
    if node.rounding.scores is not None:
        return True
    return isinstance(node, Dimension) and any(map(rounds_scores, node.children))


MOVED_OVER: Final = 0.1
"""Where more of a unit's weight is moved or filled, a ranking says so, unless the scheme states a share."""


class Scheme(Value, Shows, aside=("hash", "where")):
    """What is assessed and how it is scored."""

    id: str
    title: Text
    round: str
    groups: tuple[Group, ...]
    items: tuple[Item, ...]
    root: Dimension
    pools: tuple[Inside, ...] = ()
    """The pools that indicators are compared within, and the groups that indicators name for one."""
    at_least: float = 0.0
    moved_over: float = MOVED_OVER
    unranked: Text = Text()
    """What a unit that is not ranked is called; empty where the scheme does not say."""
    adjustments: Adjustments = Adjustments()
    rounding: Rounding = Rounding()
    ranking: Literal["group", "all"] = "group"
    """Whether places are taken inside each group, or among all units."""
    lowest_first: bool = False
    """Whether the least total has the first place."""
    ties: tuple[str, ...] = ()
    """The nodes that tell equal totals apart, the same in all groups."""
    ties_by_group: Mapping[str, tuple[str, ...]] = {}
    """The same where each group has its own."""
    tiers: tuple[Tier, ...] = ()
    lower: tuple[Lowering, ...] = ()
    """What lowers the tier of a unit."""
    awards: tuple[Award, ...] = ()
    pace: Pace | None = None
    reviews: Reviews | None = None
    ledgers: tuple[Ledger, ...] = ()
    campaigns: tuple[Campaign, ...] = ()
    reading: Reading = AS_USUAL
    publish: frozenset[Part] = frozenset(PUBLISHED)
    """What documents for the public show."""
    workbook: bool | None = None
    """Whether the audit workbook is written; None: where the result is not too large for one."""
    hash: str = ""
    where: Location = NOWHERE
    """Where it states its round: what is about none of its parts is told there."""

    @property
    def nodes(self) -> tuple[Node, ...]:
        """All nodes, the root first, each parent before its children."""
        return tuple(_walk(self.root))

    @property
    def indicators(self) -> tuple[Indicator, ...]:
        """The leaves, in the order of the scheme."""
        return tuple(node for node in _walk(self.root) if isinstance(node, Indicator))

    @property
    def dimensions(self) -> tuple[Dimension, ...]:
        """The inner nodes, the root first."""
        return tuple(node for node in _walk(self.root) if isinstance(node, Dimension))

    @property
    def rated_nodes(self) -> tuple[Indicator, ...]:
        """The dimensions that have a rule, as it sees them."""
        return tuple(node for node in (each.as_rated for each in self.dimensions) if node is not None)

    @property
    def all_rated(self) -> tuple[Indicator, ...]:
        """Whatever a rule rates: the indicators, then the dimensions that have a rule."""
        return (*self.indicators, *self.rated_nodes)

    @property
    def stated_items(self) -> tuple[Item, ...]:
        """The items as the scheme states them, without the figures that formulas name."""
        return tuple(item for item in self.items if not is_named_by_formulas(item))

    @property
    def named_ledgers(self) -> tuple[Ledger, ...]:
        """The ledgers declared, then those that items merely name; readings of days and hours are none."""
        found = {ledger.code: ledger for ledger in self.ledgers}
        for item in self.items:
            if isinstance(item.source, FromLedger) and item.source.readings is None:
                code = item.source.ledger
                found.setdefault(code, Ledger(code=code, name=Text(zh=code), unit=item.source.unit_column))
        return tuple(found.values())

    @property
    def due_soon(self) -> int:
        """How many days before its due date a record of a ledger is due soon."""
        return (self.pace or Pace()).due_soon

    @property
    def rates_ranked_only(self) -> bool:
        """Whether a rule of the root compares totals, and units that are not ranked are none of them."""
        rule = self.root.rule
        return self.at_least > 0.0 and rule is not None and bool(rule.statistics())

    @property
    def ranks_all(self) -> bool:
        """Whether units of several groups stand in one ranking."""
        return self.ranking == "all" and len(self.groups) > 1

    @property
    def tie_nodes(self) -> tuple[str, ...]:
        """All nodes that tell equal totals apart, in whatever group."""
        return tuple(
            dict.fromkeys((*self.ties, *(node for nodes in self.ties_by_group.values() for node in nodes)))
        )

    def ties_in(self, group: str) -> tuple[str, ...]:
        """Return the nodes that tell equal totals of `group` apart, in order."""
        return self.ties_by_group.get(group, self.ties)

    def ties_among(self, codes: Collection[str]) -> Ties:
        """Return the nodes of ties that are among `codes`: of all groups, and of each group."""
        return Ties(
            ties=tuple(node for node in self.ties if node in codes),
            ties_by_group={
                group: tuple(node for node in nodes if node in codes)
                for group, nodes in self.ties_by_group.items()
            },
        )

    @property
    def tiers_as_judged(self) -> tuple[tuple[int, Tier], ...]:
        """The tiers with their numbers, as a unit enters the first it can: from below, then best first."""
        numbered = tuple(enumerate(self.tiers))
        below = tuple(pair for pair in reversed(numbered) if pair[1].from_below)
        return (*below, *(pair for pair in numbered if not pair[1].from_below))

    def tiers_in(self, group: str) -> tuple[Tier, ...]:
        """Return the tiers that units of `group` can enter, best first."""
        return tuple(tier for tier in self.tiers if tier.stands_in(group))

    @property
    def tier_conditions(self) -> tuple[Formula, ...]:
        """The conditions of all tiers, and of what lowers them."""
        of_tiers = (condition for tier in self.tiers for condition in tier.conditions)
        return (*of_tiers, *(lowering.condition for lowering in self.lower))

    def node(self, code: str) -> Node:
        """Return the node with `code`; raise `KeyError` if there is none."""
        for node in _walk(self.root):
            if node.code == code:
                return node
        raise KeyError(code)

    def parent_of(self, code: str) -> Dimension | None:
        """Return the parent of the node `code`, None for the root."""
        for dimension in self.dimensions:
            if any(child.code == code for child in dimension.children):
                return dimension
        return None

    def level_of(self, code: str) -> int:
        """Return how far below the root the node `code` stands; the root is 0."""
        parent = self.parent_of(code)
        return 0 if parent is None else 1 + self.level_of(parent.code)


def _walk(node: Node) -> Iterator[Node]:
    yield node
    if isinstance(node, Dimension):
        for child in node.children:
            yield from _walk(child)


def upwards(node: Dimension) -> Iterator[Dimension]:
    """Yield the dimensions below and with `node`, children before parents."""
    for child in node.children:
        if isinstance(child, Dimension):
            yield from upwards(child)
    yield node
