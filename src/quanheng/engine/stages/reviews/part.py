"""季季评, the part of a scheme that a review inside the year is scored with, and which reviews a year has."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace
from typing import Final

from quanheng.engine.figures.looked_up.fetches import fetches_in
from quanheng.findings.finding import Finding, Kind, require_no_errors
from quanheng.findings.value import Value
from quanheng.periods.every import MONTHS_IN, MONTHS_OF_SERIES, Every
from quanheng.periods.period import Period, parse_period
from quanheng.periods.stretch import Stretch
from quanheng.scheme.fields.told import told_value
from quanheng.scheme.formulas.parse import parse_formula
from quanheng.scheme.formulas.tree import Formula, names_in, nodes_in, reviews_in_formula
from quanheng.scheme.grades.grades import Adjustments, Limit
from quanheng.scheme.grades.tiers import Award, Tier
from quanheng.scheme.items.item import FromPeriods, Item, Reported
from quanheng.scheme.pace.pace import Reviews
from quanheng.scheme.tree.scheme import Dimension, Indicator, Node, Scheme
from quanheng.scheme.weights.bounds import Bounds


class ReviewPart(Value):
    """The scheme of a review, and notes on what of the whole it leaves out."""

    scheme: Scheme
    findings: tuple[Finding, ...] = ()


def is_review(scheme: Scheme, round: str) -> bool:  # noqa: A002 - the word of the language
    """Return whether `round` is of the length of the scheme's reviews.

    Raises:
        DataError: `round` names no period.
    """
    return scheme.reviews is not None and parse_period(round).every == scheme.reviews.every


def reviews_in(period: Period, reviews: Reviews) -> tuple[Period, ...]:
    """Return the reviews inside `period`, in order; none if it is no longer than one.

    Examples:
        >>> [str(review) for review in reviews_in(parse_period("2023-H1"), Reviews(every="quarter"))]
        ['2023-Q1', '2023-Q2']
    """
    return parts_of(period, reviews.every) if period.length_months > MONTHS_IN[reviews.every] else ()


def parts_of(period: Period, every: Every) -> tuple[Period, ...]:
    """Return the periods of the length `every` that `period` consists of, in order; none if none fit."""
    return Stretch.of(period).parts(MONTHS_IN[every])


_NEVER: Final = parse_formula("1 < 0")
"""A condition that does not hold."""
NOTHING_TO_REVIEW: Final = Kind(
    code="QH570",
    severity="error",
    en="no indicator is left for a review: none has figures that are all reported every {every} or oftener",
    zh="季季评没有可评的指标：没有任何指标的全部数据按{every}或更勤报送",
    hint_en="name the nodes of a review under 'reviews: {{nodes: […]}}', or correct 'every' of the items",
    hint_zh="请写明季季评的评议节点（reviews.nodes），或更正数据项的报送周期（every）",
)
AWARD_WITHOUT_ITS_NODE: Final = Kind(
    code="QH576",
    severity="warning",
    en="the award {award!r} is not given: it looks at a node that takes no part in the review",
    zh="奖项“{award}”未评：所看的节点不参加季季评",
    hint_en="name the node under 'reviews: {{nodes: […]}}', or let the award look at another one",
    hint_zh="请把该节点写入季季评的评议节点（reviews.nodes），或改用其他节点",
)


def review_part(scheme: Scheme) -> ReviewPart:
    """Return the part of `scheme` that its reviews are scored with (reviews §1).

    It has the nodes that `reviews.nodes` names, with all below them; where none is named, every indicator
    whose figures are all reported at least as often as a review is held (figures from ledgers and attributes
    of the units are there at any time). A node's marks are shared by its children that are left, in
    proportion, and go to its siblings if none is: the root keeps its marks. Computed marks at a node that is
    left out, and awards that look at one or are not given `every` review, are not part of a review. Nor is
    what looks at reviews itself (reviews §4).

    Raises:
        FindingsError: no indicator is left.
    """
    reviews = scheme.reviews
    if reviews is None:
        return ReviewPart(scheme=scheme)
    kept = frozenset(_named(scheme.root, reviews.nodes) if reviews.nodes else _often(scheme, reviews.every))
    root = _pruned(scheme.root, kept)
    if not isinstance(root, Dimension):
        require_no_errors((NOTHING_TO_REVIEW.at(reviews.where, every=told_value("every", reviews.every)),))
        raise TypeError("a finding of error level raises")
    left = {node.code for node in _below(root)}
    root = _without_counts(root, left)
    items = {item.code for item in scheme.items}
    lost = frozenset(node.code for node in scheme.nodes if node.code not in left) - items
    given = [award for award in scheme.awards if award.every == reviews.every]
    part = replace(
        scheme,
        root=replace(root, weights=scheme.root.weights),
        adjustments=_adjustments(scheme.adjustments, left),
        **scheme.ties_among(left),
        tiers=tuple(_tier(tier, lost) for tier in scheme.tiers),
        lower=tuple(lowering for lowering in scheme.lower if not _is_open(lowering.condition, lost)),
        awards=tuple(award for award in given if not _looks_at(award, lost)),
        reviews=None,
    )
    notes = (
        AWARD_WITHOUT_ITS_NODE.at(award.where, award=award.name) for award in given if _looks_at(award, lost)
    )
    return ReviewPart(scheme=part, findings=tuple(notes))


def _named(node: Node, codes: Collection[str]) -> Iterator[str]:
    """Yield the codes of the indicators at or below the nodes that are named."""
    if node.code in codes:
        yield from (below.code for below in _below(node) if isinstance(below, Indicator))
    elif isinstance(node, Dimension):
        for child in node.children:
            yield from _named(child, codes)


def _often(scheme: Scheme, every: Every) -> Iterator[str]:
    """Yield the codes of the indicators all of whose figures come at least `every` so long."""
    items = {item.code: item for item in scheme.items}
    for indicator in scheme.indicators:
        used = [items[fetch.item] for fetch in fetches_in(indicator) if fetch.item in items]
        if all(_comes(item, every) for item in used):
            yield indicator.code


def _comes(item: Item, every: Every) -> bool:
    if isinstance(item.source, FromPeriods):
        return MONTHS_OF_SERIES[item.source.series.every] <= MONTHS_IN[every]
    return not isinstance(item.source, Reported) or MONTHS_IN[item.every] <= MONTHS_IN[every]


def _pruned(node: Node, kept: Collection[str]) -> Node | None:
    """Return `node` with the indicators that are kept, None if none is."""
    if isinstance(node, Indicator):
        return node if node.code in kept else None
    children = tuple(child for each in node.children if (child := _pruned(each, kept)) is not None)
    if not children:
        return None
    if children == node.children:
        return node
    weights = {
        group: weight
        for group, weight in node.weights.items()
        if any(group in child.weights for child in children)
    }
    fewest = min(sum(group in child.weights for child in children) for group in weights)
    return replace(node, children=children, weights=weights, method=node.method.with_children(fewest))


def _below(node: Node) -> Iterator[Node]:
    yield node
    if isinstance(node, Dimension):
        for child in node.children:
            yield from _below(child)


def _without_counts(dimension: Dimension, left: Collection[str]) -> Dimension:
    """Return `dimension` without the caps, at it or below, whose conditions cannot be asked in a review."""
    children = tuple(
        _without_counts(child, left)
        if isinstance(child, Dimension)
        else replace(child, bounds=_bounds(child, left))
        for child in dimension.children
    )
    return replace(dimension, children=children, bounds=_bounds(dimension, left))


def _bounds(node: Node, left: Collection[str]) -> Bounds:
    ceilings = tuple(each for each in node.bounds.ceilings if _is_asked(left, each.condition))
    return replace(node.bounds, ceilings=ceilings)


def _is_asked(left: Collection[str], *formulas: Formula | None) -> bool:
    """Return whether formulas can be asked in a review of the nodes `left`: not of others or reviews."""
    asked = [formula.tree for formula in formulas if formula is not None]
    return not any(
        reviews_in_formula(tree) or any(part.node not in left for part in nodes_in(tree)) for tree in asked
    )


def _adjustments(adjustments: Adjustments, left: Collection[str]) -> Adjustments:
    """Return the adjustments without the computed marks at nodes that are left out; vetoes stay.

    What looks at reviews is of the year: rules that do are left out, and of bonus and penalty the gate; rules
    that ask for a node that is left out give nothing.
    """
    rules = tuple(
        rule
        for rule in adjustments.rules
        if (rule.kind == "veto" or rule.node in left) and _is_asked(left, rule.when, rule.marks)
    )
    bonus, penalty = _without_gate(adjustments.bonus), _without_gate(adjustments.penalty)
    return replace(adjustments, rules=rules, bonus=bonus, penalty=penalty)


def _without_gate(limit: Limit) -> Limit:
    return replace(limit, when=None) if _looks_at_reviews(limit.when) else limit


def _looks_at_reviews(*formulas: Formula | None) -> bool:
    return any(formula is not None and reviews_in_formula(formula.tree) for formula in formulas)


def _tier(tier: Tier, lost: Collection[str]) -> Tier:
    """Return `tier`; a condition that cannot be asked in a review is open and does not hold (absence §1)."""
    if tier.condition is not None and _is_open(tier.condition, lost):
        tier = replace(tier, condition=_NEVER)
    return replace(tier, unless=None) if tier.unless is not None and _is_open(tier.unless, lost) else tier


def _looks_at(award: Award, lost: Collection[str]) -> bool:
    return any(formula is not None and _is_open(formula, lost) for formula in (award.condition, award.by))


def _is_open(formula: Formula, codes: Collection[str]) -> bool:
    """Return whether `formula` asks for a node without scores, or for reviews inside the round."""
    return any(name in codes for name in names_in(formula.tree)) or _looks_at_reviews(formula)
